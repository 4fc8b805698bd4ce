"""What may a screen see of a connection? Never a secret, only that one is there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """A field of the form. `value` is shown as it is, or masked when `secret`; empty when nothing is stored."""

    name: str
    title: str
    help: str
    secret: bool
    required: bool
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """A provider as the workspace sees it. `status` is a ConnectionStatus word, or empty when it is not connected; instants
    are ISO or empty. `webhook_address` is what to paste at the provider, its secret masked; none is in it when
    the provider signs (`is_signed`). `takes_unsigned` is `no`, `yes`, or
    empty where signatures are no question; `warning` is a sentence about something unsafe the workspace chose."""

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
    is_signed: bool = False
    takes_unsigned: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What the Test button found: whether the credentials work, in a sentence for people."""

    works: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A saved connection and the address to paste at the provider, its secret in clear: shown once, to who saved it."""

    id: str
    webhook_address: str
