"""What does a card of Integrations say about a provider? Sentences made of what is known; pure but for the settings."""

from collections.abc import Mapping
from dataclasses import dataclass

from zrg_app.kit.settings import settings
from zrg_app.services.booking import FreeTimesView
from zrg_app.services.connections import ConnectionView
from zrg_app.state.settings.providers import GROUPS, Group, shown
from zrg_app.state.settings.words import STATUSES, listed, number_of

_PUT = {"header": "Let the provider send the header {header} with this secret.",
        "body": "The secret it writes into every webhook opens the door as well, once it is entered below."}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCard:
    """One provider as its card shows it. `result` is what the last Test said, `problem` what was wrong with the form, `asks`
    the question before mail is switched to it (`other` is what would be given up).

    `is_fresh` is true right after the secret of the webhook was made: it is in clear on the screen then. `clash` says that
    several e-mail providers are connected, `settles` what choosing this one does; `mismatch` that webhooks were ignored;
    `warnings` belong to switches that are on; `note` says what holds while it is not connected. `times` tells how many free
    times there are to offer, `times_read_at` when that was read, `times_error` why it could not be read last.
    """

    view: ConnectionView
    slug: str
    group: str
    mark: str
    purpose: str
    word: str
    tone: str
    is_connected: bool
    is_fresh: bool
    where_to_paste: str
    where_secret: str
    account: str
    result: str = ""
    works: bool = False
    problem: str = ""
    asks: str = ""
    other: str = ""
    clash: str = ""
    settles: str = ""
    mismatch: str = ""
    warnings: tuple[str, ...] = ()
    note: str = ""
    times: str = ""
    times_read_at: str = ""
    times_error: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGroup:
    """Cards that serve the same end."""

    title: str
    words: str
    key: str
    cards: tuple[ProviderCard, ...]


def provider_card(view: ConnectionView, *, is_fresh: bool = False, result: str = "", works: bool = False, problem: str = "",
                  asks: str = "", waiting: Mapping[str, int] | None = None, times: FreeTimesView | None = None, turn: str = ""
                  ) -> ProviderCard:
    """The card of a provider; `turn` changes when its form must start afresh, `waiting` counts the messages that wait to leave
    through each e-mail provider, by title; `times` is how reading its calendar stands."""
    told, (word, tone) = shown(view.provider), STATUSES.get(view.status, (view.status, "quiet"))
    note, word, tone = _fallback(view) or ("", word, tone)
    account = f"{view.account_name} ({view.external_id})" if view.account_name and view.external_id else (
        view.account_name or view.external_id)
    return ProviderCard(
        view=view, slug=view.provider, group=told.group, mark=told.mark, purpose=told.purpose, word=word, tone=tone,
        is_connected=bool(view.id), is_fresh=is_fresh, where_to_paste=told.where,
        where_secret=_PUT.get(view.secret_place, "").format(header=view.secret_header), account=account, result=result, works=works,
        problem=problem, asks=asks, other=listed(list(view.rivals)) or ("" if view.is_chosen else view.mail_title), clash=clash(view),
        settles=giving_up(view, waiting or {}) if view.rivals and view.id else "", mismatch=mismatch(view),
        warnings=tuple(option.warning for option in view.options if option.is_on and option.warning), note=note, turn=turn,
        times=free_times(times), times_read_at=times.read_at if times else "", times_error=times.error if times else "")


def grouped(cards: list[ProviderCard]) -> list[CardGroup]:
    """The cards by what they are for, in the order of GROUPS."""
    found = [(group, tuple(card for card in cards if card.group == group.key)) for group in GROUPS]
    return [_group(group, members) for group, members in found if members]


def free_times(times: FreeTimesView | None) -> str:
    """How many times there are to offer; empty while nothing was read."""
    if times is None or not times.read_at:
        return ""
    return f"{number_of(times.number, 'free time')} in the next four weeks" if times.number else "nothing is free in the next four weeks"


def clash(view: ConnectionView) -> str:
    """That several e-mail providers are connected, which must not be; empty when all is well."""
    if not (view.is_mail and view.id and view.rivals):
        return ""
    others = listed(list(view.rivals))
    if view.is_chosen:
        return f"{others} is connected as well, and a workspace has one e-mail provider. Mail runs through {view.title}."
    if view.mail_title:
        return f"Mail runs through {view.mail_title}, and a workspace has one e-mail provider. Disconnect this one, or use it instead."
    return f"{view.title} and {others} are both connected. No e-mail is sent until you choose one of them."


def giving_up(view: ConnectionView, waiting: Mapping[str, int]) -> str:
    """What is asked before mail runs through this provider and no other."""
    others = list(view.rivals) or [view.mail_title]
    held = sum(waiting.get(title, 0) for title in others)
    is_are, its = ("is", "its") if len(others) == 1 else ("are", "their")
    consequence = f"{listed(others)} {is_are} disconnected and {its} secrets are forgotten"
    wait = f"; {number_of(held, 'message')} that {'waits' if held == 1 else 'wait'} to be sent through it will be held" if held else ""
    return f"Switch to {view.title}? {consequence}{wait}."


def mismatch(view: ConnectionView) -> str:
    """That its webhooks come in although mail runs elsewhere; empty when none did in the last day."""
    if not view.mismatches or view.is_chosen:
        return ""
    why = f"mail runs through {view.mail_title}" if view.mail_title else "no e-mail provider is in use"
    came = f"We got {number_of(view.mismatches, 'webhook')} of {view.title} in the last day although {why}"
    return f"{came}. They are kept and ignored: take the webhook away in {view.title}, or switch to it here."


def _group(group: Group, members: tuple[ProviderCard, ...]) -> CardGroup:
    return CardGroup(key=group.key, title=group.title, words=group.words, cards=members)


def _fallback(view: ConnectionView) -> tuple[str, str, str] | None:
    """What a workspace without its own Resend uses: a sentence, and the badge that says so."""
    if view.provider != "resend" or view.id:
        return None
    now = settings()
    if now.resend_api_key and now.resend_from_email:
        return f"Until then mails leave through the installation's account, from {now.resend_from_email}.", "Installation's", "good"
    if now.sandbox_url:
        return "Until then mails go to the sandbox, and their links are shown on the screen.", "Sandbox", "wait"
    return ("Until then nobody gets mail: hand invitation links over yourself. Whoever runs this installation can set "
            "RESEND_API_KEY and RESEND_FROM_EMAIL for all workspaces.", "Not set up", "quiet")
