"""What is put right in a draft without asking anybody? Dashes, links, signature, opt-out line. Pure; mending twice changes nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from zrg_app.services.drafting.checks.links import addresses_in, canonical
from zrg_app.services.reading import is_scheduling_link
from zrg_app.services.reading.characters import folded
from zrg_app.services.reading.signature_block import is_closing

_FENCE = re.compile(r"\A```[a-z]*\n(.*?)\n?```\Z", re.DOTALL)
_SUBJECT = re.compile(r"\A(?:\*{0,2}(?:subject|betreff|objet|asunto|oggetto|onderwerp)\*{0,2}\s*:[^\n]*|re\s*:[^\n]{1,200})\n+",
                      re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,80})\]\((https?://[^\s)]+)\)")
_LINK_BLANK = re.compile(
    r"\{{1,2}\s?(?:booking|calendar|scheduling|calendly|meeting)[ _-]?(?:link|url)?\s?\}{1,2}|"
    r"\[(?:insert |your |our |my |the )?(?:booking|calendar|scheduling|calendly|meeting)[ _-]?(?:link|url|page)?(?: here)?\]|"
    r"<(?:booking|calendar|scheduling|calendly)[ _-]?(?:link|url)>|\[(?:insert |your )?link(?: here)?\]|\{{1,2}link\}{1,2}", re.IGNORECASE)
_BULLET_DASH = re.compile(r"^([ \t]*)–[ \t]+", re.MULTILINE)
_RANGE_DASH = re.compile(r"(?<=\d)[ \t]?[–—―][ \t]?(?=[\d$€£])")
_LONG_DASH = re.compile(r"[ \t]*[–—―]+[ \t]*")
_DIVIDER = re.compile(r"\n[ \t]*(?:-{3,}|={3,}|\*{3,}|#{3,})[ \t]*(?=\n)")
_SPACES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every draft of this channel carries, and which links it may name (canonical)."""

    booking_link: str = ""
    known_links: Collection[str] = ()
    signature: str = ""
    senders: tuple[str, ...] = ()
    opt_out_line: str = ""


def mend(body: str, house: House) -> str:
    """The draft with everything put right that needs no thought."""
    text = body.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    text = _without_frame(text)
    text = _MARKDOWN_LINK.sub(lambda found: f"{found[1]}: {found[2]}" if found[1] != found[2] else found[2], text)
    text = _undashed(_DIVIDER.sub("", text))
    text = _with_booking_link(text, house)
    if not text:
        return ""
    return _opted(_signed(text, house), house.opt_out_line)


def _without_frame(text: str) -> str:
    """Without a code fence, a subject line or quotation marks around the whole."""
    text = _FENCE.sub(r"\1", text).strip()
    text = _SUBJECT.sub("", text).strip()
    if len(text) > 1 and (text[0], text[-1]) in (('"', '"'), ("“", "”")) and text[1:-1].count('"') == 0:
        text = text[1:-1].strip()
    return text


def _undashed(text: str) -> str:
    text = _RANGE_DASH.sub("-", _BULLET_DASH.sub(r"\1- ", text))
    lines = [_LONG_DASH.sub(", ", line).removeprefix(", ").removesuffix(", ").rstrip() for line in text.split("\n")]
    return _SPACES.sub("\n\n", "\n".join(lines)).strip()


def _with_booking_link(text: str, house: House) -> str:
    """With our booking link in its one form, in place of blanks, of other spellings and of calendars nobody gave."""
    if not house.booking_link:
        return text
    text, ours = _LINK_BLANK.sub(lambda _: house.booking_link, text), canonical(house.booking_link)
    for link in sorted(addresses_in(text), key=len, reverse=True):
        found = canonical(link)
        invented = is_scheduling_link(link) and found not in house.known_links
        if link != house.booking_link and (found == ours or invented):
            text = re.sub(rf"(?<![\w./-]){re.escape(link)}(?![\w-]|[./][\w-])", lambda _: house.booking_link, text)
    return text


def _signed(text: str, house: House) -> str:
    """With the persona's signature at the end, once, instead of a bare name."""
    signature = house.signature.strip()
    if not signature or _squeezed(signature) in _squeezed(text):
        return text
    lines = text.split("\n")
    own = {_squeezed(name) for sender in house.senders for name in (sender, *sender.split()[:1]) if name}
    while lines and (not lines[-1].strip() or _squeezed(lines[-1].strip(" ,.")) in own):
        lines.pop()
    if lines and is_closing(folded(signature.split("\n")[0])) and is_closing(folded(lines[-1])):
        lines.pop()
    kept = "\n".join(lines).rstrip()
    under_closing = bool(lines) and is_closing(folded(lines[-1])) and not is_closing(folded(signature.split("\n")[0]))
    return f"{kept}\n{signature}" if under_closing else f"{kept}\n\n{signature}".strip()


def _opted(text: str, line: str) -> str:
    line = line.strip()
    return text if not line or _squeezed(line) in _squeezed(text) else f"{text}\n\n{line}"


def _squeezed(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
