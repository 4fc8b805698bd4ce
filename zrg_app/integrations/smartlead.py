"""How do we speak with SmartLead? Answers in the thread of a reply, and the message history of a lead."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from zrg_app.integrations import smartlead_inbound, smartlead_recent, transport
from zrg_app.integrations.base import Account, Checked, Credential, Event, History, Outgoing, Person, Provider, RateLimit, Receipt
from zrg_app.integrations.fields import identifier, items
from zrg_app.integrations.outgoing_html import carries, html_from_text
from zrg_app.kit import clock
from zrg_app.kit.errors import Outside, ProviderBusy, ProviderLocked, ProviderRefused, ZrgError

TITLE = "SmartLead"
LIMIT = RateLimit(calls=60, seconds=60)
# Right after a send the newest mail of these words counts; whoever records it sees to it that no two of ours share a name.
JUST_NOW = timedelta(minutes=1)
# One person is rarely in more campaigns than this, and each costs a call of the sixty a minute.
MOST_THREADS = 10


def check(account: Account) -> Checked:
    """Prove the key by listing the campaigns."""
    count = len(items(_call(account, "GET", "/campaigns/")))
    return Checked(sentence=f"Connected to SmartLead with {count} campaign{'' if count == 1 else 's'}.")


def send(account: Account, outgoing: Outgoing) -> Receipt:
    """Answer in the thread of a reply, from the mailbox the reply came to.

    SmartLead's answer names no message, so the history is asked for it at once. When the history does not show it yet, the
    receipt has no message id and the echo of the mail (its webhook, or the history read later) is joined to ours by its words.
    """
    campaign_id, stats_id = _answered(outgoing)
    if not outgoing.to_address:
        raise ProviderRefused("There is no e-mail address to send to.", code="missing_email")
    began = clock.now()
    _call(account, "POST", f"/campaigns/{campaign_id}/reply-email-thread", body=_mail(outgoing, stats_id), sends=True)
    try:
        found = _ours(account, outgoing, began - JUST_NOW, ())
    except Outside:
        # It was accepted: not knowing its name must not look like not having sent it.
        found = []
    return _receipt(outgoing, found[-1]) if found else Receipt(message_id=None, thread=_own_thread(outgoing))


def find_sent(account: Account, outgoing: Outgoing, since: datetime, exclude: Collection[str] = ()) -> Receipt | None:
    """Our e-mail in the history of the lead's campaign: our words to that person, at or after `since`, not in `exclude`."""
    found = _ours(account, outgoing, since, exclude)
    return _receipt(outgoing, found[0]) if found else None


def read_history(account: Account, history: History) -> tuple[Event, ...]:
    """A person's mails in the campaigns we know of, else in every campaign SmartLead has them in; newest first."""
    events = [event for campaign_id, lead_id in _places(account, history)
              for event in _history(account, campaign_id, lead_id, history.person)]
    wanted = [event for event in events if history.since is None or (event.sent_at and event.sent_at >= history.since)]
    return tuple(sorted(wanted, key=lambda event: event.sent_at.timestamp() if event.sent_at else 0.0, reverse=True))


def _read(account: Account, campaign_id: str, lead_id: str | None, person: Person) -> list[Event]:
    """The mails of one lead in one campaign; a lead that is known by the address only is looked up."""
    places = [(campaign_id, lead_id)] if lead_id else [place for place in _found(account, person) if place[0] == campaign_id]
    return [event for place in places for event in _history(account, *place, person)]


def _mail(outgoing: Outgoing, stats_id: str) -> dict[str, Any]:
    thread, person = outgoing.thread, outgoing.person
    is_lead = (outgoing.to_address or "").lower() == (person.email or "").lower()
    first, _, last = (outgoing.to_name or "").partition(" ")
    quoted = str(thread.get("reply_text") or "")
    given = {
        "email_stats_id": stats_id, "email_body": html_from_text(outgoing.body), "to_email": outgoing.to_address,
        "to_first_name": (person.first_name if is_lead else first) or first or None,
        "to_last_name": (person.last_name if is_lead else last) or last or None, "cc": ",".join(outgoing.cc) or None,
        "reply_message_id": thread.get("message_id"), "reply_email_time": thread.get("reply_time"),
        "reply_email_body": html_from_text(quoted) if quoted else None, "add_signature": False}
    return {name: value for name, value in given.items() if value is not None}


def _answered(outgoing: Outgoing) -> tuple[str, str]:
    campaign_id, stats_id = (str(outgoing.thread.get(name) or "") for name in ("campaign_id", "stats_id"))
    # The campaign goes into an address; anything but a number is a thread of some other provider.
    if not (_is_number(campaign_id) and stats_id):
        raise ProviderRefused("SmartLead can only answer an e-mail it received; there is none here.", code="no_thread")
    return campaign_id, stats_id


def _ours(account: Account, outgoing: Outgoing, since: datetime, exclude: Collection[str]) -> list[Event]:
    """Mails of the history that say what we say to whom we say it, at or after `since`, oldest first."""
    campaign_id, _ = _answered(outgoing)
    lead_id = _lead_id(account, outgoing)
    events = _history(account, campaign_id, lead_id, Person(email=outgoing.to_address)) if lead_id else ()
    ours = [event for event in events if event.external_id and event.external_id not in exclude
            and _is_ours(event, outgoing, since)]
    return sorted(ours, key=lambda event: event.sent_at or since)


