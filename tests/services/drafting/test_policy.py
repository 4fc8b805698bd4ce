"""Who gets a draft, and why not."""

from hypothesis import given
from hypothesis import strategies as st

from zrg_app.models.vocabulary import LeadStatus, Sentiment
from zrg_app.services.drafting.policy import Facts, reasons_against
from zrg_app.services.sentiment.policy import DRAFTED

FACTS = st.builds(
    Facts, sentiment=st.sampled_from(Sentiment), status=st.sampled_from(LeadStatus), enabled=st.booleans(),
    is_newest_inbound=st.booleans(), waits_for_answer=st.booleans(),
    from_address=st.sampled_from(["dana@northwind.example", "mailer-daemon@mx.example"]),
    asked_for=st.booleans())


@given(FACTS)
def test_a_blacklisted_lead_never_gets_a_draft(facts: Facts) -> None:
    if facts.status is LeadStatus.BLACKLISTED:
        assert "The lead must not be contacted" in reasons_against(facts)


@given(FACTS)
def test_no_reasons_means_nothing_stands_against_it(facts: Facts) -> None:
    if not reasons_against(facts):
        assert facts.from_address != "mailer-daemon@mx.example"
        assert facts.asked_for or (facts.enabled and facts.is_newest_inbound and facts.waits_for_answer
                                   and facts.sentiment in DRAFTED)
