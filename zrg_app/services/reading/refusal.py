"""Does this message decline and say nothing else?"""

import re

from zrg_app.services.reading.characters import folded
from zrg_app.services.reading.reply import extract_reply
from zrg_app.services.reading.words import any_of

LONGEST = 200
"""A message with more characters than this says something besides."""

_GREETING = (
    r"(?:(?:hi|hello|hey|dear|hallo|guten (?:tag|morgen)|bonjour|hola|buongiorno|ciao|ola|hej|dag|dzien dobry)"
    r"(?: [a-z'-]{2,20}){0,2}[,!. ]+)?")
_THANKS = (
    r"(?:(?:but |aber |mais |pero |ma |mas |maar |men |ale )?(?:many |vielen |mange |tack |grazie |muchas |muito )?"
    r"(?:thanks?(?: you)?(?: (?:anyway|though|for (?:asking|reaching out|the offer|your (?:email|message|time))))?"
    r"|danke(?: (?:ihnen|trotzdem|fur (?:ihre nachricht|das angebot)))?|dank|merci|gracias|grazie|obrigad[oa]|bedankt|dank je|dank u"
    r"|tack|takk|tak|dziekuje(?:my)?)[,.! ]*)*")
_REFUSALS = any_of("""
not interested|i'm not interested|i am not interested|we're not interested|we are not interested|not interested at all|no interest
no thanks|no thank you|no, thanks|no, thank you|nope|not for me|not for us|this is not for us|this isn't for us|it's not for us
not a fit|not a good fit|we're not a fit|not at this time|not right now|not now|we'll pass|i'll pass|pass|hard pass
we are going to pass|i'm going to pass|we're good|i'm good|no need|we don't need this|we do not need this|kein interesse
wir haben kein interesse|ich habe kein interesse|nicht interessiert|kein bedarf|wir haben keinen bedarf|nein|nein danke|nein, danke
pas interesse|pas interessee|pas interesses|je ne suis pas interesse|je ne suis pas interessee|nous ne sommes pas interesses|non merci
non, merci|no me interesa|no nos interesa|no estoy interesado|no estoy interesada|no estamos interesados|no gracias|no, gracias
non sono interessato|non sono interessata|non siamo interessati|non ci interessa|non mi interessa|no grazie|no, grazie|nessun interesse
geen interesse|niet geinteresseerd|we hebben geen interesse|ik heb geen interesse|nee bedankt|nee, bedankt|nee dank je|nee, dank je
nao tenho interesse|nao temos interesse|sem interesse|nao obrigado|nao, obrigado|nao obrigada|nao, obrigada|inte intresserad
inte intresserade|vi ar inte intresserade|jag ar inte intresserad|nej tack|nej, tack|ikke interesseret|ikke interessert|nej tak
nei takk|nie jestem zainteresowany|nie jestem zainteresowana|nie jestesmy zainteresowani|nie, dziekuje|nie dziekuje
brak zainteresowania|nemam zajem|nemame zajem|ei kiinnosta|ei kiitos|ilgilenmiyorum|ilgilenmiyoruz
""")
_TAIL = (
    r"(?:(?:at (?:this|the) (?:time|moment)|right now|at all|currently|momentan|derzeit|aktuell|pour le moment|de momento|por ahora"
    r"|al momento|op dit moment|no momento|just nu|obecnie)[,.! ]*)?")
_CLOSING = r"(?:(?:best|best regards|kind regards|regards|cheers|mfg|lg|viele grusse|cordialement|saludos)[,. ]*)?(?:[a-z'-]{2,20})?[. ]*"
_WHOLE = re.compile(rf"{_GREETING}{_THANKS}(?:sorry,? )?(?:{_REFUSALS}[,.! ]*){{1,2}}{_TAIL}{_THANKS}{_CLOSING}")


def is_plain_refusal(text: str | None) -> bool:
    """Return whether the new text only declines ("No thanks, we're good."), politely or not, in one of many languages.

    False when anything is added: a reason, another time, another person, a question, a wish not to be written to.
    """
    reply = extract_reply(text)
    if not reply or len(reply) > LONGEST or "?" in reply:
        return False
    return _WHOLE.fullmatch(" ".join(folded(reply).split())) is not None
