"""Through whom do messages come and go, do the credentials work, and which address do providers call?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import NotFound, ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.services import connections
from zrg_app.services.connections import CheckView, ConnectionView, SavedView
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.settings.cards import MailCard, ProviderCard, mail_card, provider_card
from zrg_app.state.settings.forms import texts
from zrg_app.state.settings.revealing import revealed

NO_MAIL = MailCard(word="", tone="quiet", sentence="", sender="", key="")


class IntegrationsState(BaseState):
    """A card per provider. Secrets come in and never go out, but for a webhook address, once, when its secret is made."""

    cards: list[ProviderCard] = []
    mail: MailCard = NO_MAIL
    testing: str = ""
    _turn: int = 0

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Connect a provider or change its credentials, then test them."""
        slug = self._slug(form.get("provider") if isinstance(form, Mapping) else None)
        try:
            saved = await self._call(_save, slug, form, permission=Permission.CONNECT_PROVIDERS, write=True)
        except ZrgError as error:
            return await self._redraw(slug, problem=sentence_for(error))
        self._turn += 1
        await self._redraw(slug, is_fresh=saved.is_new)
        shown = [revealed(f"webhook-{slug}", saved.address)] if saved.is_new else []
        return [*shown, IntegrationsState.test(slug)]

    @rx.event(background=True)
    async def test(self, provider: str):
        """Ask the provider whether the credentials work; meanwhile the page stays usable."""
        async with self:
            if self.testing:
                return
            self.testing = slug = self._slug(provider)
        try:
            found = await self._call(connections.check, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        except ZrgError as error:
            found = CheckView(works=False, sentence=sentence_for(error))
        finally:
            async with self:
                self.testing = ""
        async with self:
            await self._redraw(slug, result=found.sentence, works=found.works, is_fresh=self._card(slug).is_fresh)

    @rx.event
    async def renew_address(self, provider: str):
        """Make a new webhook secret; the old address stops working at once."""
        slug = self._slug(provider)
        saved = await self._call(_renew, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        await self._redraw(slug, is_fresh=True)
        return [revealed(f"webhook-{slug}", saved.webhook_address), IntegrationsState.test(slug)]

    @rx.event
    async def remove(self, provider: str):
        """Disconnect a provider and forget its credentials."""
        slug = self._slug(provider)
        told = await self._call(connections.disconnect, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        self._turn += 1
        await self._redraw(slug)
        return toast(told)

    @rx.event
    async def take_unsigned(self, provider: str, wanted: bool):
        """Accept webhooks that nobody signed, or ask for signatures again."""
        slug = self._slug(provider)
        await self._call(connections.set_option, slug, "allow_unsigned", wanted is True, permission=Permission.CONNECT_PROVIDERS,
                         write=True)
        await self._redraw(slug)

    def _show(self, views: tuple[ConnectionView, ...]) -> None:
        self._turn += 1
        # What is being typed outlives a socket that comes back, but never reaches into another workspace.
        former = {(card.view.id, card.view.provider, card.view.fields): card.turn for card in self.cards}
        self.cards = [provider_card(view, turn=former.get((view.id, view.provider, view.fields), f"{view.provider}-{self._turn}"))
                      for view in views]
        self.mail, self.testing = mail_card(), ""

    async def _redraw(self, slug: str, **said: Any) -> None:
        view = await self._call(connections.view, slug, permission=Permission.SEE_SETTINGS)
        # A form that was refused keeps what was typed.
        kept = self._card(slug).turn if said.get("problem") else f"{slug}-{self._turn}"
        fresh = provider_card(view, turn=kept, **said)
        self.cards = [fresh if card.slug == slug else card for card in self.cards]

    def _slug(self, given: object) -> str:
        """The provider of one of our cards that the browser means. Raises NotFound."""
        known = [card.slug for card in self.cards]
        if not isinstance(given, str) or given not in known:
            raise NotFound("There is no such provider.")
        return given

    def _card(self, slug: str) -> ProviderCard:
        return next(card for card in self.cards if card.slug == slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saved:
    address: str
    is_new: bool


def _save(scope: Scope, slug: str, form: Mapping[str, Any]) -> _Saved:
    with transaction(scope) as tx:
        known = connections.view(tx, scope, slug)
    values = texts(form, [field.name for field in known.fields])
    # What signs its bodies needs no secret in the address.
    secret = "keep" if known.has_webhook_secret or known.is_signed else "new"
    saved = connections.enter(scope, slug, values=values, webhook_secret=secret)
    return _Saved(address=saved.webhook_address, is_new=secret == "new")


def _renew(tx: Tx, scope: Scope, slug: str) -> SavedView:
    connections.view(tx, scope, slug)
    return connections.save(tx, scope, slug, values={}, webhook_secret="new")
