"""What was said with a contact, by GoHighLevel's own account? Its conversations, with the keys its webhooks give (PROVIDERS 1.4).

The caller hands over `call(account, method, path, version, query=...)`, the one way this integration speaks to the vendor.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from zrg_app.integrations import ghl_inbound
from zrg_app.integrations.base import Account, Event, History, Person, Understood
from zrg_app.integrations.fields import block, identifier, instant, items, words
from zrg_app.kit import clock
from zrg_app.kit.errors import ProviderRefused

Call = Callable[..., dict[str, Any]]
CONVERSATIONS, CONTACTS = "2021-04-15", "2021-07-28"
# FACTS section 14: at most five pages and two thousand messages are read back at once.
PAGES, PAGE, MOST_MESSAGES = 5, 100, 2000
RECENT_CONVERSATIONS = 100
_KINDS = {"1": "TYPE_CALL", "2": "TYPE_SMS", "3": "TYPE_EMAIL", "10": "TYPE_VOICEMAIL"}


def read_history(call: Call, account: Account, history: History) -> tuple[Event, ...]:
    """The texts with one contact, oldest first; a person without a contact id is looked up by number or address."""
    contact_id = history.person.identities.get("ghl_contact") or _contact_of(call, account, history.person)
    if contact_id is None:
        return ()
    person = Person(identities={"ghl_contact": contact_id})
    known = [str(thread["conversation_id"]) for thread in history.threads if thread.get("conversation_id")]
    found = [str(row["id"]) for row in _conversations(call, account, {"contactId": contact_id})]
    events: list[Event] = []
    for conversation_id in dict.fromkeys([*found, *known]):
        rows = _messages(call, account, conversation_id, history.since, MOST_MESSAGES - len(events))
        events += _events(account, rows, conversation_id, contact_id, person)
    return tuple(sorted(events, key=_moment))


def recent(call: Call, account: Account, since: datetime) -> tuple[Event, ...]:
    """The texts of all contacts since a moment, oldest first, from the conversations that changed last."""
    events: list[Event] = []
    for row in _conversations(call, account, {"sortBy": "last_message_date", "sort": "desc"}, pages=1):
        changed, contact_id = instant(row.get("lastMessageDate")), identifier(row.get("contactId"))
        if contact_id is None or (changed is not None and changed < since):
            continue
        rows = _messages(call, account, str(row["id"]), since, MOST_MESSAGES - len(events))
        events += _events(account, rows, str(row["id"]), contact_id, _person(row, contact_id))
    return tuple(sorted((event for event in events if _moment(event) >= since), key=_moment))


def _contact_of(call: Call, account: Account, person: Person) -> str | None:
    wanted = {"number": person.phone, "email": person.email}
    query = {"locationId": account.external_id} | {name: value for name, value in wanted.items() if value}
    if len(query) == 1:
        return None
    try:
        return identifier(block(call(account, "GET", "/contacts/search/duplicate", CONTACTS, query=query), "contact").get("id"))
    except ProviderRefused:
        # The answer for "nobody" is not documented; a refusal says no more than that.
        return None


def _conversations(call: Call, account: Account, wanted: Mapping[str, str], pages: int = PAGES) -> Iterator[Mapping[str, Any]]:
    query: dict[str, Any] = {"locationId": account.external_id, "limit": RECENT_CONVERSATIONS, **wanted}
    seen: set[str] = set()
    for _ in range(pages):
        answer = call(account, "GET", "/conversations/search", CONVERSATIONS, query=query)
        rows = [row for row in items(answer.get("conversations")) if isinstance(row, Mapping) and identifier(row.get("id"))]
        fresh = [row for row in rows if str(row["id"]) not in seen]
        yield from fresh
        seen |= {str(row["id"]) for row in fresh}
        last = instant(rows[-1].get("lastMessageDate")) if rows else None
        if len(rows) < RECENT_CONVERSATIONS or not fresh or last is None:
            return
        query["startAfterDate"] = int(last.timestamp() * 1000)


def _messages(call: Call, account: Account, conversation_id: str, since: datetime | None, most: int) -> list[Mapping[str, Any]]:
    """The rows of a conversation, newest first, page by page; both depths of the answer are read (PROVIDERS 1.4)."""
    rows: list[Mapping[str, Any]] = []
    query: dict[str, Any] = {"limit": PAGE}
    for _ in range(PAGES):
        answer = call(account, "GET", f"/conversations/{conversation_id}/messages", CONVERSATIONS, query=query)
        page = answer.get("messages") if isinstance(answer.get("messages"), Mapping) else answer
        fresh = [row for row in items(page.get("messages")) if isinstance(row, Mapping)]
        rows += fresh
        last = identifier(page.get("lastMessageId")) or (identifier(fresh[-1].get("id")) if fresh else None)
        oldest = instant(fresh[-1].get("dateAdded")) if fresh else None
        done = not fresh or page.get("nextPage") is False or last is None or len(rows) >= most
        if done or (since is not None and oldest is not None and oldest < since):
            break
        query = {"limit": PAGE, "lastMessageId": last}
    return rows[:most]


def _events(account: Account, rows: list[Mapping[str, Any]], conversation_id: str, contact_id: str, person: Person
            ) -> Iterator[Event]:
    for row in rows:
        yield from _told(_as_app_event(account, row, conversation_id, contact_id), person)


def _told(payload: Mapping[str, Any], person: Person) -> Iterator[Event]:
    if identifier(payload["messageId"]) is None or instant(payload["dateAdded"]) is None:
        return
    parsed = ghl_inbound.parse(payload, received_at=clock.now())
    for event in parsed.events if isinstance(parsed, Understood) else ():
        yield replace(event, person=person)


def _as_app_event(account: Account, row: Mapping[str, Any], conversation_id: str, contact_id: str) -> dict[str, Any]:
    """The row as the marketplace app would have told it, so that both give one and the same event."""
    direction = (words(row.get("direction")) or "").lower()
    kind = words(row.get("messageType")) or _KINDS.get(identifier(row.get("type")) or "", "TYPE_SMS")
    return {
        "type": "InboundMessage" if direction == "inbound" else "OutboundMessage", "direction": direction,
        "locationId": account.external_id, "contactId": contact_id, "conversationId": conversation_id,
        "messageId": row.get("id"), "messageType": kind, "body": row.get("body"), "attachments": row.get("attachments"),
        "dateAdded": row.get("dateAdded"), "source": row.get("source"), "status": row.get("status")}


def _person(row: Mapping[str, Any], contact_id: str) -> Person:
    first, _, last = (words(row.get("fullName")) or words(row.get("contactName")) or "").partition(" ")
    email = words(row.get("email"))
    return Person(first_name=first, last_name=last.strip(), email=email if email and "@" in email else None,
                  phone=words(row.get("phone")), identities={"ghl_contact": contact_id})


def _moment(event: Event) -> datetime:
    return event.sent_at or clock.now()
