"""Which tries were there, and what came of them?"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.ai_vocabulary import TrialKind, TrialStatus
from zrg_app.services import knowledge
from zrg_app.services.drafting.checks import CHECKS
from zrg_app.services.trials import outcome
from zrg_app.services.trials.cases import case_from
from zrg_app.services.trials.comparing import word_diff
from zrg_app.services.trials.outcome import differences, money, to_document, view_of
from zrg_app.services.trials.records import record_of
from zrg_app.services.trials.views import (
    ChoiceView,
    ComparisonView,
    DrillRow,
    DrillView,
    FlipView,
    ImpactView,
    OutcomeView,
    TrialView,
)

# A long try has hundreds of rows; a list needs none of them.
_COLUMNS = """
select t.id, t.kind, t.status, t.asked, t.result - 'rows' - 'items' as result, t.done, t.total, t.error, t.created_at,
       coalesce(u.name, '') as who
from ai_trial t left join app_user u on u.id = t.created_by where t.workspace_id = %(workspace)s
"""
_RECENT = _COLUMNS + " and t.kind = any(%(kinds)s) order by t.created_at desc, t.id desc limit %(limit)s"
_ONE = _COLUMNS + " and t.id = %(id)s"
_WHOLE = "select kind, asked, result from ai_trial where workspace_id = %(workspace)s and id = %(id)s"
_LEADS = """
select c.lead_id as id, trim(l.first_name || ' ' || l.last_name) as name, l.company, c.snippet from conversation c
join lead l on l.id = c.lead_id
where c.workspace_id = %(workspace)s and c.last_inbound_at is not null order by c.last_inbound_at desc limit 30
"""
_CAMPAIGNS = "select id, name from campaign where workspace_id = %(workspace)s order by name limit 200"
MOST_FLIPS = 60
GONE = "This try is not here (any more)."


def recent(tx: Tx, scope: Scope, *kinds: TrialKind, limit: int = 20) -> tuple[TrialView, ...]:
    """The last tries of these kinds, newest first."""
    rows = fetch_all(tx, _RECENT, {"workspace": scope.workspace_id, "kinds": [str(kind) for kind in kinds], "limit": limit})
    return tuple(_listed(row) for row in rows)


def one(tx: Tx, scope: Scope, trial_id: UUID) -> TrialView:
    """A try as a list shows it. Raises NotFound."""
    row = fetch_one(tx, _ONE, {"workspace": scope.workspace_id, "id": trial_id})
    if row is None:
        raise NotFound(GONE)
    return _listed(row)


def case_text(tx: Tx, scope: Scope, trial_id: UUID) -> tuple[str, str]:
    """What was pasted into the playground and its channel, to be tried again. Raises NotFound."""
    case = case_from(_row(tx, scope, trial_id)["asked"].get("case"))
    return case.text, case.channel


def outcome_of(tx: Tx, scope: Scope, trial_id: UUID) -> OutcomeView | None:
    """What the playground made of a message; None while it is under way. Raises NotFound."""
    told = _row(tx, scope, trial_id)["result"].get("outcome")
    return view_of(told, _checks()) if told else None


def comparison(tx: Tx, scope: Scope, trial_id: UUID) -> ComparisonView | None:
    """Both sides of a replay or preview; None while it is under way. Raises NotFound."""
    row = _row(tx, scope, trial_id)
    told = row["result"]
    return _compared(row["kind"], told) if told.get("after") else None


def original(tx: Tx, scope: Scope, *, decision_id: UUID | None = None, draft_id: UUID | None = None) -> ComparisonView:
    """A decision or draft as it was, before it is replayed. Raises NotFound."""
    found = record_of(tx, scope, decision_id=decision_id, draft_id=draft_id)
    if found is None:
        raise NotFound("This decision is not here (any more).")
    return ComparisonView(title=f"Reply of {found.name}", before=view_of(to_document(found.outcome()), _checks()),
                          lead_id=str(found.lead_id), draft_id=str(found.draft_id or ""), message_id=str(found.message_id))


def report(tx: Tx, scope: Scope, trial_id: UUID) -> ImpactView:
    """What a change would have done, as far as it is known. Raises NotFound."""
    rows = _row(tx, scope, trial_id)["result"].get("rows") or ()
    done = [row for row in rows if not row.get("failure")]
    changed = [row for row in done if row.get("flips") or row.get("appears") or row.get("vanishes")]
    return ImpactView(
        replies=len(rows), flipped=sum(bool(row["flips"]) for row in done), appeared=sum(bool(row["appears"]) for row in done),
        vanished=sum(bool(row["vanishes"]) for row in done), failed=len(rows) - len(done),
        cents=money(sum(float(row.get("cost") or 0) for row in done)), rows=tuple(_flip(row) for row in changed[:MOST_FLIPS]))


def drills(tx: Tx, scope: Scope, *, limit: int = 14) -> tuple[DrillView, ...]:
    """The last drills that came to an end, newest first; the newest with its faults."""
    rows = fetch_all(tx, _RECENT, {"workspace": scope.workspace_id, "kinds": [str(TrialKind.DRILL)], "limit": limit * 2})
    ended = [row for row in rows if row["result"].get("score")][:limit]
    newest = _row(tx, scope, ended[0]["id"])["result"].get("rows") or () if ended else ()
    return tuple(_drill(row, newest if number == 0 else ()) for number, row in enumerate(ended))


def alarm(tx: Tx, scope: Scope) -> str:
    """The sentence for every AI page while the last drill found a wrong send; empty when none did."""
    found = drills(tx, scope, limit=1)
    if not found or not found[0].wrong:
        return ""
    answers = "answer" if found[0].wrong == 1 else "answers"
    return f"The last drill would have sent {found[0].wrong} wrong {answers} without a person. See Trials before auto-send goes on."


def leads(tx: Tx, scope: Scope) -> tuple[ChoiceView, ...]:
    """The leads who wrote last, to try something on."""
    rows = fetch_all(tx, _LEADS, {"workspace": scope.workspace_id})
    return tuple(ChoiceView(id=str(row["id"]), word=f"{row['name'] or 'Unknown'}{', ' + row['company'] if row['company'] else ''}: "
                                                    f"{row['snippet'][:60]}") for row in rows)


def campaigns(tx: Tx, scope: Scope) -> tuple[ChoiceView, ...]:
    """The campaigns a pasted message can be taken to belong to."""
    return tuple(ChoiceView(id=str(row["id"]), word=row["name"]) for row in fetch_all(tx, _CAMPAIGNS, {"workspace": scope.workspace_id}))


def personas(tx: Tx, scope: Scope) -> tuple[ChoiceView, ...]:
    """Who else could speak."""
    return tuple(ChoiceView(id=one.id, word=one.name) for one in knowledge.personas(tx, scope))


def _row(tx: Tx, scope: Scope, trial_id: UUID) -> dict[str, Any]:
    row = fetch_one(tx, _WHOLE, {"workspace": scope.workspace_id, "id": trial_id})
    if row is None:
        raise NotFound(GONE)
    return row


def _checks() -> tuple[str, ...]:
    return tuple(CHECKS)


def _compared(kind: str, told: Mapping[str, Any]) -> ComparisonView:
    before, after = told["before"], told["after"]
    title = f"Reply of {told['name']}" if told.get("name") else "Newest reply, saved and tried"
    return ComparisonView(
        title=title, before=view_of(before, _checks()), after=view_of(after, _checks()), changes=differences(before, after),
        pieces=word_diff(before.get("draft", ""), after.get("draft", "")), lead_id=told.get("lead_id", ""),
        draft_id=told.get("draft_id", ""), message_id=told.get("message_id", ""))


def _listed(row: Mapping[str, Any]) -> TrialView:
    return TrialView(
        id=str(row["id"]), kind=row["kind"], status=row["status"], told=_told(row), said=_said(row), who=row["who"] or "Timer",
        created_at=row["created_at"].isoformat(), done=row["done"], total=row["total"], error=row["error"] or "", tone=_tone(row))


def _told(row: Mapping[str, Any]) -> str:
    asked = row["asked"]
    if row["kind"] == TrialKind.PLAYGROUND:
        return " ".join(case_from(asked.get("case")).text.split())[:120]
    if row["kind"] == TrialKind.REPLAY:
        return f"Replay: {row['result'].get('name') or 'a decision'}"
    if row["kind"] == TrialKind.DRILL:
        return "Wrong-send drill"
    overrides = asked.get("overrides") or {}
    bar = overrides.get("threshold")
    what = ", ".join(overrides.get("prompts") or {}) or (f"threshold {bar:g}" if bar is not None else "values")
    return f"{'Preview' if row['kind'] == TrialKind.PREVIEW else 'Impact'} of {what}"


def _said(row: Mapping[str, Any]) -> str:
    result = row["result"]
    if row["kind"] == TrialKind.PLAYGROUND and result.get("outcome"):
        return f"{result['outcome']['label']}: {outcome.WORDS[result['outcome'].get('decision', '')]}"
    if row["kind"] == TrialKind.DRILL and result.get("score"):
        return f"{result['score']['wrong']} wrong of {result['score']['cases']}"
    if row["kind"] == TrialKind.IMPACT and result.get("sum"):
        total = result["sum"]
        return f"{total['flips']} labels flip, {total['appears']} sends appear, {total['vanishes']} vanish"
    if result.get("after"):
        changes = differences(result["before"], result["after"])
        return changes[0] if changes else "Nothing changes."
    return ""


def _tone(row: Mapping[str, Any]) -> str:
    if row["status"] == TrialStatus.FAILED or (row["kind"] == TrialKind.DRILL and (row["result"].get("score") or {}).get("wrong")):
        return "bad"
    return "good" if row["status"] == TrialStatus.DONE else "info"


def _flip(row: Mapping[str, Any]) -> FlipView:
    return FlipView(message_id=row["id"], lead_id=row["lead_id"], name=row["name"], snippet=row["snippet"],
                    before_label=row["before_label"], after_label=row["after_label"], why=row.get("why", ""),
                    before_action=outcome.WORDS[row["before_action"]], after_action=outcome.WORDS[row["after_action"]])


def _drill(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> DrillView:
    score, faulty = row["result"]["score"], [one for one in rows if one.get("faults")]
    return DrillView(
        id=str(row["id"]), created_at=row["created_at"].isoformat(), cases=score["cases"], wrong=score["wrong"], faults=score["faults"],
        sent_rightly=score["sent_rightly"], sendable=score["sendable"], cents=money(score.get("cost")),
        rows=tuple(DrillRow(id=one["id"], text=one["text"], fault=" ".join(one["faults"]), label=one["label"], action=one["action"],
                            draft=one.get("draft", "")) for one in faulty[:MOST_FLIPS]))
