"""How do we speak with Instantly? Answers to an e-mail of its unibox, and the mails exchanged with a lead."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from zrg_app.integrations import instantly_inbound, transport
from zrg_app.integrations.base import Account, Checked, Credential, Event, History, Outgoing, Person, Provider, RateLimit, Receipt
from zrg_app.integrations.fields import identifier, items, words
from zrg_app.integrations.outgoing_html import carries, html_from_text, plain_from_text
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderLocked, ProviderRefused, ZrgError

TITLE = "Instantly"
# A hundred in any second is also fewer than the 6,000 a minute that it allows.
LIMIT = RateLimit(calls=100, seconds=1)
# Listing e-mails is counted apart from everything else.
LIST_LIMIT = RateLimit(calls=20, seconds=60)
PAGE, MOST_PAGES = 100, 5
_PLAIN_ID = re.compile(r"[A-Za-z0-9-]{1,100}")
_MAILBOX_FAILURES = {
    "ACC_AUTH_ERROR": "Instantly cannot sign in to the mailbox this conversation came to; reconnect it there.",
    "ACC_NOT_FOUND": "The mailbox this conversation came to is no longer in Instantly."}


def check(account: Account) -> Checked:
    """Prove the key with the cheapest call there is."""
    campaigns = items(_object(_call(account, "GET", "/campaigns", query={"limit": 1})).get("items"))
    name = words(_object(campaigns[0]).get("name")) if campaigns else None
    return Checked(sentence=f"Connected to Instantly; its first campaign is {name}." if name else "Connected to Instantly.")


def send(account: Account, outgoing: Outgoing) -> Receipt:
    """Answer an e-mail from the mailbox it came to. Instantly writes to whoever wrote that e-mail, and to nobody else.

    Its webhooks name the lead and not the colleague who may have written, so Instantly is asked who did before anything leaves.
    """
    reply_to, mailbox = _answered(outgoing)
    if not outgoing.to_address:
        raise ProviderRefused("There is no e-mail address to send to.", code="missing_email")
    writer = words(_object(_call(account, "GET", f"/emails/{reply_to}")).get("from_address_email")) or ""
    if writer and outgoing.to_address.lower() != writer.lower():
        raise ProviderRefused(f"{NO_OTHER_RECIPIENT} This e-mail came from {writer}.", code="other_recipient")
    subject = outgoing.subject or ""
    body: dict[str, Any] = {
        "reply_to_uuid": reply_to, "eaccount": mailbox, "subject": subject if subject[:3].lower() == "re:" else f"Re: {subject}".strip(),
        "body": {"html": html_from_text(outgoing.body), "text": plain_from_text(outgoing.body)}}
    if outgoing.cc:
        body["cc_address_email_list"] = ",".join(outgoing.cc)
    sent = _object(_call(account, "POST", "/emails/reply", body=body, sends=True))
    if identifier(sent.get("id")) is None:
        raise OutcomeUnknown("Instantly took the e-mail and named no message.")
    return _receipt(sent, mailbox)


def find_sent(account: Account, outgoing: Outgoing, since: datetime, exclude: Collection[str] = ()) -> Receipt | None:
    """Our e-mail among those of the lead: our words from that mailbox, at or after `since`, not in `exclude`."""
    _, mailbox = _answered(outgoing)
    lead = outgoing.person.email or outgoing.to_address
    rows = _emails(account, {"lead": lead, "eaccount": mailbox}, since)
    events = {str(row.get("id")): row for row in rows if _is_ours(row, outgoing, since, exclude)}
    oldest = min(events.values(), key=lambda row: instantly_inbound.moment(row.get("timestamp_email")) or since, default=None)
    return _receipt(oldest, mailbox) if oldest else None


def read_history(account: Account, history: History) -> tuple[Event, ...]:
    """A person's e-mails as Instantly keeps them, newest first, at most 500: twenty pages a minute are allowed in all."""
    if not history.person.email:
        return ()
    events = [instantly_inbound.message(row, person=history.person)
              for row in _emails(account, {"lead": history.person.email}, history.since)]
    return tuple(event for event in events if event is not None
                 and (history.since is None or event.sent_at is None or event.sent_at >= history.since))


