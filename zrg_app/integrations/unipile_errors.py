"""What does an error of Unipile mean for us? The body's `type` decides, not the status (PROVIDERS 5.3)."""

from collections.abc import Mapping
from typing import Any

from zrg_app.integrations.fields import words
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused, ZrgError

TITLE = "Unipile"
# Hours after which LinkedIn's count of a day has gone down again, in seconds; for plain reading a pause is enough.
UNTIL_TOMORROW, A_PAUSE = 64_800.0, 900.0

_LOG_IN = "LinkedIn asks the owner of the account to log in again; reconnect it in Unipile."
_KEY = "Unipile does not accept our key; check address and key in Settings."
_RESTRICTED = "LinkedIn restricts what this account may do; its owner must look at it."
_PLAN = "The plan at Unipile does not include this; its owner must renew or change it."
LOCKED: dict[str, str] = {
    "disconnected_account": _LOG_IN, "expired_credentials": _LOG_IN, "invalid_credentials": _LOG_IN, "checkpoint_error": _LOG_IN,
    "session_mismatch": _LOG_IN, "multiple_sessions": _LOG_IN, "action_required": _LOG_IN, "missing_credentials": _KEY,
    "wrong_account": "The account id in Settings belongs to another kind of account.", "insufficient_permissions": _KEY,
    "account_mismatch": "Another LinkedIn login was connected than the one that was there before; reconnect it in Unipile.",
    "account_restricted": _RESTRICTED, "insufficient_privileges": _RESTRICTED, "disconnected_feature": _RESTRICTED,
    "invalid_proxy_credentials": "The proxy of the LinkedIn account is not accepted; mend it in Unipile.",
    "feature_not_subscribed": _PLAN, "subscription_required": _PLAN, "payment_error": _PLAN,
}
_PENDING = "An invitation to this person is pending; LinkedIn takes no second one yet."
_UNREACHABLE = "LinkedIn does not let this account write to this person."
_GONE = "This LinkedIn profile does not exist (any more); check the address on the lead."
REFUSED: dict[str, str] = {
    "already_invited_recently": _PENDING, "already_connected": "You are connected already; write a message instead.",
    "action_already_performed": "LinkedIn has this already.", "cannot_resend_yet": _PENDING, "cannot_resend_within_24hrs": _PENDING,
    "invalid_recipient": _UNREACHABLE, "no_connection_with_recipient": "You are not connected with this person on LinkedIn.",
    "blocked_recipient": "This person is blocked on LinkedIn, or has blocked the account.", "user_unreachable": _UNREACHABLE,
    "not_allowed_inmail": "This person takes no InMail, or the account has no credits for it.", "resource_not_found": _GONE,
    "cannot_invite_attendee": "LinkedIn does not let this account invite this person.", "invalid_resource_identifier": _GONE,
    "invalid_message": "LinkedIn does not accept this message.",
    "too_many_characters": "The message is too long for LinkedIn; a note to an invitation has at most 300 characters (200 with "
                           "a free account).",
    "unprocessable_entity": "LinkedIn does not accept this message.", "invalid_parameters": "Unipile does not accept this request.",
    "malformed_request": "Unipile does not accept this request.",
}
TOO_MUCH = frozenset({"too_many_requests", "limit_exceeded", "connection_limit_reached", "insufficient_credits"})
TRANSIENT = frozenset({"provider_error", "request_timeout", "service_unavailable", "network_down", "no_client_session",
                       "no_channel", "no_handler", "unexpected_error"})


def judge(status: int, body: Mapping[str, Any], said: str, *, sends: bool) -> ZrgError | None:
    """The error that a refusal of Unipile is to us; None when its body names none and the status must tell.

    `sends` says that the call may have reached a person: then a passing failure leaves its outcome open.
    """
    kind, _, slug = (words(body.get("type")) or "").lower().rpartition("/")
    if not kind.endswith("errors"):
        return None
    if slug in LOCKED:
        return ProviderLocked(LOCKED[slug], code=slug)
    if slug in REFUSED:
        return ProviderRefused(REFUSED[slug], code=slug)
    if slug in TOO_MUCH:
        sentence = "LinkedIn's limit for this account is reached for today; it goes on tomorrow."
        return ProviderBusy(sentence, retry_after=UNTIL_TOMORROW if sends else A_PAUSE)
    if slug in TRANSIENT:
        sentence = f"{TITLE} failed on its side ({slug.replace('_', ' ')})."
        return OutcomeUnknown(sentence) if sends else ProviderDown(sentence)
    if status >= 500 or status == 429:
        return None
    # Nobody knows what an unknown refusal means, so a person looks instead of a loop.
    return ProviderRefused(f"{TITLE} refused ({slug[:80].replace('_', ' ')}){': ' + said if said else ''}.", code="unknown_refusal")
