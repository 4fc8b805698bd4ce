"""What is a provider to us? Neutral types in and out, and the one declaration a provider's file ends in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from zrg_app.integrations.meeting import Calendar, Meeting
from zrg_app.integrations.press import Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One value a connection needs, as Settings asks for it. `secret` values are masked and sealed.

    An `address` is one we call: it must be on a host of the provider, or a path there (then it begins with a slash).
    """

    name: str
    title: str
    help: str
    secret: bool = False
    required: bool = True
    address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A switch of a connection, off until somebody turns it on; kept in `options` under `name` as true or false.

    `warning` is shown on the card while it is on.
    """

    name: str
    title: str
    help: str
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """At most `calls` calls per `seconds` seconds for one account, over all our processes."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connection as an integration sees it: opened credentials and the account's id at the provider."""

    provider: str
    workspace_id: str
    external_id: str | None
    base_url: str
    credentials: Mapping[str, str] = field(repr=False)
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who an event is about. `identities` maps IdentityKind values to provider ids, e.g. {"ghl_contact": "abc"}."""

    first_name: str = ""
    last_name: str = ""
    email: str | None = None
    phone: str | None = None
    linkedin_url: str | None = None
    job_title: str | None = None
    company: str | None = None
    website: str | None = None
    timezone: str | None = None
    identities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment that stays at the provider."""

    name: str
    url: str | None = None
    content_type: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that leaves with a message: its bytes, read once, never kept by an integration.

    `url` is where a provider that wants an address can fetch it for a while.
    """

    name: str
    content_type: str
    content: bytes = field(repr=False)
    url: str | None = None


EventKind = Literal["reply", "outbound", "bounced", "unsubscribed", "interested", "opened", "sms_blocked", "sms_allowed",
                    "relation", "delivery_failed", "meeting_booked", "meeting_cancelled", "meeting_outcome", "enriched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A provider's news in our words.

    `external_id` is the provider's message id and `dedupe_key` names the *message* (the same reply told by two events has
    one key). `thread` is what the provider needs to answer, e.g. {"reply_id": "12", "sender_email_id": "3"}.
    `about_lead` is our own lead id, when a provider gives back what we told it; it is looked up in the workspace, never
    trusted. `about_message` is the provider's id of the message whose fate is told (a bounce, a failure, an opening).
    `shares_id` says that `external_id` may also be another message's, so that the words must agree as well.
    """

    kind: EventKind
    channel: str
    person: Person
    dedupe_key: str
    external_id: str | None = None
    text: str | None = None
    html: str | None = None
    subject: str | None = None
    from_address: str | None = None
    from_name: str | None = None
    to_address: str | None = None
    to_name: str | None = None
    cc: tuple[str, ...] = ()
    sent_at: datetime | None = None
    thread: Mapping[str, object] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    automatic: bool = False
    by_campaign: bool = False
    campaign_id: str | None = None
    campaign_name: str | None = None
    about_lead: str | None = None
    about_message: str | None = None
    shares_id: bool = False
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNews:
    """A provider says how our own account there stands; `works` is None when it says neither."""

    works: bool | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """`parse` understood the payload: news of people, of our account there, a button a colleague pressed."""

    event_type: str
    events: tuple[Event, ...] = ()
    account: AccountNews | None = None
    press: Press | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotForUs:
    """Known, kept, answered 200, nothing to do; `reason` is a stable code such as `empty_message`."""

    event_type: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTheirs:
    """Not something this provider sends; kept, counted and shown."""

    reason: str


