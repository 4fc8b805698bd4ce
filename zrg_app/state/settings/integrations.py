"""Through whom do messages come and go, do the credentials work, and which address do providers call?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound, ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.services import booking, connections, sending
from zrg_app.services.booking import FreeTimesView
from zrg_app.services.connections import CheckView, ConnectionView, SavedView
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.settings.cards import CardGroup, ProviderCard, giving_up, grouped, provider_card
from zrg_app.state.settings.forms import checked, texts
from zrg_app.state.settings.revealing import revealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Every provider as it stands, how many messages wait to leave through each e-mail provider, by title, and how reading
    the calendars stands, by provider."""

    views: tuple[ConnectionView, ...]
    waiting: Mapping[str, int]
    times: Mapping[str, FreeTimesView]


class IntegrationsState(BaseState):
    """A card per provider. Secrets come in and never go out, but for a webhook's, once, when it is made."""

    cards: list[ProviderCard] = []
    testing: str = ""
    _turn: int = 0

    @rx.var
    def groups(self) -> list[CardGroup]:
        """The cards by what they are for."""
        return grouped(self.cards)

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Connect a provider or change its credentials, then test them. A switch of the e-mail provider is asked for first."""
        slug = self._slug(form.get("provider") if isinstance(form, Mapping) else None)
        had_secret = self._card(slug).view.has_webhook_secret
        try:
            saved = await self._save(slug, form)
        except Conflict as conflict:
            if conflict.reason != "other_email_provider":
                return await self._redraw(slug, problem=sentence_for(conflict))
            seen = await self._call(look, permission=Permission.SEE_SETTINGS)
            view = next(view for view in seen.views if view.provider == slug)
            return self._draw(seen, slug, asks=giving_up(view, seen.waiting))
        except ZrgError as error:
            return await self._redraw(slug, problem=sentence_for(error))
        self._turn += 1
        is_new = self._card(slug).view.shows_secret and not had_secret
        await self._redraw(slug, is_fresh=is_new)
        return [*(self._revealed(slug, saved) if is_new else []), IntegrationsState.test(slug, False)]

    @rx.event
    async def keep_other(self, provider: str):
        """Answer the question before a switch with no; what was typed stays."""
        slug = self._slug(provider)
        await self._call(connections.view, slug, permission=Permission.CONNECT_PROVIDERS)
        self.cards = [replace(card, asks="") if card.slug == slug else card for card in self.cards]

    @rx.event(background=True)
    async def test(self, provider: str, by_hand: bool = True):
        """Ask the provider whether the credentials work; meanwhile the page stays usable. By hand it may be a mail."""
        async with self:
            if self.testing:
                return
            self.testing = slug = self._slug(provider)
            sends = by_hand is True and self._card(slug).view.tries_by_test
        try:
            found = await (self._try(slug) if sends else self._call(
                connections.check, slug, permission=Permission.CONNECT_PROVIDERS, write=True))
        except ZrgError as error:
            found = CheckView(works=False, sentence=sentence_for(error))
        finally:
            async with self:
                self.testing = ""
        async with self:
            await self._redraw(slug, result=found.sentence, works=found.works, is_fresh=self._card(slug).is_fresh)

    @rx.event(background=True)
    async def try_out(self, provider: str):
        """Send the provider's test message to the person who asks, or where they chose."""
        async with self:
            if self.testing:
                return
            self.testing = slug = self._slug(provider)
        try:
            found = await self._try(slug)
        except ZrgError as error:
            found = CheckView(works=False, sentence=sentence_for(error))
        finally:
            async with self:
                self.testing = ""
        async with self:
            await self._redraw(slug, result=found.sentence, works=found.works)

    @rx.event
    async def choose(self, provider: str):
        """Settle on one of several connected e-mail providers; the others are disconnected."""
        slug = self._slug(provider)
        await self._call(connections.choose, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        self._turn += 1
        await self._redraw(slug)
        return toast(f"Mail runs through {self._card(slug).view.title} now.")

    @rx.event
    async def renew_address(self, provider: str):
        """Make a new webhook secret; the old one stops working at once."""
        slug = self._slug(provider)
        saved = await self._call(connections.renew_secret, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        await self._redraw(slug, is_fresh=True)
        return self._revealed(slug, saved)

    @rx.event
    async def remove(self, provider: str):
        """Disconnect a provider and forget its credentials."""
        slug = self._slug(provider)
        told = await self._call(connections.disconnect, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        self._turn += 1
        await self._redraw(slug)
        return toast(told)

    def _show(self, seen: Seen) -> None:
        self._turn += 1
        self.testing = ""
        self._draw(seen, "")

    async def _save(self, slug: str, form: Mapping[str, Any]) -> SavedView:
        view = self._card(slug).view
        values = texts(form, [field.name for field in view.fields])
        switches = {option.name: checked(form, f"option-{option.name}") for option in view.options}
        return await self._call(connections.connect, slug, values=values, options=switches, webhook_secret="ensure",
                                replace=form.get("replace") == "yes", permission=Permission.CONNECT_PROVIDERS, write=True)

    async def _try(self, slug: str) -> CheckView:
        visitor = await self._visitor(fresh=True)
        return await self._call(connections.try_out, slug, email=visitor.email, permission=Permission.CONNECT_PROVIDERS, write=True)

    async def _redraw(self, slug: str, **said: Any) -> None:
        self._draw(await self._call(look, permission=Permission.SEE_SETTINGS), slug, **said)

    def _draw(self, seen: Seen, slug: str, **said: Any) -> None:
        """Put `seen` on the cards; `said` belongs to the card of `slug`. What is being typed anywhere stays."""
        former = {(card.view.id, card.view.provider, card.view.fields): card for card in self.cards}
        drawn = []
        for view in seen.views:
            before = former.get((view.id, view.provider, view.fields))
            # A form that was refused keeps what was typed, one that was taken starts afresh.
            is_kept = before is not None and (view.provider != slug or said.get("problem") or said.get("asks"))
            turn = before.turn if is_kept else f"{view.provider}-{view.id[-6:]}-{self._turn}"
            drawn.append(provider_card(view, waiting=seen.waiting, times=seen.times.get(view.provider), turn=turn,
                                       **(said if view.provider == slug else {})))
        self.cards = drawn

    def _revealed(self, slug: str, saved: SavedView) -> list[rx.event.EventSpec]:
        told = [revealed(f"webhook-{slug}", saved.webhook_address)]
        return [*told, revealed(f"secret-{slug}", saved.webhook_secret)] if saved.webhook_secret else told

    def _slug(self, given: object) -> str:
        """The provider of one of our cards that the browser means. Raises NotFound."""
        known = [card.slug for card in self.cards]
        if not isinstance(given, str) or given not in known:
            raise NotFound("There is no such provider.")
        return given

    def _card(self, slug: str) -> ProviderCard:
        return next(card for card in self.cards if card.slug == slug)


def look(tx: Tx, scope: Scope) -> Seen:
    """Every provider of the workspace, what waits to leave by e-mail, and which times are free."""
    views = connections.every(tx, scope)
    waiting = {view.title: sending.waiting_through(tx, scope, view.provider) for view in views if view.is_mail and view.id}
    return Seen(views=views, waiting=waiting, times={one.provider: one for one in booking.standing(tx, scope)})
