"""Which times may a draft offer, in whose zone, and which were offered before?"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.booking import choosing
from zrg_app.services.booking.refreshing import want
from zrg_app.services.booking.views import OfferedTimeView

# A calendar that cannot be read for a while is still believed; longer, and its times may be long gone.
BELIEVED = timedelta(hours=6)
NOT_AGAIN = timedelta(days=7)

_FREE = """
select a.slots, a.fetched_at, s.work_start_time, s.work_end_time from availability a
join workspace_settings s using (workspace_id)
where a.workspace_id = %(workspace)s and a.fetched_at > %(since)s order by a.error is not null, a.fetched_at desc limit 1
"""
_OFFERED = """
select starts_at, label, zone from offered_time where lead_id = %(lead)s and workspace_id = %(workspace)s
order by offered_at desc, starts_at limit 20
"""
_OFFERED_TO_THEM = """
select distinct starts_at from offered_time
where lead_id = %(lead)s and workspace_id = %(workspace)s and offered_at > %(since)s and starts_at > %(now)s
"""
_OFFERED_BEFORE = """
select starts_at, count(distinct lead_id) as leads from offered_time
where workspace_id = %(workspace)s and starts_at > %(now)s group by starts_at
"""
_LEFT = """
select m.body, m.draft_id, l.timezone as zone, s.timezone as ours from message m join lead l on l.id = m.lead_id
join workspace_settings s on s.workspace_id = m.workspace_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
_SLOTS = "select slots from availability where workspace_id = %(workspace)s"
# A label ends in a time of day with its zone; a message without any proposes none of ours.
_A_TIME = re.compile(r"\d{1,2}:\d\d [AP]M [A-Z]")
_RECORD = """
insert into offered_time (id, workspace_id, lead_id, draft_id, starts_at, label, zone, offered_at)
values (%(id)s, %(workspace)s, %(lead)s, %(draft)s, %(starts_at)s, %(label)s, %(zone)s, %(now)s)
on conflict (draft_id, starts_at) do nothing
"""


def offer(tx: Tx, scope: Scope, lead_id: UUID, *, zone: str, count: int = 6) -> tuple[OfferedTimeView, ...]:
    """Free times for this lead to choose from, labelled in `zone`, soonest first; empty when no calendar tells any.

    Times read a while ago are used, and fresh ones are asked for, for the next draft.
    """
    now = clock.now()
    want(tx, scope)
    row = fetch_one(tx, _FREE, {"workspace": scope.workspace_id, "since": now - BELIEVED})
    if row is None:
        return ()
    where = {"lead": lead_id, "workspace": scope.workspace_id, "since": now - NOT_AGAIN, "now": now}
    chosen = choosing.choose(
        [datetime.fromisoformat(one) for one in row["slots"]], now=now, zone=_zone(zone), count=count,
        hours=(_minute(row["work_start_time"]), _minute(row["work_end_time"])),
        offered_to_them=frozenset(one["starts_at"] for one in fetch_all(tx, _OFFERED_TO_THEM, where)),
        offered_before={one["starts_at"]: one["leads"] for one in fetch_all(tx, _OFFERED_BEFORE, where)})
    return tuple(labelled(at, zone) for at in chosen)


def offered_to(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[OfferedTimeView, ...]:
    """The times that were offered to a lead, the last offer first."""
    return tuple(OfferedTimeView(**row) for row in fetch_all(tx, _OFFERED, {"lead": lead_id, "workspace": scope.workspace_id}))


def note_offers(tx: Tx, scope: Scope, lead_id: UUID, message_id: UUID) -> None:
    """Write down which free times a message of ours that left proposes, in the words they are offered in."""
    row = fetch_one(tx, _LEFT, {"message": message_id, "workspace": scope.workspace_id})
    free = fetch_all(tx, _SLOTS, {"workspace": scope.workspace_id}) if row and _A_TIME.search(row["body"]) else []
    times = {datetime.fromisoformat(slot) for one in free for slot in one["slots"]}
    told = [offered for at in sorted(times) for zone in dict.fromkeys(filter(None, (row["zone"], row["ours"])))
            if (offered := labelled(at, zone)).label in row["body"]]
    record_offer(tx, scope, lead_id, told, draft_id=row["draft_id"] if row else None)


def record_offer(tx: Tx, scope: Scope, lead_id: UUID, times: Sequence[OfferedTimeView], *, draft_id: UUID | None = None) -> None:
    """Write down that a message that left proposed `times`; of one draft each time counts once."""
    for time in times:
        driver(tx).execute(_RECORD, {
            "id": ids.new_id(), "workspace": scope.workspace_id, "lead": lead_id, "draft": draft_id, "starts_at": time.starts_at,
            "label": time.label, "zone": time.zone, "now": clock.now()})


def labelled(at: datetime, zone: str) -> OfferedTimeView:
    """A time in the words of its zone, which are different in summer and in winter; without a usable zone in UTC."""
    place = _zone(zone)
    local = at.astimezone(place)
    hour = local.strftime("%I").lstrip("0")
    return OfferedTimeView(starts_at=at, zone=place.key,
                           label=f"{local:%a, %b} {local.day}, {hour}:{local:%M %p} {_abbreviation(local)}")


def _abbreviation(local: datetime) -> str:
    # Many zones have no letters of their own and are written as an offset.
    told = local.strftime("%Z")
    if told and told[0] not in "+-":
        return told
    sign, digits = told[0], told[1:]
    return f"GMT{sign}{int(digits[:2])}" + (f":{digits[2:4]}" if digits[2:4].strip("0") else "")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _minute(at: str) -> int:
    hours, _, minutes = at.partition(":")
    return int(hours) * 60 + int(minutes)
