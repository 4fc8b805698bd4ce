"""Do we speak with Slack as it wants, and read its answers right? Over real HTTP against the stand-in; signatures by hand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox.server import Running, running
from zrg_app.integrations import slack, slack_inbound
from zrg_app.integrations.base import Account, NotForUs, NotTheirs, Understood
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
BODY = urlencode({"payload": json.dumps({"type": "block_actions", "team": {"id": "T1"}})}).encode()


@pytest.fixture(scope="module")
def listening() -> Iterator[Running]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def account(listening: Running) -> Account:
    listening.control.reset()
    listening.control.set_options(enforce_limits=False)
    return _account(listening, "xoxb-good-team-T0ACME")


def _account(listening: Running, token: str) -> Account:
    return Account(provider="slack", workspace_id="w", external_id="T0ACME", base_url=f"{listening.base_url}/slack",
                   credentials={"bot_token": token})


def _channel(account: Account, name: str) -> str:
    return next(channel.id for channel in slack.channels(account) if channel.name == name)


def test_a_token_names_its_team(account: Account) -> None:
    found = slack.check(account)
    assert (found.external_id, found.account_name, found.sentence) == (
        "T0ACME", "Sandbox Agency", "Connected to Sandbox Agency as zrg_inbox.")


@pytest.mark.parametrize(("token", "sentence"), [
    ("bad", "does not know this token"), ("xoxb-revoked", "was revoked"), ("xoxp-a-persons", "not a bot token"),
    ("", "does not know|got no token|cannot be sent")])
def test_a_token_that_cannot_work_is_refused_in_words(listening: Running, token: str, sentence: str) -> None:
    with pytest.raises(ProviderLocked, match=sentence) as refused:
        slack.check(_account(listening, token))
    assert "xox" not in refused.value.sentence.replace("xoxb-", "")


def test_the_channels_are_listed_page_by_page_the_bots_own_first(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack, "_PAGE", 2)
    found = slack.channels(account)
    assert [(channel.name, channel.is_private, channel.is_member) for channel in found] == [
        ("general", False, True), ("leads-private", True, True), ("replies", False, True), ("random", False, False)]


def test_a_notice_is_posted_updated_and_threaded(account: Account, listening: Running) -> None:
    posted = slack.post(account, _channel(account, "replies"), "Dana wrote", [{"type": "divider"}])
    assert "." in posted.ts
    slack.update(account, posted, "Dana wrote; Ben answered")
    slack.post(account, posted.channel, "Sent", thread=posted.ts)
    sent = listening.control.sent("slack")
    assert [(one["what"], one["text"]) for one in sent] == [
        ("slack", "Dana wrote"), ("slack_update", "Dana wrote; Ben answered"), ("slack", "Sent")]


def test_a_person_is_found_by_address_and_written_to_directly(account: Account, listening: Running) -> None:
    found = slack.lookup_by_email(account, "mara@agency.example")
    assert found and slack.lookup_by_email(account, "nobody@agency.example") is None
    slack.post(account, slack.open_dm(account, found.id), "For you")
    assert listening.control.sent("slack")[0]["to"] == found.id
    with pytest.raises(ProviderRefused, match="not in the Slack team"):
        slack.open_dm(account, "U0STRANGER")


@pytest.mark.parametrize(("name", "code"), [("random", "not_in_channel"), ("C0NOWHERE", "channel_not_found")])
def test_a_channel_that_does_not_take_us_is_said_in_words(account: Account, name: str, code: str) -> None:
    channel = _channel(account, name) if name.islower() else name
    with pytest.raises(ProviderRefused, match="bot is not in") as refused:
        slack.post(account, channel, "Hello")
    assert refused.value.reason == code


@pytest.mark.parametrize(("said", "expected"), [
    ({"ok": False, "error": "ratelimited"}, ProviderBusy), ({"ok": False, "error": "rate_limited"}, ProviderBusy),
    ({"ok": False, "error": "internal_error"}, OutcomeUnknown), ({"ok": False, "error": "fatal_error"}, OutcomeUnknown),
    ({"ok": False, "error": "service_unavailable"}, ProviderDown), ({"ok": False, "error": "token_revoked"}, ProviderLocked),
    ({"ok": False, "error": "missing_scope", "needed": "chat:write"}, ProviderRefused),
    ({"ok": False, "error": "something_new"}, ProviderRefused), ({"ok": False}, ProviderRefused), ([], OutcomeUnknown),
    ({"ok": True}, OutcomeUnknown)])
def test_an_answer_of_200_can_be_an_error(account: Account, listening: Running, said: object, expected: type) -> None:
    channel = _channel(account, "replies")
    listening.control.add_fault("slack", "status", status=200, body=said, path_contains="chat.postMessage")
    with pytest.raises(expected):
        slack.post(account, channel, "Hello")
    listening.control.clear_faults()


def test_what_a_lead_wrote_creates_no_mention(account: Account) -> None:
    assert slack.escaped("<!channel> R&D <https://evil.example|click>") == (
        "&lt;!channel&gt; R&amp;D &lt;https://evil.example|click&gt;")


def test_a_limit_of_slack_is_waited_for(account: Account, listening: Running) -> None:
    listening.control.set_options(enforce_limits=True)
    with pytest.raises(ProviderBusy) as busy:
        for _ in range(40):
            slack.channels(account)
    assert busy.value.retry_after == 30


def _headers(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    return {"x-slack-request-timestamp": stamp,
            "x-slack-signature": SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""}


def test_a_signature_made_by_the_vendors_own_code_is_good() -> None:
    assert slack_inbound.is_signed("s3cret", _headers("s3cret", BODY, NOW), BODY, now=NOW)


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (299, True), (300, True), (301, False), (-299, True), (-301, False)])
def test_a_signature_holds_for_five_minutes(seconds: int, good: bool) -> None:
    assert slack_inbound.is_signed("s3cret", _headers("s3cret", BODY, NOW), BODY, now=NOW + timedelta(seconds=seconds)) is good


@pytest.mark.parametrize("change", [
    {"x-slack-signature": ""}, {"x-slack-signature": "v0="}, {"x-slack-signature": "v1=" + "0" * 64}, {"x-slack-signature": "v0=ü"},
    {"x-slack-request-timestamp": ""}, {"x-slack-request-timestamp": "soon"}, {"x-slack-request-timestamp": "1e9"},
    {"x-slack-request-timestamp": "9" * 400}, {"x-slack-request-timestamp": "٣"}])
def test_a_changed_header_is_no_signature(change: dict) -> None:
    assert not slack_inbound.is_signed("s3cret", _headers("s3cret", BODY, NOW) | change, BODY, now=NOW)


def test_a_changed_body_or_another_secret_is_no_signature() -> None:
    headers = _headers("s3cret", BODY, NOW)
    assert not slack_inbound.is_signed("s3cret", headers, BODY + b" ", now=NOW)
    assert not slack_inbound.is_signed("other", headers, BODY, now=NOW)


PRESS = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"},
         "actions": [{"action_id": "view_dashboard", "action_ts": "17.001"}]}


def test_one_press_is_one_event_whatever_else_slack_says() -> None:
    key = slack_inbound.event_key(PRESS)
    assert key.startswith("slack:") and slack_inbound.event_key(PRESS | {"trigger_id": "other", "response_url": "x"}) == key
    for change in ({"user": {"id": "U2"}}, {"actions": [{"action_id": "view_dashboard", "action_ts": "17.002"}]},
                   {"actions": [{"action_id": "other", "action_ts": "17.001"}]}):
        assert slack_inbound.event_key(PRESS | change) != key


@pytest.mark.parametrize(("payload", "reason"), [
    (PRESS, "link_opened"), (PRESS | {"actions": [{"action_id": "go", "url": "https://x.example"}]}, "link_opened"),
    (PRESS | {"actions": [{"action_id": "approve"}]}, "action_not_used"),
    (PRESS | {"actions": [{"action_id": "approve_send"}]}, "button_not_read"), (PRESS | {"actions": []}, "no_action"),
    (PRESS | {"actions": {"a": 1}}, "no_action"), ({"type": "view_submission", "view": {"id": "V1"}}, "interaction_not_used"),
    ({"type": "something_new"}, "unknown_interaction"), ({}, "unknown_interaction"), ({"type": ["x"]}, "unknown_interaction")])
def test_every_interaction_has_its_reason(payload: dict, reason: str) -> None:
    parsed = slack_inbound.parse(payload, received_at=NOW)
    assert isinstance(parsed, NotForUs | NotTheirs) and parsed.reason == reason
    assert slack_inbound.event_key(payload) and slack_inbound.event_type_of(payload)


DRAFT = "0198f0c2-0000-7000-8000-000000000001"


def test_a_button_about_a_draft_is_a_press() -> None:
    value = json.dumps({"workspace": "w", "draft": DRAFT, "lead": "l", "generation": 2})
    parsed = slack_inbound.parse(PRESS | {"actions": [{"action_id": "approve_send", "action_ts": "1", "value": value}],
                                          "user": {"id": "U1", "username": "lena"}}, received_at=NOW)
    assert isinstance(parsed, Understood) and parsed.press is not None and parsed.events == ()
    press = parsed.press
    assert (press.action, press.user_id, press.user_name, str(press.draft_id), press.generation) == ("approve_send", "U1", "lena", DRAFT, 2)


@pytest.mark.parametrize("value", [
    None, "", "{", "[]", "[" * 5000, "null", 7, {"draft": DRAFT}, "{}", '{"draft": "x", "generation": 1}',
    json.dumps({"draft": DRAFT}), json.dumps({"draft": DRAFT, "generation": "1"}), json.dumps({"draft": DRAFT, "generation": True}),
    json.dumps({"draft": DRAFT, "generation": -1}), json.dumps({"draft": DRAFT, "generation": 1e300}),
    json.dumps({"draft": [DRAFT], "generation": 1}), json.dumps({"draft": DRAFT, "generation": 10**30})])
def test_a_button_that_carries_something_else_is_kept_and_does_nothing(value: object) -> None:
    parsed = slack_inbound.parse(PRESS | {"actions": [{"action_id": "approve_send", "value": value}]}, received_at=NOW)
    assert isinstance(parsed, NotForUs) and parsed.reason == "button_not_read"


def test_somebody_is_known_by_id_as_by_address(account: Account) -> None:
    found = slack.lookup_by_email(account, "lena.vogt@agency.example")
    assert found is not None and (found.name, found.email) == ("Lena Vogt", "lena.vogt@agency.example")
    assert slack.user(account, found.id) == found
    assert slack.user(account, "U0STRANGER") is None


def test_a_message_whose_answer_was_lost_is_found_by_its_mark(account: Account, listening: Running) -> None:
    user = slack.lookup_by_email(account, "lena@agency.example")
    direct = slack.open_dm(account, user.id)
    since = datetime(2020, 1, 1, tzinfo=UTC)
    assert slack.find_posted(account, direct, "mark-7", since=since) is None
    listening.control.add_fault("slack", "disconnect_after_accept", path_contains="chat.postMessage")
    with pytest.raises(OutcomeUnknown):
        slack.post(account, direct, "Have a look", marker="mark-7")
    found = slack.find_posted(account, direct, "mark-7", since=since)
    assert found is not None and slack.find_posted(account, direct, "mark-8", since=since) is None
    slack.update(account, found, "Never mind")


def test_a_whisper_is_for_one_person(account: Account, listening: Running) -> None:
    user = slack.lookup_by_email(account, "lena@agency.example")
    slack.whisper(account, slack.open_dm(account, user.id), user.id, "Not you")
    assert [(one["what"], one["to"]) for one in listening.control.sent("slack")] == [("slack_ephemeral", user.id)]
