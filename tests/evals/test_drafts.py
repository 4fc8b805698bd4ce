"""The drafts of the fixed situations pass their checks with the sandbox's model; the judge is asked only where a real one is."""

from evals import drafts
from evals.stage import has_real_model
from zrg_app.kit.scope import Scope


def test_every_draft_of_the_fixed_situations_is_fit_to_send(client: Scope) -> None:
    found = drafts.run(client)
    assert len(found) >= 20
    assert {row["id"]: row["faults"] for row in found if row["faults"]} == {}
    assert drafts._judged(client, found) == "The judge was skipped: it needs a real model (OPENAI_API_KEY, and no sandbox)."


def test_the_judge_answers_with_a_score(client: Scope) -> None:
    assert not has_real_model()
    said = drafts.judge(client, drafts.SITUATIONS[0], "Hi Dana,\n\nGood question. Shall we talk?")
    assert 0 <= said["score"] <= 1
    assert isinstance(said["problems"], list)


def test_a_draft_that_says_what_it_must_not_is_told() -> None:
    priced = drafts.SITUATIONS[0]
    outcome = drafts.Outcome(label="Information Requested", draft="It is $900 a month.", checks=("It names a price nobody gave",))
    assert drafts.faults_of(priced, outcome) == ("It names a price nobody gave", "It says “$9”.")
    assert drafts.faults_of(priced, drafts.Outcome(label="Interested")) == ("There is no draft.",)
