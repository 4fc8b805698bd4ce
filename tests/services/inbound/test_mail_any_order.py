"""Does the order, repetition or interleaving of SmartLead's and Instantly's deliveries matter? It must not."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.inbound import test_any_order as others
from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.world import World
from zrg_app.integrations import instantly_inbound
from zrg_app.kit import db
from zrg_app.kit.scope import workspace_system
from zrg_app.services.sync import importing

SECOND = {"message_id": "<r9010@northwind.example>", "event_timestamp": "2026-11-20T19:00:00Z", "time_replied": None,
          "reply_message": {"message_id": "<r9010@northwind.example>", "text": "And for two sites?", "time": "2026-11-20T19:00:00Z"}}
EVENTS = {
    "smartlead": [fixture(f"smartlead/{name}") for name in (
        "email_sent", "first_email_sent", "email_open", "email_reply", "lead_category_interested", "email_reply_by_colleague",
        "lead_category_without_reply", "campaign_status_changed", "lead_unsubscribed")]
    + [fixture("smartlead/email_reply", **SECOND), fixture("smartlead/email_bounce", event_timestamp="2026-11-21T00:00:00Z")],
    "instantly": [fixture(f"instantly/{name}") for name in (
        "email_sent", "email_opened", "reply_received", "auto_reply_received", "lead_interested_by_hand", "lead_neutral",
        "lead_unsubscribed")]
    # Instantly tells when an event happened, not when the mail was written; told at one moment, the two agree.
    + [fixture("instantly/lead_interested", timestamp="2026-11-20T13:45:12.345Z"),
       fixture("instantly/reply_received", email_id="m-2", timestamp="2026-11-20T15:00:00Z", reply_text="And for two sites?",
               reply_html=None)],
}


@pytest.mark.parametrize("slug", sorted(EVENTS))
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_with_repeats_gives_the_same_threads(world: World, slug: str, data: st.DataObject) -> None:
    told = EVENTS[slug]
    chosen = data.draw(st.sets(st.integers(0, len(told) - 1), min_size=2))
    repeats = data.draw(st.lists(st.sampled_from(sorted(chosen)), max_size=4))
    mixed = data.draw(st.permutations([*sorted(chosen), *repeats]))
    threads = []
    for order in (sorted(chosen), mixed):
        workspace = others._workspace(world.mara)
        for index in order:
            deliver(workspace, slug, told[index])
        threads.append(others._threads(workspace))
    assert threads[0] == threads[1]


@pytest.mark.parametrize(("slug", "names"), [
    ("smartlead", ("email_reply", "email_reply_old", "nested_reply", "lead_category_interested")),
    ("instantly", ("reply_received", "older_shape", "lead_interested"))])
def test_one_reply_told_by_several_events_is_one_message(world: World, slug: str, names: tuple[str, ...]) -> None:
    assert {deliver(world.acme, slug, fixture(f"{slug}/{name}"))[0] for name in names} == {"SUCCEEDED"}
    message, = rows(world.acme, "select * from message")
    assert (message.body, message.provider) == ("Sounds interesting. What does it cost?", slug)
    conversation, = rows(world.acme, "select unread_count, sentiment from conversation")
    assert tuple(conversation) == (1, "Interested")
    assert len(rows(world.acme, "select id from lead")) == 1


@pytest.mark.parametrize(("slug", "reply", "mark"), [
    ("smartlead", "email_reply", "lead_category_without_reply"), ("instantly", "reply_received", "lead_interested_by_hand")])
@pytest.mark.parametrize("mark_first", [False, True])
def test_a_mark_without_a_reply_is_for_the_newest_one(world: World, slug: str, reply: str, mark: str, mark_first: bool) -> None:
    order = (mark, reply) if mark_first else (reply, mark)
    for name in order:
        deliver(world.acme, slug, fixture(f"{slug}/{name}"))
    assert len(rows(world.acme, "select id from message")) == 1
    assert rows(world.acme, "select sentiment, sentiment_source from conversation")[0] == ("Interested", "provider")


@pytest.mark.parametrize(("slug", "name", "status"), [
    ("smartlead", "email_bounce", "blacklisted"), ("smartlead", "lead_unsubscribed", "blacklisted"),
    ("smartlead", "lead_category_do_not_contact", "blacklisted"), ("instantly", "email_bounced", "blacklisted"),
    ("instantly", "lead_unsubscribed", "blacklisted")])
def test_who_cannot_or_must_not_be_written_to_is_not(world: World, slug: str, name: str, status: str) -> None:
    deliver(world.acme, slug, fixture(f"{slug}/email_sent"))
    deliver(world.acme, slug, fixture(f"{slug}/{name}"))
    assert rows(world.acme, "select status from lead")[0].status == status
    if "bounce" in name:
        assert rows(world.acme, "select delivery from message")[0].delivery == "bounced"


def test_a_colleague_of_the_lead_becomes_who_is_answered(world: World) -> None:
    deliver(world.acme, "smartlead", fixture("smartlead/email_reply"))
    deliver(world.acme, "smartlead", fixture("smartlead/email_reply_by_colleague"))
    lead, = rows(world.acme, "select email, first_name, current_replier_email, current_replier_name from lead")
    assert tuple(lead) == ("dana@northwind.example", "Dana", "lee@northwind.example", "Lee Moss")


def test_a_mail_told_without_its_name_and_then_with_it_is_one(world: World) -> None:
    for name in ("email_sent_without_id", "email_sent", "email_sent_without_id"):
        deliver(world.acme, "smartlead", fixture(f"smartlead/{name}"))
    message, = rows(world.acme, "select external_id, sent_by from message")
    assert tuple(message) == ("s4101@acme-mail.example", "campaign")


def test_an_automatic_reply_asks_for_no_answer(world: World) -> None:
    deliver(world.acme, "instantly", fixture("instantly/auto_reply_received"))
    assert rows(world.acme, "select is_automatic from message")[0].is_automatic
    assert not rows(world.acme, "select needs_reply from conversation")[0].needs_reply


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2, 1, 0)])
def test_replies_that_share_a_name_with_each_other_and_with_our_mail_are_all_kept(world: World, order: tuple[int, ...]) -> None:
    shared = {"email_id": "one-for-all"}
    told = [fixture("instantly/email_sent", **shared), fixture("instantly/reply_received", **shared),
            fixture("instantly/reply_received", **shared, timestamp="2026-11-20T18:00:00Z", reply_text="One more thing.",
                    reply_html=None)]
    for index in order:
        deliver(world.acme, "instantly", told[index])
    kept = rows(world.acme, "select direction, external_id from message order by sent_at")
    assert [tuple(message) for message in kept] == [
        ("outbound", "one-for-all"), ("inbound", "one-for-all"), ("inbound", "one-for-all")]


def test_who_wrote_at_instantly_is_learnt_from_its_history(world: World) -> None:
    deliver(world.acme, "instantly", fixture("instantly/reply_received"))
    reply = instantly_inbound.parse(fixture("instantly/reply_received")).events[0]
    told = dataclasses.replace(reply, shares_id=False, from_address="lee@northwind.example", from_name="Lee Moss")
    lead_id = rows(world.acme, "select id from lead")[0].id
    scope = workspace_system(world.acme, "test")
    with db.transaction(scope) as tx:
        importing.take_in(tx, scope, lead_id, "instantly", [told])
    assert [message.from_address for message in rows(world.acme, "select from_address from message")] == ["lee@northwind.example"]
    assert rows(world.acme, "select current_replier_email from lead")[0].current_replier_email == "lee@northwind.example"
