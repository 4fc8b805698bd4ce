"""May a draft leave without a person? Mode, judgement, decision with its reasons, delay, the last look, and review in Slack."""

from zrg_app.services.autosend import slack_answering, slack_asking, slack_updating
from zrg_app.services.autosend.slack_reviewers import Reviewer

__all__ = ["Reviewer", "slack_answering", "slack_asking", "slack_updating"]
