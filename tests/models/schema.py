"""What does a schema look like, and how do tests move it? Alembic by its Python door, the catalogue by SQL."""

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.conftest import ROOT

_SHAPE = """
select 'column' as kind, table_name || '.' || column_name as name,
       concat_ws(' ', data_type, udt_name, is_nullable, column_default, is_identity, generation_expression) as is
from information_schema.columns where table_schema = 'public'
union all select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
union all select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 'public'::regnamespace
union all select 'policy', tablename || '.' || policyname, concat_ws(' ', roles::text, cmd, qual, with_check) from pg_policies
union all select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all select 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc p
  where pronamespace = 'public'::regnamespace and prokind = 'f'
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all select 'table', relname, concat_ws(' ', relkind, relpersistence, relrowsecurity, relacl::text, reloptions::text)
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S') and relname <> 'alembic_version'
"""


def config(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    made = Config(str(ROOT / "alembic.ini"))
    made.set_main_option("script_location", str(ROOT / "alembic"))
    made.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return made


def revisions() -> list[str]:
    """Every revision, oldest first."""
    script = ScriptDirectory.from_config(config(""))
    return [each.revision for each in script.walk_revisions()][::-1]


def heads() -> list[str]:
    """The newest revisions; there must be one."""
    return list(ScriptDirectory.from_config(config("")).get_heads())


def upgrade(url: str, revision: str = "head", *, patience: str = "") -> None:
    """Move the database at `url` up to `revision`; `patience` replaces the time a busy table is waited for."""
    asked = config(url)
    if patience:
        asked.set_main_option("lock_timeout", patience)
    command.upgrade(asked, revision)


def downgrade(url: str, revision: str) -> None:
    """Move the database at `url` down to `revision`."""
    command.downgrade(config(url), revision)


def shape(url: str) -> dict[tuple[str, str], str]:
    """Everything the schema at `url` consists of: tables, columns, indexes, constraints, policies, triggers, functions."""
    with psycopg.connect(url) as connection:
        return {(kind, name): told for kind, name, told in connection.execute(_SHAPE)}
