"""How is the schema moved? Runs the migrations on the database of `sqlalchemy.url` or `DATABASE_URL`."""

from sqlalchemy import create_engine, text

from alembic import context
from zrg_app.kit.db import driver_url
from zrg_app.kit.settings import settings
from zrg_app.models import metadata

# A migration that waits for a busy table must give up before it queues everybody behind it.
LOCK_TIMEOUT = "5s"


def run() -> None:
    """Run the asked-for migrations, each in a transaction of its own, one runner at a time."""
    url = context.config.get_main_option("sqlalchemy.url") or settings().database_url
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        connection.execute(text(f"set lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text("select pg_advisory_lock(hashtext('zrg_migrations'))"))
        connection.commit()
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True,
                          compare_type=True, compare_server_default=False)
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("select pg_advisory_unlock(hashtext('zrg_migrations'))"))
        connection.commit()
    engine.dispose()


run()
