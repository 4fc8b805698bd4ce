"""Is a mere thank-you told from everything a person must act on?"""

import pytest

from zrg_app.services.reading import is_ack_only

ACKNOWLEDGEMENTS = [
    "thanks",
    "Thank you very much!",
    "Ok, thx",
    "Noted with thanks.",
    "Got it, cheers",
    "👍",
    "🙏🙏",
    ":)",
    "Will do, thanks",
    "kk",
    "Thanks Lee!",
    "Robin, thank you!",
    "Great, appreciate the quick reply.",
    "Received, many thanks.",
    "No worries!",
    "You're welcome",
    "Thank you for the update, have a great weekend!",
    "Thanks for letting me know.\n\nRobin Vale\nDirector\n+1 312 555 0188",
    "Perfect, thank you!\n\nOn Tue, Mar 2, 2027 at 8:00 AM Lee <lee@vale-group.com> wrote:\n> Are you free on Monday?",
    "Liked \u201cSee you there\u201d",
    "Lee Vale reacted to your message: ❤️",
    "Danke schön!",
    "Alles klar, vielen Dank",
    "Merci bien",
    "Bien noté, merci beaucoup.",
    "Mil gracias",
    "Recibido, gracias",
    "Muito obrigado!",
    "Ricevuto, grazie",
    "Ontvangen, dank u wel",
    "Tack så mycket!",
    "Mange tak",
    "Kiitos paljon",
    "Dziękuję bardzo",
    "Díky moc",
    "Köszönöm szépen",
    "Спасибо большое",
    "Teşekkür ederim",
    "Ευχαριστώ πολύ",
    "תודה רבה",
    "شكرا جزيلا",
    "收到，谢谢",
    "ありがとうございます。",
    "확인했습니다. 감사합니다!",
]

SOMETHING_TO_DO = [
    "",
    "Yes",
    "No",
    "no thanks",
    "Thanks, no.",
    "Yes please",
    "Thanks, but we are covered.",
    "Ok, Monday at 4",
    "Thanks Tuesday",
    "Got it. How much is it?",
    "Thank you, please remove me",
    "Great, send the contract",
    "Cool, who else uses it?",
    "Ok call me",
    "Thanks!\nCan we move it to Friday?",
    "We're all set, thanks.",
    "Thanks - here is my number 312 555 0188",
    "quick follow up",
    "the invite",
    "12",
    "?",
    "STOP",
    "ok stop",
    "Danke, kein Bedarf.",
    "Merci, mais non merci",
    "Gracias, mañana a las 5",
    "Obrigado, pode ligar?",
    "谢谢，不需要",
    "ありがとうございます。明日はどうですか",
    "Received your quote, it is too high.",
    "I see you at the fair?",
    "Loved your deck \u201cAtlas\u201d and want a demo",
]


@pytest.mark.parametrize("text", ACKNOWLEDGEMENTS)
def test_a_mere_acknowledgement_is_recognised(text):
    assert is_ack_only(text) is True


@pytest.mark.parametrize("text", SOMETHING_TO_DO)
def test_something_to_act_on_is_no_acknowledgement(text):
    assert is_ack_only(text) is False
