"""Is what is missing looked up once, taken in carefully, and given up in time?"""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.services.enrichment.tables import Tables
from tests.services.leads.persons import merge
from zrg_app.integrations.base import Person
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.scope import system
from zrg_app.services import enrichment, jobs, leads
from zrg_app.services.jobs.registry import forget
from zrg_app.services.jobs.run import run_ready


def test_both_kinds_are_asked_for_once_with_our_ids_and_the_token(tables: Tables) -> None:
    assert tables.want() == ("linkedin", "phone") and tables.want() == ()
    told = {row["enrichmentType"]: row for row in tables.sent()}
    assert set(told) == {"linkedin", "phone"} and told["phone"]["leadId"] == str(tables.dana)
    assert told["phone"]["email"] == "dana@northwind.example" and told["phone"]["callbackUrl"].endswith("/api/webhooks/clay")
    assert all(row["token"] for row in tables.sandbox.world.store.rows("clay_rows"))
    assert tables.lead().enrichment_status == "pending"


def test_an_answer_fills_what_is_empty_and_says_where_it_is_from(tables: Tables) -> None:
    tables.want()
    assert tables.answer(kind="phone", phone="(212) 555-0188") == ("SUCCEEDED", None)
    assert tables.answer(kind="linkedin", linkedin_id="ACoAAB1234567") == ("SUCCEEDED", None)
    lead = tables.lead()
    assert (lead.phone, lead.linkedin_url, lead.enrichment_status) == (
        "+12125550188", "https://www.linkedin.com/in/dana-kessler", "enriched")
    assert lead.facts["sources"] == {"phone": "clay", "linkedin_url": "clay"}
    assert tables.requests() == {"linkedin": "enriched", "phone": "enriched"}
    kinds = {row.kind for row in tables.sql("select kind from lead_identity where lead_id = :id", id=tables.dana)}
    assert kinds == {"email", "phone", "linkedin_url", "linkedin_member"}
    facts = tables.sql("select data from audit_event where kind = 'enrichment.answered' order by id")
    assert [row.data["fields"] for row in facts] == ["phone", "linkedin_url"]


def test_an_empty_answer_never_takes_back_a_good_one(tables: Tables) -> None:
    tables.want()
    tables.answer(kind="phone")
    assert tables.answer(kind="phone", event="NOT_FOUND") == ("IGNORED", "known_better")
    assert tables.answer(kind="phone") is None
    assert (tables.lead().phone, tables.requests()["phone"]) == ("+12125550188", "enriched")


def test_nothing_found_and_then_found_is_found(tables: Tables) -> None:
    tables.want()
    tables.answer(kind="phone", event="NOT_FOUND")
    tables.answer(kind="linkedin", event="ERROR")
    assert tables.requests() == {"linkedin": "failed", "phone": "not_found"} and tables.lead().enrichment_status == "not_found"
    tables.answer(kind="phone")
    assert tables.requests()["phone"] == "enriched" and tables.lead().enrichment_status == "enriched"


def test_a_known_value_wins_and_anothers_value_is_only_a_question(tables: Tables) -> None:
    tables.want()
    with db.transaction(tables.world.as_mara) as tx:
        leads.update(tx, tables.world.as_mara, tables.dana, expected_updated_at=None, phone="212 555 0100")
    tables.answer(kind="phone")
    assert tables.lead().phone == "+12125550100" and tables.lead().facts["sources"]["phone"] == "person"
    other = tables.meet(Person(first_name="Ana", email="ana@x.example"))
    tables.want(lead_id=other)
    tables.answer(other, kind="phone", phone="+12125550100")
    assert tables.lead(other).phone is None
    assert [row.status for row in tables.sql("select status from lead_merge")] == ["suggested"]


@pytest.mark.parametrize("phone", ["12345", "call me", "", "+1"])
def test_what_is_no_number_is_not_written(tables: Tables, phone: str) -> None:
    tables.want()
    tables.answer(kind="phone", phone=phone or "null")
    assert tables.lead().phone is None and tables.requests()["phone"] in ("failed", "not_found")


