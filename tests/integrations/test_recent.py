"""Do SmartLead, Instantly and Unipile tell what came lately, of everybody? Against the sandbox, and against shapes it does not send."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.server import Running
from tests.integrations.test_mail_providers import account, at
from zrg_app.integrations import instantly, registry, smartlead, transport, unipile
from zrg_app.integrations.base import Account, Event
from zrg_app.kit.errors import ProviderBusy

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(minutes=40)
LEADS = {"smartlead": ("acme", {"email": "dana@northwind.example", "first_name": "Dana", "last_name": "Kessler"}),
         "instantly": ("acme", {"email": "dana@northwind.example", "first_name": "Dana", "last_name": "Kessler"}),
         "unipile": ("acc_acme", {"public_identifier": "dana-kessler-ops", "first_name": "Dana", "last_name": "Kessler"})}
ALL = tuple(LEADS)


def linkedin(base_url: str) -> Account:
    return Account(provider="unipile", workspace_id="w", external_id="acc_acme", base_url=base_url,
                   credentials={"api_key": "good-key"})


def where(slug: str, sandbox: Running) -> Account:
    return linkedin(f"{sandbox.base_url}/unipile") if slug == "unipile" else at(slug, sandbox)


def writes(sandbox: Running, slug: str, body: str, minutes_ago: float, **person: str) -> dict:
    place, lead = LEADS[slug]
    return sandbox.control.act(slug, place, lead | person, body, deliver=False,
                               at=(NOW - timedelta(minutes=minutes_ago)).isoformat())


def recent(slug: str, sandbox: Running) -> tuple[Event, ...]:
    return registry.provider(slug).recent(where(slug, sandbox), SINCE)


@pytest.mark.parametrize("slug", ALL)
def test_what_came_lately_has_the_keys_its_webhooks_would_have_had(sandbox: Running, slug: str) -> None:
    writes(sandbox, slug, "Long ago", 300)
    other = {"email": "lee@northwind.example"} if slug != "unipile" else {"public_identifier": "lee-moss", "provider_id": ""}
    told = [writes(sandbox, slug, "Hello", 30), writes(sandbox, slug, "Are you there?", 20, **other)]
    found = recent(slug, sandbox)
    webhooks = [registry.provider(slug).parse(each["webhooks"][0]).events[0] for each in told]
    assert [event.dedupe_key for event in found] == [event.dedupe_key for event in webhooks]
    assert [(event.kind, event.channel) for event in found] == [("reply", webhooks[0].channel)] * 2
    assert all(each.thread[key] == other.thread[key] for each, other in zip(found, webhooks, strict=True)
               for key in registry.provider(slug).thread_keys)
    assert [event.sent_at for event in found] == [event.sent_at for event in webhooks]


@pytest.mark.parametrize("slug", ["smartlead", "instantly"])
def test_a_recent_mail_names_its_lead_by_address(sandbox: Running, slug: str) -> None:
    writes(sandbox, slug, "Hello", 30)
    found, = recent(slug, sandbox)
    assert found.person.email == "dana@northwind.example"
    assert f"{slug}_lead" in found.person.identities


@pytest.mark.parametrize(("slug", "calls"), [("smartlead", 3), ("instantly", 2), ("unipile", 47)])
def test_many_are_read_page_by_page(sandbox: Running, slug: str, calls: int) -> None:
    for number in range(45 if slug != "instantly" else 120):
        person = {"public_identifier": f"lead-{number}"} if slug == "unipile" else {"email": f"lead{number}@northwind.example"}
        writes(sandbox, slug, f"Hello {number}", 30 - number / 10, **person)
    before = len(sandbox.control.received(provider=slug))
    found = recent(slug, sandbox)
    # A look reads at most forty chats, those that changed last.
    assert len(found) == {"smartlead": 45, "instantly": 120, "unipile": 40}[slug]
    assert len(sandbox.control.received(provider=slug)) - before == (calls if slug != "unipile" else 41)


@pytest.mark.parametrize("slug", ALL)
def test_a_busy_provider_is_waited_for(sandbox: Running, slug: str) -> None:
    sandbox.control.add_fault(slug, "status", status=429, retry_after=9)
    with pytest.raises(ProviderBusy):
        recent(slug, sandbox)


def test_our_own_answers_of_elsewhere_come_with_the_chat(sandbox: Running) -> None:
    writes(sandbox, "unipile", "Hello", 30)
    sandbox.control.act("unipile", "acc_acme", LEADS["unipile"][1], "Hi Dana", event="OWN_MESSAGE", deliver=False,
                        at=(NOW - timedelta(minutes=20)).isoformat())
    assert [(event.kind, event.text) for event in recent("unipile", sandbox)] == [("reply", "Hello"), ("outbound", "Hi Dana")]


def test_an_answer_given_in_smartlead_itself_comes_with_the_reply_and_campaign_mail_does_not(sandbox: Running) -> None:
    reply = smartlead_reply(sandbox)
    smartlead._call(at("smartlead", sandbox), "POST", f"/campaigns/{reply.campaign_id}/reply-email-thread",
                    body={"email_stats_id": reply.thread["stats_id"], "email_body": "By hand"})
    assert [(event.kind, event.by_campaign) for event in recent("smartlead", sandbox)] == [("reply", False), ("outbound", False)]


def smartlead_reply(sandbox: Running) -> Event:
    return registry.provider("smartlead").parse(writes(sandbox, "smartlead", "Hello", 30)["webhooks"][0]).events[0]


ROW = {"campaign_lead_map_id": "9", "lead": {"email": "dana@northwind.example", "first_name": "Dana", "phone": "+12125550170"},
       "campaign": {"id": 12, "name": "Q4"}, "last_message": {"body": "Hello", "received_at": NOW.isoformat()}, "email_status": "Replied"}
MAIL = {"stats_id": "s1", "from": "dana@northwind.example", "to": "alex@acme.example", "type": "REPLY", "message_id": "<m1@x>",
        "time": NOW.isoformat(), "email_body": "<p>Hello</p>"}


def documented(request: httpx.Request) -> httpx.Response:
    """The inbox as the vendor documents it: without the names of mails; they are in the history."""
    if "inbox-replies" in request.url.path:
        return httpx.Response(200, json={"messages": [ROW, "odd", {"campaign": {"id": "../x"}}], "total_count": 1})
    if request.url.path.endswith("/leads/"):
        return httpx.Response(200, json={"id": "77", "lead_campaign_data": [{"campaign_id": 11}, {"campaign_id": 12}]})
    assert request.url.path.endswith("/campaigns/12/leads/77/message-history")
    return httpx.Response(200, json={"history": [MAIL]})


def test_smartleads_documented_spelling_is_read_through_the_history() -> None:
    with transport.through(httpx.MockTransport(documented)):
        found, = smartlead.PROVIDER.recent(account("smartlead", "http://sl.example"), SINCE)
    assert (found.dedupe_key, found.text or found.html, found.person.email) == ("smartlead:m1@x", "<p>Hello</p>", "dana@northwind.example")
    assert (found.thread["campaign_id"], found.thread["stats_id"], found.thread["lead_id"]) == ("12", "s1", "77")


def test_smartlead_histories_are_not_read_without_end() -> None:
    asked: list[str] = []

    def endless(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if "inbox-replies" in request.url.path:
            return httpx.Response(200, json={"data": [{"email_lead_id": 5, "email_campaign_id": 12}] * 20})
        return httpx.Response(200, json={"history": []})

    with transport.through(httpx.MockTransport(endless)):
        assert smartlead.PROVIDER.recent(account("smartlead", "http://sl.example"), SINCE) == ()
    assert len(asked) == 8 + 12


def test_what_no_lead_of_instantly_wrote_is_left_out() -> None:
    rows = [{"id": "m1", "ue_type": 2, "timestamp_email": NOW.isoformat(), "timestamp_created": NOW.isoformat(), "lead": None},
            {"id": "m2", "ue_type": 2, "timestamp_email": NOW.isoformat(), "timestamp_created": NOW.isoformat(),
             "lead": "a@b.example"},
            {"id": "m3", "ue_type": 2, "timestamp_email": NOW.isoformat(), "timestamp_created": "2020-01-01T00:00:00Z",
             "lead": "a@b.example"},
            {"id": "m4", "ue_type": 3, "timestamp_email": NOW.isoformat(), "lead": "a@b.example"}]
    with transport.through(httpx.MockTransport(lambda _: httpx.Response(200, json={"items": rows}))):
        found = instantly.recent(account("instantly", "http://in.example"), SINCE)
    assert [event.external_id for event in found] == ["m2"]


def test_group_chats_advertisements_and_notices_are_left_out() -> None:
    chat = {"id": "c1", "type": 0, "attendee_provider_id": "ACoAA1", "timestamp": NOW.isoformat()}
    chats = [chat | {"id": "c2", "type": 1}, chat | {"id": "c3", "content_type": "sponsored"},
             chat | {"id": "c4", "attendee_provider_id": None}, chat,
             chat | {"id": "c5", "timestamp": (SINCE - timedelta(minutes=1)).isoformat()}]
    told = {"id": "m1", "text": "Hello", "timestamp": NOW.isoformat(), "is_sender": 0}
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        items = chats if request.url.path.endswith("/chats") else [told, told | {"id": "m2", "is_event": 1}]
        return httpx.Response(200, json={"items": items, "cursor": None})

    with transport.through(httpx.MockTransport(answer)):
        found, = unipile.recent(linkedin("http://up.example"), SINCE)
    assert (found.dedupe_key, found.person.identities, found.thread) == (
        "unipile:m1", {"linkedin_member": "ACoAA1"}, {"chat_id": "c1"})
    assert asked == ["/api/v1/chats", "/api/v1/chats/c1/messages"]
