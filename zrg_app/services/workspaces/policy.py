"""Which values may a workspace's settings take? Each field with its check; hostile input gets a sentence. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

import phonenumbers

from zrg_app.kit.errors import Invalid

LONGEST_NAME = 100
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def one_line(value: str) -> str:
    """`value` without control characters and with single spaces."""
    return " ".join(_HIDDEN.sub(" ", value).split())


def workspace_name(value: object) -> str:
    """A name of one line, 1 to 100 characters. Raises Invalid."""
    name = one_line(value) if isinstance(value, str) else ""
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(f"Give the workspace a name of 1 to {LONGEST_NAME} characters.")
    return name


def _text(longest: int) -> Callable[[str, object], str | None]:
    def check(field: str, value: object) -> str | None:
        if not isinstance(value, str | None):
            raise Invalid(f"{_title(field)} must be text.")
        cleaned = _HIDDEN.sub("", value or "").strip()
        if len(cleaned) > longest:
            raise Invalid(f"{_title(field)} may have at most {longest} characters.")
        return cleaned or None
    return check


def _time(field: str, value: object) -> str:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise Invalid(f"{_title(field)} must be a time such as 09:00.")
    return value


def _zone(field: str, value: object) -> str:
    if not isinstance(value, str) or value not in available_timezones():
        raise Invalid(f"{_title(field)} must be a name such as America/New_York.")
    return value


def _region(field: str, value: object) -> str:
    region = value.strip().upper() if isinstance(value, str) else ""
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise Invalid(f"{_title(field)} must be a country code such as US.")
    return region


def _yes_no(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Invalid(f"{_title(field)} must be yes or no.")
    return value


def _cents(field: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000_000:
        raise Invalid(f"{_title(field)} must be a whole number of cents, 0 for no limit.")
    return value


def _tone(field: str, value: object) -> str:
    return _text(60)(field, value) or "friendly-professional"


def _link(field: str, value: object) -> str | None:
    link = _text(500)(field, value)
    if link and not re.fullmatch(r"https?://[^\s/@]+\.[^\s/@]+(?:[/?#]\S*)?", link):
        raise Invalid(f"{_title(field)} must be a web address that begins with https://.")
    return link


def _share(least: float, most: float) -> Callable[[str, object], float]:
    def check(field: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise Invalid(f"{_title(field)} must be between {least} and {most}.")
        return float(value)
    return check


def _count(least: int, most: int) -> Callable[[str, object], int]:
    def check(field: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Invalid(f"{_title(field)} must be a whole number between {least} and {most}.")
        return value
    return check


FIELDS: dict[str, Callable[[str, object], Any]] = {
    "timezone": _zone, "default_region": _region, "work_start_time": _time, "work_end_time": _time,
    "brand_name": _text(200), "company_name": _text(200), "target_result": _text(500), "service_description": _text(10_000),
    "ai_persona_name": _text(200), "ai_tone": _tone, "ai_greeting": _text(500), "ai_sms_greeting": _text(500),
    "ai_signature": _text(2_000), "ai_goals": _text(10_000), "draft_generation_enabled": _yes_no,
    "ai_linkedin_greeting": _text(500), "ideal_customer_profile": _text(10_000), "booking_link": _link,
    "email_opt_out_line": _text(300), "sms_opt_out_line": _text(160), "draft_verification_enabled": _yes_no,
    "draft_verification_model": _text(100), "overseer_enabled": _yes_no, "auto_send_evaluator_model": _text(100),
    "auto_send_revision_enabled": _yes_no, "auto_send_skip_review": _yes_no, "auto_send_shadow": _yes_no,
    "auto_send_must_earn": _yes_no, "auto_send_earn_rate": _share(0.5, 1.0), "auto_send_earn_replies": _count(1, 500),
    "setters_see_own_only": _yes_no,
    "draft_generation_model": _text(100), "email_provider": _text(40), "daily_model_spend_limit_cents": _cents,
}


def checked(changes: Mapping[str, object]) -> dict[str, Any]:
    """`changes` as they are stored. Raises Invalid for an unknown field or a value that does not fit."""
    unknown = sorted(set(map(str, changes)) - set(FIELDS))
    if unknown:
        raise Invalid(f"There is no setting called {unknown[0][:60]}.")
    return {field: FIELDS[field](field, value) for field, value in changes.items()}


def _title(field: str) -> str:
    return field.replace("_", " ").replace("ai ", "AI ").capitalize()
