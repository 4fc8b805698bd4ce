"""Somebody is away until a day: until when is their conversation out of sight, and may it be?"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.actions import locked, locked_all, snooze
from zrg_app.services.inbox.answered import ANSWERED

LONGEST = timedelta(days=180)
MORNING = time(9)
_WEEKEND = 5

# What else is due: a question of theirs that is not the absence note itself, a draft, a message that leaves before.
_DUE = f"""
select s.timezone,
  c.needs_reply and exists (
    select from (select * from message where lead_id = c.lead_id and direction = 'inbound' and not is_automatic and id <> %(message)s
                 order by sent_at desc, id desc limit 1) asked where not {ANSWERED.format(reply="asked")}) as asks,
  c.has_draft as has_draft,
  exists (select from outbound_message o where o.lead_id = c.lead_id and o.status in ('waiting', 'sending', 'checking')
          and o.not_before < %(until)s) as leaves
from conversation c join workspace_settings s on s.workspace_id = c.workspace_id where c.lead_id = %(lead)s
"""
# The last word on being out of sight, when it is a person's and nobody but machines wrote since.
_SNOOZED_BY_PERSON = """
select data->>'detail' as until from audit_event e
where e.lead_id = %(lead)s and e.workspace_id = %(workspace)s and e.kind = 'inbox.changed' and e.actor_kind in ('user', 'token')
  and e.data->>'change' = 'snoozed'
  and not exists (select from audit_event later where later.lead_id = e.lead_id and later.id > e.id
                  and (later.kind = 'inbox.changed' and later.data->>'change' in ('snoozed', 'woke', 'done', 'reopened')
                       or later.kind = 'inbox.undone' and later.data->>'act' in ('snooze', 'back')))
  and not exists (select from message m where m.lead_id = e.lead_id and m.direction = 'inbound' and not m.is_automatic
                  and m.id <> %(message)s and m.created_at > e.created_at)
"""
_ZONE = "select timezone from workspace_settings where workspace_id = %(workspace)s"


def wakes_at(returns_on: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Nine in the morning of the first working day after the day of return; None for a day that is not ahead, or too far. Pure."""
    today = now.astimezone(zone).date()
    if not today < returns_on <= today + LONGEST:
        return None
    day = returns_on + timedelta(days=1)
    while day.weekday() >= _WEEKEND:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def snooze_while_away(tx: Tx, scope: Scope, lead_id: UUID, *, message_id: UUID, returns_on: date) -> bool:
    """Snooze until they had a day to settle in, unless something else is due or a person said otherwise; says whether it did.

    A person's own snooze that the absence note ended by coming in is put back. Either way the day is remembered. Raises NotFound.
    """
    conversation = locked(tx, scope, lead_id)
    conversation.returns_on = returns_on
    tx.flush()
    ids = {"lead": lead_id, "message": message_id, "workspace": scope.workspace_id}
    zone = ZoneInfo(fetch_one(tx, _ZONE, ids)["timezone"])
    until = wakes_at(returns_on, zone, clock.now())
    chosen = _chosen_by_person(tx, ids)
    if conversation.done_at is not None or until is None or chosen and conversation.snoozed_until is not None:
        return False
    due = fetch_one(tx, _DUE, ids | {"until": until})
    if due["asks"] or due["has_draft"] or due["leaves"]:
        return False
    if chosen:
        snooze(tx, scope, lead_id, until=chosen, reason="as it was; only an absence note came in")
    elif conversation.snoozed_until != until:
        snooze(tx, scope, lead_id, until=until, reason=_back_on(returns_on))
    return True


def snooze_until_back(tx: Tx, scope: Scope, *lead_ids: UUID) -> None:
    """Snooze conversations until their leads are back from where they are. Raises Invalid when none of them named a day ahead."""
    zone = ZoneInfo(fetch_one(tx, _ZONE, {"workspace": scope.workspace_id})["timezone"])
    named = [(each.lead_id, each.returns_on, wakes_at(each.returns_on, zone, clock.now()))
             for each in locked_all(tx, scope, lead_ids) if each.returns_on]
    ahead = [each for each in named if each[2]]
    if not ahead:
        raise Invalid("Nobody here has said when they are back.")
    for lead_id, day, until in ahead:
        snooze(tx, scope, lead_id, until=until, reason=_back_on(day))


def _back_on(day: date) -> str:
    return f"they are back on {day:%a} {day.day} {day:%b %Y}"


def _chosen_by_person(tx: Tx, ids: dict) -> datetime | None:
    row = fetch_one(tx, _SNOOZED_BY_PERSON, ids)
    until = datetime.fromisoformat(row["until"]) if row and row["until"] else None
    return until if until and until > clock.now() else None
