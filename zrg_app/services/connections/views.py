"""What may a screen see of a connection? Never a secret, only that one is there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """A field of the form. `value` is shown as it is, or masked when `secret`; empty when nothing is stored. `choices` are the
    only values it takes; empty when it takes any."""

    name: str
    title: str
    help: str
    secret: bool
    required: bool
    value: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """A switch of a connection; `warning` is what to know while it is on."""

    name: str
    title: str
    help: str
    warning: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """A provider as the workspace sees it. `status` is a ConnectionStatus word, or empty when it is not connected; instants
    are ISO or empty. `webhook_address` is what to paste at the provider, its secret masked; `secret_place` and `secret_header`
    say where the provider shows it.

    `is_mail` providers exclude each other: `mail_title` is the one in use (empty: none, or several and none chosen),
    `rivals` the others that are connected. `mismatches` counts its webhooks of the last day that were kept and ignored because
    mail runs through another. `trial` is the word on the button of its test message; `channel` the chosen Slack channel.
    `has_calendars` says that times can be offered from it, `calendar` whose were chosen.
    """

    id: str
    provider: str
    title: str
    status: str
    external_id: str
    fields: tuple[CredentialView, ...]
    webhook_address: str
    has_webhook_secret: bool
    last_error: str
    last_checked_at: str
    last_event_at: str
    last_send_at: str
    account_name: str = ""
    options: tuple[OptionView, ...] = ()
    secret_place: str = ""
    secret_header: str = ""
    shows_secret: bool = False
    is_mail: bool = False
    is_chosen: bool = False
    mail_title: str = ""
    rivals: tuple[str, ...] = ()
    mismatches: int = 0
    trial: str = ""
    tries_by_test: bool = False
    channel: str = ""
    channel_name: str = ""
    has_calendars: bool = False
    calendar: str = ""
    calendar_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What the Test button found: whether the credentials work, in a sentence for people."""

    works: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A saved connection and the address to paste at the provider, its secret in clear: shown once, to who saved it.
    `webhook_secret` is the secret itself where it belongs into a header."""

    id: str
    webhook_address: str
    webhook_secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """A Slack channel; the bot must be invited where `is_member` is false."""

    id: str
    name: str
    is_private: bool
    is_member: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """A calendar or kind of meeting whose free times can be offered; `minutes` is 0 where its length is not told."""

    id: str
    name: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleView:
    """A connection that does not work, for the banner that everybody sees."""

    provider: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """With which key and from whom the product's own mails leave."""

    api_key: str = field(repr=False)
    sender: str
