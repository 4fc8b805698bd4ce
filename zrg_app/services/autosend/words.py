"""In which words are decisions and schedules told to people? One table, so that the composer and the audit say the same. Pure."""

from zrg_app.models.ai_vocabulary import AutoSendAction
from zrg_app.services.autosend import lastlook, policy
from zrg_app.services.autosend.schedule import ALWAYS, BUSINESS_HOURS, Schedule

ACTIONS: dict[str, str] = {
    AutoSendAction.SEND_IMMEDIATE: "AI sends it now", AutoSendAction.SEND_DELAYED: "AI sends it by itself",
    AutoSendAction.NEEDS_REVIEW: "A person decides", AutoSendAction.SKIP: "Left to people", AutoSendAction.ERROR: "Not decided"}
SHADOW: dict[str, str] = {
    AutoSendAction.SEND_IMMEDIATE: "AI would have sent it", AutoSendAction.SEND_DELAYED: "AI would have sent it",
    AutoSendAction.NEEDS_REVIEW: "AI would have asked", AutoSendAction.SKIP: "AI would have left it"}
OUTCOMES: dict[str, str] = {
    "sent": "Sent by AI", "approved": "Sent unchanged by a person", "edited": "Changed by a person", "rejected": "Discarded by a person",
    "overtaken": "Overtaken", "held": "Held back", "failed": "Could not be sent"}
CAUSES: dict[str, str] = {
    "held_by_person": "Somebody held it back.", "undone": "Somebody took it back before it left.", "sent_by_person": "", "own_words":
    "Somebody answered in their own words.", "rewritten": "Somebody had it written again.", "newer_reply": "The lead wrote again."}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def action_words(action: str, *, is_shadow: bool) -> str:
    """What was decided, in a few words."""
    return (SHADOW if is_shadow else ACTIONS).get(action, action.replace("_", " "))


def outcome_words(outcome: str | None, reason: str | None) -> str:
    """What became of a decision; empty while nothing did."""
    if not outcome:
        return ""
    cause = cause_words(reason)
    return f"{OUTCOMES.get(outcome, outcome)}{': ' + cause if cause and outcome in ('held', 'failed', 'edited') else ''}"


def cause_words(code: str | None) -> str:
    """Why something was held, from its code; a sentence that is none stands for itself."""
    known = CAUSES | lastlook.SENTENCES | policy.SENTENCES
    return known.get(code or "", (code or "").replace("_", " "))


def sure_words(confidence: float | None, threshold: float | None) -> str:
    """How sure the evaluator was beside how sure it has to be, "0.93 of 0.90 needed"; empty when it was not asked.

    What fell just short is told finely enough that it does not read as reached.
    """
    if confidence is None or threshold is None:
        return ""
    fine = next((digits for digits in (2, 3, 4) if confidence >= threshold or round(confidence, digits) < threshold), 5)
    needed = f"{threshold:.2f}" if round(threshold, 2) == threshold else f"{threshold:g}"
    return f"{confidence:.{fine}f} of {needed} needed"


def schedule_words(schedule: Schedule) -> str:
    """A schedule in a few words."""
    free = ", holidays free" if schedule.takes_holidays or schedule.dates or schedule.ranges else ""
    if schedule.mode == ALWAYS:
        return f"Always{free}"
    if schedule.mode == BUSINESS_HOURS:
        return f"Business hours{free}"
    return f"{' '.join(DAYS[day] for day in schedule.days)} {schedule.start}–{schedule.end}{free}"
