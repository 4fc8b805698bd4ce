"""Which doors are there, how is each provider let in, and what is a door tried with? All by the tables of the product."""

from dataclasses import dataclass, replace
from uuid import UUID

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.actors import ACTORS
from sandbox.crowd import Letter, Told, letter
from sandbox.world import World as Sandbox
from tests.properties.example import workspace
from tests.properties.tellings import played_by
from zrg_app.api.webhooks import ROUTES
from zrg_app.integrations import registry
from zrg_app.kit import db, vault
from zrg_app.kit.scope import workspace_system
from zrg_app.models import Connection, Lead, WorkspaceSettings
from zrg_app.services.connections import routing, secrets

SECRET = "a-secret-of-sixteen-and-more"
# What is kept with the credentials but not asked for, because connecting makes it.
MADE_WHILE_CONNECTING = ("signing_key",)


@dataclass(frozen=True, slots=True)
class Door:
    """A provider's way in: its workspace, and letters that are let in."""

    provider: str
    workspace_id: UUID
    letters: tuple[Letter, ...]


def connected(owner: UUID) -> dict[str, UUID]:
    """One workspace per provider, named to it by our own id, that asks for SECRET wherever the provider shows one."""
    places = {}
    for provider in registry.PROVIDERS:
        places[provider.slug] = workspace_id = workspace(owner)
        with db.transaction(workspace_system(workspace_id, "test")) as tx:
            tx.add(Connection(
                workspace_id=workspace_id, provider=provider.slug, external_id=str(workspace_id),
                credentials=vault.seal(dict.fromkeys([*(each.name for each in provider.credentials), *MADE_WHILE_CONNECTING], SECRET)),
                webhook_secret=secrets.sealed(SECRET)))
            # Who answers about a lead that we had named finds one; it has the workspace's own id.
            tx.add(Lead(id=workspace_id, workspace_id=workspace_id))
            if provider.single_email:
                tx.get(WorkspaceSettings, workspace_id).email_provider = provider.slug
    routing.forget()
    return places


def doors(sandbox: Sandbox, places: dict[str, UUID], *, secret: str = SECRET) -> list[Door]:
    """A door per provider that has an actor; its letters show `secret` as the provider does."""
    return [Door(slug, places[slug], tuple(letter(sandbox, opened(told, places[slug], secret=secret))
                                           for told, _ in played_by(sandbox, slug, str(places[slug]), 1))) for slug in ACTORS]


def opened(told: Told, workspace_id: UUID, *, secret: str = SECRET) -> Told:
    """`told` with everything that lets it in: the workspace in the address and the secret where the provider shows it."""
    return replace(told, act=replace(told.act, secret=secret, query={"clientId": str(workspace_id)}))


def routes() -> list[str]:
    """The path of every door that takes a POST, as it is written in the table."""
    return [route.path for route in ROUTES if isinstance(route, Route) and "POST" in (route.methods or ())]


def client() -> httpx.AsyncClient:
    """Speaks to the doors without a network; an error that nobody caught is raised here."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=Starlette(routes=ROUTES)), base_url="http://doors")


async def post(http: httpx.AsyncClient, told: Letter) -> httpx.Response:
    """Post a letter."""
    return await http.post(told.path, params=told.query, content=told.body, headers=told.headers)
