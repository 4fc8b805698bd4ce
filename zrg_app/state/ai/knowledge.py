"""What may drafts draw on, how far is it read, and what may a model remember by itself?"""

from dataclasses import replace
from typing import Any

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Refused
from zrg_app.kit.scope import Scope
from zrg_app.services import knowledge
from zrg_app.services.knowledge import CATEGORIES, AssetText, AssetView
from zrg_app.state import watching
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState, Permission, public, toast, wanted_id
from zrg_app.state.settings import forms


class KnowledgeState(BaseState):
    """The assets, the one that is open, the website, and the kinds of memory a model is trusted with."""

    assets: tuple[AssetView, ...] = ()
    opened: AssetText | None = None
    website: str = ""
    trusted: tuple[str, ...] = ()
    add_problem: str = ""
    edit_problem: str = ""
    website_problem: str = ""
    turn: int = 0

    @rx.event
    @public("the frame asks for the permission to see settings before anything is read")
    async def load(self):
        """Open the page."""
        self.opened = None
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def refresh(self):
        """Show the list as it is now; the browser asks after an upload."""
        await self._look()

    @rx.event
    async def add_text(self, form: dict[str, Any]):
        """Take in what somebody wrote."""
        text = form.get("text") if isinstance(form, dict) else ""
        return await self._add(knowledge.add_text, name=forms.text(form, "name"), text=text if isinstance(text, str) else "")

    @rx.event
    async def add_page(self, form: dict[str, Any]):
        """Take in a page of the web."""
        return await self._add(knowledge.add_page, name=forms.text(form, "name"), url=forms.text(form, "url"))

    @rx.event
    async def open(self, asset_id: str):
        """Look at what was read from one."""
        self.edit_problem, self.turn = "", self.turn + 1
        self.opened = await self._call(knowledge.asset_text, wanted_id(asset_id), permission=Permission.SEE_SETTINGS)

    @rx.event
    async def close(self):
        """Back to the list."""
        await self._look()
        self.opened = None

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Change the open one; what drafts use of it is read anew."""
        if self.opened is None or not isinstance(form, dict):
            return None
        wanted = {name: form[name] for name in ("name", "mode", "text", "url") if isinstance(form.get(name), str)}
        try:
            await self._call(knowledge.edit_asset, wanted_id(self.opened.asset.id), revision=self.opened.revision, wanted=wanted,
                             permission=Permission.EDIT_SETTINGS, write=True)
        except Refused as refused:
            self.edit_problem = refused.sentence
            return None
        await self.close()
        return toast("Saved.")

    @rx.event
    async def read_again(self, asset_id: str):
        """Read one once more."""
        await self._call(knowledge.read_again, wanted_id(asset_id), permission=Permission.EDIT_SETTINGS, write=True)
        await self._look()

    @rx.event
    async def delete(self, asset_id: str):
        """Take one away."""
        await self._call(knowledge.delete_asset, wanted_id(asset_id), permission=Permission.EDIT_SETTINGS, write=True)
        await self.close()
        return toast("It is deleted; drafts do not draw on it any more.")

    @rx.event
    async def save_website(self, form: dict[str, Any]):
        """Say what the company's own address is."""
        self.website_problem = ""
        try:
            self.website = await self._call(knowledge.set_website, forms.text(form, "website"), permission=Permission.EDIT_SETTINGS,
                                            write=True)
        except Refused as refused:
            self.website_problem = refused.sentence
            return None
        self.turn += 1
        return toast("Drafts link to it from now on." if self.website else "Drafts name no website any more.")

    @rx.event
    async def trust(self, form: dict[str, Any]):
        """Say what a model may remember of leads by itself."""
        wanted = [kind for kind in CATEGORIES if forms.checked(form, f"trust-{kind}")]
        self.trusted = await self._call(knowledge.trust_kinds, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        return toast("Saved.")

    async def _add(self, take_in: Any, **what: Any) -> rx.event.EventSpec | None:
        self.add_problem = ""
        try:
            await self._call(take_in, permission=Permission.EDIT_SETTINGS, write=True, **what)
        except Refused as refused:
            self.add_problem = refused.sentence
            return None
        self.turn += 1
        await self._look()
        return rx.call_script("zrg.run('close:add-text'); zrg.run('close:add-page')")

    async def _look(self) -> None:
        self._show(await self._call(knowledge.assets, permission=Permission.SEE_SETTINGS))

    async def _read(self) -> None:
        found, self.website, self.trusted = await self._call(_about, permission=Permission.SEE_SETTINGS)
        self._show(found)
        self.add_problem = self.edit_problem = self.website_problem = ""
        watching.look(self, knowledge=True)

    def _show(self, found: tuple[AssetView, ...]) -> None:
        if found != self.assets:
            self.assets = found
        now = next((asset for asset in found if self.opened and asset.id == self.opened.asset.id), None)
        if self.opened and now and now != self.opened.asset:
            self.opened = replace(self.opened, asset=now)


def _about(tx: Tx, scope: Scope) -> tuple[tuple[AssetView, ...], str, tuple[str, ...]]:
    return knowledge.assets(tx, scope), knowledge.website(tx, scope), knowledge.trusted_kinds(tx, scope)
