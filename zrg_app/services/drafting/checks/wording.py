"""Which words may stand in no draft: blanks, talk of machines, claims, promises, our own instructions?"""

import re
from functools import lru_cache

from zrg_app.services.drafting.checks.proposal import Proposal
from zrg_app.services.llm.transcript import MARKER

GRAM = 8
_PLACEHOLDER = re.compile(
    r"\{[^{}\n]{1,60}\}|\[(?:your|my|first|last|full|name|company|insert|link|date|time|day|calendar|booking|phone|email|e-mail|title|"
    r"sender|lead|price|amount|x{2,}|tbd)[^\]\n]{0,60}\]|<(?:name|company|link|date|time|first[ _]?name|your[^>\n]{1,40})>|"
    r"\bX{3,}\b|\bTBD\b|_{4,}|\blorem ipsum\b|%[A-Z_]{3,30}%", re.IGNORECASE)
_MACHINE = re.compile(
    r"\bas an? (?:ai|artificial intelligence|(?:large )?language model|chat ?bot|virtual assistant|automated assistant)\b|"
    r"\b(?:i am|i'm|i’m) (?:just |only |actually )?an? (?:ai|artificial intelligence|(?:large )?language model|(?:chat ?)?bot|machine|"
    r"virtual assistant|automated (?:assistant|system)|computer program)\b|\bai language model\b|\blarge language model\b|"
    r"\bmy (?:system )?(?:prompt|instructions|training data|programming|knowledge cut-?off)\b|"
    r"\b(?:written|generated|drafted|created|answered) (?:automatically )?(?:by|with) (?:an )?(?:ai|gpt|chatgpt|artificial intelligence)\b|"
    r"\bals (?:ki|künstliche intelligenz|sprachmodell)\b|\bich bin (?:eine ki|ein (?:chat)?bot|ein sprachmodell)\b|"
    r"\ben tant qu['’](?:ia|intelligence artificielle)\b|\bje suis une? (?:ia|intelligence artificielle|robot)\b|"
    r"\bcomo (?:una )?(?:ia|inteligencia artificial)\b|\bsoy una? (?:ia|inteligencia artificial|bot)\b", re.IGNORECASE)
_THING = (r"(?:links?|attachments?|files?|documents?|images?|pictures?|pdfs?|invit(?:e|es|ations?)|calendars?|schedulers?|urls?|pages?|"
          r"anhang|anhänge|datei|einladung|lien|pièce jointe|fichier|enlace|archivo|adjunto)")
_LOST = (r"(?:(?:did|does|do|has|have|was|were|is|are|could|can|would) ?(?:n['’]?t|not)|never|cannot|fail(?:s|ed) to|seems? (?:to be )?|"
         r"appears? (?:to be )?|looks? )")
_FATE = (r"(?:come through|came through|arrive|arrived|work|working|load|loading|open|opening|show up|attached|included|received|there|"
         r"visible|accessible|sent|missing|broken|dead|empty|invalid|expired)")
_ARRIVED_NOT = re.compile(
    rf"\b{_THING}\b[^.!?\n]{{0,40}}?\b{_LOST}\s?[^.!?\n]{{0,20}}?\b{_FATE}\b|"
    rf"\b(?:i|we) (?:(?:do|did|could|can) ?(?:n['’]?t|not)|cannot|never)[^.!?\n]{{0,25}}?"
    rf"(?:receive|received|get|got|see|find|open|access|view)[^.!?\n]{{0,25}}?\b{_THING}\b|"
    rf"\b{_THING}\b[^.!?\n]{{0,30}}(?:nicht (?:angekommen|erhalten|da)|n['’](?:est|a) pas|no (?:llegó|ha llegado|funciona))",
    re.IGNORECASE)
