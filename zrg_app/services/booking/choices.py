"""Which times can a person put into an answer, in the lead's words and in ours, and if none, why?"""

from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import leads
from zrg_app.services.booking.offering import labelled, offer
from zrg_app.services.booking.refreshing import standing
from zrg_app.services.sending.presets import zone_of

MOST = 6
NO_CALENDAR = "No calendar is chosen yet; choose one in Settings, Integrations."
BEING_READ = "The calendar is being read just now; look again in a moment."
NOTHING_FREE = "The calendar has no free time in the next four weeks."
_ZONES = """
select l.timezone as theirs, s.timezone as ours from lead l join workspace_settings s on s.workspace_id = l.workspace_id
where l.id = %(lead)s and l.workspace_id = %(workspace)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeChoice:
    """A free time: `label` is what the lead reads, in `zone`; `ours` the same moment in the workspace's zone, empty where that is the
    same."""

    at: str
    label: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeChoices:
    """The times at hand, whose zone they are in, and without any why."""

    times: tuple[TimeChoice, ...]
    zone: str
    is_leads_zone: bool
    why_none: str


def choices(tx: Tx, scope: Scope, lead_id: UUID) -> TimeChoices:
    """Free times for an answer to this lead. What leaves with one of the labels counts as offered (`note_offers`). Raises NotFound."""
    lead_id = leads.living(tx, lead_id)
    row = fetch_one(tx, _ZONES, {"lead": lead_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This conversation is not here (any more).")
    zone = zone_of(row["theirs"] or "", row["ours"])
    found = offer(tx, scope, lead_id, zone=zone.key, count=MOST)
    times = tuple(TimeChoice(at=one.starts_at.isoformat(), label=one.label,
                             ours=_ours(one.label, labelled(one.starts_at, row["ours"]).label)) for one in found)
    return TimeChoices(times=times, zone=zone.key, is_leads_zone=zone.key == row["theirs"], why_none="" if times else _why(tx, scope))


def _ours(theirs: str, ours: str) -> str:
    return "" if ours == theirs else ours


def _why(tx: Tx, scope: Scope) -> str:
    found = standing(tx, scope)
    if not found:
        return NO_CALENDAR
    if error := next((one.error for one in found if one.error), ""):
        return f"The calendar could not be read: {error}"
    # Asked for and not answered yet, or read too long ago to be believed.
    return NOTHING_FREE if all(one.read_at and not one.number for one in found) else BEING_READ
