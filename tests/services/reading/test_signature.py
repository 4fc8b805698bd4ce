"""Is the signature found, and are name, post, firm and contacts read from it?"""

import pytest

from zrg_app.services.reading import extract_signature


def read(text=None, html=None, sender=None):
    return extract_signature(text, html, sender)


def test_a_full_signature_is_taken_apart():
    found = read(
        "Happy to look at it.\n\nKind regards,\n\nRobin Vale\nVP Sales | Vale Group Ltd\nM: "
        "+1 312 555 0188 / T: (312) 555-0199\n"
        "robin@vale-group.com | www.vale-group.com\nlinkedin.com/in/robinvale\nBook: https://calendly.co"
        "m/robin-vale/20min"
    )
    assert found["name"] == "Robin Vale"
    assert found["title"] == "VP Sales"
    assert found["company"] == "Vale Group Ltd"
    assert found["phones"] == ["+1 312 555 0188", "(312) 555-0199"]
    assert found["emails"] == ["robin@vale-group.com"]
    assert found["links"] == ["www.vale-group.com", "linkedin.com/in/robinvale"]
    assert found["scheduling_links"] == ["https://calendly.com/robin-vale/20min"]


@pytest.mark.parametrize(
    ("text", "name", "title", "company"),
    [
        (
            "Ja, gerne.\n\nMit freundlichen Grüßen\nJonas Keller\nGeschäftsführer\nKeller Technik GmbH\nTel. "
            "030 901820",
            "Jonas Keller",
            "Geschäftsführer",
            "Keller Technik GmbH",
        ),
        (
            "Oui.\n\nCordialement\n\nAnne Petit\nResponsable achats\nAtelier Petit SARL",
            "Anne Petit",
            "Responsable achats",
            "Atelier Petit SARL",
        ),
        (
            "Claro.\n\nSaludos,\nMarta Ruiz\nDirectora de operaciones, Ruiz Hermanos S.L.\n+34 912 345 678",
            "Marta Ruiz",
            "Directora de operaciones",
            "Ruiz Hermanos S.L.",
        ),
        (
            "Sure.\n\nThanks,\nPat O'Neil, PhD (she/her)\nHead of Research at Vale Labs",
            "Pat O'Neil",
            "Head of Research",
            "Vale Labs",
        ),
        ("Fine by me.\n\nLee Okafor\nCTO @ Brightworks\nlee@brightworks.io", "Lee Okafor", "CTO", "Brightworks"),
        (
            "See attached.\n\n-- \nNadia Haddad\nAccount Manager\nBlue Harbour Ltd",
            "Nadia Haddad",
            "Account Manager",
            "Blue Harbour Ltd",
        ),
    ],
)
def test_name_post_and_firm_are_read(text, name, title, company):
    found = read(text)
    assert (found["name"], found["title"], found["company"]) == (name, title, company)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ok",
        "Call me on +1 312 555 0188 tomorrow.",
        "Please book here: https://calendly.com/robin-vale",
        "Do you have:\n- prices\n- dates",
        None,
        "We moved to 12 Harbour Street in 2019 and like it there.",
    ],
)
def test_contact_data_in_the_message_is_no_signature(text):
    found = read(text)
    assert found["has_signature"] is False
    assert found["phones"] == found["links"] == found["scheduling_links"] == []


def test_a_bare_name_after_a_dash_signs():
    assert read("Sounds fine to me.\n\n- Robin")["name"] == "Robin"


def test_the_quoted_signature_of_the_other_side_is_not_the_writers():
    found = read(
        "No budget, sorry.\n\nOn Tue, Mar 2, 2027 at 8:00 AM Lee <lee@vale-group.com> wrote:\n> "
        "Best,\n> Lee Okafor\n> +1 312 555 0100"
    )
    assert found["has_signature"] is False


def test_a_signature_marked_in_html_gives_its_hidden_links():
    html = (
        '<div>Send it.</div><div class="gmail_signature"><b>Robin Vale</b><br>CFO<br>Vale Group Ltd<br>'
        '<a href="https://calendly.com/robin">Meet me</a></div>'
    )
    found = read(None, html)
    assert found["signature"] == "Robin Vale\nCFO\nVale Group Ltd\nMeet me"
    assert found["scheduling_links"] == ["https://calendly.com/robin"]


def test_the_senders_name_settles_a_doubtful_last_line():
    assert read("I'll ask around.\nRobin", sender="Robin Vale <robin@vale-group.com>")["name"] == "Robin"
