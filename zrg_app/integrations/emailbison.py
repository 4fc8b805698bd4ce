"""How do we speak with EmailBison? Answers in the thread of a reply, and its sent mail."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from zrg_app.integrations import emailbison_history, emailbison_inbound, transport
from zrg_app.integrations.base import Account, Checked, Credential, Outgoing, Provider, RateLimit, Receipt
from zrg_app.integrations.outgoing_html import html_from_text, same_words, text_from_html
from zrg_app.kit.errors import OutcomeUnknown, ProviderRefused, ZrgError

TITLE = "EmailBison"
LIMIT = RateLimit(calls=3000, seconds=60)


def check(account: Account) -> Checked:
    """Prove the key with the cheapest call there is, and say whose it is."""
    data = _object(_call(account, "GET", "/api/users").get("data"))
    workspace = _object(data.get("workspace")).get("name") or data.get("name")
    return Checked(sentence=f"Connected to {workspace}." if workspace else "Connected.",
                   account_name=str(workspace) if workspace else None)


def send(account: Account, outgoing: Outgoing) -> Receipt:
    """Answer in the thread of a reply, from the mailbox the reply came to."""
    reply_id, sender = _answered(outgoing)
    if not outgoing.to_address:
        raise ProviderRefused("There is no e-mail address to send to.", code="missing_email")
    body: dict[str, Any] = {
        "message": html_from_text(outgoing.body), "content_type": "html", "sender_email_id": sender,
        "to_emails": [{"name": outgoing.to_name or None, "email_address": outgoing.to_address}],
        "cc_emails": [{"name": None, "email_address": address} for address in outgoing.cc],
        "inject_previous_email_body": False}
    if outgoing.subject:
        body["subject"] = outgoing.subject
    given = {"form": _form(body), "files": outgoing.files} if outgoing.files else {"body": body}
    answer = _call(account, "POST", f"/api/replies/{reply_id}/reply", sends=True, **given)
    data = _object(answer.get("data")) or answer
    if data.get("success") is False:
        raise ProviderRefused(f"EmailBison did not send it: {data.get('message') or 'no reason given'}.", code="invalid_request")
    sent = _object(data.get("reply")) or data
    if not sent.get("id"):
        raise OutcomeUnknown("EmailBison took the e-mail and named no message.")
    return _receipt(sent, sender)


def find_sent(account: Account, outgoing: Outgoing, since: datetime, exclude: Collection[str] = ()) -> Receipt | None:
    """Our e-mail in the thread or the sent folder: our words to that person, at or after `since`, not in `exclude`."""
    reply_id, sender = _answered(outgoing)
    for rows in (_thread(account, reply_id), _sent_folder(account, sender)):
        ours = [row for row in rows if _is_ours(row, outgoing, since, exclude)]
        if ours:
            return _receipt(min(ours, key=lambda row: _moment(row["date_received"])), sender)
    return None


def _form(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields as a form: files travel in one only, and a form has no lists of objects and no true or false."""
    form: dict[str, Any] = {}
    for name, value in body.items():
        if isinstance(value, list):
            form |= {f"{name}[{place}][{key}]": told for place, row in enumerate(value) for key, told in row.items()}
        else:
            form[name] = int(value) if isinstance(value, bool) else value
    return form


def _answered(outgoing: Outgoing) -> tuple[str, int]:
    reply_id, sender = str(outgoing.thread.get("reply_id") or ""), str(outgoing.thread.get("sender_email_id") or "")
    # Both go into an address or a number; anything else is a thread of some other provider.
    if not (reply_id.isascii() and reply_id.isdigit() and sender.isascii() and sender.isdigit()):
        raise ProviderRefused("EmailBison can only answer an e-mail it received; there is none here.", code="no_thread")
    return reply_id, int(sender)


def _thread(account: Account, reply_id: str) -> Iterator[Mapping[str, Any]]:
    try:
        data = _call(account, "GET", f"/api/replies/{reply_id}/conversation-thread").get("data")
    except ProviderRefused:
        # A reply deleted over there takes its thread along; the sent folder still has our mail.
        return
    for value in data.values() if isinstance(data, dict) else [data]:
        yield from (row for row in (value if isinstance(value, list) else [value]) if isinstance(row, dict))


