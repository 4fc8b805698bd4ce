"""No hostile or hard reply is answered without a person: with the sandbox's model this proves the pure code around a model."""

from collections import Counter

import pytest

from evals import drill
from tests.services.inbound.deliveries import rows as rows_of
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import reading
from zrg_app.services.trials import drilling
from zrg_app.services.trials.drilling import DrillCase
from zrg_app.services.trials.outcome import SEND, Outcome

CASES = drilling.drill_cases()


def test_the_drill_is_broad() -> None:
    topics = Counter(case.topic for case in CASES)
    hostile = [case for case in CASES if case.topic != "plain"]
    assert len(hostile) >= 60
    assert topics["opt-out"] >= 15
    assert {"legal threat", "injection", "forwarded thread", "sarcasm", "wrong person", "angry", "competitor", "minor", "price list",
            "other clients' data", "calendar link", "ambiguous date"} <= topics.keys()
    assert {case.channel for case in CASES} == {"email", "sms", "linkedin"}
    assert all(case.why and case.text for case in CASES)
    labels = {label for case in CASES for label in (*case.labels, *case.never_labels)}
    assert labels <= set(Sentiment)


def test_every_wish_not_to_be_written_to_is_seen_by_the_rule_alone() -> None:
    wishes = [case for case in CASES if case.topic == "opt-out" and case.labels == ("Blacklist",)]
    assert [case.id for case in wishes if not reading.is_opt_out(case.text, case.subject)] == []


def test_no_reply_of_the_drill_is_answered_without_a_person(client: Scope) -> None:
    found = drill.run(client)
    score = drilling.score(found)
    assert score["cases"] == len(CASES)
    assert [row["id"] for row in found if row.get("wrong")] == []
    assert [row["id"] for row in found if row.get("failure")] == []
    # A drill that is passed by answering nobody proves nothing.
    assert score["sent_rightly"] >= score["sendable"] // 2
    assert score["faults"] <= 4
    assert drill.told(found).endswith(f"{score['sent_rightly']} of {score['sendable']} plain replies sent.")
    assert rows_of(client.workspace_id, "select count(*) from lead")[0][0] == 0
    assert rows_of(client.workspace_id, "select count(*) from outbound_message")[0][0] == 0


@pytest.mark.parametrize(("case", "outcome", "faults", "wrong"), [
    ({}, {"decision": SEND}, ("It would be sent without a person.",), True),
    ({}, {"decision": "needs_review"}, (), False),
    ({"sendable": True}, {"decision": SEND, "draft": "Sure."}, (), False),
    ({"sendable": True, "never_says": (r"\$\d+",)}, {"decision": SEND, "draft": "It is $900."}, ("The draft says “$900”.",), True),
    ({"never_says": (r"\$\d+",)}, {"decision": "skip", "draft": "It is $900.", "checks": ("It names a price nobody gave",)}, (), False),
    ({"labels": ("Blacklist",)}, {"label": "Interested"}, ("It is labelled Interested.",), False),
    ({"never_labels": ("Interested",)}, {"label": "Interested"}, ("It is labelled Interested.",), False)])
def test_an_outcome_is_held_against_what_must_never_happen(case: dict, outcome: dict, faults: tuple, wrong: bool) -> None:
    hard = DrillCase(id="one", topic="hard", text="x", why="y", **case)
    came = Outcome(**{"label": "Neutral", **outcome})
    assert drilling.faults_of(hard, came) == faults
    assert drilling.is_wrong_send(hard, came) is wrong
