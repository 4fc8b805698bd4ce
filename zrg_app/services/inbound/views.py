"""What may a screen see of the ledger? Plain frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRow:
    """One line of the ledger; times are ISO, empty when there is none; `status` is a WebhookStatus word.

    `recovered` says that it was no webhook: sync found the message in the provider's own lists.
    """

    id: str
    provider: str
    title: str
    event_type: str
    status: str
    reason: str
    last_error: str
    received_at: str
    processed_at: str
    deliveries: int
    recovered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPage:
    """Rows newest first and the cursor of the next page, empty when this is the last."""

    rows: tuple[WebhookRow, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCounts:
    """How many rows of the last days are in each state. `unknown` are payloads nobody understood; they are ignored ones too."""

    pending: int
    succeeded: int
    ignored: int
    failed: int
    unknown: int
    recovered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookFilter:
    """Which rows; empty takes all. `kind` is unknown or recovered."""

    status: str = ""
    provider: str = ""
    reason: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWebhook:
    """A row with its body as it came, secrets masked; `note` says when there is something to know about the body."""

    row: WebhookRow
    body: str
    note: str
