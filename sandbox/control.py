"""How do tests and the control page steer the sandbox over HTTP?"""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.act import perform, read_act
from sandbox.actors import ACTORS
from sandbox.deliver import deliver
from sandbox.exchange import Provider
from sandbox.ghl import book
from sandbox.received import Question
from sandbox.slack import desk
from sandbox.wish import Act, Actor
from sandbox.world import World

Wish = dict[str, Any]
Work = Callable[[World, Request, Wish], Awaitable[Any]]


def control_routes(world: World, providers: Sequence[Provider]) -> list[Route]:
    """Return the routes below `/_control`; every answer is JSON and a wrong wish is a 422 with a sentence."""

    async def _names(world: World, request: Request, wish: Wish) -> Any:
        return {"actors": [_actor(actor) for actor in ACTORS.values()],
                "providers": [{"slug": provider.slug, "title": provider.title} for provider in providers]}

    table: tuple[tuple[str, str, Work], ...] = (
        ("GET", "actors", _names), ("POST", "act", _act), ("GET", "received", _received), ("GET", "sent", _sent),
        ("POST", "faults", _add_fault), ("GET", "faults", _faults), ("DELETE", "faults", _clear_faults),
        ("POST", "contacts/{contact_id}/dnd", _dnd), ("GET", "people", _list_people),
        ("GET", "slack", _slack), ("POST", "slack/press", _press_in_slack),
        ("POST", "options", _options), ("GET", "options", _options), ("POST", "reset", _reset),
    )
    return [_route(world, method, path, work) for method, path, work in table]


def _actor(actor: Actor) -> dict[str, Any]:
    """What the "act as" form must know of an actor."""
    return {"slug": actor.slug, "title": actor.title or actor.slug, "way": actor.way, "events": list(actor.events),
            "path": actor.path, "workspace_label": actor.workspace_label, "workspace_example": actor.workspace_example,
            "secret_in": actor.secret_in, "secret_name": actor.secret_name}


async def _act(world: World, request: Request, wish: Wish) -> Any:
    return await _played(world, read_act(wish))


async def _slack(world: World, request: Request, wish: Wish) -> Any:
    return {"messages": desk.messages(world)}


async def _press_in_slack(world: World, request: Request, wish: Wish) -> Any:
    return await _played(world, desk.press(world, wish))


async def _played(world: World, wanted: Act) -> Any:
    if wanted.deliver and not world.options.product_url:
        raise ValueError("The sandbox does not know the product: start it with --product-url or set it in options.")
    happened = perform(world, wanted)
    answers = await deliver(world, wanted, happened) if wanted.deliver else []
    return {"ids": happened[-1].ids, "all_ids": [each.ids for each in happened], "deliveries": answers,
            "webhooks": [each.webhook for each in happened]}


async def _received(world: World, request: Request, wish: Wish) -> Any:
    return {"received": world.received.find(_question(request)), "counts": world.received.counts()}


async def _sent(world: World, request: Request, wish: Wish) -> Any:
    entries = world.received.find(_question(request, effects_only=True))
    return {"sent": [entry["effect"] | {"provider": entry["provider"], "seq": entry["seq"], "at": entry["at"]}
                     for entry in entries]}


async def _add_fault(world: World, request: Request, wish: Wish) -> Any:
    return {"number": world.faults.add(wish).number, "faults": world.faults.listed()}


async def _faults(world: World, request: Request, wish: Wish) -> Any:
    return {"faults": world.faults.listed()}


async def _clear_faults(world: World, request: Request, wish: Wish) -> Any:
    return {"removed": world.faults.clear(request.query_params.get("provider", ""))}


async def _dnd(world: World, request: Request, wish: Wish) -> Any:
    return {"contact": _set_dnd(world, request.path_params["contact_id"], wish)}


async def _list_people(world: World, request: Request, wish: Wish) -> Any:
    return {"people": _people(world)}


async def _options(world: World, request: Request, wish: Wish) -> Any:
    _change_options(world, wish)
    return vars(world.options)


async def _reset(world: World, request: Request, wish: Wish) -> Any:
    world.reset()
    return {"reset": True}


def _route(world: World, method: str, path: str, work: Work) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            return _json(await work(world, request, await _wish(request)))
        except ValueError as problem:
            return _json({"error": str(problem)}, 422)

    return Route(f"/_control/{path}", endpoint, methods=[method], name=f"{method} {path}")


async def _wish(request: Request) -> Wish:
    """Read the JSON object of a POST; the content type is required so that a foreign web page cannot send one."""
    if request.method != "POST":
        return {}
    raw = await request.body()
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ValueError("The content type must be application/json.")
    try:
        wish = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        raise ValueError("The body is not JSON.") from None
    if not isinstance(wish, dict):
        raise ValueError("The body must be a JSON object.")
    return wish


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")


def _question(request: Request, *, effects_only: bool = False) -> Question:
    asked = request.query_params
    numbers = {name: asked.get(name, default) for name, default in (("since", "0"), ("limit", "1000"))}
    if not all(re.fullmatch("[0-9]{1,9}", text) for text in numbers.values()) or int(numbers["limit"]) < 1:
        raise ValueError("since and limit must be whole numbers (since is the seq of an entry).")
    return Question(provider=asked.get("provider", ""), path_contains=asked.get("path_contains", ""),
                    method=asked.get("method", ""), since=int(numbers["since"]), limit=int(numbers["limit"]),
                    effects_only=effects_only)


def _set_dnd(world: World, contact_id: str, wish: Wish) -> Any:
    channel, active = wish.get("channel", "SMS"), wish.get("active", True)
    if channel not in ("all", "SMS", "Email", "Call", "WhatsApp", "GMB", "FB") or not isinstance(active, bool):
        raise ValueError("channel must be all, SMS, Email, Call, WhatsApp, GMB or FB, and active true or false.")
    status = ("permanent" if wish.get("permanent") else "active") if active else "inactive"
    row = book.set_dnd(world, contact_id, channel, status)
    if row is None:
        raise ValueError(f"There is no contact {contact_id}.")
    return row


def _people(world: World) -> list[dict[str, Any]]:
    """List every lead of every provider in one shape, newest first, for the "act as" form."""
    return [row for actor in reversed(ACTORS.values()) for row in reversed(actor.people(world))][:500]


def _change_options(world: World, wish: Wish) -> None:
    for name, value in wish.items():
        if name not in vars(world.options) or type(value) is not type(getattr(world.options, name)):
            raise ValueError("options are product_url and slack_secret (texts), adopt_unknown and enforce_limits (true or false).")
    if wish.get("product_url") and not str(wish["product_url"]).startswith(("http://", "https://")):
        raise ValueError("product_url must begin with http:// or https://.")
    for name, value in wish.items():
        setattr(world.options, name, value)
