"""What may an admin change about auto-send, and does the change fit? Campaigns one by one or many at once, and schedules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.models import Campaign, Persona, WorkspaceSettings
from zrg_app.models.ai_vocabulary import ResponseMode
from zrg_app.services import events
from zrg_app.services.autosend import schedule

LONGEST_DELAY = 24 * 3600
LEAST_THRESHOLD = 0.5
MOST_AT_ONCE = 500
_SKIPS = {"": None, "yes": True, "no": False}


def _mode(value: str) -> str:
    if value not in list(ResponseMode):
        raise Invalid("A campaign is answered by setters or by the AI.")
    return value


def _threshold(value: str) -> float:
    try:
        found = float(value.replace(",", "."))
    except ValueError:
        found = -1.0
    if not LEAST_THRESHOLD <= found <= 1:
        raise Invalid("The threshold is a number between 0.5 and 1, such as 0.9.")
    return round(found, 4)


def _seconds(value: str) -> int:
    if not (value.isascii() and value.isdigit()) or int(value) > LONGEST_DELAY:
        raise Invalid("The delay is a whole number of seconds, at most a day.")
    return int(value)


def _skip(value: str) -> bool | None:
    if value not in _SKIPS:
        raise Invalid("Choose yes, no, or as the workspace has it.")
    return _SKIPS[value]


def _schedule(value: str) -> dict | None:
    if value == "":
        return None
    if value not in (schedule.ALWAYS, schedule.BUSINESS_HOURS):
        raise Invalid("Choose the workspace's hours, always, or business hours; hours of its own have a form.")
    return {"mode": value}


FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "response_mode": ("response_mode", _mode), "threshold": ("auto_send_threshold", _threshold),
    "delay_min": ("auto_send_delay_min_seconds", _seconds), "delay_max": ("auto_send_delay_max_seconds", _seconds),
    "skip_review": ("auto_send_skip_review", _skip), "schedule": ("auto_send_schedule", _schedule),
    "persona_id": ("persona_id", lambda value: parse_id(value) if value else None)}


def edit_campaigns(tx: Tx, scope: Scope, campaign_ids: Sequence[UUID], field: str, value: str, *, shown: str | None = None) -> int:
    """Change one field of some campaigns; how many differ now. `shown` is what the person saw, for a single one.

    Raises Invalid for a value that does not fit, Conflict when somebody else changed the field meanwhile, NotFound.
    """
    if field not in FIELDS or not campaign_ids or len(campaign_ids) > MOST_AT_ONCE:
        raise Invalid("Choose some campaigns and what to change.")
    column, check = FIELDS[field]
    wanted = check(value.strip())
    if column == "persona_id":
        _check_persona(tx, scope, value.strip(), wanted)
    rows = tx.scalars(select(Campaign).where(Campaign.id.in_(campaign_ids), Campaign.workspace_id == scope.workspace_id)
                      .order_by(Campaign.id).with_for_update()).all()
    if len(rows) != len(set(campaign_ids)):
        raise NotFound("One of these campaigns is not here (any more).")
    for row in rows:
        if shown is not None and getattr(row, column) not in (check(shown.strip()), wanted):
            raise Conflict("Somebody else changed this meanwhile; look at it again.")
    return sum(_change(tx, scope, row, {column: wanted}, field) for row in rows)


def edit_campaign_schedule(tx: Tx, scope: Scope, campaign_id: UUID, wanted: Mapping[str, Any]) -> None:
    """Give a campaign hours of its own. Raises Invalid, NotFound."""
    found = schedule.read(wanted)
    row = tx.scalars(select(Campaign).where(Campaign.id == campaign_id, Campaign.workspace_id == scope.workspace_id)
                     .with_for_update()).first()
    if row is None:
        raise NotFound("This campaign is not here (any more).")
    _change(tx, scope, row, {"auto_send_schedule": _kept(found)}, "schedule")


def edit_schedule(tx: Tx, scope: Scope, wanted: Mapping[str, Any]) -> None:
    """Change the workspace's schedule. Raises Invalid, NotFound."""
    found = schedule.read(wanted)
    if not tx.execute(update(WorkspaceSettings).where(WorkspaceSettings.workspace_id == scope.workspace_id).values(
            auto_send_schedule=_kept(found), updated_at=clock.now())).rowcount:
        raise NotFound("This workspace is not there.")
    events.record(tx, scope, events.AccessChanged(change="settings_changed", detail="auto_send_schedule"))


def apply_threshold(tx: Tx, scope: Scope, value: str) -> int:
    """Give every campaign that answers by itself this threshold; how many changed. Raises Invalid."""
    wanted = _threshold(value)
    rows = tx.scalars(select(Campaign).where(Campaign.workspace_id == scope.workspace_id,
                                             Campaign.response_mode == ResponseMode.AI_AUTO_SEND).order_by(Campaign.id).with_for_update())
    return sum(_change(tx, scope, row, {"auto_send_threshold": wanted}, "threshold") for row in rows.all())


def document_of(form: Mapping[str, Any]) -> dict[str, Any]:
    """The schedule a form describes; lines of `dates` are days or ranges `first..last`. Raises Invalid."""
    lines = _lines(form.get("dates"))
    found = {"mode": str(form.get("mode") or schedule.ALWAYS), "start": str(form.get("start") or ""), "end": str(form.get("end") or ""),
             "zone": str(form.get("zone") or "").strip(), "takes_holidays": form.get("takes_holidays") in (True, "on", "true"),
             "days": [day for day in range(7) if form.get(f"day_{day}") in (True, "on", "true")], "worked": _lines(form.get("worked")),
             "dates": [line for line in lines if ".." not in line],
             "ranges": [[part.strip() for part in line.split("..", 1)] for line in lines if ".." in line]}
    schedule.read(found)
    return found


def _change(tx: Tx, scope: Scope, row: Campaign, values: dict[str, Any], field: str) -> bool:
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    if row.auto_send_delay_min_seconds > row.auto_send_delay_max_seconds:
        raise Invalid("The shortest delay must not be longer than the longest.")
    tx.flush()
    events.record(tx, scope, events.AccessChanged(change="campaign_changed", detail=f"{row.name}: {field.replace('_', ' ')}"))
    return True


def _check_persona(tx: Tx, scope: Scope, value: str, wanted: UUID | None) -> None:
    known = select(Persona.id).where(Persona.id == wanted, Persona.workspace_id == scope.workspace_id)
    if value and (wanted is None or tx.scalars(known).first() is None):
        raise NotFound("This persona is not here (any more).")


def _kept(found: schedule.Schedule) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(found).items()}


def _lines(value: object) -> list[str]:
    return [line.strip() for line in _split(value) if line.strip()]


def _split(value: object) -> Iterable[str]:
    return str(value or "").replace(",", "\n").splitlines()
