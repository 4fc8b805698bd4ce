"""Is only the new text of a mail kept, whatever program wrote it?"""

import pytest

from zrg_app.services.reading import clean_body, extract_reply

HISTORIES = [
    "On Tue, Mar 2, 2027 at 8:00 AM Lee Okafor <lee@vale-group.com> wrote:\n> Hello\n> there",
    "On Tue, Mar 2, 2027 at 8:00 AM Lee Okafor <\nlee@vale-group.com> wrote:\n\nHello there",
    "Am Di., 2. März 2027 um 08:00 Uhr schrieb Lee Okafor <lee@vale-group.com>:\n> Hallo",
    "Le mar. 2 mars 2027 à 08:00, Lee Okafor <lee@vale-group.com> a écrit :\n> Bonjour",
    "El mar, 2 mar 2027 a las 8:00, Lee Okafor (<lee@vale-group.com>) escribió:\n> Hola",
    "Em ter., 2 de mar. de 2027 às 08:00, Lee Okafor <lee@vale-group.com> escreveu:\n> Olá",
    "Il giorno mar 2 mar 2027 alle ore 08:00 Lee Okafor <lee@vale-group.com> ha scritto:\n> Ciao",
    "Op di 2 mrt 2027 om 08:00 schreef Lee Okafor <lee@vale-group.com>:\n> Hoi",
    "Den tis 2 mars 2027 kl 08:00 skrev Lee Okafor <lee@vale-group.com>:\n> Hej",
    "wt., 2 mar 2027 o 08:00 Lee Okafor <lee@vale-group.com> napisał(a):\n> Cześć",
    "вт, 2 мар. 2027 г. в 08:00, Lee Okafor <lee@vale-group.com>:\n> Привет",
    "2027年3月2日(火) 8:00 Lee Okafor <lee@vale-group.com>:\n> こんにちは",
    "2027. 3. 2. 오전 8:00, Lee Okafor <lee@vale-group.com> 작성:\n> 안녕",
    "________________________________\nFrom: Lee Okafor <lee@vale-group.com>\nSent: Tuesday, March 2, "
    "2027 8:00 AM\nTo: Robin\nSubject: Hi\n\nHello",
    "Von: Lee Okafor <lee@vale-group.com>\nGesendet: Dienstag, 2. März 2027 08:00\nAn: Robin\nBetreff: Hallo\n\nHallo",
    "De : Lee Okafor <lee@vale-group.com>\nEnvoyé : mardi 2 mars 2027 08:00\nÀ : Robin\nObjet : Bonjour\n\nBonjour",
    "*From:* Lee Okafor\n*Date:* Tuesday, March 2, 2027\n*To:* Robin\n\nHello",
    "-----Original Message-----\nFrom: Lee\n\nHello",
    "---------- Forwarded message ---------\nFrom: Lee\n\nHello",
    "Begin forwarded message:\n\nHello",
    "---- On Tue, 02 Mar 2027 08:00:00 +0100 Lee <lee@vale-group.com> wrote ----\nHello",
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "Get Outlook for iOS",
    "-- \nRobin Vale\n+1 312 555 0188",
    "Best,\nRobin Vale\nVP Sales\nVale Group Ltd",
    "Disclaimer\n\nThe information contained in this communication is confidential and intended solely "
    "for its recipient.",
    "To unsubscribe from this group, write to list@vale-group.com",
]


@pytest.mark.parametrize("history", HISTORIES)
def test_what_is_not_new_goes(history):
    new = "Yes, that is the plan for us:\n\n- first this, at 3 pm\n- then that, for $40"
    assert extract_reply(f"{new}\n\n{history}") == new


def test_answers_between_quoted_lines_stay():
    text = (
        "On Tue, Mar 2, 2027 at 8:00 AM Lee <lee@vale-group.com> wrote:\n> Do you ship abroad?\n\nYes, "
        "everywhere.\n\n> How many?\n\n"
        "About 400 a month.\n"
    )
    assert extract_reply(text) == "Yes, everywhere.\n\nAbout 400 a month."


def test_a_warning_banner_at_the_top_goes():
    assert (
        extract_reply("CAUTION: This email originated from outside of the organization.\n\nLet us meet.")
        == "Let us meet."
    )
    assert extract_reply("[EXTERNAL] Let us meet.") == "Let us meet."


@pytest.mark.parametrize(
    "text",
    [
        "On the other hand we wrote:\nnothing",
        "I wrote: yes\nYou said no",
        "Prices:\n- from: 40\n- to: 90",
        "> 500 people work here"[2:],
    ],
)
def test_ordinary_sentences_stay(text):
    assert extract_reply(text) == text


def test_html_is_read_when_there_is_no_text():
    html = (
        "<style>p{}</style><p>Let&#39;s talk &amp; decide.</p><div class='gmail_quote'><div class='gmail_attr"
        "'>On Tue Lee wrote:<br></div>"
        "<blockquote>Hello</blockquote></div>"
    )
    assert extract_reply(None, html) == "Let's talk & decide."
    assert extract_reply("", "<div>One<br>two</div><div id='divRplyFwdMsg'><b>From:</b> Lee</div>Hello") == "One\ntwo"
    assert extract_reply(None, None) == ""


def test_links_the_text_lost_are_added_and_quoted_ones_are_not():
    html = (
        '<p>Pick a <a href="https://calendly.com/robin">time here</a></p><blockquote><a href="https://vale-gr'
        'oup.com/u">unsubscribe</a></blockquote>'
    )
    assert clean_body("Pick a time here", html) == "Pick a time here\n\ntime here: https://calendly.com/robin"
    assert clean_body("Pick https://calendly.com/robin", html) == "Pick https://calendly.com/robin"
    assert clean_body("Only text", None) == "Only text"


def test_a_warning_on_the_line_of_its_banner_goes_too():
    warning = "[EXTERNAL EMAIL] Do not open links unless you trust the sender."
    assert extract_reply(f"{warning}\n\nYes, Thursday works.") == "Yes, Thursday works."
    assert extract_reply("[EXTERNAL] Please click the link when you can.") == "Please click the link when you can."
