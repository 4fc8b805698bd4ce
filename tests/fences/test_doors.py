"""Every door from a browser into the state asks for a permission or says why it needs none; the list is a document."""

import importlib
import os
import pkgutil
from pathlib import Path

import reflex as rx

import zrg_app.state
from zrg_app.state import doors
from zrg_app.state.base import BaseState, Permission, public

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"


class Planted(BaseState):
    """A panel with doors of every kind, one of them without a guard; not one of the product's."""

    @rx.event
    async def guarded(self) -> None:
        """Ask at once."""
        await self._call(print, permission=Permission.ANSWER)

    @rx.event
    async def guarded_by_a_helper(self) -> None:
        """Ask one step further down."""
        await self._load()

    @rx.event
    async def guarded_by_one_handed_on(self) -> None:
        """Let another ask."""
        await self._enter(self._load)

    async def _enter(self, read) -> None:
        await read()

    async def _load(self) -> None:
        await self._scope(Permission.READ_INBOX)

    @rx.event
    @public("shows nothing")
    async def open_to_all(self) -> None:
        """Ask for nothing, with a reason."""

    def forgotten(self) -> None:
        """Ask for nothing: the fault."""


def of_the_product() -> tuple[doors.Door, ...]:
    """The doors of every module below zrg_app.state."""
    for module in pkgutil.walk_packages(zrg_app.state.__path__, "zrg_app.state."):
        importlib.import_module(module.name)
    states = [state for state in doors.state_classes() if state.__module__.startswith("zrg_app.")]
    return tuple(door for state in states for door in doors.doors_of(state))


def test_a_door_without_a_guard_is_caught() -> None:
    found = {door.handler: door for door in doors.doors_of(Planted)}
    assert {name for name, door in found.items() if not door.is_guarded} == {"forgotten"}
    assert found["guarded"].asks == ("ANSWER",)
    assert found["guarded_by_a_helper"].asks == found["guarded_by_one_handed_on"].asks == ("READ_INBOX",)
    assert found["open_to_all"].public_because == "shows nothing"


def test_every_door_of_the_product_is_guarded() -> None:
    open_doors = [f"{door.state}.{door.handler}" for door in of_the_product() if not door.is_guarded]
    assert open_doors == [], "ask for a permission through _call or _scope, or mark it @public with a reason"


def test_the_list_of_doors_is_written_down() -> None:
    """`ZRG_WRITE_DOCS=1` writes it anew."""
    wanted = doors.table(of_the_product())
    if os.environ.get("ZRG_WRITE_DOCS"):
        DOCUMENT.parent.mkdir(exist_ok=True)
        DOCUMENT.write_text(wanted)
    assert DOCUMENT.exists() and DOCUMENT.read_text() == wanted, "run ZRG_WRITE_DOCS=1 pytest tests/fences/test_doors.py"
