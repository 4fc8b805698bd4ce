"""What does the client company say of itself, and what does it ask its leads?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import WorkspaceSettings
from zrg_app.services import events
from zrg_app.services.knowledge.typed import Typed
from zrg_app.services.knowledge.views import CompanyView, QuestionView

MOST_QUESTIONS = 20
_QUESTION = Typed("The question", 300)
_COMPANY = """
select coalesce(s.company_name, w.name) as name, s.target_result, s.service_description, s.ai_goals as goals,
       s.ideal_customer_profile, s.qualification_questions, s.booking_link, s.email_opt_out_line, s.sms_opt_out_line,
       s.timezone as zone
from workspace_settings s join workspace w on w.id = s.workspace_id where s.workspace_id = %(workspace)s
"""


def company(tx: Tx, scope: Scope) -> CompanyView:
    """The texts of the workspace that every draft may draw on."""
    row = fetch_one(tx, _COMPANY, {"workspace": scope.workspace_id}) or {}
    asked = tuple((str(one.get("question", "")), bool(one.get("required"))) for one in row.pop("qualification_questions", None) or ())
    return CompanyView(questions=asked, **{name: value or "" for name, value in row.items()})


def questions(tx: Tx, scope: Scope) -> tuple[QuestionView, ...]:
    """The qualification questions, in the order they are asked."""
    row = tx.get(WorkspaceSettings, scope.workspace_id)
    return _views(row.qualification_questions) if row else ()


def add_question(tx: Tx, scope: Scope, question: object, *, required: bool = False) -> tuple[QuestionView, ...]:
    """Ask one more thing, last. Raises Invalid for an empty question, Conflict for one that is asked already."""
    words = " ".join(_QUESTION.read(question).split())
    row = _locked(tx, scope)
    if not words:
        raise Invalid("Write the question first.")
    if len(row.qualification_questions) >= MOST_QUESTIONS:
        raise Conflict(f"{MOST_QUESTIONS} questions are enough; remove one first.")
    if any(words.casefold() == str(one.get("question", "")).casefold() for one in row.qualification_questions):
        raise Conflict("This is asked already.")
    return _keep(tx, scope, row, [*row.qualification_questions, {"id": str(ids.new_id()), "question": words, "required": required}])


def change_question(tx: Tx, scope: Scope, question_id: UUID, *, question: object = None,
                    required: bool | None = None) -> tuple[QuestionView, ...]:
    """Ask it in other words, or make it required or not. Raises NotFound, Invalid."""
    row = _locked(tx, scope)
    words = " ".join(_QUESTION.read(question).split()) if question is not None else None
    if words == "":
        raise Invalid("A question needs words; remove it instead.")
    place = _place(row, question_id)
    changed = dict(row.qualification_questions[place])
    changed |= {"question": words} if words is not None else {}
    changed |= {"required": required} if required is not None else {}
    return _keep(tx, scope, row, [*row.qualification_questions[:place], changed, *row.qualification_questions[place + 1:]])


def move_question(tx: Tx, scope: Scope, question_id: UUID, *, up: bool) -> tuple[QuestionView, ...]:
    """Ask it one place earlier or later. Raises NotFound."""
    row = _locked(tx, scope)
    asked = list(row.qualification_questions)
    place = _place(row, question_id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(asked):
        asked[place], asked[other] = asked[other], asked[place]
    return _keep(tx, scope, row, asked)


def remove_question(tx: Tx, scope: Scope, question_id: UUID) -> tuple[QuestionView, ...]:
    """Do not ask it any more."""
    row = _locked(tx, scope)
    return _keep(tx, scope, row, [one for one in row.qualification_questions if one.get("id") != str(question_id)])


def _locked(tx: Tx, scope: Scope) -> WorkspaceSettings:
    row = tx.scalar(select(WorkspaceSettings).where(WorkspaceSettings.workspace_id == scope.workspace_id).with_for_update()
                    .execution_options(populate_existing=True))
    if row is None:
        raise NotFound("This workspace is not there.")
    return row


def _place(row: WorkspaceSettings, question_id: UUID) -> int:
    found = next((place for place, one in enumerate(row.qualification_questions) if one.get("id") == str(question_id)), None)
    if found is None:
        raise NotFound("This question is not asked any more.")
    return found


def _keep(tx: Tx, scope: Scope, row: WorkspaceSettings, asked: Sequence[dict]) -> tuple[QuestionView, ...]:
    if list(asked) != row.qualification_questions:
        row.qualification_questions, row.updated_at = list(asked), clock.now()
        tx.flush()
        events.record(tx, scope, events.KnowledgeChanged(change="questions_changed", detail=f"{len(asked)} questions"))
    return _views(asked)


def _views(asked: Sequence[dict]) -> tuple[QuestionView, ...]:
    return tuple(QuestionView(id=str(one.get("id", "")), question=str(one.get("question", "")), required=bool(one.get("required")))
                 for one in asked)
