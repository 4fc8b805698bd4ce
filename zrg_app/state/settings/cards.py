"""What does a card of Integrations say about a provider, and about the mail of the product itself?"""

from dataclasses import dataclass

from zrg_app.kit import vault
from zrg_app.kit.settings import settings
from zrg_app.services.connections import ConnectionView
from zrg_app.state.settings.words import PURPOSES, STATUSES, WHERE_TO_PASTE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCard:
    """One provider as its card shows it. `result` is what the last Test said, `problem` what was wrong with the form.

    `is_fresh` is true right after the secret of the webhook address was made: the address in clear is on the screen then.
    """

    view: ConnectionView
    slug: str
    purpose: str
    word: str
    tone: str
    is_connected: bool
    is_fresh: bool
    where_to_paste: str
    result: str = ""
    works: bool = False
    problem: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCard:
    """How mails of the product itself (invitations, passwords) leave; set by whoever runs the installation."""

    word: str
    tone: str
    sentence: str
    sender: str
    key: str


def provider_card(view: ConnectionView, *, is_fresh: bool = False, result: str = "", works: bool = False, problem: str = "",
                  turn: str = "") -> ProviderCard:
    """The card of a provider; `turn` changes when its form must start afresh."""
    word, tone = STATUSES.get(view.status, (view.status, "quiet"))
    return ProviderCard(
        view=view, slug=view.provider, purpose=PURPOSES.get(view.provider, ""), word=word, tone=tone,
        is_connected=bool(view.id), is_fresh=is_fresh,
        where_to_paste=WHERE_TO_PASTE.get(view.provider, "Paste it where the provider asks for a webhook address."),
        result=result, works=works, problem=problem, turn=turn)


def mail_card() -> MailCard:
    """Resend, as the environment sets it up."""
    now = settings()
    if now.resend_api_key and now.resend_from_email:
        return MailCard(word="Set up", tone="good", sender=now.resend_from_email, key=vault.masked(now.resend_api_key),
                        sentence="Invitations and password mails leave through Resend.")
    if now.sandbox_url:
        return MailCard(word="Sandbox", tone="wait", sender=now.resend_from_email, key="",
                        sentence="Invitations and password mails go to the sandbox; their links are shown on the screen.")
    return MailCard(word="Not set up", tone="quiet", sender=now.resend_from_email, key=vault.masked(now.resend_api_key),
                    sentence="Nobody gets mail: hand invitation links over yourself. Whoever runs this installation sets "
                             "RESEND_API_KEY and RESEND_FROM_EMAIL.")
