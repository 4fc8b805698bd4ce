"""Which E.164 number does this text name, if any?"""

import re

import phonenumbers

from zrg_app.services.reading.characters import MAX_FIELD, visible

_KIND_AFTER = re.compile(r"[\s,;/-]*\(?[A-Za-z][A-Za-z ]{2,20}\)?\.?$")
_REGION_NAMES = {"UK": "GB", "EN": "GB", "USA": "US"}


def normalize_phone(raw: str | None, default_region: str | None = None) -> str | None:
    """Return the number as E.164 without extension, or None when current metadata call it invalid.

    `default_region` is a two-letter country code used for numbers without a country prefix; None means
    that only international numbers are understood.
    """
    text = visible(raw, MAX_FIELD).strip()
    if not any(character.isdigit() for character in text):
        return None
    region = region_code(default_region)
    return _e164(text, region) or _e164(_KIND_AFTER.sub("", text), region)


def _e164(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region_code(region: str | None) -> str | None:
    """Return a region code the number metadata know, or None."""
    if not isinstance(region, str):
        return None
    code = region.strip().upper()
    code = _REGION_NAMES.get(code, code)
    return code if code in phonenumbers.SUPPORTED_REGIONS else None