Parsed = Understood | NotForUs | NotTheirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send. `thread` is the handle of the message being answered, `person` carries the provider's ids."""

    idempotency_key: str
    channel: str
    body: str
    subject: str | None
    to_address: str | None
    to_name: str | None
    cc: tuple[str, ...]
    thread: Mapping[str, object]
    person: Person
    files: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Something to find out about a person: `kind` is an EnrichmentKind value. The answer comes to `callback_url`, with the ids
    of the lead and of this request given back."""

    kind: str
    lead_id: str
    request_id: str
    person: Person
    callback_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What to read back from a provider: one person's messages, the threads of theirs that we know, newest first.

    `since` is the oldest moment worth reading; None reads as far as the provider's documented page limits go.
    """

    person: Person
    threads: tuple[Mapping[str, object], ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The provider accepted a message. `identities` are ids learnt on the way (a contact that was created)."""

    message_id: str | None
    thread: Mapping[str, object] = field(default_factory=dict)
    identities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` learnt about the credentials, in a sentence for the Test button.

    `external_id` is the account they belong to, where only the provider can say; `account_name` is its name there.
    """

    sentence: str
    account_name: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A harmless message that shows a person that sending works: `run(account, e-mail address of who asks)`.

    `title` is the word on its button; `by_test` says that it is what the Test button does.
    """

    title: str
    run: Callable[[Account, str], Checked]
    by_test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Everything we know of a provider. Network functions raise the `Outside` errors of `kit.errors`.

    `parse(payload, received_at=...)` reads a webhook body and never raises for odd input; `received_at` stands in for missing times.
    `send(account, outgoing)` sends once and returns a Receipt; a time-out after the request left is OutcomeUnknown.
    `find_sent(account, outgoing, since, exclude)` looks the message up in the provider's history: a Receipt, or None when it
    is not there; `exclude` are ids of other messages of ours. `history_lags` says that not to find it proves nothing yet, so only a
    person lets it be sent again. `shares_ids` says that its webhooks may name the answered mail instead of their own.
    `check(account)` proves the credentials. `thread_keys` are what `thread` must hold for an answer; empty when none is needed.
    `read_history(account, history)` reads a person's messages back, with the ids and keys of the webhooks; `recent(account, since)`
    does so for everybody since a moment, oldest first, for finding what had no webhook.
    `complete(account, event)` reads what an event lacks: the words of a message, a person's address. `enrich(account, lookup)` asks
    for something about a person; the answer comes later, as a webhook.
    `sends_files` says that `send` takes `Outgoing.files`; with `fetches_files` the provider fetches them from `Upload.url`, a public
    address. `download_headers(account)` open files whose addresses do not open by themselves. `no_copies` and `no_other_recipient`
    are sentences for people: why it cannot send copies or write to somebody else than who is answered; None when it can.
    `secret_place` is where the provider shows our webhook secret: in the address, in a header of the name `secret_header`,
    inside the body (then it is the credential `webhook_secret`), or as a signature over the body.
    `hosts_below` is the vendor's own domain when each customer has a host (and port) of their own there. `look_up(account, person)`
    asks for what a webhook left out of `person` (a profile's address).
    `calendars(account)` lists what can be booked, `free_times(account, calendar_id, start, end)` when it is free, soonest first.
    `connect(account, webhook_address)` sets up at the provider what it needs to reach us (a webhook subscription) and returns
    the credentials `makes` names, which nobody types; it may be called again and leaves one subscription. `disconnect(account)`
    takes that back.
    `options` are the switches of a connection. `proves_first` says that credentials are kept only after `check` accepted
    them, with the account it named; `examine(values)` raises Invalid for values whose shape is wrong, before anything else.
    `trial` is a message a person may send to see that it works.
    """

    slug: str
    title: str
    channel: str | None
    vendor_url: str
    credentials: tuple[Credential, ...]
    rate_limit: RateLimit
    check: Callable[[Account], Checked]
    external_id_credential: str | None = None
    webhook_path: str | None = None
    parse: Callable[..., Parsed] | None = None
    send: Callable[[Account, Outgoing], Receipt] | None = None
    find_sent: Callable[[Account, Outgoing, datetime, Collection[str]], Receipt | None] | None = None
    read_history: Callable[[Account, History], tuple[Event, ...]] | None = None
    recent: Callable[[Account, datetime], tuple[Event, ...]] | None = None
    complete: Callable[[Account, Event], Event] | None = None
    enrich: Callable[[Account, Lookup], None] | None = None
    shares_ids: bool = False
    history_lags: bool = False
    single_email: bool = False
    thread_keys: tuple[str, ...] = ()
    sends_files: bool = False
    fetches_files: bool = False
    download_headers: Callable[[Account], Mapping[str, str]] | None = None
    no_copies: str | None = None
    no_other_recipient: str | None = None
    secret_place: Literal["address", "header", "body", "signature"] = "address"
    secret_header: str | None = None
    hosts_below: str | None = None
    look_up: Callable[[Account, Person], Person] | None = None
    calendars: Callable[[Account], tuple[Calendar, ...]] | None = None
    free_times: Callable[[Account, str, datetime, datetime], tuple[datetime, ...]] | None = None
    connect: Callable[[Account, str], Mapping[str, str]] | None = None
    disconnect: Callable[[Account], None] | None = None
    makes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    proves_first: bool = False
    trial: Trial | None = None
    examine: Callable[[Mapping[str, str]], object] | None = None
