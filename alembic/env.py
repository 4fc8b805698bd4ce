"""How is the schema moved? Runs the migrations on the database of `sqlalchemy.url` or `DATABASE_URL`."""

from alembic import context
from sqlalchemy import NullPool, create_engine, text

from zrg_app.kit.db import driver_url
from zrg_app.kit.settings import settings
from zrg_app.models import metadata

# A migration that waits for a busy table must give up before it queues everybody behind it.
LOCK_TIMEOUT = "5s"


def run() -> None:
    """Run the asked-for migrations, each in a transaction of its own, one runner at a time."""
    url = context.config.get_main_option("sqlalchemy.url") or settings().database_url
    patience = context.config.get_main_option("lock_timeout") or LOCK_TIMEOUT
    engine = create_engine(driver_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        # Another runner may take minutes and is worth waiting for, so the time-out begins after its turn.
        connection.execute(text("select pg_advisory_lock(hashtext('zrg_migrations'))"))
        connection.execute(text("select set_config('lock_timeout', :patience, false)"), {"patience": patience})
        connection.commit()
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True,
                          compare_type=True, compare_server_default=False)
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("select pg_advisory_unlock(hashtext('zrg_migrations'))"))
        connection.commit()


run()
