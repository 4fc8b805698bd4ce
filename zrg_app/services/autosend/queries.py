"""How is auto-send set up, what did it decide of late, and what does another threshold cost? Read for the screens."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.reads import Read, answer
from zrg_app.kit.scope import Scope
from zrg_app.services.autosend import bill, earning, schedule, words
from zrg_app.services.autosend.deciding import SENDS
from zrg_app.services.autosend.views import CampaignView, ChoiceView, DecisionView, EarningView
from zrg_app.services.drafting.queries import CURRENT, current_from
from zrg_app.services.inbox.verdicts import AutoSendNote
from zrg_app.services.inbox.views import DraftView

BACK = timedelta(days=90)
LEAST_DAYS = 7.0

_CAMPAIGNS = """
select k.*, s.work_start_time, s.work_end_time, (select count(*) from lead l where l.campaign_id = k.id) as leads
from campaign k join workspace_settings s on s.workspace_id = k.workspace_id where k.workspace_id = %(workspace)s
order by (k.response_mode = 'AI_AUTO_SEND') desc, lower(k.name), k.id limit 500
"""
_PERSONAS = "select id, name from persona where workspace_id = %(workspace)s order by is_default desc, lower(name)"
_DECISIONS = """
select d.*, l.first_name, l.last_name, l.email, k.name as campaign from auto_send_decision d join lead l on l.id = d.lead_id
left join campaign k on k.id = d.campaign_id where d.workspace_id = %(workspace)s order by d.created_at desc, d.id desc limit %(limit)s
"""
_RECORDS = """
select coalesce(confidence, 0) as confidence, action <> 'skip' and confidence is not null
         and reasons <@ array['below_threshold', 'label_not_earned'] as clear,
       outcome in ('approved', 'edited', 'rejected') as judged, outcome in ('edited', 'rejected') as wrong, created_at
from auto_send_decision where workspace_id = %(workspace)s and created_at > %(since)s and (outcome is null or outcome <> 'overtaken')
"""
_RULES = """
select auto_send_earn_rate as rate, auto_send_earn_replies as replies, auto_send_schedule as schedule, work_start_time, work_end_time
from workspace_settings where workspace_id = %(workspace)s
"""
_OF_DRAFT = """
select d.* from auto_send_decision d join draft f on f.id = d.draft_id and f.generation = d.generation
where f.lead_id = %(lead)s and d.workspace_id = %(workspace)s and f.status = 'pending' and not d.is_shadow
order by d.created_at desc limit 1
"""
# A note is always about a draft that waits, so that one statement answers for both.
_DRAFT_AND_NOTE = f"select draft.*, (select to_jsonb(note) from ({_OF_DRAFT}) note) as note from ({CURRENT}) draft"


def campaigns(tx: Tx, scope: Scope) -> tuple[CampaignView, ...]:
    """The campaigns of the workspace, those that answer by themselves first."""
    return tuple(_campaign(row) for row in fetch_all(tx, _CAMPAIGNS, {"workspace": scope.workspace_id}))


def personas(tx: Tx, scope: Scope) -> tuple[ChoiceView, ...]:
    """Who could speak for a campaign."""
    rows = fetch_all(tx, _PERSONAS, {"workspace": scope.workspace_id})
    return tuple(ChoiceView(id=str(row["id"]), name=row["name"] or "Without a name") for row in rows)


def decisions(tx: Tx, scope: Scope, *, limit: int = 50) -> tuple[DecisionView, ...]:
    """The last decisions, newest first."""
    return tuple(_decision(row) for row in fetch_all(tx, _DECISIONS, {"workspace": scope.workspace_id, "limit": limit}))


def standings(tx: Tx, scope: Scope) -> tuple[EarningView, ...]:
    """How each label stands on its way to auto-send."""
    row = _rules(tx, scope)
    found = earning.standings(tx, scope, rate=row["rate"], replies=row["replies"], now=clock.now())
    return tuple(EarningView(label=one.label, rate=f"{one.rate:.0%}" if one.replies else "–", replies=one.replies, wanted=one.wanted,
                             bar=f"{one.bar:.0%}", earned=one.earned) for one in found)


def reckoned(tx: Tx, scope: Scope, *, now: datetime | None = None) -> bill.Bill:
    """The bill of every threshold from the last 90 days of this workspace."""
    at = now or clock.now()
    rows = fetch_all(tx, _RECORDS, {"workspace": scope.workspace_id, "since": at - BACK})
    first = min((row["created_at"] for row in rows), default=at)
    days = max(LEAST_DAYS, (at - first) / timedelta(days=1))
    return bill.reckon((bill.Record(confidence=row["confidence"], clear=bool(row["clear"]), judged=bool(row["judged"]),
                                    wrong=bool(row["wrong"])) for row in rows), days=days)


def schedule_of(tx: Tx, scope: Scope) -> schedule.Schedule:
    """The workspace's own schedule."""
    row = _rules(tx, scope)
    return schedule.read(row["schedule"], hours=(row["work_start_time"], row["work_end_time"]))


