"""Who signed this mail, and how can they be reached?"""

import re
from collections.abc import Iterable
from typing import Any

from zrg_app.services.reading.characters import folded, visible
from zrg_app.services.reading.html_text import MailText, html_text
from zrg_app.services.reading.reply import written_lines
from zrg_app.services.reading.signature_block import (
    find_signature,
    has_company,
    has_contact,
    has_title,
    is_closing,
    is_name,
)
from zrg_app.services.reading.signature_words import CONTACT_LABELS
from zrg_app.services.reading.words import any_of

_PHONE = re.compile(r"(?<![\w/.@=-])(?:\+|\(\+?|00)?\d[\d\s().\-/\u2010-\u2015]{5,22}\d(?![\w@])")
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_EMAIL_NOT_IN_LINK = re.compile(r"(?<![/\w=])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"|\]]{3,300}|(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}(?:com|"
    r"org|net|io|co|ai|de|fr|nl|es|it|eu|me|app|dev|"
    r"uk|us|ca|au|be|ch|at|se|dk|no|fi|pl|cz|pt|br|in|biz|info|tech|example|agency|consulting|"
    r"group|link)(?:/[^\s<>\"|\]]{0,300})?(?![\w@])",
    re.IGNORECASE,
)
_SCHEDULING = re.compile(
    r"calendly\.|(?:^|[/.])cal\.com/|calendar\.app\.google|calendar\.google\.com/calendar/(?:"
    r"u/\d/)?appointments|/bookings?(?:/|$|\?)|bookwithme|"
    r"book\.ms|meetings?(?:-eu\d)?\.hubspot\.com|savvycal\.|zcal\.co|tidycal\.|acuityscheduli"
    r"ng|youcanbook\.me|youcanbookme|chilipiper|oncehub|"
    r"doodle\.com/(?:bp|mm|meeting)|koalendar|appointlet|setmore|simplybook|scheduler\.zoom|"
    r"app\.reclaim\.ai|reclaim\.ai/m/|lemcal|usemotion|"
    r"app\.usemotion|timetrade|scheduleonce|vyte\.in|meetfox|harmonizely|bookafy|"
    r"picktime|calendarhero|x\.ai/|trafft|cituro|freebusy|"
    r"cron\.com/|notion\.so/calendar|/schedule(?:/|$)|meet\.me/|timify|clockwise|"
    r"calendar\.notion",
    re.IGNORECASE,
)
_BAD_LINK_END = " .,;:!?)>]}'\"*_"
_DATE_LIKE = re.compile(r"^\(?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{4}\s?[-/]\s?\d{4})\)?$")
_PRONOUNS = re.compile(
    r"\s*[(\[](?:(?:she|he|they|her|him|them|hers|his|theirs|sie|ihr|er|elle|lui)\s*[/|,]?\s*){"
    r"1,4}[)\]]",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    r",?\s+(?:ph\.?d\.?|mba|cpa|esq\.?|pmp|md|m\.d\.|jd|msc|bsc|ma|cfa|pe|rn|jr\.?|"
    r"sr\.?|iii?)\s*$",
    re.IGNORECASE,
)
_NAME_PARTS = re.compile(r"\s*(?:\||,|\s[-–—·•]\s|\()\s*")
_POST_AND_FIRM = re.compile(
    r"^(?P<title>.{2,70}?)\s*(?:\s@\s?|\s(?:at|bei|chez|presso|bij|hos)\s(?=[A-ZÀ-Þ])|"
    r",\s|\s\|\s|\s[-–—·•]\s)\s*(?P<company>[^|]{2,60})$"
)
_LABELLED = re.compile(r"^[\s*_|]*" + any_of(CONTACT_LABELS) + r"[\s.]*[:：]?\s*$")
_MAX_FIELDS = 10


def extract_signature(text: str | None, html: str | None = None, sender: str | None = None) -> dict[str, Any]:
    """Return `signature` (text of the block, "" when none), `has_signature`, and what it says of its writer.

    Keys: `name`, `title`, `company` (texts, "" when absent), `phones`, `emails`, `links` and `scheduling_links`
    (lists, as
    written). Contact data in the message itself is not the signature's. `sender` is a display name or address, if
    known.
    """
    body = visible(text)
    mail = html_text(html)
    if not body.strip():
        body = visible(mail.text())
    lines, low, legal = written_lines(body)
    start = find_signature(lines, low, sender if isinstance(sender, str) else "")
    if start is None:
        return _nothing()
    block = _trimmed(lines[start.content :])
    if not block:
        return _nothing()
    shown = "\n".join(block + ([""] + _trimmed(legal) if any(line.strip() for line in legal) else []))
    name, title, company = _person(block, sender if isinstance(sender, str) else "")
    return {
        "signature": shown,
        "has_signature": True,
        "name": name,
        "title": title,
        "company": company,
        "phones": _phones(block),
        "emails": _unique(found.rstrip(".") for line in block for found in _EMAIL.findall(line)),
        **dict(zip(("links", "scheduling_links"), _links(block, mail), strict=True)),
    }


def is_scheduling_link(link: str) -> bool:
    """Return whether a link leads to somebody's calendar page, by its address."""
    return _SCHEDULING.search(link) is not None


