"""Are machines that answer for absent people told from people, and is their day of return read?"""

import pytest

from zrg_app.services.reading import detect_auto_reply, is_absence, is_surely_automatic

MACHINES = [
    ("", "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going."),
    ("", "This number does not receive text messages. This is an automated message."),
    ("Automatic reply: quick idea", "I will get to this soon."),
    ("Out of Office Re: hello", ""),
    ("Abwesenheitsnotiz: Angebot", "Ich bin zurzeit nicht im Büro."),
    ("Réponse automatique : question", "Bonjour, je suis en congés."),
    ("[Ticket #4471] Request received", "Your request has been received and is being reviewed by our support staff."),
    (
        "Re: hello",
        "Hi,\n\nI am currently out of the office with limited access to email. For urgent matters contact Lee.",
    ),
    ("", "I'm on annual leave until 3 May and will reply upon my return."),
    ("", "Thank you for your email. I am on parental leave and will be back on August 4."),
    (
        "Re: intro",
        "Please note that Robin Vale is no longer with the company. Please direct requests to info@vale-group.com.",
    ),
    ("Re: intro", "This mailbox is not monitored. Visit our help page instead."),
    ("Re: intro", "Thanks for contacting Vale Group! We aim to respond within two business days."),
    (
        "",
        "Vielen Dank für Ihre Nachricht. Ich bin bis zum 12.3. im Urlaub. In dringenden Fällen wenden "
        "Sie sich an Frau Keller.",
    ),
    ("", "Bonjour, je suis absente du bureau jusqu'au 4 avril. En cas d'urgence, contactez le standard."),
    ("", "Estoy de vacaciones hasta el 15 de agosto. Para asuntos urgentes escriba a ventas@vale-group.com."),
    ("", "Estou de férias até 10 de janeiro. Em caso de urgência, contacte a minha colega."),
    ("", "Sono in ferie fino al 20 agosto. Per urgenze scrivere a segreteria@vale-group.com."),
    ("", "Ik ben afwezig tot 3 juni. Voor dringende zaken kunt u mijn collega mailen."),
    ("", "Jag är på semester till den 8 augusti. Vid brådskande ärenden kontakta växeln."),
    ("", "Jestem na urlopie do 14 lipca. W pilnych sprawach proszę o kontakt z biurem."),
    ("", "Я в отпуске до 10 июня. По срочным вопросам обращайтесь к коллегам."),
    ("", "ただいま休暇中です。緊急の場合は代表番号までご連絡ください。"),
]

PEOPLE = [
    ("Re: audit", "I am going on maternity leave next week, please contact me again in the autumn."),
    ("Re: audit", "I'm on leave until Friday but could do a call on Zoom the Monday after, 9am."),
    ("Re: audit", "My out of office was on by mistake, sorry."),
    ("Re: intro", "I was out of the office last week, sorry for the late answer. Can we speak on Friday?"),
    ("Re: intro", "On vacation this week but I can talk Monday, send me an invite."),
    ("Re: out of office policy", "We handle that with a calendar. What does yours do?"),
    ("Re: intro", "Not now, circle back in spring."),
    ("Re: Automatic reply: intro", "Back now! Let's talk tomorrow at 3."),
    ("Re: intro", "Thanks for your email. We are interested, could you share pricing?"),
    ("Re: intro", "Thank you for reaching out, but we have a partner for this."),
    ("Re: intro", "We automate replies ourselves already."),
    ("Re: intro", "Bin gerade im Urlaub gewesen, können wir am Montag telefonieren?"),
    ("Re: intro", "Je suis en congé cette semaine, appelez-moi lundi."),
    ("Re: intro", "Estoy fuera hoy, llámame mañana."),
    (
        "Re: intro",
        "Yes.\n\nOn Tue, Mar 2, 2027 at 8:00 AM Lee <lee@vale-group.com> wrote:\n> I am out of office until Monday.",
    ),
    ("", ""),
]


