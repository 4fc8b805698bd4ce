"""What does a soak post, and what must be in the threads afterwards? Letters of a crowd, played by every actor there is."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from sandbox import clock as sandbox_clock
from sandbox.act import read_act
from sandbox.actors import ACTORS
from sandbox.client import SandboxControl
from sandbox.crowd import Letter, Told, crowd_world, letter, person, tell, worded
from sandbox.world import open_world
from tests.properties.doors import opened
from zrg_app.integrations import registry
from zrg_app.integrations.base import Event, Understood
from zrg_app.kit import clock
from zrg_app.services.leads import matching

MESSAGES = {"reply": "inbound", "interested": "inbound", "outbound": "outbound"}
ACKNOWLEDGEMENTS = ("Thanks!", "Thank you!", "Got it, thanks.", "Great, thank you.", "Perfect, thanks!")
REGION = "US"
# Who is answered knows by their own rows whom the answer goes to and what a thread holds (a send in doubt is looked up there), so
# the sandbox that is answered must itself have been told.
ANSWERED_BY_ROWS = frozenset(each.slug for each in registry.PROVIDERS if each.send is not None)
# About this share of the letters are replies.
REPLIES = 0.55


@dataclass(slots=True)
class Person:
    """One person of the crowd: where they write, by what they can be recognised, and how many messages they have each way."""

    workspace_id: UUID
    names: set[tuple[str, str]] = field(default_factory=set)
    messages: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Expected:
    """What the letters told so far must have become: persons with their messages, and the marks of questions.

    `rows` are the different bodies: two that are equal byte by byte are one event, also when two acts led to them.
    """

    letters: int = 0
    rows: set[tuple[str, int]] = field(default_factory=set)
    by_provider: Counter[str] = field(default_factory=Counter)
    people: dict[int, Person] = field(default_factory=dict)
    keys: set[tuple[UUID, str]] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)

    def add(self, workspace_id: UUID, told: Told, at: datetime) -> None:
        """Count one webhook as the provider's own reader understands it."""
        self.letters += 1
        self.rows.add((told.act.provider, hash(json.dumps(told.webhook, sort_keys=True))))
        self.by_provider[told.act.provider] += 1
        for event in _events(told, at):
            person = self.people.setdefault(told.person, Person(workspace_id))
            person.names |= {(str(name.kind), name.value) for name in matching.identities(event.person, REGION)}
            if event.kind in MESSAGES and (workspace_id, event.dedupe_key) not in self.keys:
                self.keys.add((workspace_id, event.dedupe_key))
                person.messages[MESSAGES[event.kind]] += 1

    @property
    def messages(self) -> int:
        """How many messages there must be in all threads."""
        return sum(person.messages.total() for person in self.people.values())


class Crowd:
    """People who write through every provider, each person through one; `questions` of their letters ask something.

    A question carries a mark of its own and is answered by a draft; the other replies are thanks, which no model reads.
    """

    def __init__(self, places: Mapping[str, UUID], control: SandboxControl, *, questions: int, letters: int, chance: Random) -> None:
        self._places, self._control, self._chance = places, control, chance
        self._kinds = {slug: kinds(slug) for slug in ACTORS}
        self._world, self._people = crowd_world(), count(1)
        self._asks = questions / (letters * REPLIES)
        self._at = clock.now() - timedelta(days=2)
        self.expected = Expected()

    def write(self, wanted: int) -> list[Letter]:
        """About `wanted` more letters, in the order they were written, people and providers mingled."""
        plans = []
        while sum(map(len, plans)) < wanted:
            plans.append(list(self._plan(next(self._people))))
        turns = self._chance.sample([plan for plan in plans for _ in plan], sum(map(len, plans)))
        waiting = {id(plan): iter(plan) for plan in plans}
        letters = [self._post(*next(waiting[id(plan)])) for plan in turns]
        self._world.store.forget_rows()
        return letters

    def _plan(self, number: int) -> Iterator[tuple[str, int, str, int]]:
        """What one person does: what left for them is told, they write once to three times, now and then something else."""
        provider = list(ACTORS)[number % len(ACTORS)]
        known = self._kinds[provider]
        replies = known.get("reply", [])
        events = [*known.get("outbound", []), *(self._chance.choice(replies) for _ in range(self._chance.randint(1, 3)) if replies)]
        if known.get("other") and (not events or self._chance.random() < 0.1):
            events.append(self._chance.choice(known["other"]))
        for place, event in enumerate(events):
            yield provider, number, event, place

    def _post(self, provider: str, number: int, event: str, place: int) -> Letter:
        self._at += timedelta(milliseconds=700)
        workspace_id = self._places[provider]
        words = self._words(provider, event, place)
        if provider in ANSWERED_BY_ROWS:
            told = self._played(provider, str(workspace_id), number, event, words)
        else:
            told = tell(self._world, provider, str(workspace_id), number, event=event, body=words, at=self._at)
        self.expected.add(workspace_id, told, self._at)
        return letter(self._world, opened(told, workspace_id))

    def _played(self, provider: str, account: str, number: int, event: str, words: str) -> Told:
        """The same as `tell`, by the running sandbox, which remembers it and posts nothing."""
        wish = {"provider": provider, "workspace_ref": account, "lead": person(number) | {"lead_id": account}, "event": event,
                "body": worded(event, words), "at": sandbox_clock.iso(self._at), "deliver": False}
        done = self._control.act(**wish)
        return Told(act=read_act(wish), person=number, webhook=done["webhooks"][-1], ids=done["ids"])

    def _words(self, provider: str, event: str, place: int) -> str:
        if event not in self._kinds[provider].get("reply", []) or self._chance.random() > self._asks:
            return ACKNOWLEDGEMENTS[place % len(ACKNOWLEDGEMENTS)]
        mark = f"mark{len(self.expected.marks):06}"
        self.expected.marks.add(mark)
        return f"What does it cost for our offices? We call the project {mark}."


def kinds(provider: str) -> dict[str, list[str]]:
    """The events of an actor by what they mean to us: `reply`, `outbound`, and everything else as `other`."""
    world, found = open_world(), {}
    for number, event in enumerate(ACTORS[provider].events):
        told = tell(world, provider, "1", number, event=event, body="What does it cost?", at=clock.now())
        meant = {each.kind for each in _events(told, clock.now())}
        found.setdefault(next(iter(meant & {"reply", "outbound"}), "other"), []).append(event)
    return found


def _events(told: Told, at: datetime) -> Sequence[Event]:
    parse = registry.provider(told.act.provider).parse
    parsed = parse(told.webhook, received_at=at) if parse else None
    return parsed.events if isinstance(parsed, Understood) else ()
