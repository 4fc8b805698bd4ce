"""May this draft leave without a person, and if not, why not? Pure: facts and rules in, a decision with its reasons out.

Three gates stand one behind the other (FACTS sections 8.1 and 25.3): what is not a machine's to answer is skipped, what a
machine might get wrong is reviewed, and only what nothing speaks against is sent.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from zrg_app.models.ai_vocabulary import AutoSendAction, AutoSendMode
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services.autosend.delay import leaves_at
from zrg_app.services.autosend.facts import Facts, Judgement, Rules
from zrg_app.services.autosend.matters import MATTERS
from zrg_app.services.autosend.schedule import next_open

LEAST_CONFIDENCE = 0.01
NEVER_AUTOMATIC = frozenset({Sentiment.AUTOMATED_REPLY})
INVARIANTS: dict[str, str] = {
    "empty_draft": "The draft is empty.",
    "slot_mismatch": "The draft names a time that is not free or was not offered.",
    "date_mismatch": "A weekday and a date in the draft do not fit together, or the date has passed.",
    "fabricated_link": "The draft names a link that is not ours.",
    "non_logistics_reply": "The lead only wants to settle a meeting, and the draft does not.",
}
INVARIANT = "post_ai_invariant_failed:"
MATTER = "matter:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a draft does not leave by itself: a stable code, a sentence for people, and when it holds.

    `skips` means that auto-send has nothing to do with this draft; else a person should look. A `hard` reason is never waived;
    the others are by a campaign that skips review.
    """

    code: str
    sentence: str
    holds: Callable[[Facts, Rules], bool]
    skips: bool = False
    hard: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """It leaves at `at`; `action` says whether that is now or later."""

    at: datetime
    action: AutoSendAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person decides; `reasons` are codes of REASONS, the first is the one to tell."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Auto-send leaves this alone; `reasons` are codes of REASONS."""

    reasons: tuple[str, ...]


def is_contradictory(judged: Judgement) -> bool:
    """Whether the evaluator says yes and no at once; that counts as no, and is never waived."""
    return judged.is_safe == judged.needs_human


def _judged(test: Callable[[Judgement, Rules], bool]) -> Callable[[Facts, Rules], bool]:
    return lambda facts, rules: facts.judged is not None and test(facts.judged, rules)


def _unusable(judged: Judgement, rules: Rules) -> bool:
    return not math.isfinite(judged.confidence) or not LEAST_CONFIDENCE <= judged.confidence <= 1


def _is_short_of(judged: Judgement, rules: Rules) -> bool:
    return rules.mode is AutoSendMode.AI_AUTO_SEND and not judged.confidence >= rules.threshold


def _skip(code: str, sentence: str, holds: Callable[[Facts, Rules], bool]) -> Reason:
    return Reason(code=code, sentence=sentence, holds=holds, skips=True)


def _hold(code: str, sentence: str, holds: Callable[[Facts, Rules], bool], *, hard: bool = True) -> Reason:
    return Reason(code=code, sentence=sentence, holds=holds, hard=hard)


def _invariant(code: str, sentence: str) -> Reason:
    return _hold(INVARIANT + code, sentence, lambda facts, rules: code in facts.violations)


def _matter(code: str, sentence: str) -> Reason:
    return _hold(MATTER + code, sentence, lambda facts, rules: code in facts.matters)


