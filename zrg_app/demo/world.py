"""How is the demo world written? Acme Growth, its people, its connections to the sandbox and about sixty conversations."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import select

from zrg_app.demo import knowing, people
from zrg_app.demo.conversations import ConversationRows, Place
from zrg_app.demo.talks import campaigns, talks
from zrg_app.kit import clock, ids, vault
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import Conflict, Refused
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.models import Campaign, Connection, Label, Lead, Member, User, Workspace, WorkspaceSettings
from zrg_app.models.vocabulary import Channel, ConnectionStatus, Provider, Role
from zrg_app.services.access import passwords

LABELS = {"Hot": 8, "Pricing": 210, "Multi-site": 150}
_ONE_AT_A_TIME = func.pg_advisory_xact_lock(7206012)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """What was written: the workspace and how many leads it has."""

    workspace_id: UUID
    leads: int


def is_empty() -> bool:
    """Whether nobody and nothing is in the database yet."""
    with transaction(system("is there anything to seed over?")) as tx:
        return not _inhabited(tx)


def seed(*, now: datetime) -> Seeded:
    """Write the whole demo world as of `now` in one transaction. Raises Conflict when anybody is there already, and
    Refused in production, where a known password must not open a door.
    """
    if settings().environment == "production":
        raise Refused("The demo world has a known password and is not written in production.")
    password_hash = passwords.hashed(people.PASSWORD)
    with clock.frozen(now), transaction(system("write the demo world")) as tx:
        tx.execute(select(_ONE_AT_A_TIME))
        if _inhabited(tx):
            raise Conflict("There are people in this database already; the demo world needs an empty one.")
        return _write(tx, now, password_hash)


def _inhabited(tx: Tx) -> bool:
    return bool(tx.scalar(select(func.count()).select_from(User)) or tx.scalar(select(func.count()).select_from(Workspace)))


def _write(tx: Tx, now: datetime, password_hash: str) -> Seeded:
    mara, ben = (User(email=one.email, name=one.name, password_hash=password_hash) for one in (people.MARA, people.BEN))
    tx.add_all([mara, ben])
    tx.flush()
    workspace = Workspace(name=people.ACME, owner_id=mara.id)
    tx.add(workspace)
    tx.flush()
    tx.add_all([_settings(workspace.id), *_connections(workspace.id, now),
                Member(workspace_id=workspace.id, user_id=ben.id, role=Role.SETTER)])
    place = Place(workspace_id=workspace.id, colleagues={"mara": mara.id, "ben": ben.id}, campaigns=_campaigns(tx, workspace.id),
                  labels=_labels(tx, workspace.id), now=now)
    _conversations(tx, place)
    knowing.write(tx, workspace.id, now)
    return Seeded(workspace_id=workspace.id, leads=tx.scalar(select(func.count()).select_from(Lead)))


def _settings(workspace_id: UUID) -> WorkspaceSettings:
    return WorkspaceSettings(
        workspace_id=workspace_id, timezone="America/Chicago", company_name=people.ACME, brand_name=people.ACME,
        ai_persona_name=people.PERSONA, ai_signature="Chris", email_provider=Provider.EMAILBISON,
        service_description="We find savings and new customers for small firms: fuel audits, call answering, budgets, "
                            "filled appointment slots, shorter pick routes and booked estimates.",
        ai_goals="Answer the question first, then offer a short call.", target_result="a 15 minute call", ai_greeting="Hi {firstName},",
        ideal_customer_profile=knowing.IDEAL,
        qualification_questions=[{"id": str(ids.new_id()), "question": question, "required": required}
                                 for question, required in knowing.QUESTIONS])


def _connections(workspace_id: UUID, now: datetime) -> list[Connection]:
    # No address: the sandbox's changes with every start, and the settings know it.
    opened = {
        Provider.GHL: {"location_id": people.GHL_LOCATION, "access_token": "demo-token-for-the-sandbox"},
        Provider.EMAILBISON: {"workspace_id": people.EMAILBISON_WORKSPACE, "api_key": "demo-key-for-the-sandbox"}}
    external = {Provider.GHL: people.GHL_LOCATION, Provider.EMAILBISON: people.EMAILBISON_WORKSPACE}
    return [Connection(workspace_id=workspace_id, provider=provider, external_id=external[provider], last_checked_at=now,
                       credentials=vault.seal(values), status=ConnectionStatus.WORKING) for provider, values in opened.items()]


def _campaigns(tx: Tx, workspace_id: UUID) -> dict[str, UUID]:
    rows = {}
    for number, outreach in enumerate(campaigns().values(), start=1):
        provider = Provider.EMAILBISON if outreach.channel == Channel.EMAIL else Provider.GHL
        rows[outreach.key] = Campaign(workspace_id=workspace_id, provider=provider, external_id=f"demo-{number}",
                                      name=outreach.name)
    tx.add_all(rows.values())
    tx.flush()
    return {key: row.id for key, row in rows.items()}


def _labels(tx: Tx, workspace_id: UUID) -> dict[str, UUID]:
    rows = {name: Label(workspace_id=workspace_id, name=name, hue=hue) for name, hue in LABELS.items()}
    tx.add_all(rows.values())
    tx.flush()
    return {name: row.id for name, row in rows.items()}


def _conversations(tx: Tx, place: Place) -> None:
    outreach = campaigns()
    made = [ConversationRows(place, talk, outreach[talk.keys["campaign"]], number) for number, talk in enumerate(talks())]
    for group in zip(*(each.rows() for each in made), strict=True):
        tx.add_all([row for rows in group for row in rows])
        tx.flush()
