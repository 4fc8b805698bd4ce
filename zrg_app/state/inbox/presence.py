"""Who else is at the open conversation?"""

from zrg_app.services.inbox.presence import Onlooker
from zrg_app.state.base import BaseState


class PresenceState(BaseState):
    """The colleagues (and clients) at one conversation, without the visitor; shown while `lead_id` is the one that is open."""

    lead_id: str = ""
    here: tuple[Onlooker, ...] = ()
    words: str = ""
    is_typing: bool = False

    def _show(self, lead_id: str, people: tuple[Onlooker, ...], me: str) -> None:
        """Only what differs is sent to the browser."""
        here = tuple(one for one in people if one.user_id != me)
        typing = tuple(one for one in here if one.is_typing)
        wanted = {"lead_id": lead_id, "here": here, "words": said(typing, "typing…") if typing else said(here, "looking"),
                  "is_typing": bool(typing)}
        for name, value in wanted.items():
            if getattr(self, name) != value:
                setattr(self, name, value)


def said(people: tuple[Onlooker, ...], doing: str) -> str:
    """ "Mara is typing…", "Ben and Mara are looking", "3 people are looking"; empty for nobody. Pure."""
    firsts = [one.name.split()[0] if one.name.split() else "Somebody" for one in people]
    if not firsts:
        return ""
    if len(firsts) == 1:
        return f"{firsts[0]} is {doing}"
    who = f"{firsts[0]} and {firsts[1]}" if len(firsts) == 2 else f"{len(firsts)} people"
    return f"{who} are {doing}"
