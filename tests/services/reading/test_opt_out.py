"""Is a request to stop heard in any wording, and nothing else taken for one?"""

import pytest

from zrg_app.services.reading import is_opt_out

REQUESTS = [
    "I've asked twice now. No more of this, please and thank you.",
    "Please ensure my address is deleted from whatever system you use.",
    "Kindly refrain from contacting anyone at this firm.",
    "I withdraw any consent you think you have.",
    "Would you take my name off please",
    "I'd prefer you didn't message me any further.",
    "Vennligst ikke kontakt meg igjen.",
    "Stop med at sende mails til mig.",
    "Stop!!!",
    "stop please",
    "UNSUB",
    "Remove.",
    "quit",
    "  end  ",
    "STOP STOP STOP",
    "\u201cStop\u201d",
    "optout",
    "Unsubscribe, thanks",
    "Stop. I never signed up for any of this.",
    "Could you take my name off your mailing list?",
    "Kindly remove our domain hello@vale-group.com from your outreach list.",
    "We would like to be removed from your database.",
    "I do not wish to be contacted any further.",
    "Please do not contact us again.",
    "Gelieve mij uit te schrijven",
    "This is harassment, cease contact",
    "Not for us. Please don't follow up.",
    "Quit emailing me",
    "stop sending me this junk",
    "Lose my number.",
    "I am not interested in receiving your newsletters",
    "Would you please cease all communication with our staff?",
    "Don't message me again, thanks",
    "Not interested and please take us off this list.",
    "How do I unsubscribe?",
    "I want to opt out of these emails.",
    "opt me out",
    "No more texts!",
    "I'd rather not receive these.",
    "Please erase all my personal data, I withdraw my consent.",
    "Put this number on your do-not-call list.",
    "remove me pls",
    "Leave us alone.",
    "Bitte nehmen Sie uns aus Ihrem Verteiler.",
    "Ich möchte keine weiteren E-Mails von Ihnen erhalten.",
    "Bitte kontaktieren Sie mich nicht mehr.",
    "Hören Sie auf, mir zu schreiben!",
    "Merci de ne plus me contacter.",
    "Veuillez supprimer mon adresse de vos fichiers.",
    "Retirez-moi de votre liste svp",
    "Por favor no me escriban más",
    "Elimínenme de su base de datos",
    "Não quero mais receber esses e-mails",
    "Favor remover meu contato da lista",
    "Non voglio più ricevere le vostre mail",
    "Cancellatemi dalla lista",
    "Gelieve mij niet meer te mailen",
    "Ik wil geen mails meer ontvangen",
    "Sluta mejla mig",
    "Jeg ønsker ikke at modtage flere mails",
    "Poistakaa minut listalta",
    "Nie życzę sobie otrzymywać takich wiadomości",
    "Už mi prosím nepište",
    "Kérem, ne küldjenek több levelet",
    "Не пишите мне больше",
    "Удалите меня из рассылки",
    "Lütfen bana mail göndermeyin",
    "请不要再给我发邮件",
    "メールの送信を停止してください。今後の連絡は不要です。",
    "더 이상 연락하지 마세요",
    "רוצה להסיר אותי מהרשימה",
    "الرجاء إلغاء الاشتراك",
]

OTHER_MESSAGES = [
    "Please do not call, email is better.",
    "Never write to us on a Friday, we are closed.",
    "I don't want to receive the PDF, the link is enough.",
    "Bitte schreiben Sie mir nicht vor Januar.",
    "Ne m'appelez pas avant 10h, merci.",
    "Non scrivetemi prima di gennaio.",
    "No more emails needed, let's meet.",
    "Don't send more documents, just phone me.",
    "Don't send me a deck, let's just meet. Wednesday noon?",
    "Can customers unsubscribe from the reports themselves, and does the mailing stop at once?",
    "We want to stop sending so many manual emails. Is that what you fix?",
    "Our winter news.\nUnsubscribe | Manage preferences",
    "My address is deleted from our old site, use this one.",
    "",
    "ok",
    "Thanks!",
    "Not interested.",
    "No thank you, we are set.",
    "We already have a supplier.",
    "Don't stop, this is interesting.",
    "Please don't remove me from the thread, I want to see the answer.",
    "Could you stop by our booth on Wednesday?",
    "We need to stop losing leads, tell me more.",
    "Can your tool remove duplicates from our list?",
    "Our customers unsubscribe when we send too often. Can you help?",
    "What is your unsubscribe rate?",
    "Does the plan allow us to cancel at any time?",
    "Please don't call me, email is better.",
    "Do not contact me until March, then I have budget.",
    "Let's end the call early on Friday.",
    "I have no more questions, send the contract.",
    "Remove the second slide and we are good.",
    "Please remove me from the meeting invite, Sam will join instead.",
    "We had to cancel our project.",
    "The bus stop is next to the office.",
    "We stopped emailing customers last year.",
    "Take me off speaker and I can hear you.",
    "Is there an option to opt out of the annual contract?",
    "Delete the old proposal and send a new one.",
    "I did not get your last message.",
    "We did not receive any of the files.",
    "I did not receive your e-mail, please resend it.",
    "If you deliver there you do not get the same price.",
    "Liked \u201cReply STOP to unsubscribe\u201d",
    "Ich melde mich nächste Woche.",
    "Kein Interesse, danke.",
    "Wir haben schon einen Anbieter.",
    "Pas intéressé, merci.",
    "Je ne suis pas la bonne personne.",
    "No me interesa por ahora.",
    "Para mañana está bien.",
    "Não tenho interesse no momento.",
    "Posso sair da reunião às 15h e ligo para você.",
    "Non siamo interessati, grazie.",
    "Geen interesse.",
    "Vi har allerede en leverandør.",
    "Nie jestem zainteresowany.",
    "Спасибо, не интересно.",
    "不感兴趣，谢谢",
    "興味がありません。",
    "관심 없습니다.",
    "Sounds fine.\n\nOn Tue, Mar 2, 2027 at 8:00 AM Lee <lee@vale-group.com> wrote:\n> Reply STOP to unsubscribe",
    "Call me tomorrow.\n\nRobin Vale\nDirector\n+1 312 555 0188\nTo unsubscribe from these emails click here",
]


@pytest.mark.parametrize("text", REQUESTS)
def test_a_request_to_stop_is_heard(text):
    assert is_opt_out(text) is True


@pytest.mark.parametrize("text", OTHER_MESSAGES)
def test_another_message_is_not_taken_for_an_opt_out(text):
    assert is_opt_out(text) is False


def test_a_subject_of_its_own_counts_and_an_answers_subject_does_not():
    assert is_opt_out("", "Unsubscribe") is True
    assert is_opt_out("", "Please remove me from your list") is True
    assert is_opt_out("Sure, tell me more.", "Re: unsubscribe") is False
    assert is_opt_out("See below", "AW: STOP losing deals") is False


def test_an_unsubscribe_link_in_quoted_html_does_not_count():
    html = "<div>Tell me more.</div><blockquote type='cite'><a href='https://x.example/u'>Unsubscribe</a></blockquote>"
    assert is_opt_out("", "", html) is False
    assert is_opt_out(None, None, html.replace("Tell me more.", "Please unsubscribe me.")) is True
