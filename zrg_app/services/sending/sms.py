"""What of a text does a channel take, and how many SMS does it become? As carriers count: 7-bit signs of GSM 03.38, or 16-bit ones
when one sign needs it. Pure."""

from zrg_app.integrations.outgoing_html import plain_from_text
from zrg_app.models.vocabulary import Channel

# One message may be cut into ten parts, which the phone joins again; carriers drop what is longer.
MOST_PARTS = 10
_BASIC = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                   "abcdefghijklmnopqrstuvwxyzäöñüà")
_ESCAPED = frozenset("^{}\\[~]|€\f")


def taken(channel: str, text: str) -> str:
    """What of an answer a channel takes: a mail all of it, with its light marks; others its words alone."""
    return text if channel == Channel.EMAIL else plain_from_text(text)


def units(text: str) -> tuple[int, bool]:
    """The length of a text in the units of its alphabet, and whether that is the 7-bit one."""
    if all(sign in _BASIC or sign in _ESCAPED for sign in text):
        return sum(2 if sign in _ESCAPED else 1 for sign in text), True
    return len(text.encode("utf-16-le", "surrogatepass")) // 2, False


def parts(text: str) -> int:
    """How many SMS a text is sent as: 160 signs fit one and 153 each of several, 70 and 67 in the 16-bit alphabet."""
    length, plain = units(text)
    alone, joined = (160, 153) if plain else (70, 67)
    return 1 if length <= alone else -(-length // joined)
