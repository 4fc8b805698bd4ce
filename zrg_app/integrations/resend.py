"""How does a mail of the door leave? Resend's `POST /emails`.

Through our own transport instead of the vendor's client: that one keeps key and base URL in module globals, so two workspaces,
or a sandbox beside the real thing, could not be told apart within a process; and our limits and error mapping would be missing.
"""

from zrg_app.integrations import transport
from zrg_app.integrations.base import Account, RateLimit
from zrg_app.kit.errors import ProviderBusy, ZrgError
from zrg_app.kit.settings import settings

VENDOR_URL = "https://api.resend.com"
TITLE = "Resend"
# The lower of the two rates Resend documents.
LIMIT = RateLimit(calls=2, seconds=1)


def send(*, api_key: str, sender: str, to: str, subject: str, text: str, idempotency_key: str) -> str:
    """Send one mail; returns Resend's id of it. The key (at most 256 characters, remembered a day) makes retries safe.

    Raises ProviderDown (try again), ProviderBusy (wait), ProviderLocked (key or sender domain), ProviderRefused (never).
    """
    account = Account(provider="resend", workspace_id="", external_id="door", credentials={"api_key": api_key},
                      base_url=settings().provider_url("resend", VENDOR_URL))
    answer = transport.call(transport.Request(
        account=account, title=TITLE, method="POST", path="/emails", limit=LIMIT, explain=_explain,
        # Without a user agent Resend answers 403, error 1010.
        headers={"Authorization": f"Bearer {api_key}", "User-Agent": "zrg-inbox", "Idempotency-Key": idempotency_key},
        body={"from": sender, "to": [to], "subject": subject, "text": text}))
    return str(answer.get("id", "")) if isinstance(answer, dict) else ""


def _explain(status: int, _said: str) -> ZrgError | None:
    # 409 while the first call with this key still runs; the retry then gets the same answer without a second mail.
    return ProviderBusy(f"{TITLE} is still working on this mail.") if status == 409 else None
