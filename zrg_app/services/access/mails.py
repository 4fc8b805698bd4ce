"""Which mails does the door write? Invitation, welcome, password reset and alert: a job each, sealed while it waits."""

from dataclasses import dataclass

from zrg_app.integrations import resend
from zrg_app.kit import logs, vault
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.digest import stable_key
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import connections, jobs

SANDBOX_SENDER = "ZRG Inbox <door@zrg-inbox.example>"
log = logs.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one person; `link` is what it is about and what the log shows when mail is not set up."""

    to: str
    subject: str
    text: str
    link: str


def invited(to: str, *, by: str, workspace: str, link: str) -> Mail:
    """The invitation of somebody without a login."""
    return Mail(to=to, link=link, subject=f"{_line(by)} invited you to {_line(workspace)}", text=(
        f"Hello,\n\n{_line(by)} would like you to work in {_line(workspace)} on ZRG Inbox.\n\n"
        f"Open this link within seven days to choose a password and come in:\n{link}\n\n"
        "If this means nothing to you, leave it: without the link nothing happens."))


def joined(to: str, *, by: str, workspace: str, link: str) -> Mail:
    """The word to somebody with a login that one more workspace is open to them."""
    return Mail(to=to, link=link, subject=f"{_line(workspace)} is now open to you", text=(
        f"Hello,\n\n{_line(by)} added you to {_line(workspace)} on ZRG Inbox.\n\nGo there with the login you have:\n{link}\n"))


def reset(to: str, *, link: str) -> Mail:
    """The link that sets a new password."""
    return Mail(to=to, link=link, subject="Choose a new password", text=(
        f"Hello,\n\nsomebody asked to change the password of {to} on ZRG Inbox.\n\n"
        f"If that was you, open this link within an hour:\n{link}\n\n"
        "If it was not, leave it: your password stays as it is."))


def stopped(to: str, *, provider: str, workspace: str, reason: str, link: str) -> Mail:
    """The word to those who can mend it that a connected account stopped working."""
    return Mail(to=to, link=link, subject=f"{_line(provider)} stopped working in {_line(workspace)}", text=(
        f"Hello,\n\nthe {_line(provider)} account of {_line(workspace)} does not work any more:\n{reason.strip()[:500]}\n\n"
        f"Nothing is sent through it until somebody mends it:\n{link}\n\n"
        "You hear of this once a day while it lasts."))


def enqueue(tx: Tx, scope: Scope, mail: Mail) -> None:
    """Send `mail` after the caller's transaction. Its address and link wait encrypted: a link is as good as a password."""
    sealed = vault.seal({"to": mail.to, "subject": mail.subject, "text": mail.text, "link": mail.link})
    jobs.enqueue(tx, scope, "access.send_mail", sealed=sealed, idempotency_key=f"door/{stable_key(sealed)}")


@jobs.job("access.send_mail", tries=6)
def send_mail(scope: Scope, *, sealed: str, idempotency_key: str) -> None:
    """Send one mail through the workspace's Resend, else the installation's (or its sandbox); without any its link goes to the
    log, for the operator.

    The idempotency key makes a repeated run send nothing twice. Raises the Outside errors of the provider.
    """
    mail = Mail(**vault.unseal(sealed))
    with transaction(scope) as tx:
        mailer = connections.mailer(tx, scope)
    if mailer is None and not settings().sandbox_url:
        log.warning("access.mail_not_set_up", subject=mail.subject, link=mail.link,
                    remedy="Set RESEND_API_KEY and RESEND_FROM_EMAIL, or hand the link over yourself.")
        return
    resend.send(api_key=mailer.api_key if mailer else "sandbox",
                sender=(mailer.sender if mailer else settings().resend_from_email) or SANDBOX_SENDER, to=mail.to,
                subject=mail.subject, text=mail.text, idempotency_key=idempotency_key)
    log.info("access.mail_sent", workspace=str(scope.workspace_id or ""))


def _line(text: str) -> str:
    # A name must not break a subject line in two.
    return " ".join(text.split())[:100]
