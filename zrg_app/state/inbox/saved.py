"""Which views have people here given a name, and what does a person do with theirs?"""

from dataclasses import replace
from uuid import UUID

import reflex as rx

from zrg_app.kit.errors import Invalid
from zrg_app.services.inbox import saved_views
from zrg_app.services.inbox.saved_views import SavedRow, TakenAway
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.inbox import asking
from zrg_app.state.inbox.filters import FilterState
from zrg_app.state.inbox.rows import RowsState

UNDO = 'zrg.toast({words}, {{word: "Undo", press: "[data-key=restore-view]"}})'


class SavedState(BaseState):
    """The named views with their numbers; the one being renamed, shared or deleted is named by its id."""

    views: tuple[SavedRow, ...] = ()
    # The one whose dialog is open.
    edited: SavedRow | None = None
    _deleted: TakenAway | None = None

    # Whether the filters shown may be kept under the name of the view that was opened.
    may_keep: bool = False

    @rx.event
    async def open(self, view_id: str):
        """Show a named view."""
        seen = await self._call(asking.open_saved, wanted_id(view_id), permission=Permission.READ_INBOX)
        filters, rows = await self.get_state(FilterState), await self.get_state(RowsState)
        filters._take(seen.choice, saved=(str(view_id), seen.name))
        self.may_keep = any(each.id == view_id and each.may_change for each in self.views)
        rows._asked = seen.wanted
        rows._show(seen.page, seen.counts)
        watching.look(self, wanted=seen.wanted)
        return filters._address()

    @rx.event
    async def save(self, name: str, is_shared: bool):
        """Name what is shown now."""
        filters = await self.get_state(FilterState)
        view_id = await self._change(saved_views.save_view, name=str(name), choice=filters.choice, is_shared=is_shared is True)
        filters._take(filters.choice, saved=(str(view_id), self._name_of(str(view_id))))
        self.may_keep = True
        return [filters._address(), rx.call_script('document.getElementById("save-view")?.close()'), toast("Saved among the views.")]

    @rx.event
    async def keep_changes(self):
        """Keep the filters shown now under the name of the view that was opened."""
        filters = await self.get_state(FilterState)
        await self._change(saved_views.change_view, wanted_id(filters.saved_id), choice=filters.choice)
        filters._take(filters.choice, saved=(filters.saved_id, filters.saved_name))
        return [filters._address(), toast("The view shows this from now on.")]

    @rx.event
    async def edit(self, view_id: str):
        """Open the dialog of one."""
        await self._scope(Permission.READ_INBOX, fresh=False)
        self.edited = next((each for each in self.views if each.id == view_id and each.may_change), None)
        if self.edited is None:
            raise Invalid("Only who made this view, or an admin, can change it.")
        return rx.call_script('zrg.run("open:edit-view")')

    @rx.event
    async def change(self, view_id: str, name: str, is_shared: bool):
        """Rename one, and share it or keep it for oneself."""
        await self._change(saved_views.change_view, wanted_id(view_id), name=str(name), is_shared=is_shared is True)
        filters = await self.get_state(FilterState)
        if filters.saved_id == view_id:
            filters.saved_name = self._name_of(view_id)
            filters._name()
        return rx.call_script('document.getElementById("edit-view")?.close()')

    @rx.event
    async def delete(self, view_id: str):
        """Take one away; it comes back by Undo."""
        self._deleted = await self._change(saved_views.delete_view, wanted_id(view_id))
        filters = await self.get_state(FilterState)
        if filters.saved_id == view_id:
            filters._take(filters.choice, leave=True)
        said = rx.call_script('document.getElementById("edit-view")?.close();' + UNDO.format(words='"The view is deleted."'))
        return [filters._address(), said]

    @rx.event
    async def restore(self):
        """Bring the one deleted last back."""
        if taken := self._deleted:
            await self._change(saved_views.restore_view, taken)
            self._deleted = None

    async def _change(self, action, *arguments, **options) -> object:
        """Change one, and show all as they are now."""
        answer, seen = await self._call(asking.change_saved, action, arguments, options, permission=Permission.READ_INBOX, write=True)
        self._show(seen)
        return answer

    def _show(self, seen: tuple[tuple[SavedRow, ListFilter], ...]) -> None:
        views = tuple(row for row, _ in seen)
        if views != self.views:
            self.views = views
        watching.look(self, counted=tuple((row.id, wanted) for row, wanted in seen))

    def _number(self, numbers: dict[str, int]) -> None:
        """Take new numbers; told only when one differs."""
        views = tuple(replace(row, number=numbers.get(row.id, row.number)) for row in self.views)
        if views != self.views:
            self.views = views

    def _name_of(self, view_id: str | UUID) -> str:
        return next((each.name for each in self.views if each.id == str(view_id)), "")