def test_a_call_is_worth_asking_for_again_after_a_day(tables: Tables) -> None:
    tables.want()
    tables.answer(kind="phone", event="NOT_FOUND")
    assert tables.want("call") == ()
    tables.change("update enrichment_request set created_at = created_at - interval '25 hours'")
    assert tables.want("positive") == () and tables.want("call") == ("phone",)


def test_a_person_may_ask_again_when_nothing_is_open(tables: Tables) -> None:
    scope = tables.world.as_mara
    with db.transaction(scope) as tx:
        assert enrichment.look_up(tx, scope, tables.dana) == ("linkedin", "phone")
        with pytest.raises(Conflict):
            enrichment.look_up(tx, scope, tables.dana)
    tables.change("update lead set phone = '+12125550100', linkedin_url = 'https://www.linkedin.com/in/d'")
    with db.transaction(scope) as tx, pytest.raises(Invalid, match="are known"):
        enrichment.look_up(tx, scope, tables.dana)
    tables.change("delete from connection where provider = 'clay'")
    tables.change("update lead set phone = null")
    with db.transaction(scope) as tx, pytest.raises(Invalid, match="connect Clay"):
        enrichment.look_up(tx, scope, tables.dana)


def test_who_asked_us_to_stop_is_not_looked_up(tables: Tables) -> None:
    with db.transaction(tables.world.as_mara) as tx:
        leads.blacklist(tx, tables.world.as_mara, tables.dana, reason="Wrote stop.")
    assert tables.want() == ()


def test_what_nobody_answers_for_two_hours_is_given_up(tables: Tables) -> None:
    tables.want()
    tables.change("update enrichment_request set created_at = created_at - interval '3 hours' where kind = 'phone'")
    with db.transaction(system("the timer")) as tx:
        assert enrichment.expire(tx, system("the timer")) == 1
    assert tables.requests() == {"linkedin": "pending", "phone": "failed"} and tables.lead().enrichment_status == "pending"
    tables.answer(kind="phone")
    assert tables.lead().phone == "+12125550188"


def test_a_table_that_is_locked_or_gone_ends_the_look_up_and_a_busy_one_does_not(tables: Tables) -> None:
    tables.sandbox.control.add_fault("clay", "status", status=401, times=1, path_contains="phones")
    tables.sandbox.control.add_fault("clay", "status", status=503, times=1, path_contains="profiles")
    tables.want()
    assert tables.requests() == {"linkedin": "pending", "phone": "failed"}
    assert tables.sql("select status from connection where provider = 'clay'")[0].status == "locked"
    tables.change("update background_job set run_at = now() - interval '1 second' where status = 'PENDING'")
    run_ready()
    assert [row["enrichmentType"] for row in tables.sent()] == ["linkedin"]


def test_an_answer_finds_the_lead_that_the_other_was_merged_into(tables: Tables) -> None:
    tables.want()
    keep = tables.meet(Person(first_name="Dana", email="dana.k@northwind.example"))
    merge(tables.world, keep, tables.dana)
    tables.answer(kind="phone")
    assert tables.lead(keep).phone == "+12125550188" and tables.lead(tables.dana).phone is None


def test_what_waited_for_a_number_goes_on_when_it_is_there(tables: Tables) -> None:
    done: list[UUID] = []

    @jobs.job("tests.wait_for_phone")
    def wait_for_phone(scope: object, *, lead_id: UUID) -> None:
        done.append(lead_id)

    try:
        with db.transaction(tables.world.as_mara) as tx:
            made = [enrichment.wait(tx, tables.world.as_mara, tables.dana, "phone", "tests.wait_for_phone") for _ in range(2)]
        assert made[0] and made[1] is None
        tables.want()
        tables.answer(kind="linkedin")
        run_ready()
        assert done == []
        tables.answer(kind="phone")
        run_ready()
        assert done == [tables.dana]
    finally:
        forget("tests.wait_for_phone")


def test_what_waits_goes_on_by_itself_when_the_look_up_is_given_up(tables: Tables) -> None:
    with db.transaction(tables.world.as_mara) as tx:
        enrichment.wait(tx, tables.world.as_mara, tables.dana, "phone", "enrichment.read_signature", message_id=tables.dana)
    (due,) = tables.sql("select run_at from background_job where dedupe_key like 'waiting:%'")
    assert timedelta(hours=1, minutes=59) < due.run_at - clock.now() <= timedelta(hours=2)