def _sent_folder(account: Account, sender: int) -> list[Mapping[str, Any]]:
    rows = _call(account, "GET", "/api/replies", query={"folder": "sent", "sender_email_id": sender, "per_page": 100}).get("data")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _is_ours(row: Mapping[str, Any], outgoing: Outgoing, since: datetime, exclude: Collection[str]) -> bool:
    at = _moment(row.get("date_received"))
    left = str(row.get("folder")).lower() == "sent" or str(row.get("type")).lower() == "outgoing email"
    return bool(left and row.get("id") and str(row["id"]) not in exclude and at and at >= since
                and _went_to(row, outgoing.to_address) and _has_words(row, outgoing.body))


def _went_to(row: Mapping[str, Any], address: str | None) -> bool:
    people = row.get("to") if isinstance(row.get("to"), list) else []
    told = {str(person.get("address") or "").lower() for person in people if isinstance(person, dict)}
    told.add(str(row.get("primary_to_email_address") or "").lower())
    return (address or "").lower() in told


def _has_words(row: Mapping[str, Any], body: str) -> bool:
    wanted = same_words(body)
    text, markup = same_words(str(row.get("text_body") or "")), same_words(text_from_html(str(row.get("html_body") or "")))
    # Without the injected history the whole body is ours; a signature may have been added at the end.
    return bool(wanted) and (wanted in (text, markup) or markup.startswith(wanted + " ") or text.startswith(wanted + " "))


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _receipt(sent: Mapping[str, Any], sender: int) -> Receipt:
    return Receipt(message_id=str(sent["id"]), thread={"reply_id": str(sent["id"]), "sender_email_id": str(sender)})


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _explain(status: int, said: str) -> ZrgError | None:
    lower = said.lower()
    if status == 404:
        return ProviderRefused("The e-mail being answered no longer exists in EmailBison.", code="no_thread")
    if "sender email" in lower or "sender_email" in lower:
        return ProviderRefused(f"The mailbox this conversation came to cannot send: {said}", code="sender_unavailable")
    if "email_address" in lower or "valid email" in lower:
        return ProviderRefused(f"EmailBison does not accept the recipient: {said}", code="invalid_recipient")
    return None


def _opens(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.credentials.get('api_key', '')}"}


def _call(account: Account, method: str, path: str, **more: Any) -> dict[str, Any]:
    headers = {**_opens(account), "Accept": "application/json"}
    # People copy the instance's address with and without /api.
    path = path.removeprefix("/api") if account.base_url.rstrip("/").endswith("/api") else path
    answer = transport.call(transport.Request(
        account=account, title=TITLE, method=method, path=path, limit=LIMIT, headers=headers, explain=_explain,
        file_field="attachments[]", **more))
    return answer if isinstance(answer, dict) else {}


PROVIDER = Provider(
    slug="emailbison", title=TITLE, channel="email", vendor_url="https://dedi.emailbison.com", rate_limit=LIMIT,
    credentials=(
        Credential(name="workspace_id", title="Workspace ID",
                   help="The number of the EmailBison workspace, as its webhooks name it in event.workspace_id."),
        Credential(name="api_key", title="API key", secret=True,
                   help="EmailBison, Settings, Developer API: a key of this one workspace (not a super-admin key)."),
        Credential(name="base_url", title="Address of the instance", required=False,
                   help="For example https://send.youragency.com; empty means the default of this installation."),
    ),
    external_id_credential="workspace_id", webhook_path="/api/webhooks/email", check=check, parse=emailbison_inbound.parse,
    send=send, find_sent=find_sent, read_history=partial(emailbison_history.read_history, _call),
    recent=partial(emailbison_history.recent, _call), complete=partial(emailbison_history.complete, _call),
    single_email=True, thread_keys=("reply_id", "sender_email_id"),
    sends_files=True, download_headers=_opens)
