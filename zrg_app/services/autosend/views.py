"""What may a screen see of auto-send? Plain frozen values."""

from dataclasses import dataclass

from zrg_app.services.autosend.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A campaign as the table shows it. `skip_review` is "", "yes" or "no" and `schedule` "" or a mode; "" means: as the workspace."""

    id: str
    name: str
    provider: str
    leads: int
    response_mode: str
    threshold: str
    delay_min: str
    delay_max: str
    skip_review: str
    schedule: str
    schedule_words: str
    persona_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """Something to choose in a list."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """One decision of the record, in words. `outcome` is what became of it, empty while nothing did."""

    id: str
    lead_id: str
    lead_name: str
    draft_id: str
    campaign: str
    label: str
    channel: str
    action: str
    action_words: str
    reason: str
    confidence: str
    threshold: str
    is_shadow: bool
    outcome: str
    outcome_words: str
    at: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningView:
    """How a label stands, in words for the table."""

    label: str
    rate: str
    replies: int
    wanted: int
    bar: str
    earned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleForm:
    """A schedule as a form shows it. `dates` are lines of dates or of ranges `first..last`; `inherits` is for campaigns."""

    mode: str = "ALWAYS"
    days: tuple[str, ...] = ()
    start: str = "09:00"
    end: str = "17:00"
    zone: str = ""
    takes_holidays: bool = False
    worked: str = ""
    dates: str = ""


def form_of(schedule: Schedule) -> ScheduleForm:
    """The form of a schedule."""
    ranges = [f"{first}..{last}" for first, last in schedule.ranges]
    return ScheduleForm(
        mode=schedule.mode, days=tuple(str(day) for day in schedule.days), start=schedule.start, end=schedule.end, zone=schedule.zone,
        takes_holidays=schedule.takes_holidays, worked="\n".join(schedule.worked), dates="\n".join([*schedule.dates, *ranges]))
