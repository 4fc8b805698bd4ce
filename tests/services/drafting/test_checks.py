"""A draft that fails a check is never shown as ready."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.services.drafting.materials import BOOKING, NOW, TUESDAY, WEDNESDAY, material, said
from zrg_app.services.drafting import finish
from zrg_app.services.drafting.checks import CHECKS, LIMITS, Proposal, failed_checks, warnings
from zrg_app.services.drafting.checks.links import canonical
from zrg_app.services.drafting.finishing import proposal_of
from zrg_app.services.knowledge import CompanyView, PersonaView

KNOWN = "what we offer: audits from $400. Book at https://acme.example/book"
GOOD = "Hi Dana,\n\n{0}\n\nBest,\nChris Vale"


def proposal(body: str, channel: str = "email") -> Proposal:
    return Proposal(channel=channel, body=body, known_text=KNOWN, other_names=("Luis",))


def faults(sentence: str, **changes: object) -> tuple[str, ...]:
    """What is wrong with an e-mail to Dana that says this."""
    return failed_checks(proposal_of(material(**changes), GOOD.format(sentence)))


@pytest.mark.parametrize(("body", "sentence"), [
    ("   ", "It is empty"),
    ("Hi Dana, [your name] here", "It has a blank to be filled in"),
    ("Hi {first_name}, yes.", "It has a blank to be filled in"),
    ("See https://evil.example/x for more", "It names a link nobody gave"),
    ("It costs $999 a month.", "It names a price nobody gave"),
    ("As an AI, I cannot call.", "It calls itself a machine"),
    ("</lead_message> ok", "It repeats our markers"),
    ("Hi Luis, thanks for writing.", "It calls the lead by another's name"),
    ("word " * 2000, "It is too long for the channel"),
])
def test_a_bad_draft_is_named_by_its_fault(body: str, sentence: str) -> None:
    assert sentence in failed_checks(proposal(body))


@pytest.mark.parametrize("body", [
    "Hi Dana,\n\nYes, audits start from $400. You can book at https://acme.example/book.\n\nChris",
    "Dana, Luis can join too. Does Thursday suit you?",
])
def test_a_good_draft_passes(body: str) -> None:
    assert failed_checks(proposal(body)) == ()


def test_sms_has_a_shorter_limit() -> None:
    body = "a" * (LIMITS["sms"] + 1)
    assert failed_checks(proposal(body, "sms")) and not failed_checks(proposal(body, "email"))
    assert LIMITS["sms"] == 3 * 160 and LIMITS["linkedin"] == 800


PLANTED = {
    "It has a blank to be filled in": ["I will send it by [date].", "Our {price} is fine.", "It costs $XXX.", "Call me: ____"],
    "It names a link nobody gave": [
        "See https://acme.example/secret.", "See www.acme-growth.example.com/x", "Book at https://calendly.com/other/30min?x=1",
        "See http://acme.example@evil.example/audit", "See https://evil.example?utm_source=acme", "ftp://acme.example/audit",
        "See evil.io"],
    "It names a price nobody gave": [
        "It is $399 a month.", "It would be 450 a month.", "About €400.", "You get 20% off.", "1.600 dollars once.", "From $400 to $900.",
        "It is $1.6k.", "A discount of 15%."],
    "It states a price by another period than ours": [
        "It is $400 a year.", "The yearly price is $400.", "Set-up is $1,500 a month.", "It is $400/week.", "Das sind $400 im Jahr."],
    "It offers a time that is not free": [
        "Does Thursday at 3 PM EST work?", "How about Tue, Nov 24, 11:00 AM EST?", "I will call at 9:30.",
        "Are you free Friday between 2 and 4 pm?", "Passt Dienstag um 17 Uhr?", "Tue, Nov 24, 10:00 AM PST?"],
    "It offers a time without its zone": ["Does Tue, Nov 24, 10:00 AM suit you?", "Wednesday at 2:30 pm?"],
    "It calls itself a machine": [
        "I am an AI assistant.", "As a language model I cannot.", "I'm just a bot.", "My instructions say no.", "This was written by AI.",
        "Ich bin eine KI.", "Je suis une IA."],
    "It repeats our markers": ["<lead_message>", "< / draft >"],
    "It repeats our instructions": [
        "Sure: The plan was made by a colleague who read the same text.",
        "You write the next e-mail of a business conversation on behalf of the sender", "what we offer: audits"],
    "It gives data of somebody else": [
        "Write to tomas@halden.example.", "Call +1 415 555 0142.", "As with Tomas Oliveira last week.", "We did it for Halden Roofing."],
    "It says that something did not arrive": [
        "Your link did not come through.", "I couldn't open your calendar.", "The attachment seems to be missing.",
        "I never received the invite.", "Der Link ist leider nicht angekommen."],
    "It promises an attachment there is not": [
        "I've attached the sheet.", "Please find attached our prices.", "The sheet is attached.", "Attached: prices.", "Im Anhang alles."],
    "It uses words we never use": ["This is a game-changer.", "We seamlessly do it.", "Let us touch base."],
}


@pytest.mark.parametrize(("sentence", "body"), [(name, body) for name, bodies in PLANTED.items() for body in bodies])
def test_each_planted_fault_is_named(sentence: str, body: str) -> None:
    assert sentence in faults(body)


def test_every_check_has_a_planted_fault() -> None:
    elsewhere = {"It is empty", "It is too long for the channel", "It calls the lead by another's name", "It lacks the opt-out line",
                 "It is signed with another's name"}
    assert set(CHECKS) == set(PLANTED) | elsewhere


KNOWN_SENTENCES = (
    "Audits cost $400 a month per site, and set-up is $1,500 once.", "From five sites on there is 10% off.",
    f"You can pick a time here: {BOOKING}", "It is all on https://acme.example/audit.", "See acme.example.", "More at https://www.acme.example/",
    f"Would {TUESDAY.label} or {WEDNESDAY.label} work?", "Does Thursday morning suit you better?", "I answer within 24 hours.",
    "A call takes 15 minutes.", "Reports come by the week.", "How many sites do you have?", "I know you were burnt in 2024.",
    "How are things at Northwind Freight?", "We would start with 3 sites in 2 weeks.", "I will write to dana@northwind.example.",
    "If the link does not work for you, tell me.", "Thanks for the file you attached.", "Our AI finds gaps in your set-up.",
    "Talk on Friday?")


@settings(deadline=None)
@given(st.lists(st.sampled_from(KNOWN_SENTENCES), min_size=1, max_size=5, unique=True))
@example(list(KNOWN_SENTENCES))
def test_a_draft_made_of_what_is_known_passes(sentences: list[str]) -> None:
    body = GOOD.format(" ".join(sentences))
    assert finish(material(), body).faults == {}


@settings(deadline=None)
@given(st.sampled_from([(name, body) for name, bodies in PLANTED.items() for body in bodies]), st.sampled_from(KNOWN_SENTENCES),
       st.booleans())
def test_a_fault_is_found_among_good_sentences(planted: tuple[str, str], good: str, first: bool) -> None:
    name, bad = planted
    assert name in faults(f"{bad}\n{good}" if first else f"{good}\n{bad}")


@settings(deadline=None)
@given(st.text(max_size=600))
@example("https://[::1/x http://a:99999999/ //[")
@example("$1.2.3,4,5 1e999 9" * 20)
@example("31.02.2026 25:99 99/99/9999 at 24:61 pm")
def test_checks_never_raise_and_answer_with_known_sentences(body: str) -> None:
    assert set(failed_checks(proposal(body))) <= set(CHECKS)
    assert set(failed_checks(proposal_of(material(newest=body, instruction=body), body))) <= set(CHECKS)


@given(st.text(max_size=300))
def test_one_address_has_one_form(link: str) -> None:
    assert canonical(canonical(link)) == canonical(link)


def test_the_same_page_written_otherwise_is_no_other_page() -> None:
    for link in ("http://www.acme.example/audit/", "HTTPS://Acme.Example/audit", "https://acme.example/audit?utm_source=mail#top"):
        assert canonical(link) == "acme.example/audit"
    assert canonical("https://acme.example@evil.example/audit") != canonical("https://evil.example/audit")


def test_a_price_the_lead_claims_is_not_ours() -> None:
    wanted = "You promised me $1 a month, please confirm. Our budget is $5,000."
    assert "It names a price nobody gave" in faults("Yes, it is $1 a month.", newest=wanted)
    assert faults("With a budget of $5,000 that is easy.", newest=wanted) == ()
    assert "It names a price nobody gave" in faults("It costs $5,000.", newest=wanted)


def test_a_time_the_lead_named_may_be_repeated_but_not_made_exact() -> None:
    named = "Tuesday at 3pm works for me, or Thursday between 2 and 4 pm."
    assert faults("Tuesday at 3 pm it is, I will see whether I am free.", newest=named) == ()
    assert faults("Thursday between 2 and 4 pm is noted.", newest=named) == ()
    assert "It offers a time that is not free" in faults("Thursday at 3 pm it is.", newest=named)


def test_a_time_is_read_as_of_the_day_it_was_written() -> None:
    old = said("Are you free Tuesday at 5 pm EST?", "outbound", 3)
    assert "It offers a time that is not free" in faults("So Tuesday at 5 pm EST?", history=[old])
    new = said("Are you free Tuesday at 5 pm EST?", "outbound", 20)
    assert faults("So Tuesday at 5 pm EST.", history=[new], newest="Yes, that works.") == ()


def test_what_a_colleague_asks_for_is_known() -> None:
    assert faults("How about Friday at 3 pm?", instruction="offer Friday 3 pm") == ()
    assert faults("For you it is $350.", instruction="offer $350") == ()


def test_a_meeting_that_stands_may_be_named() -> None:
    assert faults("See you Thursday at 10 am EST.", meeting=NOW.replace(day=26, hour=15)) == ()


@pytest.mark.parametrize(("greeting", "is_wrong"), [
    ("Hi Dana,", False), ("Dear Ms. Kessler,", False), ("Hello there,", False), ("Hi,", False), ("Hi all,", False),
    ("Good morning Dana!", False), ("Hallo Dana", False), ("Dear Dana Kessler:", False), ("Hi Marta,", True), ("Dear Mr. Oliveira,", True),
    ("Bonjour Paul,", True), ("Hi Luis and Dana,", True),
])
def test_the_greeting_names_the_lead(greeting: str, is_wrong: bool) -> None:
    found = failed_checks(proposal_of(material(), f"{greeting}\n\nYes.\n\nBest,\nChris Vale"))
    assert ("It calls the lead by another's name" in found) is is_wrong


def test_a_short_form_they_sign_with_is_theirs() -> None:
    assert failed_checks(proposal_of(material(lead={"first_name": "Robert"}), "Hi Rob,\n\nYes.")) == ()
    signed = material(newest="Sounds good.\n\nBest,\nBobby Tables\nCEO, Northwind Freight\n+1 415 555 0199")
    signed = material(newest=signed.newest, lead={"first_name": "Robert"}, signature=signed.signature)
    assert failed_checks(proposal_of(signed, "Hi Bobby,\n\nYes.")) == ()


@pytest.mark.parametrize(("name", "is_wrong"), [
    ("Chris Vale", False), ("Chris", False), ("Acme Growth", False), ("Dana", True), ("Mara R", True)])
def test_a_draft_is_signed_by_its_sender(name: str, is_wrong: bool) -> None:
    found = failed_checks(proposal_of(material(), f"Hi Dana,\n\nYes.\n\nBest regards,\n{name}"))
    assert ("It is signed with another's name" in found) is is_wrong


def test_the_leads_own_calendar_may_be_named_and_their_other_links_only_from_the_signature() -> None:
    newest = "Book me: https://calendly.com/dana-k/intro and read https://news.example/a\n\nBest,\nDana Kessler\nhttps://northwind.example"
    known = material(newest=newest)
    assert known.signature.schedulers == ("https://calendly.com/dana-k/intro",)
    assert faults("I took a time at https://calendly.com/dana-k/intro.", newest=newest) == ()
    assert faults("I looked at https://northwind.example.", newest=newest) == ()
    assert "It names a link nobody gave" in faults("I read https://news.example/a.", newest=newest)


def test_a_leads_own_complaint_about_a_link_may_be_answered() -> None:
    assert faults("Sorry that the link did not work.", newest="Your link did not work, can you send it again?") == ()


def test_words_of_the_client_itself_are_not_forbidden() -> None:
    ours = CompanyView(name="Acme Growth", service_description="A turnkey set-up.")
    assert faults("It is a turnkey set-up.", company=ours) == ()
    assert "It uses words we never use" in faults("It is a turnkey set-up.")


def test_the_opt_out_line_is_required_where_it_is_set() -> None:
    ours = CompanyView(name="Acme Growth", email_opt_out_line="Not for you? Reply stop.", sms_opt_out_line="STOP to end")
    assert "It lacks the opt-out line" in faults("Yes.", company=ours)
    assert faults("Yes.\n\nnot for you?  Reply STOP.", company=ours) == ()
    sms = material(channel="sms", company=ours)
    assert failed_checks(proposal_of(sms, "Hi Dana, yes.")) == ("It lacks the opt-out line",)
    assert finish(sms, "Hi Dana, yes.").body == "Hi Dana, yes.\n\nSTOP to end" and not finish(sms, "Hi Dana, yes.").faults


def test_two_questions_are_a_warning_and_no_fault() -> None:
    body = GOOD.format("How many sites do you have? Does Thursday suit you?")
    assert failed_checks(proposal_of(material(), body)) == ()
    assert warnings(proposal_of(material(), body)) == ("It asks 2 questions.",)


def test_a_draft_in_the_personas_name_knows_the_personas_texts() -> None:
    persona = PersonaView(sender_name="Mara", service_description="Workshops at €900 a day.", signature="Mara\nhttps://mara.example")
    text = finish(material(persona=persona), "Hi Dana,\n\nA workshop is €900 a day.\n\nBest,\nMara")
    assert text.faults == {} and text.body.endswith("Best,\nMara\nhttps://mara.example")
