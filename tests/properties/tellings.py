"""What can providers tell us of a few people? Every event of every actor and every recorded body, each with a time of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from sandbox.actors import ACTORS
from sandbox.crowd import Told, tell
from sandbox.deliver import encode
from sandbox.world import World as Sandbox
from sandbox.world import open_world
from zrg_app.integrations import registry
from zrg_app.integrations.base import Event, Understood
from zrg_app.kit import db, ids
from zrg_app.kit.scope import workspace_system
from zrg_app.services import inbound
from zrg_app.services.inbound import payload
from zrg_app.services.leads import matching

START = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FIXTURES = Path(__file__).parents[1] / "fixtures"
REGION = "US"
ACCOUNT = "4711"
WORDS = ("Could you tell us what it costs?",)

_KEEP = text("""
insert into webhook_event (id, workspace_id, provider, event_type, dedupe_key, status, body, received_at)
values (:id, :workspace_id, :provider, 'told', :key, 'PENDING', :body, :at)
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One webhook body, when it first came, and what it is, for a failing example to say."""

    provider: str
    name: str
    body: bytes
    at: datetime

    def __repr__(self) -> str:
        return f"<{self.provider} {self.name}>"

    def read(self) -> dict[str, Any]:
        """The body as the product reads it."""
        return dict(payload.read(self.body))

    def events(self) -> tuple[Event, ...]:
        """What the provider's own reader makes of it; empty for what is not for us."""
        parsed = registry.provider(self.provider).parse(self.read(), received_at=self.at)
        return parsed.events if isinstance(parsed, Understood) else ()

    def identities(self) -> frozenset[matching.Identity]:
        """Everything by which it names one person."""
        found: set[matching.Identity] = set()
        for event in self.events():
            found |= set(matching.identities(event.person, REGION))
            sender = matching.email_identity(event.from_address) if event.kind in ("reply", "interested") else None
            found |= {sender} if sender else set()
        return frozenset(found)


def readable() -> tuple[str, ...]:
    """The providers with an actor that tell us of people; who only answers about leads that we had named is not among them."""
    return tuple(slug for slug in ACTORS if registry.provider(slug).parse is not None
                 and any(event.kind != "enriched" for telling in played([slug], [1]) for event in telling.events()))


def played(providers: Sequence[str], people: Sequence[int], words: Sequence[str] = WORDS) -> list[Telling]:
    """Every event of the actors of `providers`, twice, by each of `people`; each at a minute of its own, `words` in turn."""
    world, tellings = open_world(), []
    for provider in providers:
        for number in people:
            for told, at in played_by(world, provider, ACCOUNT, number, words, first=len(tellings)):
                tellings.append(Telling(provider=provider, at=at, body=encode(told.act, told.webhook),
                                        name=f"{told.act.event} {told.act.body} ({number}, {at:%H:%M})"))
    return tellings


def played_by(world: Sandbox, provider: str, account: str, number: int, words: Sequence[str] = WORDS,
              first: int = 0) -> Iterator[tuple[Told, datetime]]:
    """Every event of one actor, twice, by one person, from minute `first` on."""
    for place, event in enumerate(ACTORS[provider].events * 2, first):
        at = START + timedelta(minutes=place)
        yield tell(world, provider, account, number, event=event, body=words[place % len(words)], at=at), at


def recorded() -> list[Telling]:
    """Every recorded body of every provider we read, by folder."""
    found = sorted(path for path in FIXTURES.glob("*/*.json") if path.parent.name in {each.slug for each in registry.PROVIDERS}
                   and registry.provider(path.parent.name).parse is not None)
    return [Telling(provider=path.parent.name, name=path.stem, body=path.read_bytes(), at=START + timedelta(minutes=place))
            for place, path in enumerate(found)]


def deliver(workspace_id: UUID, telling: Telling) -> tuple[str, str | None]:
    """Let a webhook be understood as a row of its own, so that nothing but the message's key can recognise a repeat."""
    scope, event_id = workspace_system(workspace_id, "test"), ids.new_id()
    with db.transaction(scope) as tx:
        tx.execute(_KEEP, {"id": event_id, "workspace_id": workspace_id, "provider": telling.provider, "key": str(event_id),
                           "body": telling.body, "at": telling.at})
        inbound.understand_event(tx, scope, webhook_event_id=event_id, looked_up=True)
        row = tx.execute(text("select status, reason, last_error from webhook_event where id = :id"), {"id": event_id}).one()
    assert row.status in ("SUCCEEDED", "IGNORED"), (telling, row.last_error)
    return row.status, row.reason