def _receipt(outgoing: Outgoing, event: Event) -> Receipt:
    return Receipt(message_id=event.external_id, thread=_own_thread(outgoing) | dict(event.thread))


def _own_thread(outgoing: Outgoing) -> dict[str, object]:
    return {name: outgoing.thread[name] for name in ("campaign_id", "stats_id", "lead_id", "sender_email") if name in outgoing.thread}


def _lead_id(account: Account, outgoing: Outgoing) -> str | None:
    told = (outgoing.thread.get("lead_id"), outgoing.person.identities.get("smartlead_lead"))
    known = next((str(value) for value in told if value and _is_number(str(value))), None)
    return known or next((lead_id for _, lead_id in _found(account, outgoing.person)), None)


def _places(account: Account, history: History) -> list[tuple[str, str]]:
    """The (campaign, lead) pairs to read: those of known threads, else what SmartLead tells of the address."""
    person_id = history.person.identities.get("smartlead_lead")
    told = [(str(thread.get("campaign_id") or ""), str(thread.get("lead_id") or person_id or "")) for thread in history.threads]
    known = [place for place in told if _is_number(place[0]) and _is_number(place[1])]
    return list(dict.fromkeys(known or _found(account, history.person)))[:MOST_THREADS]


def _found(account: Account, person: Person) -> list[tuple[str, str]]:
    if not person.email:
        return []
    lead = _object(_call(account, "GET", "/leads/", query={"email": person.email}))
    lead_id = identifier(lead.get("id"))
    campaigns = [identifier(row.get("campaign_id")) for row in items(lead.get("lead_campaign_data")) if isinstance(row, Mapping)]
    return [(each, lead_id) for each in campaigns if lead_id and each and _is_number(each) and _is_number(lead_id)]


def _history(account: Account, campaign_id: str, lead_id: str, person: Person) -> Iterator[Event]:
    answer = _object(_call(account, "GET", f"/campaigns/{campaign_id}/leads/{lead_id}/message-history"))
    known = Person(first_name=person.first_name, last_name=person.last_name, email=person.email,
                   identities={"smartlead_lead": lead_id})
    for row in items(answer.get("history")):
        event = smartlead_inbound.message(row, campaign_id=campaign_id, lead_id=lead_id, person=known) if isinstance(
            row, Mapping) else None
        if event is not None:
            yield event


def _is_ours(event: Event, outgoing: Outgoing, since: datetime) -> bool:
    return (event.kind == "outbound" and event.sent_at is not None and event.sent_at >= since
            and (outgoing.to_address or "").lower() in (event.to_address or "").lower()
            and carries(outgoing.body, text=event.text, markup=event.html))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _explain(status: int, said: str) -> ZrgError | None:
    lower = said.lower()
    if "api key" in lower or "api_key" in lower or "unauthori" in lower:
        return ProviderLocked(f"{TITLE} does not accept our credentials: {said}")
    if "rate limit" in lower or "too many" in lower:
        return ProviderBusy(f"{TITLE} asks us to slow down.")
    if status == 404 or "stats" in lower or ("campaign" in lower and "not found" in lower):
        return ProviderRefused("The e-mail being answered no longer exists in SmartLead.", code="no_thread")
    if "email account" in lower or "sender" in lower or "smtp" in lower:
        return ProviderRefused(f"The mailbox this conversation came to cannot send: {said}", code="sender_unavailable")
    if "to_email" in lower or "cc" in lower.split() or "valid email" in lower:
        return ProviderRefused(f"SmartLead does not accept the recipient: {said}", code="invalid_recipient")
    return None


def _call(account: Account, method: str, path: str, *, body: Mapping | None = None, query: Mapping | None = None,
          sends: bool = False) -> Any:
    """One call; an answer of 200 that says no (`ok` or `success` false, `error`) raises as the refusal it is."""
    answer = transport.call(transport.Request(
        account=account, title=TITLE, method=method, path=path, limit=LIMIT, headers={"Accept": "application/json"}, body=body,
        query={"api_key": account.credentials.get("api_key", "")} | dict(query or {}), sends=sends, explain=_explain))
    if isinstance(answer, Mapping) and (answer.get("error") or answer.get("ok") is False or answer.get("success") is False):
        said = transport.said(account, json.dumps(answer)) or "no reason given"
        raise _explain(200, said) or ProviderRefused(f"{TITLE} refused: {said}", code="invalid_request")
    return answer


PROVIDER = Provider(
    slug="smartlead", title=TITLE, channel="email", vendor_url="https://server.smartlead.ai/api/v1", rate_limit=LIMIT,
    credentials=(
        Credential(name="api_key", title="API key", secret=True,
                   help="SmartLead, Settings, API key. It sees all campaigns of its account."),
        Credential(name="webhook_secret", title="Webhook secret key", secret=True, required=False,
                   help="What SmartLead sends as secret_key inside every webhook; its test webhook shows it. It opens the door "
                        "beside the secret in our address; leave it empty when you paste the address as shown."),
    ),
    webhook_path="/api/webhooks/smartlead", check=check, parse=smartlead_inbound.parse, send=send, find_sent=find_sent,
    # It takes an answer without naming it, and does not say how soon its history shows one.
    read_history=read_history, recent=partial(smartlead_recent.recent, _call, _read), history_lags=True, single_email=True,
    thread_keys=("campaign_id", "stats_id"))
