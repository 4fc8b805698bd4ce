"""Does every table that names a lead know how it moves?"""

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, UniqueConstraint, Uuid, text

from zrg_app.models import metadata
from zrg_app.services.leads import hanging


def _with(*columns: object) -> MetaData:
    planted = MetaData()
    Table("lead", planted, Column("id", Uuid, primary_key=True))
    Table("meeting", planted, Column("id", Uuid, primary_key=True), *columns)
    return planted


def test_no_table_that_names_a_lead_is_forgotten() -> None:
    assert hanging.unhandled() == ()
    named = {(each.table, each.column) for each in hanging.references()}
    assert named >= hanging.OWN_WAY
    assert {each.table for each in hanging.moved()} >= {
        "message", "draft", "outbound_message", "lead_identity", "note", "ai_interaction", "audit_event", "enrichment_request"}
    assert named == {(each.table, each.column) for each in hanging.moved()} | hanging.OWN_WAY


def test_a_new_table_with_a_plain_reference_moves_by_itself() -> None:
    among = _with(Column("lead_id", Uuid, ForeignKey("lead.id")))
    assert [(each.table, each.column) for each in hanging.moved(among)] == [("meeting", "lead_id")]


def test_a_new_table_with_a_rule_about_its_lead_is_caught() -> None:
    for rule in (UniqueConstraint("lead_id"), Index("one_open", "lead_id", unique=True, postgresql_where=text("true")),
                 Index("pair", text("least(lead_id, id)"), unique=True)):
        among = _with(Column("lead_id", Uuid, ForeignKey("lead.id")), rule)
        caught = [(each.table, each.column) for each in hanging.unhandled(among)]
        assert caught == [("meeting", "lead_id")], rule


def test_a_reference_by_another_name_or_without_a_key_is_seen() -> None:
    assert hanging.references(_with(Column("about", Uuid, ForeignKey("lead.id"))))[0].column == "about"
    assert hanging.references(_with(Column("lead_id", Uuid)))[0].column == "lead_id"


def test_every_stored_column_of_a_lead_is_kept_in_a_snapshot() -> None:
    assert "search_text" not in hanging.columns_of("lead") and "facts" in hanging.columns_of("lead")
    assert set(hanging.columns_of("conversation")) == {column.name for column in metadata.tables["conversation"].columns}