_ATTACHED = re.compile(
    r"(?<!you )(?<!you've )(?<!you have )(?<!you’ve )\b(?:please (?:find|see)|i(?:['’]ve| have| am|['’]m)|we(?:['’]ve| have| are|['’]re)|"
    r"see|find|find it|is|are|it's|it’s)\s(?:also |just |the |it |them )?(?:attach(?:ed|ing)|enclos(?:ed|ing))\b|"
    r"\battached (?:is|are|you|please|below|to this)\b|"
    r"^\W{0,3}attached\b|\b(?:in|see) (?:the|my|our) attachments?\b|\bim anhang\b|\banbei\b|\bci-joint\b|\ben pièce jointe\b|"
    r"\b(?:te |le |os )?adjunto\b|\bin allegato\b|\bin de bijlage\b", re.IGNORECASE | re.MULTILINE)
_LABEL = re.compile(r"^\s*(?:first_name|sender_name|sender_company|booking_link|free_times|times_to_offer|must avoid|what we offer|"
                    r"qualification questions|archetype|times offered before|never use these words)\s*:", re.IGNORECASE | re.MULTILINE)
_MAYBE = re.compile(r"\b(?:if|in case|whether|unless|should|falls|wenn|si|als)\b[^.!?\n]*$", re.IGNORECASE)


def placeholders(proposal: Proposal) -> tuple[str, ...]:
    """Blanks that somebody was to fill in."""
    return _found(_PLACEHOLDER, proposal.body)


def machine_talk(proposal: Proposal) -> tuple[str, ...]:
    """Words by which the writer calls itself a program. What a client sells may well be one."""
    return _found(_MACHINE, proposal.body)


def lost_things(proposal: Proposal) -> tuple[str, ...]:
    """Claims that a link or a file did not arrive: nobody here can know. The lead's own complaint may be answered."""
    if _ARRIVED_NOT.search(proposal.lead_words):
        return ()
    body = proposal.body
    return tuple(found.group().strip() for found in _ARRIVED_NOT.finditer(body) if not _MAYBE.search(body[:found.start()]))


def attachments(proposal: Proposal) -> tuple[str, ...]:
    """Promises of a file; a draft carries none."""
    return _found(_ATTACHED, proposal.body)


def markers(proposal: Proposal) -> tuple[str, ...]:
    """Our markers around a lead's text."""
    return _found(MARKER, proposal.body)


def missing_opt_out(proposal: Proposal) -> tuple[str, ...]:
    """The opt-out line, when it is required and not there."""
    line = _squeezed(proposal.opt_out_line)
    return () if not line or line in _squeezed(proposal.body) else (proposal.opt_out_line,)


def forbidden_terms(proposal: Proposal) -> tuple[str, ...]:
    """Words that are not ours to use; what the client says of itself is."""
    body, own = _squeezed(proposal.body), _squeezed(proposal.known_text)
    terms = (_squeezed(term) for term in proposal.forbidden)
    return tuple(term for term in terms if term and _stands_in(term, body) and not _stands_in(term, own))


def leaked(proposal: Proposal) -> tuple[str, ...]:
    """Runs of words that stand in our instructions and nowhere else, or the names of what a writer is given."""
    runs = [gram for gram in _grams(proposal.body) if any(gram in _instructed(text) for text in proposal.prompts)]
    if runs:
        known = set(_grams(f"{proposal.known_text}\n{proposal.lead_words}\n{proposal.opt_out_line}"))
        runs = [" ".join(gram) for gram in runs if gram not in known]
    return tuple(runs[:1]) + _found(_LABEL, proposal.body)


@lru_cache(maxsize=256)
def _instructed(text: str) -> frozenset[tuple[str, ...]]:
    # The same few prompts for every draft.
    return frozenset(_grams(text))


def _grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[place:place + GRAM]) for place in range(len(words) - GRAM + 1)]


def _found(pattern: re.Pattern, text: str) -> tuple[str, ...]:
    return tuple(match.group().strip() for match in pattern.finditer(text))


def _stands_in(term: str, text: str) -> bool:
    return term in text and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None


def _squeezed(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
