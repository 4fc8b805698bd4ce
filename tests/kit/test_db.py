"""A workspace is a wall: what one writes, another neither sees nor touches."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import select

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.scope import system
from zrg_app.models import TENANT_TABLES, Label, Workspace
from zrg_app.services.jobs.outcome import describe


def test_another_workspace_is_not_found(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add(Label(workspace_id=world.acme, name="Hot"))
    with db.transaction(world.as_nils) as tx:
        assert tx.scalars(select(Label)).all() == []
        assert tx.scalars(select(Workspace.name)).all() == ["Birch Labs"]


def test_writing_into_another_workspace_is_refused(world: World) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), db.transaction(world.as_nils) as tx:
        tx.add(Label(workspace_id=world.acme, name="Trespass"))


def test_every_tenant_table_has_row_level_security(world: World) -> None:
    with db.transaction(system("read the catalogue")) as tx:
        guarded = set(tx.scalars(text("select relname from pg_class where relrowsecurity and relkind = 'r'")))
    assert guarded >= {*TENANT_TABLES, "workspace"}


def test_an_error_does_not_repeat_the_words_it_was_given(world: World) -> None:
    with pytest.raises(DBAPIError) as caught, db.transaction(world.as_mara) as tx:
        tx.execute(text("select cast(:said as jsonb) from no_such_table"), {"said": "my secret words"})
    assert "secret words" not in str(caught.value) and "no_such_table" in describe(caught.value)
    with pytest.raises(DBAPIError) as caught, db.transaction(world.as_mara) as tx:
        tx.add_all([Label(workspace_id=world.acme, name="Very private"), Label(workspace_id=world.acme, name="very private")])
    assert "private" not in describe(caught.value).lower()


def test_a_workspace_scope_cannot_read_password_hashes(world: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), db.transaction(world.as_mara) as tx:
        tx.execute(text("select password_hash from app_user"))


def test_the_fast_door_has_the_same_walls(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add(Label(workspace_id=world.acme, name="Hot"))
    with db.fast_transaction(world.as_nils) as connection:
        assert connection.execute("select count(*) from label").fetchone() == (0,)
    with db.fast_transaction(world.as_mara) as connection:
        assert connection.execute("select count(*) from label").fetchone() == (1,)


def test_statements_sent_at_once_are_one_transaction(committed_world: World) -> None:
    add = "insert into label (id, workspace_id, name) values (gen_random_uuid(), %s, %s) returning name"
    here = committed_world.acme
    assert db.at_once(committed_world.as_mara, (add, (here, "First")), (add, (here, "Second"))) == [("Second",)]
    with pytest.raises(psycopg.errors.UniqueViolation):
        db.at_once(committed_world.as_mara, (add, (here, "Third")), (add, (here, "first")), (add, (here, "Fourth")))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.at_once(committed_world.as_nils, (add, (here, "Trespass")))
    assert db.at_once(committed_world.as_nils, ("select count(*) from label", ())) == [(0,)]
    names = db.at_once(committed_world.as_mara, ("select name from label order by name", ()))
    assert names == [("First",), ("Second",)]


def test_a_connection_that_was_cut_is_an_error_and_the_next_one_works(committed_world: World, committed_database: str) -> None:
    # Other tests may have left several connections open; the one that is cut must be the one that is asked next.
    db.dispose()
    ((backend,),) = db.at_once(committed_world.as_mara, ("select pg_backend_pid()", ()))
    with psycopg.connect(db.plain_url(committed_database), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", (backend,))
    with pytest.raises(psycopg.OperationalError):
        db.at_once(committed_world.as_mara, ("select 1", ()))
    assert db.at_once(committed_world.as_mara, ("select 1", ())) == [(1,)]
