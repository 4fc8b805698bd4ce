"""May a draft leave without a person? Mode, judgement, decision with its reasons, delay, the last look, and review in Slack."""

from zrg_app.services.autosend import learning, slack_answering, slack_asking, slack_updating
from zrg_app.services.autosend.assessing import Assessment, assess
from zrg_app.services.autosend.considering import consider, want
from zrg_app.services.autosend.facts import Facts, Judgement, Rules, Standing
from zrg_app.services.autosend.flows import send, sweep
from zrg_app.services.autosend.holding import hold_back, let_ai_answer
from zrg_app.services.autosend.policy import Review, Send, Skip, decide, sentences
from zrg_app.services.autosend.queries import note_of
from zrg_app.services.autosend.rules import rules_for
from zrg_app.services.autosend.slack_reviewers import Reviewer

__all__ = [
    "Assessment", "Facts", "Judgement", "Review", "Reviewer", "Rules", "Send", "Skip", "Standing", "assess", "consider", "decide",
    "hold_back", "learning", "let_ai_answer", "note_of", "rules_for", "send", "sentences", "slack_answering", "slack_asking",
    "slack_updating", "sweep", "want",
]
