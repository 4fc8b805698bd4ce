"""Is a reply about something that a person must answer, whatever any model thinks of the draft? Pure; found by the wrong-send drill.

The patterns are narrow on purpose: a hold costs a person a look, so each is something a careful setter would not leave to a machine.
"""

import re

MATTERS: dict[str, str] = {
    "law": "The reply is about the law or threatens with it.",
    "personal_data": "The reply asks about personal data.",
    "others": "The reply asks about other clients or other people.",
    "press": "The press is asking.",
    "machine": "The reply asks whether a machine writes, or gives orders to one.",
    "minor": "A child may be writing or meant.",
    "grief": "The reply tells of a death, an illness or a crisis.",
    "promise": "The reply wants a promise, a certificate or a document.",
    "money": "The reply is about money that was paid or is to be paid elsewhere.",
    "anger": "The reply is angry or abusive.",
    "not_to_us": "The reply was written to somebody else.",
    "other_business": "The reply is about something else than our offer.",
    "wrong_name": "The lead says that we use the wrong name.",
    "takes_back": "The reply says yes and no.",
    "unclear_date": "The reply names a date that can be read in two ways, has passed, or is not free.",
}
_WORDS: dict[str, str] = {
    "law": r"lawyers?|attorneys?|solicitors?|legal (?:team|action|counsel|department)|our counsel|lawsuits?|sue you|cease and desist|"
           r"can-?spam|ftc|harass\w*|in violation|violat(?:es?|ing) |compliance officer|trademarks?|police|leaked|data breach|"
           r"rechtsanw[aä]lt\w*|anwalt|abmahn\w*|mahne|unterlassung\w*|uwg|dsgvo|avocat|rgpd|"
           r"cnil|abogad[oa]|demanda legal|avvocato|advogad[oa]",
    "personal_data": r"gdpr|legal basis|where did you get my|how did you get my|data (?:you hold|protection)|erase all|my personal data|"
                     r"woher haben sie meine|meine daten|mes donn[ée]es|mis datos",
    "others": r"your other (?:clients|customers)|other clients|(?:last|other) (?:\w+ )?customers|names and e-?mail|everybody you contacted|"
              r"who else (?:do|did) you",
    "press": r"reporter|journalist|can you comment|for publication|newspaper|press inquiry|redaktion\w*",
    "machine": r"(?:a|an) (?:ro)?bot|chat ?gpt|real (?:human|person)|are you (?:human|real|an? ai)|ai garbage|language model|"
               r"ignore (?:all|any|your|the) (?:previous|prior|earlier|rules?|instructions?)|ignore your rules|system prompt|"
               r"(?:your|exact|deine|ihre|tes|vos) (?:instructions|anweisungen|prompt)|instructions you were given|you are now|override|"
               r"safe_to_send|requires_human_review|reply (?:with the text|yes-)|note to the ai|\w+bot,|forget me|write your next mail|"
               r"include this link|in your answer|\{\{",
    "minor": r"(?:i'?m|i am|she is|he is|aged?) (?:only )?(?:[5-9]|1[0-7]|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b"
             r"(?! ?(?:%|am|pm|people|years in|o'?clock|minutes|sites|trucks))|my (?:little )?(?:daughter|son|kid)|my dad|my mom|years old",
    "grief": r"passed away|has died|deceased|funeral|in (?:the )?hospital|cancer|suicid\w*|reason to (?:go on|live)|"
             r"can'?t do this any ?more|verstorben|d[ée]c[ée]d[ée]e?|falleci[óo]",
    "promise": r"guarantee[ds]?|in writing|signed contract|nda|non-?disclosure|soc ?2|hipaa|iso ?27001|certified|"
               r"clinically|warranty|garantier\w*",
    "money": r"refund|money back|charged my|my invoice|iban|bank details|wire transfer|wallet|gift cards?|r[üu]ckerstattung",
    "anger": r"are you kidding|ashamed|shame on you|f[*u]\W?\*?c?k\w*|f\*+|bullsh\w+|idiots?|scam\w*|fraud\w*|spam(?:mers?|ming)?|reported|"
             r"do you people|you people|disgusting|unversch[aä]mt\w*|frechheit",
    "not_to_us": r"forwarded message|original message|see below\.|fyi,|weitergeleitete nachricht|please handle",
    "other_business": r"are you hiring|my (?:cv|r[ée]sum[ée])|job (?:opening|application)|bewerbung|guest post|backlinks?",
    "wrong_name": r"(?:it'?s|my name is|i'?m) [\w-]+, not [\w-]+|wrong name|not my name",
    "takes_back": r"actually,? no\b|on second thought|forget it|changed my mind|scratch that",
}
_PATTERNS = {code: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for code, words in _WORDS.items()}
_ADDRESSED = re.compile(r"^\s*@\w+", re.MULTILINE)
_NUMERIC = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.](0?[1-9]|1[0-2])(?![\d/]|\.\d|[ap]m| ?%)")


def matters(text: str, *, unclear_date: bool = False) -> tuple[str, ...]:
    """The codes of MATTERS that a reply touches. `unclear_date` is what is known of its dates beside their writing."""
    plain = text.replace("\u2019", "'").replace("\u200b", "")
    found = {code for code, pattern in _PATTERNS.items() if pattern.search(plain)}
    if _ADDRESSED.search(plain):
        found.add("not_to_us")
    if unclear_date or any(day != month for day, month in _NUMERIC.findall(plain)):
        found.add("unclear_date")
    return tuple(code for code in MATTERS if code in found)
