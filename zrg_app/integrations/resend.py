"""How does a mail of the door leave? Resend's `POST /emails`.

Plain httpx instead of the vendor's client: that one keeps key and base URL in module globals, so two workspaces or a sandbox
beside the real thing could not be told apart within a process.
"""

import httpx

from zrg_app.kit.errors import ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.settings import settings

VENDOR_URL = "https://api.resend.com"
TITLE = "Resend"
# Without a user agent Resend answers 403, error 1010.
_USER_AGENT = "zrg-inbox"
_TIME_LIMIT = httpx.Timeout(15, connect=5)
_QUOTA = {"daily_quota_exceeded", "monthly_quota_exceeded"}


def send(*, api_key: str, sender: str, to: str, subject: str, text: str, idempotency_key: str,
         transport: httpx.BaseTransport | None = None) -> str:
    """Send one mail; returns Resend's id of it. The key (at most 256 characters, remembered a day) makes retries safe.

    Raises ProviderDown (try again), ProviderBusy (wait), ProviderLocked (key or sender domain), ProviderRefused (never).
    """
    body = {"from": sender, "to": [to], "subject": subject, "text": text}
    headers = {"Authorization": f"Bearer {api_key}", "User-Agent": _USER_AGENT, "Idempotency-Key": idempotency_key}
    try:
        with httpx.Client(timeout=_TIME_LIMIT, transport=transport) as client:
            response = client.post(f"{settings().provider_url('resend', VENDOR_URL)}/emails", json=body, headers=headers)
    except httpx.HTTPError as error:
        raise ProviderDown(f"{TITLE} could not be reached ({type(error).__name__}).") from error
    if response.is_success:
        return str(_body(response).get("id", ""))
    raise _failure(response)


def _failure(response: httpx.Response) -> Exception:
    name = str(_body(response).get("name", ""))
    if response.status_code == 429 and name in _QUOTA:
        return ProviderBusy(f"{TITLE} says the mail quota is used up.", retry_after=3600)
    if response.status_code == 429 or name == "concurrent_idempotent_requests":
        return ProviderBusy(f"{TITLE} asks us to wait.", retry_after=_seconds(response.headers.get("retry-after")))
    if response.status_code in (401, 403):
        return ProviderLocked(f"{TITLE} does not accept the key or the sender address ({name or response.status_code}).")
    if response.status_code >= 500:
        return ProviderDown(f"{TITLE} failed with status {response.status_code}.")
    return ProviderRefused(f"{TITLE} refused the mail ({name or response.status_code}).", code=name or None)


def _body(response: httpx.Response) -> dict:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _seconds(value: str | None) -> float:
    return min(float(value), 3600.0) if value and value.isdigit() else 10.0
