"""Whatever is known of a draft and whatever the rules: does it leave by itself only when nothing at all speaks against it?"""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.models.ai_vocabulary import AutoSendAction, AutoSendMode
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services.autosend import Facts, Judgement, Review, Rules, Send, Skip, decide
from zrg_app.services.autosend.policy import INVARIANTS, REASONS, SENTENCES, hard_blocks
from zrg_app.services.autosend.records import facts_kept, facts_read, rules_kept, rules_read
from zrg_app.services.autosend.schedule import Schedule, why_closed

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
exhaustive = settings(max_examples=1500, deadline=None, derandomize=True, database=None)

confidences = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.009, 0.01, 0.89, 0.9, 0.91, 1.0, 1.5, -1.0, math.nan, math.inf]))
judgements = st.one_of(st.none(), st.builds(Judgement, confidence=confidences, is_safe=st.booleans(), needs_human=st.booleans()))
# Most examples would stumble over some flag; each is true now and then only, so that many get as far as the model's word.
rarely = st.sampled_from([False] * 9 + [True])
facts = st.builds(
    Facts, seed=st.uuids().map(str), received_at=st.integers(0, 10_000).map(lambda ago: NOW - timedelta(seconds=ago)), now=st.just(NOW),
    channel=st.sampled_from(["email", "sms", "linkedin"]), label=st.sampled_from([str(one) for one in Sentiment]),
    body=st.sampled_from(["Tuesday works.", "Tuesday works.", "Tuesday works.", "", "   "]), judged=judgements,
    failure=st.sampled_from(["", "", "", "", "The model is down."]), model_available=rarely.map(lambda no: not no), own_calendar=rarely,
    wants_call=rarely, has_phone=st.booleans(), asked_to_stop=rarely, is_automatic=rarely, blacklisted=rarely, opted_out=rarely,
    sms_dnd=rarely, overseer_unmet=rarely, mistakes=st.sampled_from([(), (), (), ("It is empty",)]),
    matters=st.sampled_from([(), (), (), ("law",)]),
    violations=st.one_of(st.just(()), st.just(()), st.lists(st.sampled_from(sorted(INVARIANTS)), unique=True, max_size=3).map(tuple)))
schedules = st.one_of(st.just(Schedule()), st.just(Schedule(mode="BUSINESS_HOURS")), st.just(Schedule(mode="CUSTOM", days=(5, 6))),
                      st.just(Schedule(ranges=(("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")))))
rules = st.builds(
    Rules, mode=st.sampled_from([AutoSendMode.AI_AUTO_SEND] * 4 + [AutoSendMode.LEGACY_AUTO_REPLY] * 2 + [AutoSendMode.DISABLED]),
    killed=rarely, threshold=st.sampled_from([0.5, 0.9, 1.0]), skips_review=st.booleans(), schedule=schedules,
    delay=st.sampled_from([(180, 420), (0, 0), (60, 60)]), must_earn=st.booleans(),
    earned=st.sampled_from([(), ("Interested", "Meeting Requested", "Information Requested", "Follow Up", "Neutral", "New")]))

# For each fact: a value that is worse than its safe one.
WORSE = {"judged": None, "failure": "It is down.", "model_available": False, "own_calendar": True, "wants_call": True, "body": " ",
         "asked_to_stop": True, "is_automatic": True, "blacklisted": True, "opted_out": True, "overseer_unmet": True,
         "mistakes": ("It is empty",), "violations": ("slot_mismatch",), "matters": ("law",), "label": "Blacklist"}


@exhaustive
@given(facts, rules)
def test_a_draft_leaves_only_when_no_reason_to_hold_it_holds(known: Facts, under: Rules) -> None:
    decision = decide(known, under)
    if not isinstance(decision, Send):
        assert decision.reasons and set(decision.reasons) <= set(SENTENCES)
        return
    holding = [reason.code for reason in REASONS if reason.holds(known, under)]
    assert set(holding) <= {"not_safe", "needs_human"} and (not holding or under.skips_review)
    assert not under.killed and under.mode is not AutoSendMode.DISABLED
    assert known.judged and 0.01 <= known.judged.confidence <= 1 and known.judged.is_safe != known.judged.needs_human
    assert under.mode is AutoSendMode.LEGACY_AUTO_REPLY or known.judged.confidence >= under.threshold
    assert not hard_blocks(known, under)


@exhaustive
@given(facts, rules)
def test_the_kill_switch_skips_everything(known: Facts, under: Rules) -> None:
    decision = decide(known, replace(under, killed=True))
    assert isinstance(decision, Skip) and decision.reasons[0] == "globally_disabled_via_env"


@exhaustive
@given(facts, rules, st.sampled_from(sorted(WORSE)))
def test_a_worse_fact_never_lets_anything_leave(known: Facts, under: Rules, name: str) -> None:
    assert not isinstance(decide(replace(known, **{name: WORSE[name]}), under), Send)


@exhaustive
@given(facts, rules, st.floats(0, 1), st.booleans())
def test_stricter_rules_never_let_more_leave(known: Facts, under: Rules, higher: float, must: bool) -> None:
    stricter = replace(under, threshold=max(under.threshold, higher), must_earn=under.must_earn or must, skips_review=False)
    if isinstance(decide(known, stricter), Send):
        assert isinstance(decide(known, under), Send)


@exhaustive
@given(facts, rules)
def test_what_leaves_leaves_in_an_open_hour_and_never_before_now(known: Facts, under: Rules) -> None:
    decision = decide(known, under)
    if isinstance(decision, Send):
        assert decision.at >= NOW and not why_closed(under.schedule, decision.at, under.zone)
        assert decision.action == (AutoSendAction.SEND_DELAYED if decision.at > NOW else AutoSendAction.SEND_IMMEDIATE)


@exhaustive
@given(facts, rules)
def test_a_decision_kept_and_read_again_is_the_same_decision(known: Facts, under: Rules) -> None:
    if known.judged and math.isfinite(known.judged.confidence) or known.judged is None:
        assert decide(facts_read(facts_kept(known)), rules_read(rules_kept(under))) == decide(known, under)


def test_all_three_endings_are_reached() -> None:
    sure = Judgement(confidence=0.95, is_safe=True, needs_human=False)
    known = Facts(seed="1", received_at=NOW, now=NOW, channel="email", label="Interested", body="Tuesday works.", judged=sure)
    under = Rules(mode=AutoSendMode.AI_AUTO_SEND)
    assert isinstance(decide(known, under), Send)
    assert decide(replace(known, judged=replace(sure, confidence=0.5)), under) == Review(reasons=("below_threshold",))
    assert decide(known, Rules(mode=AutoSendMode.DISABLED)) == Skip(reasons=("auto_send_off",))