def campaign_schedule(tx: Tx, scope: Scope, campaign_id: UUID) -> schedule.Schedule:
    """A campaign's own hours, or the usual ones to begin with. Raises NotFound."""
    row = fetch_one(tx, "select auto_send_schedule as schedule from campaign where id = %(campaign)s and workspace_id = %(workspace)s",
                    {"campaign": campaign_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This campaign is not here (any more).")
    return schedule.read(row["schedule"])


def note_of(tx: Tx, scope: Scope, lead_id: UUID) -> AutoSendNote | None:
    """What auto-send says of the draft that waits for a lead, in the words of the record; None where it said nothing."""
    return answer(tx, draft_and_note_read(scope, lead_id))[1]


def draft_and_note_read(scope: Scope, lead_id: UUID) -> Read[tuple[DraftView | None, AutoSendNote | None]]:
    """The draft to show for a lead and what auto-send says of it, to be asked together with other things."""
    return Read(_DRAFT_AND_NOTE, {"lead": lead_id, "workspace": scope.workspace_id}, _draft_and_note)


def _draft_and_note(rows: list[dict[str, Any]]) -> tuple[DraftView | None, AutoSendNote | None]:
    return (current_from(rows[0]), _note(rows[0]["note"]) if rows[0]["note"] else None) if rows else (None, None)


def _note(row: dict[str, Any]) -> AutoSendNote:
    waits = row["action"] in SENDS and row["outcome"] is None and row["due_at"] is not None
    held = "" if waits else words.outcome_words(row["outcome"], row["outcome_reason"])
    return AutoSendNote(
        draft_id=row["draft_id"], waits=waits, leaves_at=datetime.fromisoformat(row["due_at"]).isoformat() if waits else "",
        words=held or words.action_words(row["action"], is_shadow=False), reason=row["reason"] or "",
        sure=words.sure_words(*(None if row[name] is None else float(row[name]) for name in ("confidence", "threshold"))))


def _rules(tx: Tx, scope: Scope) -> dict[str, Any]:
    row = fetch_one(tx, _RULES, {"workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This workspace is not there.")
    return row


def _campaign(row: dict[str, Any]) -> CampaignView:
    own = row["auto_send_schedule"]
    read = schedule.read(own, hours=(row["work_start_time"], row["work_end_time"])) if own is not None else None
    skips = row["auto_send_skip_review"]
    return CampaignView(
        id=str(row["id"]), name=row["name"] or row["external_id"], provider=row["provider"], leads=row["leads"],
        response_mode=row["response_mode"], threshold=f"{row['auto_send_threshold']:g}", delay_min=str(row["auto_send_delay_min_seconds"]),
        delay_max=str(row["auto_send_delay_max_seconds"]), skip_review="" if skips is None else "yes" if skips else "no",
        schedule=read.mode if read else "", schedule_words=words.schedule_words(read) if read else "As the workspace",
        persona_id=str(row["persona_id"] or ""))


def _decision(row: dict[str, Any]) -> DecisionView:
    name = f"{row['first_name']} {row['last_name']}".strip() or row["email"] or "Unknown"
    return DecisionView(
        id=str(row["id"]), lead_id=str(row["lead_id"]), lead_name=name, draft_id=str(row["draft_id"]), campaign=row["campaign"] or "",
        label=row["sentiment"], channel=row["channel"], action=row["action"],
        action_words=words.action_words(row["action"], is_shadow=row["is_shadow"]), reason=row["reason"] or "",
        confidence="" if row["confidence"] is None else f"{row['confidence']:.2f}",
        threshold="" if row["threshold"] is None else f"{row['threshold']:.2f}", is_shadow=row["is_shadow"], outcome=row["outcome"] or "",
        outcome_words=words.outcome_words(row["outcome"], row["outcome_reason"]), at=row["created_at"].isoformat(),
        due_at=row["due_at"].isoformat() if row["due_at"] else "")
