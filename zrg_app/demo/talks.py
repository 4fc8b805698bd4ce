"""What do the people of the demo world say, and when? Reads the campaign and conversation texts of this folder.

A conversation begins with `=== name | title | company | domain | time zone | state`, then `key: value` lines, then
messages: `> age by` from us, `< age` from the lead (`auto` for a machine), `~ confidence reason` a draft, `* age author` a note.
Ages read like `4d1h` and count back from now.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from zrg_app.kit.errors import Broken

_FOLDER = Path(__file__).parent
_OPENING = re.compile(r"^([<>*]) ((?:\d+[dhm])+)(?: (\w+))?$|^(~) ([\d.]+) (.+)$")
_AGE = re.compile(r"(\d+)([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """A campaign: the opening text has places for `{first}` and `{company}`."""

    key: str
    channel: str
    name: str
    subject: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a conversation: `mark` is > (us), < (lead), ~ (draft) or * (note); `by` who wrote it, or a draft's reason."""

    mark: str
    age: timedelta
    by: str
    text: str
    confidence: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A lead and everything said with them, oldest first. `state` holds words such as `unread` and `snoozed 6d`."""

    name: str
    title: str
    company: str
    domain: str
    zone: str
    region: str
    keys: dict[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @property
    def state(self) -> dict[str, str]:
        """The words of `state:` with what follows each, e.g. {"unread": "", "snoozed": "6d"}."""
        words = (part.strip().partition(" ") for part in self.keys.get("state", "").split(", "))
        return {word: rest for word, _, rest in words if word}


def age(text: str) -> timedelta:
    """The span in `text`, e.g. `4d1h`."""
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in _AGE.findall(text)), timedelta())


def campaigns() -> dict[str, Outreach]:
    """All campaigns by key."""
    found = {}
    for head, body in _blocks(_FOLDER / "campaigns.txt"):
        key, channel, name, subject = head
        found[key] = Outreach(key=key, channel=channel, name=name, subject=subject, opening=body.strip())
    return found


def talks() -> list[Talk]:
    """All conversations, in the order of their files. Raises Broken for a text that does not follow the form."""
    return [_talk(head, body) for path in sorted((_FOLDER / "talks").glob("*.txt")) for head, body in _blocks(path)]


def _blocks(path: Path) -> list[tuple[list[str], str]]:
    blocks = path.read_text(encoding="utf-8").split("=== ")[1:]
    return [([part.strip() for part in block.splitlines()[0].split("|")], "\n".join(block.splitlines()[1:])) for block in blocks]


def _talk(head: list[str], body: str) -> Talk:
    keys: dict[str, str] = {}
    open_entries: list[tuple[re.Match[str], list[str]]] = []
    for line in body.splitlines():
        if opening := _OPENING.match(line):
            open_entries.append((opening, []))
        elif open_entries:
            open_entries[-1][1].append(line)
        elif line.strip():
            key, _, value = line.partition(":")
            keys[key] = value.strip()
    if len(head) != 6 or "campaign" not in keys or not open_entries:
        raise Broken(f"The demo conversation of {head[0]} does not follow the form.")
    name, title, company, domain, zone, region = head
    entries = tuple(_entry(opening, "\n".join(lines).strip()) for opening, lines in open_entries)
    return Talk(name=name, title=title, company=company, domain=domain, zone=zone, region=region, keys=keys, entries=entries)


def _entry(opening: re.Match[str], text: str) -> Entry:
    mark, when, by, draft, confidence, reason = opening.groups()
    if draft:
        return Entry(mark=draft, age=timedelta(), by=reason, text=text, confidence=float(confidence))
    return Entry(mark=mark, age=age(when), by=by or "", text=text)