def recent(account: Account, since: datetime) -> tuple[Event, ...]:
    """The e-mails of leads that Instantly received since a moment, oldest first, the newest 500 at most.

    What nobody's lead wrote is left out, as its webhooks leave it out.
    """
    asked = {"email_type": "received", "min_timestamp_created": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")}
    events = [instantly_inbound.message(row, person=Person(email=lead)) for row in _emails(account, asked, None)
              if (lead := words(row.get("lead"))) and (_received_at(row) or since) >= since]
    replies = [event for event in events if event is not None and event.kind == "reply"]
    return tuple(sorted(replies, key=lambda event: event.sent_at or since))


def _received_at(row: Mapping[str, Any]) -> datetime | None:
    return instantly_inbound.moment(row.get("timestamp_created")) or instantly_inbound.moment(row.get("timestamp_email"))


def _answered(outgoing: Outgoing) -> tuple[str, str]:
    reply_to, mailbox = str(outgoing.thread.get("reply_to_uuid") or ""), str(outgoing.thread.get("eaccount") or "")
    # The id goes into an address; anything but letters, digits and dashes is a thread of some other provider.
    if not (_PLAIN_ID.fullmatch(reply_to) and mailbox):
        raise ProviderRefused("Instantly can only answer an e-mail it received; there is none here.", code="no_thread")
    return reply_to, mailbox


def _emails(account: Account, query: Mapping[str, object], since: datetime | None) -> list[Mapping[str, Any]]:
    """Rows newest first, page by page, until they are older than `since`."""
    rows: list[Mapping[str, Any]] = []
    after: str | None = None
    for _ in range(MOST_PAGES):
        asked = {**query, "limit": PAGE, "sort_order": "desc"} | ({"starting_after": after} if after else {})
        answer = _object(_call(account, "GET", "/emails", query=asked, limit=LIST_LIMIT, counted="emails"))
        page = [row for row in items(answer.get("items")) if isinstance(row, Mapping)]
        rows += page
        after = words(answer.get("next_starting_after"))
        oldest = instantly_inbound.moment(page[-1].get("timestamp_email")) if page else None
        if not after or not page or (since and oldest and oldest < since):
            break
    return rows


def _is_ours(row: Mapping[str, Any], outgoing: Outgoing, since: datetime, exclude: Collection[str]) -> bool:
    event = instantly_inbound.message(row, person=Person(email=outgoing.to_address))
    return bool(event and event.kind == "outbound" and event.external_id not in exclude and event.sent_at
                and event.sent_at >= since and carries(outgoing.body, text=event.text, markup=event.html)
                and (not outgoing.to_address or (event.to_address or "").lower() == outgoing.to_address.lower()))


def _receipt(sent: Mapping[str, Any], mailbox: str) -> Receipt:
    key, lead_id, thread_id = (identifier(sent.get(name)) for name in ("id", "lead_id", "thread_id"))
    thread = {"reply_to_uuid": key, "eaccount": mailbox, "sender_email": mailbox, "thread_id": thread_id}
    return Receipt(message_id=key, thread={name: value for name, value in thread.items() if value},
                   identities={"instantly_lead": lead_id} if lead_id else {})


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _explain(status: int, said: str) -> ZrgError | None:
    lower = said.lower()
    if status == 402:
        return ProviderLocked(f"The Instantly plan does not allow this: {said}" if said else "The Instantly plan does not allow this.")
    if status == 404 or "reply_to_uuid" in lower:
        return ProviderRefused("The e-mail being answered no longer exists in Instantly.", code="no_thread")
    if "eaccount" in lower or "email account" in lower:
        return ProviderRefused(f"The mailbox this conversation came to cannot send: {said}", code="sender_unavailable")
    if "cc_address" in lower or "valid email" in lower:
        return ProviderRefused(f"Instantly does not accept the recipient: {said}", code="invalid_recipient")
    return None


def _refusal(said: str, sends: bool) -> ZrgError:
    """An answer of 200 with an `error` in it (PROVIDERS 4.1): mostly a failure of the sending mailbox, not of our key."""
    code = said.strip().upper()
    if code in _MAILBOX_FAILURES:
        return ProviderRefused(_MAILBOX_FAILURES[code], code="sender_unavailable")
    if code == "ACC_UNKNOWN_ERROR" and sends:
        # The mailbox failed somewhere on the way: whether the mail left has to be looked up.
        return OutcomeUnknown("The mailbox failed while Instantly sent this.")
    if "rate" in said.lower() and "limit" in said.lower():
        return ProviderBusy(f"{TITLE} asks us to slow down.")
    return _explain(200, said) or ProviderRefused(f"{TITLE} refused: {said or 'no reason given'}", code="invalid_request")


def _call(account: Account, method: str, path: str, *, body: Mapping | None = None, query: Mapping | None = None,
          sends: bool = False, limit: RateLimit = LIMIT, counted: str = "") -> Any:
    headers = {"Authorization": f"Bearer {account.credentials.get('api_key', '')}", "Accept": "application/json"}
    answer = transport.call(transport.Request(
        account=account, title=TITLE, method=method, path=path, limit=limit, headers=headers, body=body, query=query, sends=sends,
        explain=_explain, counted=counted))
    if isinstance(answer, Mapping) and answer.get("error"):
        raise _refusal(transport.said(account, json.dumps({"error": answer["error"]})), sends)
    return answer


NO_OTHER_RECIPIENT = "Instantly answers whoever wrote the e-mail; it cannot send the answer to somebody else."

PROVIDER = Provider(
    slug="instantly", title=TITLE, channel="email", vendor_url="https://api.instantly.ai/api/v2", rate_limit=LIMIT,
    credentials=(
        Credential(name="api_key", title="API key", secret=True,
                   help="Instantly, Settings, Integrations, API keys: a key of API v2 that may read and create e-mails and read "
                        "campaigns."),
    ),
    webhook_path="/api/webhooks/instantly", check=check, parse=instantly_inbound.parse, send=send, find_sent=find_sent,
    read_history=read_history, recent=recent, shares_ids=True, single_email=True,
    thread_keys=("reply_to_uuid", "eaccount"),
    no_other_recipient=NO_OTHER_RECIPIENT, secret_place="header", secret_header="X-Instantly-Secret")
