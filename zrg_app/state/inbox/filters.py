"""Which conversations does a person want to see: of which view, narrowed by what, found by which words, in which order?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit import clock
from zrg_app.kit.errors import Forbidden, Unauthenticated, ZrgError
from zrg_app.services.inbox.options import Options
from zrg_app.services.inbox.views import ListFilter
from zrg_app.services.inbox.wanted import PARAMETERS, Choice, filter_of, read, written
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.inbox.asking import FirstSight, page_and_counts
from zrg_app.state.inbox.chips import SORTS, Chip, chips
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.words import TITLES, empty_step, empty_words


class FilterState(BaseState):
    """The view, the filters and the order. Searching looks into all conversations; the rows themselves are in `RowsState`."""

    choice: Choice = Choice()
    # The saved view that was opened, and what it is called; it stays while its filters are changed.
    saved_id: str = ""
    saved_name: str = ""
    is_changed: bool = False
    # Which line of the views panel is the one shown: a view, "sentiment:<word>" or "saved:<id>"; empty while searching.
    place: str = "reply"
    view_title: str = TITLES["reply"]
    sort_words: str = SORTS["newest"]
    chips: tuple[Chip, ...] = ()
    empty_title: str = ""
    empty_text: str = ""
    # The step an empty view offers: its word, and the view or the address it leads to.
    empty_step: tuple[str, str, str] = ("", "", "")
    is_filtered: bool = False
    is_narrowed: bool = False
    options: Options = Options()
    _names: dict[str, str] = {}
    _zone: str = "UTC"
    _saved: Choice = Choice()

    @rx.event
    async def choose_view(self, view: str):
        """Show another view; filters stay unless they were those of a saved one."""
        base = Choice(sort=self.choice.sort) if self.saved_id else replace(self.choice, sentiments=(), query="")
        return await self._apply(replace(base, view=str(view) if view in TITLES else base.view), leave=True)

    @rx.event
    async def choose_sentiment(self, word: str):
        """Show the open conversations of one sentiment."""
        base = Choice(sort=self.choice.sort) if self.saved_id else replace(self.choice, query="")
        return await self._apply(replace(base, view="open", sentiments=(str(word),)), leave=True)

    @rx.event
    async def choose_channel(self, channel: str):
        """Narrow to one more channel, or take it away again; empty is all."""
        return await self._apply(replace(self.choice, channels=_toggled(self.choice.channels, str(channel)) if channel else ()))

    @rx.event
    async def toggle_sentiment(self, word: str):
        """Narrow to one more sentiment, or take it away again."""
        return await self._apply(replace(self.choice, sentiments=_toggled(self.choice.sentiments, str(word))))

    @rx.event
    async def choose_assignee(self, member_id: str):
        """Narrow to the conversations of one colleague, or of nobody; empty is everybody's."""
        return await self._apply(replace(self.choice, assignee=str(member_id)))

    @rx.event
    async def choose_campaign(self, campaign_id: str):
        """Narrow to the leads of a campaign; empty is all."""
        return await self._apply(replace(self.choice, campaign=str(campaign_id)))

    @rx.event
    async def choose_label(self, label_id: str):
        """Narrow to the leads with a label; empty is all."""
        return await self._apply(replace(self.choice, label=str(label_id)))

    @rx.event
    async def choose_period(self, period: str):
        """Narrow by when the last message was; empty is any time. Own days are chosen by `choose_days`."""
        own = {} if period == "own" else {"since": "", "until": ""}
        return await self._apply(replace(self.choice, period=str(period), **own))

    @rx.event
    async def choose_days(self, since: str, until: str):
        """Narrow to days of one's own; either may be empty."""
        return await self._apply(replace(self.choice, period="own", since=str(since), until=str(until)))

    @rx.event
    async def toggle_unread(self):
        """Narrow to what nobody has read, or not."""
        return await self._apply(replace(self.choice, unread=not self.choice.unread))

    @rx.event
    async def toggle_draft(self):
        """Narrow to where a draft waits, or not."""
        return await self._apply(replace(self.choice, draft=not self.choice.draft))

    @rx.event
    async def choose_sort(self, sort: str):
        """Show them in another order."""
        return await self._apply(replace(self.choice, sort=str(sort)))

    @rx.event
    async def search(self, text: str):
        """Look for people, companies and words; the browser waits until typing rests."""
        wanted = str(text).strip()[:200]
        return await self._apply(replace(self.choice, query=wanted)) if wanted != self.choice.query else None

    @rx.event
    async def drop(self, key: str):
        """Take one filter off, by the key of its chip."""
        kind, _, word = str(key).partition(":")
        without = {"assignee": {"assignee": ""}, "campaign": {"campaign": ""}, "label": {"label": ""}, "unread": {"unread": False},
                   "draft": {"draft": False}, "period": {"period": "", "since": "", "until": ""},
                   "sentiment": {"sentiments": tuple(one for one in self.choice.sentiments if one != word)}}.get(kind)
        return await self._apply(replace(self.choice, **without)) if without else None

    @rx.event
    async def clear_filters(self):
        """Show the whole view again."""
        said = await self._apply(Choice(view=self.choice.view, sort=self.choice.sort), leave=True)
        return [said, rx.call_script("(field => { if (field) field.value = '' })(document.getElementById('search'))")]

    @rx.event
    async def search_everywhere(self):
        """Look for the same words without the filters."""
        return await self._apply(Choice(view=self.choice.view, query=self.choice.query), leave=True)

    def _wanted(self) -> ListFilter:
        return filter_of(self.choice, now=clock.now(), zone=ZoneInfo(self._zone))

    async def _apply(self, choice: Choice, *, leave: bool = False) -> rx.event.EventSpec:
        """Show what is chosen now, by its name and in the address; what goes wrong is said where the list would be."""
        self._take(choice, leave=leave)
        rows = await self.get_state(RowsState)
        rows._asked = wanted = self._wanted()
        try:
            rows._show(*await self._call(page_and_counts, wanted, permission=Permission.READ_INBOX))
            watching.look(self, wanted=wanted)
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            rows._break(error)
        return self._address()

    def _take(self, choice: Choice, *, leave: bool = False, saved: tuple[str, str] | None = None) -> None:
        """Want `choice` from now on; what nobody could have chosen is left out. With `leave` it is no saved view any more."""
        self.choice = choice = read(written(choice))
        if leave or saved:
            self.saved_id, self.saved_name = saved or ("", "")
            self._saved = choice
        self.is_changed = bool(self.saved_id) and choice != self._saved
        self._name()

    def _named_in(self, asked: Mapping[str, str]) -> dict[str, str]:
        """What a link says of the list; the `view` of an older link names a screen."""
        return {name: asked[name] for name in (*PARAMETERS, "saved") if name in asked and (name != "view" or asked[name] in TITLES)}

    def _arrive(self, seen: FirstSight, *, leave: bool) -> None:
        """Take what a fresh page has read: the names of people, campaigns and labels, and what the list shows; `leave` as in `_take`."""
        if seen.options != self.options:
            self.options = seen.options
        self._zone = seen.timezone
        self._names = {one.id: one.name for one in (*seen.members, *seen.options.campaigns, *seen.options.labels)}
        self._take(seen.choice, leave=leave, saved=seen.saved_as)

    def _name(self) -> None:
        choice = self.choice
        one = choice.sentiments[0] if choice.view == "open" and len(choice.sentiments) == 1 else ""
        self.place = "" if choice.query else f"saved:{self.saved_id}" if self.saved_id else f"sentiment:{one}" if one else choice.view
        self.view_title = "Search" if choice.query else self.saved_name or one or TITLES[choice.view]
        self.sort_words = SORTS[choice.sort]
        self.chips = chips(choice, self._names)
        narrowed = bool(self.chips or choice.channels)
        self.is_narrowed, self.is_filtered = narrowed, narrowed or bool(choice.query)
        self.empty_title, self.empty_text = empty_words(choice.view, searched=bool(choice.query), filtered=narrowed)
        self.empty_step = empty_step(choice.view)

    def _address(self) -> rx.event.EventSpec:
        """Let the address say what is shown, so that it can be sent to a colleague."""
        shown = {"saved": self.saved_id} if self.saved_id and not self.is_changed else written(self.choice)
        return rx.call_script(f"zrg.view({json.dumps(shown)}, {json.dumps([*PARAMETERS, 'saved'])})")


def _toggled(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(each for each in chosen if each != one) if one in chosen else (*chosen, one)
