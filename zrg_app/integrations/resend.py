"""How does a mail of the product itself leave? Resend's `POST /emails`, for the installation or for one workspace.

Through our own transport instead of the vendor's client: that one keeps key and base URL in module globals, so two workspaces,
or a sandbox beside the real thing, could not be told apart within a process; and our limits and error mapping would be missing.
"""

import re
from collections.abc import Mapping
from typing import Any

from zrg_app.integrations import transport
from zrg_app.integrations.base import Account, Checked, Credential, Provider, RateLimit, Trial
from zrg_app.kit.digest import token_hash
from zrg_app.kit.errors import Invalid, ProviderBusy, ProviderLocked, ProviderRefused, ZrgError
from zrg_app.kit.settings import settings

VENDOR_URL = "https://api.resend.com"
TITLE = "Resend"
# The lower of the two rates Resend documents.
LIMIT = RateLimit(calls=2, seconds=1)
SENDER_HELP = "Give a sender such as inbox@youragency.com or Your Agency <inbox@youragency.com>."
_SENDER = re.compile(r"(?:[^<>@\"\r\n]{1,100}<)?\s*([^@\s<>,;\"]{1,64}@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}))\s*>?", re.I)
# Such a key may send and nothing else, which is all we need.
_SENDS_ONLY = "restricted"


def send(*, api_key: str, sender: str, to: str, subject: str, text: str, idempotency_key: str) -> str:
    """Send one mail; returns Resend's id of it. The key (at most 256 characters, remembered a day) makes retries safe.

    Raises ProviderDown (try again), ProviderBusy (wait), ProviderLocked (key or sender domain), ProviderRefused (never).
    """
    account = Account(provider="resend", workspace_id="", external_id="door", credentials={"api_key": api_key},
                      base_url=settings().provider_url("resend", VENDOR_URL))
    answer = _call(account, "POST", "/emails", headers={"Idempotency-Key": idempotency_key},
                   body={"from": sender, "to": [to], "subject": subject, "text": text})
    return str(answer.get("id", ""))


def domain_of(sender: str) -> str:
    """The domain a sender writes from, in lower case. Raises Invalid when it is not an address or a name and an address."""
    found = _SENDER.fullmatch(sender.strip())
    if not found or ("<" in sender) != (">" in sender):
        raise Invalid(SENDER_HELP)
    return found.group(2).lower()


def check(account: Account) -> Checked:
    """Prove the key, and where the key may look, that Resend has verified the sender's domain."""
    domain = domain_of(account.credentials.get("from_email", ""))
    try:
        listed = _call(account, "GET", "/domains").get("data")
    except ProviderLocked as locked:
        if _SENDS_ONLY not in locked.sentence.lower():
            raise
        return Checked(sentence="The key works and may only send; whether the domain is verified shows with the first mail.")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    verified = {str(row.get("name") or "").lower() for row in rows if str(row.get("status")).lower() == "verified"}
    if domain not in verified:
        raise ProviderRefused(f"Resend has not verified {domain}. Add it there under Domains, or send from "
                              f"{', '.join(sorted(verified)[:3]) or 'a verified domain'}.", code="domain_not_verified")
    return Checked(sentence=f"Connected; {domain} is verified.", account_name=domain)


def _try_out(account: Account, email: str) -> Checked:
    if not email:
        raise ProviderRefused("There is no address of yours to send a test mail to.", code="missing_email")
    answer = _call(account, "POST", "/emails", body={
        "from": account.credentials.get("from_email", ""), "to": [email], "subject": "A test mail from ZRG Inbox",
        "text": "Hello,\n\nsomebody with your login asked ZRG Inbox to send this. Mails of this workspace leave the same way.\n"})
    if not answer.get("id"):
        raise ProviderRefused("Resend took the mail and named no id.", code="refused")
    return Checked(sentence=f"A test mail is on its way to {email}.")


def _call(account: Account, method: str, path: str, *, body: Mapping[str, Any] | None = None,
          headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    key = account.credentials.get("api_key", "")
    # Resend counts per team: two workspaces with one key share its rate, and those with their own do not wait for each other.
    counted = Account(provider="resend", workspace_id=account.workspace_id, external_id=token_hash(key)[:12],
                      credentials=account.credentials, base_url=account.base_url)
    answer = transport.call(transport.Request(
        account=counted, title=TITLE, method=method, path=path, limit=LIMIT, explain=_explain, body=body,
        # Without a user agent Resend answers 403, error 1010.
        headers={"Authorization": f"Bearer {key}", "User-Agent": "zrg-inbox", **(headers or {})}))
    return answer if isinstance(answer, dict) else {}


def _explain(status: int, _said: str) -> ZrgError | None:
    # 409 while the first call with this key still runs; the retry then gets the same answer without a second mail.
    return ProviderBusy(f"{TITLE} is still working on this mail.") if status == 409 else None


PROVIDER = Provider(
    slug="resend", title=TITLE, channel=None, vendor_url=VENDOR_URL, rate_limit=LIMIT, check=check,
    credentials=(
        Credential(name="api_key", title="API key", secret=True, help="In Resend: API Keys. Sending access is enough."),
        Credential(name="from_email", title="Sender", help="On a domain you verified at Resend, for example "
                                                           "Your Agency <inbox@youragency.com>."),
    ),
    trial=Trial(title="Send me a test mail", run=_try_out, by_test=True), examine=lambda values: domain_of(values["from_email"]))