def _nothing() -> dict[str, Any]:
    return {
        "signature": "",
        "has_signature": False,
        "name": "",
        "title": "",
        "company": "",
        "phones": [],
        "emails": [],
        "links": [],
        "scheduling_links": [],
    }


def _trimmed(lines: list[str]) -> list[str]:
    kept = [line.strip() for line in lines]
    while kept and not kept[-1].strip(" -_*=–—"):
        kept.pop()
    while kept and not kept[0].strip(" -_*=–—"):
        kept.pop(0)
    return kept


def _phones(block: list[str]) -> list[str]:
    found = []
    for line in block:
        bare = _LINK.sub(" ", _EMAIL.sub(" ", line))
        for match in _PHONE.finditer(bare):
            number = match.group().strip()
            digits = sum(character.isdigit() for character in number)
            if 7 <= digits <= 15 and not _DATE_LIKE.match(number):
                found.append(number)
    return _unique(found)


def _links(block: list[str], mail: MailText) -> tuple[list[str], list[str]]:
    written = [
        found.strip(_BAD_LINK_END) for line in block for found in _LINK.findall(_EMAIL_NOT_IN_LINK.sub(" ", line))
    ]
    inside = "\n".join(block)
    for _, address, label in mail.links:
        low = address.lower()
        if (
            low.startswith(("http://", "https://"))
            and label
            and label in inside
            and not any(_same(address, link) for link in written)
        ):
            written.append(address)
    links = _unique(link for link in written if not _SCHEDULING.search(link))
    return links, _unique(link for link in written if _SCHEDULING.search(link))


def _same(address: str, link: str) -> bool:
    plain = [re.sub(r"^(?:https?://)?(?:www\.)?", "", item.lower()).rstrip("/") for item in (address, link)]
    return plain[0] == plain[1]


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(item for item in items if item))[:_MAX_FIELDS]


def _person(block: list[str], sender: str) -> tuple[str, str, str]:
    """Return name, post and firm of the block's writer."""
    lines = [_bare(line) for line in block if line.strip()]
    while lines and is_closing(folded(lines[0])) and len(lines) > 1:
        lines.pop(0)
    if not lines:
        return "", "", ""
    position = next((index for index, line in enumerate(lines[:4]) if _looks_like_name(line, sender)), None)
    if position is None:
        return "", *_post_and_firm(lines[:5])
    name, rest = _name_and_rest(lines[position])
    title, company = _post_and_firm(([rest] if rest else []) + lines[position + 1 : position + 6])
    return name, title, company


def _bare(line: str) -> str:
    return _PRONOUNS.sub("", line).strip(" *_\t|~-–—/")


def _looks_like_name(line: str, sender: str) -> bool:
    head = _NAME_PARTS.split(line)[0]
    low = folded(head)
    if has_contact(low) or has_company(low) or is_closing(low) or not is_name(head):
        return False
    words = head.split()
    known = bool(sender) and words[0].lower() in sender.lower()
    return known or (not has_title(low) or len(words) <= 3 and not _starts_with_post(low)) and len(words) <= 5


def _starts_with_post(low: str) -> bool:
    return has_title(low.split()[0]) or has_title(low.split()[-1])


def _name_and_rest(line: str) -> tuple[str, str]:
    parts = _NAME_PARTS.split(line, maxsplit=1)
    name = _CREDENTIALS.sub("", parts[0]).strip(" ,.")
    rest = parts[1].strip(" )") if len(parts) > 1 else ""
    return name, "" if _CREDENTIALS.match(" " + rest) else rest


def _post_and_firm(lines: list[str]) -> tuple[str, str]:
    title = company = ""
    for line in lines:
        low = folded(line)
        if not line or _LABELLED.match(low) or len(line) > 90:
            continue
        told = has_contact(low)
        line = re.split(r"\s+[|•·]\s+(?=[^|]*(?:\d{3}|@|www|http))", line)[0] if told else line
        low = folded(line)
        if has_contact(low):
            continue
        if not title and has_title(low) and not (has_company(low) and not _POST_AND_FIRM.match(line)):
            title, firm = _split_post(line)
            company = company or firm
        elif not company and (has_company(low) or _may_be_firm(line, low)):
            company = _split_firm(line)
    return title.strip(" ,|"), company.strip(" ,|")


def _split_post(line: str) -> tuple[str, str]:
    match = _POST_AND_FIRM.match(line)
    if not match:
        return line, ""
    first, second = match["title"].strip(), match["company"].strip()
    if has_title(folded(second)) and not has_company(folded(second)):
        return (second, first) if not has_title(folded(first)) else (line, "")
    return first, second


def _split_firm(line: str) -> str:
    return re.split(r"\s*(?:\||\s[-–—·•]\s)\s*", line)[0]


def _may_be_firm(line: str, low: str) -> bool:
    """A short capitalised line that is neither an address nor a sentence."""
    words = line.split()
    if (
        not 1 <= len(words) <= 6
        or any(character.isdigit() for character in line)
        or line.endswith((".", "!", "?", ":"))
    ):
        return False
    return (
        words[0][:1].isupper() and sum(word[:1].isupper() for word in words) * 2 >= len(words) and not is_closing(low)
    )
