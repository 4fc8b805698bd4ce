"""Does this text speak to a machine that reads it, instead of to us?"""

import re

from zrg_app.services.reading.characters import folded

_READ = 20_000
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines)\b"
    r"|\b(?:ignoriere|vergiss)\b.{0,40}\b(?:anweisungen|regeln)\b|\bignore[zr]?\b.{0,40}\b(?:consignes|instructions)\b"
    r"|\bignora\b.{0,40}\b(?:instrucciones|istruzioni|instrucoes)\b"
    r"|\b(?:system|developer) (?:prompt|message|instruction)s?\b|</?(?:system|assistant|lead_message|instructions?)>|\[/?inst\]"
    r"|<\|im_(?:start|end)\|>"
    r"|\b(?:label|classify|categori[sz]e) (?:this|it|me|my|the)\b.{0,30}\b(?:as|meeting|interested|positive|label)\b"
    r"|\b(?:mark|tag|score|rate) (?:this|my) (?:message|reply|e-?mail|lead|conversation|answer)\b.{0,30}\b(?:as|with)\b"
    r"|\b(?:set|use|output|return|answer with|respond with)\b.{0,20}\b(?:label|sentiment|confidence|safe_to_send|json)\b"
    r"|\bsafe_to_send\b|\bconfidence\W{0,4}(?:of |is |= ?)?(?:1(?:\.0)?|0?\.9\d?|100 ?%)(?![\d.])"
    r"|\byou are (?:now )?an? (?:ai|assistant|language model|llm|chatbot|classifier)\b|\b(?:dear|hey|attention),? (?:ai|llm"
    r"|language model|chatgpt|classifier)\b"
    r"|\bnote to (?:the )?(?:ai|model|assistant|classifier)\b")


def gives_orders(text: str | None) -> bool:
    """Return whether a text tries to steer a model that reads it: orders about labels, instructions, confidence, markers."""
    return isinstance(text, str) and _ORDERS.search(" ".join(folded(text[:_READ]).split())) is not None