# In the order of FACTS section 8.1.
REASONS: tuple[Reason, ...] = (
    _skip("globally_disabled_via_env", "Auto-send is switched off for the whole installation.", lambda facts, rules: rules.killed),
    _skip("auto_send_off", "Nobody has switched auto-send on for this lead's campaign.",
          lambda facts, rules: rules.mode is AutoSendMode.DISABLED),
    _skip("missing_draft_content", "There is no text to send.", lambda facts, rules: not facts.body.strip()),
    _skip("external_scheduler_link_manual_only", "The lead sent a calendar of their own; a person books there.",
          lambda facts, rules: facts.own_calendar),
    _skip("call_requested_phone_on_file", "The lead wants to be called, and we have a number.",
          lambda facts, rules: facts.wants_call and facts.has_phone),
    _skip("call_requested_phone_missing", "The lead wants to be called, and we have no number.",
          lambda facts, rules: facts.wants_call and not facts.has_phone),
    _skip("call_requested_sentiment", "The lead wants to be called.",
          lambda facts, rules: facts.label == Sentiment.CALL_REQUESTED),
    _hold("blacklist", "This lead must not be contacted.",
          lambda facts, rules: facts.blacklisted or facts.label == Sentiment.BLACKLIST),
    _hold("opt_out", "The lead asked not to be written to.", lambda facts, rules: facts.opted_out or facts.asked_to_stop),
    _hold("automated_reply", "A machine wrote this reply.",
          lambda facts, rules: facts.is_automatic or facts.label in NEVER_AUTOMATIC),
    _hold("sms_dnd", "Do-not-disturb is on for SMS.", lambda facts, rules: facts.channel == "sms" and facts.sms_dnd),
    *(_matter(code, sentence) for code, sentence in MATTERS.items()),
    _hold("draft_checks_failed", "The draft fails a check of ours.", lambda facts, rules: bool(facts.mistakes)),
    _hold("label_not_earned", "This label has not earned auto-send yet.",
          lambda facts, rules: rules.must_earn and facts.label not in rules.earned),
    _hold("missing_openai_key", "No model is configured that could judge the draft.", lambda facts, rules: not facts.model_available),
    _hold("model_failed", "The models that judge a draft gave no usable answer.", lambda facts, rules: bool(facts.failure)),
    _hold("not_evaluated", "Nobody has judged this draft.", lambda facts, rules: facts.judged is None and not facts.failure),
    _hold("overseer_unmet", "The overseer wanted the draft changed, and the changed one did not pass our checks.",
          lambda facts, rules: facts.overseer_unmet),
    _hold("confidence_unusable", "The evaluator's confidence says nothing.", _judged(_unusable)),
    _hold("contradictory_judgement", "The evaluator contradicts itself.", _judged(lambda judged, rules: is_contradictory(judged))),
    _hold("below_threshold", "The evaluator is less sure than the campaign asks for.", _judged(_is_short_of)),
    _hold("not_safe", "The evaluator says it is not safe to send.", _judged(lambda judged, rules: not judged.is_safe), hard=False),
    _hold("needs_human", "The evaluator wants a person to look.", _judged(lambda judged, rules: judged.needs_human), hard=False),
    *(_invariant(code, sentence) for code, sentence in INVARIANTS.items()),
)
NO_WINDOW = _hold("no_open_window", "The schedule has no open hour in the next 90 days.",
                  lambda facts, rules: _moment(facts, rules) is None)
SENTENCES: dict[str, str] = {reason.code: reason.sentence for reason in (*REASONS, NO_WINDOW)}


def decide(facts: Facts, rules: Rules) -> Send | Review | Skip:
    """Skip or Review with every reason that holds, in order, or Send when none does."""
    skips, holds = reasons(facts, rules)
    if skips:
        return Skip(reasons=skips)
    at = _moment(facts, rules)
    if holds or at is None:
        return Review(reasons=holds or (NO_WINDOW.code,))
    later = at > facts.now
    return Send(at=at, action=AutoSendAction.SEND_DELAYED if later else AutoSendAction.SEND_IMMEDIATE)


def reasons(facts: Facts, rules: Rules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that hold: those that make it none of auto-send's business, and those that a person must look at."""
    holding = [reason for reason in REASONS if reason.holds(facts, rules) and not _is_waived(reason, rules)]
    return (tuple(one.code for one in holding if one.skips), tuple(one.code for one in holding if not one.skips))


def hard_blocks(facts: Facts, rules: Rules) -> tuple[str, ...]:
    """What already speaks against sending before any model is asked: then none need be."""
    unjudged = {"not_evaluated", "model_failed", "label_not_earned"}
    return tuple(reason.code for reason in REASONS if reason.hard and reason.code not in unjudged and reason.holds(facts, rules))


def sentences(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes in words for people; a code of an older version stands for itself."""
    return tuple(SENTENCES.get(code, code.replace("_", " ")) for code in codes)


def _is_waived(reason: Reason, rules: Rules) -> bool:
    return not reason.hard and rules.skips_review and rules.mode is AutoSendMode.AI_AUTO_SEND


def _moment(facts: Facts, rules: Rules) -> datetime | None:
    if rules.mode is AutoSendMode.LEGACY_AUTO_REPLY:
        least, most = 0, 0
    else:
        least, most = rules.delay
    at = leaves_at(facts.seed, facts.received_at, facts.now, least=least, most=most)
    return next_open(rules.schedule, at, rules.zone)
