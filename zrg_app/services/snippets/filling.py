"""How do the blanks of a snippet become words? `{first name}`, `{company}` and their kin. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zrg_app.services.reading import BLANK
from zrg_app.services.snippets.views import Filled

_LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A blank that can be filled: how it is written, what it stands for, and other ways people write it."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()


VARIABLES: tuple[Variable, ...] = (
    Variable(name="first name", meaning="The lead's first name", also=("contact first name", "lead first name")),
    Variable(name="last name", meaning="The lead's last name", also=("contact last name",)),
    Variable(name="full name", meaning="The lead's whole name", also=("name", "contact name")),
    Variable(name="company", meaning="The lead's company", also=("lead company", "lead company name", "their company")),
    Variable(name="job title", meaning="What the lead does", also=("title", "role")),
    Variable(name="email", meaning="The lead's e-mail address"),
    Variable(name="phone", meaning="The lead's phone number"),
    Variable(name="campaign", meaning="The campaign the lead came from"),
    Variable(name="my name", meaning="Your name", also=("my full name",)),
    Variable(name="my first name", meaning="Your first name"),
    Variable(name="sender name", meaning="The name this lead is written to under"),
    Variable(name="our company", meaning="The name of your company", also=("our company name", "my company")),
    Variable(name="booking link", meaning="Where a meeting can be booked", also=("calendar link", "meeting link")),
)


def _key(name: str) -> str:
    return _LETTERS.sub("", name.casefold())


_KNOWN = {_key(written): variable.name for variable in VARIABLES for written in (variable.name, *variable.also)}


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with every blank filled that `values` (by variable's name) have something for; the others stay, and are named.

    What is filled in is not read again: a company called "{first name}" stays a blank for a person to see.
    """
    empty: dict[str, None] = {}
    unknown: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        written = found["name"].strip()
        name = _KNOWN.get(_key(written))
        value = " ".join(values.get(name, "").split()) if name else ""
        if not value:
            (empty if name else unknown)[name or written] = None
        return value or "{" + (name or written) + "}"

    return Filled(text=BLANK.sub(put, text), empty=tuple(empty), unknown=tuple(unknown))


def missing_words(filled: Filled) -> str:
    """What stays blank, as a person would say it; empty when nothing does."""
    said = [f"nothing is known for {{{name}}}" for name in filled.empty] + [f"{{{name}}} is no variable" for name in filled.unknown]
    return "; ".join(said)
