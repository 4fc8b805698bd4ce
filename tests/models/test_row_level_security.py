"""Can anybody read, change or add a row of another workspace? Tried on every tenant table."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import system
from zrg_app.models import TENANT_TABLES, Conversation, Lead, LeadIdentity, Message, metadata

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
# Nobody changes or removes these at all, not even their own (tests/services/llm/test_revising.py).
ONLY_ADDED_TO = {"prompt_revision"}
_POLICIES = text("select tablename, policyname, roles::text[] from pg_policies")
_SECURED = text("select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace")
_SAMPLES = {"Uuid": ids.new_id, "Text": lambda: "x", "AutoString": lambda: "x", "DateTime": lambda: AT, "Integer": lambda: 1,
            "BigInteger": lambda: 1, "LargeBinary": lambda: b"x", "JSONB": lambda: "{}"}


def _fill(tx: Tx, table: str, workspace_id: UUID, made: dict[str, object]) -> object:
    """Insert one minimal row into `table` and into whatever it must refer to; returns its workspace's column value."""
    if table in made:
        return made[table]
    columns = {}
    for column in metadata.tables[table].columns:
        if column.name == "workspace_id":
            columns[column.name] = workspace_id
        elif column.nullable or column.server_default is not None or column.computed or column.identity:
            continue
        elif column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            columns[column.name] = _fill(tx, target, workspace_id, made)
        else:
            columns[column.name] = _SAMPLES[type(column.type).__name__]()
    if "id" in metadata.tables[table].columns and metadata.tables[table].columns["id"].identity is None:
        columns.setdefault("id", ids.new_id())
    names = ", ".join(columns)
    conflict = " on conflict do nothing" if table in ("workspace_settings", "app_user") else ""
    tx.execute(text(f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in columns)}){conflict}"), columns)
    made[table] = columns.get("id")
    return made[table]


@pytest.fixture
def filled(world: World) -> Iterator[World]:
    """The example world with a row of Acme Growth in every tenant table."""
    made: dict[str, object] = {"workspace": world.acme, "app_user": world.mara}
    with db.transaction(system("fill every table")) as tx:
        for table in TENANT_TABLES:
            _fill(tx, table, world.acme, made)
    yield world


def _count(tx: Tx, table: str) -> int:
    return tx.execute(text(f"select count(*) from {table}")).scalar_one()


def test_every_tenant_table_hides_its_rows_from_other_workspaces(filled: World) -> None:
    for table in TENANT_TABLES:
        with db.transaction(filled.as_mara) as tx:
            assert _count(tx, table) > 0, table
            assert tx.execute(text(f"select count(*) from {table} where workspace_id <> :own"),
                              {"own": filled.acme}).scalar_one() == 0, table
        with db.transaction(filled.as_nils) as tx:
            assert tx.execute(text(f"select count(*) from {table} where workspace_id = :other"),
                              {"other": filled.acme}).scalar_one() == 0, table


def test_nobody_changes_or_removes_another_workspaces_rows(filled: World) -> None:
    for table in set(TENANT_TABLES) - ONLY_ADDED_TO:
        with db.transaction(filled.as_nils) as tx:
            changed = tx.execute(text(f"update {table} set workspace_id = workspace_id where workspace_id = :other"),
                                 {"other": filled.acme}).rowcount
            removed = tx.execute(text(f"delete from {table} where workspace_id = :other"), {"other": filled.acme}).rowcount
        assert (changed, removed) == (0, 0), table


@pytest.mark.parametrize("table", ["label", "note", "lead", "background_job", "audit_event"])
def test_nobody_adds_a_row_to_another_workspace(table: str, world: World) -> None:
    made: dict[str, object] = {"workspace": world.acme, "app_user": world.mara}
    if table == "note":
        with db.transaction(system("a lead to note something about")) as tx:
            _fill(tx, "lead", world.acme, made)
    with pytest.raises(DBAPIError, match="row-level security"), db.transaction(world.as_nils) as tx:
        _fill(tx, table, world.acme, made)


def test_without_a_workspace_nothing_is_seen(filled: World) -> None:
    with db.transaction(system("act as the product without a workspace")) as tx:
        tx.execute(text("set local role zrg_app"))
        assert [table for table in (*TENANT_TABLES, "workspace") if _count(tx, table)] == []


def test_every_tenant_table_is_secured_by_both_policies(database: str) -> None:
    with db.transaction(system("read the catalogue")) as tx:
        secured = set(tx.scalars(_SECURED))
        policies = {(table, name, tuple(roles)) for table, name, roles in tx.execute(_POLICIES)}
    for table in (*TENANT_TABLES, "workspace"):
        assert table in secured
        assert (table, "own_workspace", ("zrg_app",)) in policies
        assert (table, "all_workspaces", ("zrg_system",)) in policies


def test_a_new_table_of_a_workspace_is_a_tenant_table() -> None:
    with_workspace = {name for name, table in SQLModel.metadata.tables.items() if "workspace_id" in table.columns}
    assert with_workspace == set(TENANT_TABLES)


def test_the_product_cannot_read_passwords_or_sessions(world: World) -> None:
    for statement in ("select password_hash from app_user", "select * from login_session", "select * from password_reset"):
        with pytest.raises(DBAPIError, match="permission denied"), db.transaction(world.as_mara) as tx:
            tx.execute(text(statement))


def test_the_search_finds_nothing_for_a_transaction_without_a_workspace_or_with_another(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        lead = Lead(workspace_id=world.acme, first_name="Dana", last_name="Kessler", email="dana@northwind.example")
        tx.add(lead)
        tx.flush()
        tx.add_all([Message(workspace_id=world.acme, lead_id=lead.id, channel="email", direction="inbound", provider="emailbison",
                            dedupe_key="m", body="pricing", sent_at=clock.now()),
                    Conversation(workspace_id=world.acme, lead_id=lead.id, channel="email", subject="Re: audit", snippet="",
                                 last_message_at=clock.now(), last_direction="inbound"),
                    LeadIdentity(workspace_id=world.acme, lead_id=lead.id, kind="email", value="dana@northwind.example")])
        tx.flush()
        searches = [text("select count(*) from search_people(:at, 'dana@northwind.example', 9)"),
                    text("select count(*) from search_messages(:at, 'pricing', 9)"),
                    text("select count(*) from search_subjects(:at, 'audit', 9)")]
        for own, found in ((str(world.acme), 1), ("", 0), (str(world.birch), 0)):
            tx.execute(text("select set_config('zrg.workspace_id', :own, true)"), {"own": own})
            assert [tx.scalar(search, {"at": world.acme}) for search in searches] == [found] * 3
        tx.execute(text("select set_config('zrg.workspace_id', :own, true)"), {"own": str(world.acme)})
