"""Which e-mail address, in one canonical spelling, does this text hold, if any?"""

import re
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from zrg_app.services.reading.characters import MAX_FIELD, plain

_LABEL = re.compile(r"^[A-Za-z][A-Za-z \-]{0,19}:\s*(?=\S{1,320}$)")
_BRACKETED = re.compile(r"<([^<>]*@[^<>]*)>")
_LEADING = " \t\n<>()[]{}\"',;:*_"
_TRAILING = " \t\n<>()[]{}\"',;:.!?*"


def normalize_email(raw: str | None) -> str | None:
    """Return the address lower-cased, tags and dots kept, without display name, `mailto:` or stray punctuation.

    None when there is no address or more than one, or when its syntax or domain form is invalid. No look-up is made.
    """
    text = plain(raw, MAX_FIELD).strip()
    if "@" not in text:
        return None
    bracketed = _BRACKETED.findall(text)
    if bracketed:
        text = bracketed[-1].strip()
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
        if label.group().lower().startswith("mailto"):
            text = unquote(text.split("?")[0])
    bare = text.lstrip(_LEADING).rstrip(_TRAILING)
    try:
        return validate_email(bare, check_deliverability=False).normalized.lower()
    except (EmailNotValidError, ValueError):
        return None
