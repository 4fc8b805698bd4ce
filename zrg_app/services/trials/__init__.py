"""What would happen if? Playground, preview, replay, impact report and drill: the pipeline run without sending anything."""

from zrg_app.services.trials.actions import drill, measure, play, preview, replay, stop
from zrg_app.services.trials.budget import estimate
from zrg_app.services.trials.cases import Case, Overrides
from zrg_app.services.trials.impact import first_stage
from zrg_app.services.trials.queries import (
    alarm,
    campaigns,
    case_text,
    comparison,
    drills,
    leads,
    one,
    original,
    outcome_of,
    personas,
    recent,
    report,
)
from zrg_app.services.trials.running import run_trial
from zrg_app.services.trials.views import (
    ChoiceView,
    ComparisonView,
    DrillView,
    ImpactView,
    OutcomeView,
    StepView,
    TrialView,
)

__all__ = [
    "Case", "ChoiceView", "ComparisonView", "DrillView", "ImpactView", "OutcomeView", "Overrides", "StepView", "TrialView", "alarm",
    "campaigns", "case_text", "comparison", "drill", "drills", "estimate", "first_stage", "leads", "measure", "one", "original",
    "outcome_of", "personas", "play", "preview", "recent", "replay", "report", "run_trial", "stop"]