@pytest.mark.parametrize(("subject", "text"), MACHINES)
def test_a_machine_is_recognised(subject, text):
    assert detect_auto_reply({"subject": subject, "text": text})["is_auto_reply"] is True


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_a_person_is_not_taken_for_a_machine(subject, text):
    assert detect_auto_reply({"subject": subject, "text": text})["is_auto_reply"] is False


def test_headers_settle_it_and_a_bounce_is_something_else():
    assert detect_auto_reply({"headers": {"Auto-Submitted": "auto-replied"}, "text": "ok"})["is_auto_reply"] is True
    assert detect_auto_reply({"raw": "X-Autoreply: yes\nSubject: x\n\nok", "text": "ok"})["is_auto_reply"] is True
    assert detect_auto_reply({"headers": {"Auto-Submitted": "no"}, "text": "ok"})["is_auto_reply"] is False
    bounce = {
        "from": "MAILER-DAEMON@mx.example",
        "subject": "Undelivered Mail Returned to Sender",
        "headers": {"Auto-Submitted": "auto-replied"},
        "text": "could not be delivered",
    }
    assert detect_auto_reply(bounce)["is_auto_reply"] is False


@pytest.mark.parametrize(
    ("text", "reference", "day"),
    [
        ("I am out of office and will be back on 7 Feb.", "2026-12-20T09:00:00+01:00", "2027-02-07"),
        ("Out of office. I return on March 3rd, 2027.", None, "2027-03-03"),
        ("On leave from 1 to 9 May, returning to the office on Monday 10 May.", "2027-04-20", "2027-05-10"),
        ("Ik ben afwezig. Op 16 maart ben ik weer bereikbaar.", "2027-03-10", "2027-03-16"),
        ("Ich bin im Urlaub und ab dem 14.06. wieder erreichbar.", "2027-06-01T08:00:00Z", "2027-06-14"),
        ("Je suis en congés, de retour le 2 septembre.", "2027-08-10", "2027-09-02"),
        ("Estoy de vacaciones, regreso el 5 de enero.", "2026-12-28", "2027-01-05"),
        ("I am out of office, back on 2027-08-02.", None, "2027-08-02"),
        ("I am out of the office until Monday.", "2027-06-01", None),
        ("I am out of office and will be back on 31 Feb.", "2027-06-01", None),
        ("I am out of office and will be back on 7 Feb.", "not a date", None),
    ],
)
def test_the_day_of_return_is_read(text, reference, day):
    found = detect_auto_reply({"text": text}, reference)
    assert found == {"is_auto_reply": True, "return_date": day}


@pytest.mark.parametrize("text", [
    "I am out of the office with limited access to email.", "Ich bin im Urlaub und ab dem 14.06. wieder erreichbar.",
    "I am attending a trade show this week and will have sporadic access to email."])
def test_somebody_who_is_away_comes_back(text):
    assert is_absence(text)


@pytest.mark.parametrize("text", [
    "Dana is no longer with Northwind.", "Your ticket number is 4711.", "This mailbox is not monitored.",
    "Frau Petersen ist nicht mehr im Unternehmen t\u00e4tig.", "We received your message.", None, ""])
def test_a_desk_and_one_who_has_left_are_not_away(text):
    assert not is_absence(text)


@pytest.mark.parametrize(("subject", "text", "sure"), [
    ("Automatic reply: idea", "I am away.", True), ("Re: idea", "I'm traveling this week, next Tuesday works.", False),
    ("Re: idea", "This is an automated message. Your ticket number is 4711.", True),
    ("Re: idea", "My colleague handles this, I copied her.", False),
    ("", "I am out of the office until 7 January. For urgent matters contact my colleague.", True),
    ("Re: idea", "Business hours suit me.", False),
    ("Re: idea", "This is not an automated reply, I promise.", False), ("", "", False)])
def test_only_some_automatic_replies_are_beyond_doubt(subject, text, sure):
    assert is_surely_automatic({"raw": None, "headers": {}, "subject": subject, "from": "a@b.example", "text": text, "html": None}) is sure
