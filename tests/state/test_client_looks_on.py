"""A client user looks on and changes nothing: every door of docs/permissions.md is tried as one, and every route that writes.

The whole walk runs in a database that refuses to write at all, so a door that let a client through could not stay unnoticed.
"""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError
from starlette.applications import Starlette
from starlette.testclient import TestClient

import zrg_app.state
from tests.state.inbox.people import wrote
from tests.state.visitor import HOST, panel, signed_in
from tests.world import World
from zrg_app.api import errors, files, inbox_read, knowledge, v1
from zrg_app.kit import db, ids
from zrg_app.kit.errors import Forbidden, Refused
from zrg_app.models import Member
from zrg_app.models.vocabulary import Role, TokenScope
from zrg_app.services.access import Permission
from zrg_app.services.access.policy import PERMISSIONS, allows, token_allows
from zrg_app.state import doors, visits
from zrg_app.state.inbox.frame import FrameState
from zrg_app.state.inbox.rows import RowsState

LOOKING = frozenset({"READ_INBOX", "SEE_SETTINGS"})
# What is a person's own, in every workspace: their colours, their session, a workspace of theirs.
# That they have seen what they were told is a person's own, too.
OWN_BELL = "BellState"
OWN = ("choose_theme", "switch_workspace", "create_workspace", "sign_out", "logout")


@pytest.fixture
def client(world: World) -> tuple[World, str]:
    """Nils, who looks on in Acme Growth where somebody wrote."""
    visits.forget()
    with db.transaction(world.as_mara) as tx:
        tx.add(Member(workspace_id=world.acme, user_id=world.nils, role="CLIENT_PORTAL"))
    return world, str(wrote(world, "Dana", draft="Hi Dana"))


def _all() -> list[tuple[type, doors.Door]]:
    for module in pkgutil.walk_packages(zrg_app.state.__path__, "zrg_app.state."):
        importlib.import_module(module.name)
    return [(state, door) for state in doors.state_classes() if state.__module__.startswith("zrg_app.state")
            for door in doors.doors_of(state)]


def test_a_client_may_look_and_nothing_else() -> None:
    assert PERMISSIONS[Role.CLIENT_PORTAL] == {Permission.READ_INBOX, Permission.SEE_SETTINGS}
    assert {word for word in Permission.__members__ if allows(Role.CLIENT_PORTAL, Permission[word])} == LOOKING


def test_every_door_that_writes_asks_for_what_a_client_has_not() -> None:
    """A door that only asks to look must not hand `write=True` to a service, unless it asks for more as well."""
    for state, door in _all():
        source = inspect.getsource(state.event_handlers[door.handler].fn)
        if set(door.asks) and set(door.asks) <= LOOKING and door.state != OWN_BELL:
            assert "write=True" not in source, f"{door.state}.{door.handler} writes and asks only for {door.asks}"


async def test_no_door_lets_a_client_write(client: tuple[World, str]) -> None:
    (world, lead), every = client, _all()
    token = signed_in(world.nils)
    frame = panel(FrameState, token=token, url=f"/?clientId={world.acme}&leadId={lead}")
    await frame.load()
    root = frame._get_root_state()
    assert [row.lead_id for row in root.get_substate(RowsState.get_full_name().split(".")).rows] == [lead]
    refused, walked = [], 0
    # On the transaction around all others: what is set inside one of them ends with it.
    db._bound.get().exec_driver_sql("set transaction read only")
    with pytest.raises(InternalError, match="read-only"), db.transaction(world.as_mara) as tx:
        tx.execute(text("update lead set company = 'x'"))
    for state, door in every:
        if door.handler in OWN or door.state == OWN_BELL:
            continue
        visits.forget()
        outcome = await _knock(root.get_substate(state.get_full_name().split(".")), door, lead)
        walked += 1
        if outcome is Forbidden:
            refused.append(f"{door.state}.{door.handler}")
    assert walked > 150 and len(refused) > 60, (walked, len(refused))


async def _knock(state: Any, door: doors.Door, lead: str) -> type[BaseException] | None:
    """Call a handler as a browser could; a refusal is an answer, anything the database says is not."""
    handler = type(state).event_handlers[door.handler].fn
    try:
        answer = handler(state, *_arguments(handler, lead))
        if isinstance(answer, AsyncGenerator):
            async for _ in answer:
                pass
        elif inspect.isawaitable(answer):
            await answer
    except Refused as refusal:
        return type(refusal)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, StopIteration):
        return None  # a made-up argument that no browser of ours sends
    return None


def _arguments(handler: Any, lead: str) -> list[object]:
    """Made-up arguments by their type: the lead wherever an id may be wanted."""
    hints = typing.get_type_hints(handler)
    made: list[object] = []
    for name in list(inspect.signature(handler).parameters)[1:]:
        kind = hints.get(name, str)
        made.append({bool: True, int: 1, float: 0.9}.get(kind, {"name": "x", "body": "x", "id": lead} if "dict" in str(kind)
                                                        else [lead] if "list" in str(kind) else lead if "id" in name else "x"))
    return made


BY_PERSONS = (*files.ROUTES, *knowledge.ROUTES, *inbox_read.ROUTES)
WRITING = sorted({(method, route.path) for route in (*BY_PERSONS, *v1.ROUTES) for method in route.methods or ()
                  if method not in ("GET", "HEAD")})


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_no_route_that_writes_lets_a_client_in(client: tuple[World, str], method: str, path: str) -> None:
    world, lead = client
    app = Starlette(routes=[*BY_PERSONS, *v1.ROUTES], exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url=f"https://{HOST}", headers={"origin": f"https://{HOST}"}, follow_redirects=False) as browser:
        browser.cookies.set("zrg_session", signed_in(world.nils))
        answer = browser.request(method, path.replace("{draft_id}", str(ids.new_id())), content=b"%PDF",
                                 params={"clientId": str(world.acme), "leadId": lead, "name": "offer.pdf"})
    assert answer.status_code in (401, 403), (path, answer.status_code, answer.text[:200])


def test_a_token_to_read_writes_nothing() -> None:
    assert not any(token_allows(TokenScope.READ, permission) for permission in set(Permission) - {Permission.READ_INBOX})
