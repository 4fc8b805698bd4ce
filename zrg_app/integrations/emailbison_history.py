"""What was written to and by a person, by EmailBison's own account? Replies, sent mails, threads, keyed as webhooks are (PROVIDERS 2.2).

The caller hands over `call(account, method, path, query=...)`, the one way this integration speaks to the vendor.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from zrg_app.integrations import emailbison_inbound as inbound
from zrg_app.integrations.base import Account, Event, History, Person, Understood
from zrg_app.integrations.fields import block, identifier, instant, items, words
from zrg_app.kit import clock
from zrg_app.kit.errors import ProviderRefused

Call = Callable[..., dict[str, Any]]
Row = Mapping[str, Any]
# FACTS section 14: at most five pages and two thousand messages are read back at once.
PAGES, PER_PAGE, MOST_MESSAGES = 5, 100, 2000
MOST_THREADS = 5
_NEVER = {"spam", "bounced"}


def read_history(call: Call, account: Account, history: History) -> tuple[Event, ...]:
    """The mails with one person, oldest first: of the lead there, and of known threads that belong to no lead."""
    lead_id = history.person.identities.get("emailbison_lead") or _lead_called(call, account, history.person.email)
    person = replace(history.person, identities={"emailbison_lead": lead_id} if lead_id else {})
    rows: dict[str, Row] = {}
    if lead_id:
        query = {"folder": "all"}
        rows |= _by_id(_pages(call, account, f"/api/leads/{_part(lead_id)}/replies", query, history.since))
    for reply_id in _unread_threads(history, rows):
        rows |= _by_id(_thread(call, account, reply_id))
    events = [event for row in list(rows.values())[:MOST_MESSAGES] for event in _mail(row, person)]
    events += _campaign_mails(call, account, lead_id, person) if lead_id else []
    return tuple(sorted(events, key=_moment))


def recent(call: Call, account: Account, since: datetime) -> tuple[Event, ...]:
    """The mails that came into the inbox since a moment, oldest first. A lead is named by its id only; see `complete`."""
    rows = _pages(call, account, "/api/replies", {"folder": "inbox"}, since)
    events = [event for row in rows for event in _mail(row, None) if _moment(event) >= since]
    return tuple(sorted(events, key=_moment))


def complete(call: Call, account: Account, event: Event) -> Event:
    """`event` with its words, and with the lead's own address; as it was where EmailBison does not have them (any more)."""
    if event.external_id and event.external_id.isdigit() and not (event.text or event.html):
        event = _with_words(event, _one(call, account, f"/api/replies/{event.external_id}"))
    lead_id = event.person.identities.get("emailbison_lead")
    if lead_id and not event.person.email:
        lead = _one(call, account, f"/api/leads/{_part(lead_id)}")
        # Read as a webhook's lead block is, custom variables and all.
        parsed = inbound.parse(_envelope("LEAD_REPLIED", lead=lead, reply={"id": 1}))
        event = replace(event, person=parsed.events[0].person) if lead and isinstance(parsed, Understood) else event
    return event


def _lead_called(call: Call, account: Account, email: str | None) -> str | None:
    if not email:
        return None
    rows = items(call(account, "GET", "/api/leads", query={"search": email}).get("data"))
    return next((identifier(row.get("id")) for row in rows
                 if isinstance(row, Mapping) and (words(row.get("email")) or "").lower() == email.lower()), None)


def _pages(call: Call, account: Account, path: str, query: dict[str, Any], since: datetime | None) -> Iterator[Row]:
    """Rows newest first, page by page, until the last page, the cap, or a page that ends before `since`."""
    for page in range(1, PAGES + 1):
        answer = call(account, "GET", path, query={**query, "page": page, "per_page": PER_PAGE})
        rows = [row for row in items(answer.get("data")) if isinstance(row, Mapping)]
        yield from rows
        oldest = instant(rows[-1].get("date_received")) if rows else None
        last = identifier(block(answer, "meta").get("last_page"))
        if not rows or not last or page >= int(last if last.isdigit() else 1) or (since and oldest and oldest < since):
            return


def _unread_threads(history: History, rows: Mapping[str, Row]) -> list[str]:
    known = [str(thread.get("reply_id") or "") for thread in history.threads]
    return [reply_id for reply_id in dict.fromkeys(known) if reply_id.isdigit() and reply_id not in rows][:MOST_THREADS]


def _thread(call: Call, account: Account, reply_id: str) -> Iterator[Row]:
    try:
        data = call(account, "GET", f"/api/replies/{reply_id}/conversation-thread").get("data")
    except ProviderRefused:
        # A reply that was deleted over there takes its thread along.
        return
    for value in data.values() if isinstance(data, Mapping) else [data]:
        yield from (row for row in (value if isinstance(value, list) else [value]) if isinstance(row, Mapping))


def _one(call: Call, account: Account, path: str) -> Row:
    try:
        return block(call(account, "GET", path), "data")
    except ProviderRefused:
        return {}


def _mail(row: Row, person: Person | None) -> Iterator[Event]:
    """One mail as its webhook would have told it. `person` None leaves the person to the row."""
    folder, kind = (words(row.get("folder")) or "").lower(), (words(row.get("type")) or "").lower()
    if folder in _NEVER or kind == "bounced" or instant(row.get("date_received")) is None:
        return
    ours = folder == "sent" or kind == "outgoing email"
    lead_id = identifier(row.get("lead_id"))
    event = "MANUAL_EMAIL_SENT" if ours else "LEAD_REPLIED" if lead_id or person else "UNTRACKED_REPLY_RECEIVED"
    lead = {"id": lead_id} if person is None and lead_id else {}
    lead = lead or ({"id": person.identities.get("emailbison_lead"), "email": person.email} if person else {})
    parsed = inbound.parse(_envelope(event, reply=row, lead=lead), received_at=clock.now())
    for found in parsed.events if isinstance(parsed, Understood) else ():
        yield found if person is None else replace(found, person=person)


def _campaign_mails(call: Call, account: Account, lead_id: str, person: Person) -> Iterator[Event]:
    for row in _pages(call, account, f"/api/leads/{_part(lead_id)}/sent-emails", {}, None):
        if instant(row.get("sent_at")) is None:
            continue
        lead = {"id": lead_id, "email": person.email}
        parsed = inbound.parse(_envelope("EMAIL_SENT", lead=lead, scheduled_email=row, sender=row), received_at=clock.now())
        yield from (replace(event, person=person) for event in (parsed.events if isinstance(parsed, Understood) else ()))


def _envelope(event: str, *, lead: Row, reply: Row | None = None, scheduled_email: Row | None = None, sender: Row | None = None
              ) -> dict[str, Any]:
    told = {**reply, "email_subject": reply.get("email_subject") or reply.get("subject")} if reply else {}
    data = {"reply": told, "lead": lead, "scheduled_email": scheduled_email or {}, "campaign": {
        "id": (sender or told).get("campaign_id")}, "sender_email": {"id": (sender or told).get("sender_email_id")}}
    return {"event": {"type": event}, "data": {name: value for name, value in data.items() if value}}


def _with_words(event: Event, row: Row) -> Event:
    return replace(event, text=words(row.get("text_body")), html=words(row.get("html_body")),
                   subject=event.subject or words(row.get("subject")))


def _by_id(rows: Iterator[Row]) -> dict[str, Row]:
    return {found: row for row in rows if (found := identifier(row.get("id")))}


def _part(value: str) -> str:
    # What stands in an address must stay one part of it.
    return quote(value, safe="")


def _moment(event: Event) -> datetime:
    return event.sent_at or clock.now()
