"""Who answered lately, by SmartLead's own master inbox? Their mails, keyed as webhooks are (PROVIDERS 3.2).

The inbox is known in two spellings, the documented one and the one that accounts answer with. Either names who replied; where
it does not tell the mails whole, the message history is read. The caller hands over both ways of asking the vendor.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from zrg_app.integrations import smartlead_inbound
from zrg_app.integrations.base import Account, Event, Person
from zrg_app.integrations.fields import block, identifier, items, words
from zrg_app.kit import clock

Call = Callable[..., Any]
ReadHistory = Callable[[Account, str, str | None, Person], Iterable[Event]]
Row = Mapping[str, Any]
# Twenty is the most a page may have. All calls of a look come out of the sixty a minute that sending needs, too.
PAGE, MOST_PAGES, MOST_READ = 20, 8, 12


def recent(call: Call, read_history: ReadHistory, account: Account, since: datetime) -> tuple[Event, ...]:
    """The mails since a moment of everybody who replied since then, oldest first; what a campaign sent is left out."""
    told: list[Event] = []
    reads = 0
    for row in _replied(call, account, since):
        campaign_id, lead_id, person = _campaign(row), _lead(row), _person(row)
        rows = [each for each in items(row.get("email_history")) if isinstance(each, Mapping)]
        if _are_whole(rows):
            told += _mails(rows, campaign_id, lead_id, person)
        elif campaign_id and reads < MOST_READ:
            told += read_history(account, campaign_id, lead_id, person)
            reads += 1
    wanted = [event for event in told if event.sent_at and event.sent_at >= since and not event.by_campaign]
    return tuple(sorted(wanted, key=lambda event: event.sent_at or since))


def _replied(call: Call, account: Account, since: datetime) -> Iterator[Row]:
    """The conversations with a reply since a moment, page by page."""
    span = [_written(since), _written(clock.now() + timedelta(hours=1))]
    for page in range(MOST_PAGES):
        answer = call(account, "POST", "/master-inbox/inbox-replies", query={"fetch_message_history": "true"}, body={
            "offset": page * PAGE, "limit": PAGE, "sortBy": "REPLY_TIME_DESC",
            "filters": {"emailStatus": "Replied", "replyTimeBetween": span}})
        answer = answer if isinstance(answer, Mapping) else {}
        rows = items(answer.get("data")) or items(answer.get("messages"))
        yield from (row for row in rows if isinstance(row, Mapping))
        if len(rows) < PAGE:
            return


def _are_whole(rows: list[Row]) -> bool:
    """Whether the mails are told as the message history tells them: the answer to one needs its name, number and writer."""
    return bool(rows) and all(smartlead_inbound.message_id(row.get("message_id")) and identifier(row.get("stats_id"))
                              and words(row.get("from")) for row in rows if (words(row.get("type")) or "").upper() == "REPLY")


def _mails(rows: list[Row], campaign_id: str | None, lead_id: str | None, person: Person) -> Iterator[Event]:
    for row in rows:
        event = smartlead_inbound.message(row, campaign_id=campaign_id, lead_id=lead_id, person=person)
        if event is not None:
            yield event


def _campaign(row: Row) -> str | None:
    told = (row.get("email_campaign_id"), row.get("campaign_id"), block(row, "campaign").get("id"))
    return next((found for value in told if (found := identifier(value)) and found.isascii() and found.isdigit()), None)


def _lead(row: Row) -> str | None:
    told = (row.get("email_lead_id"), row.get("lead_id"), block(row, "lead").get("id"))
    return next((found for value in told if (found := identifier(value)) and found.isascii() and found.isdigit()), None)


def _person(row: Row) -> Person:
    lead, lead_id = block(row, "lead"), _lead(row)
    return Person(
        first_name=words(row.get("lead_first_name")) or words(lead.get("first_name")) or "",
        last_name=words(row.get("lead_last_name")) or words(lead.get("last_name")) or "",
        email=words(row.get("lead_email")) or words(lead.get("email")), phone=words(lead.get("phone")),
        company=words(lead.get("company")), identities={"smartlead_lead": lead_id} if lead_id else {})


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
