"""Is what a person typed a value this field of a lead can have, and how is it kept? Pure."""

import re
from collections.abc import Callable
from functools import cache
from zoneinfo import available_timezones

from zrg_app.kit.errors import Invalid
from zrg_app.models.vocabulary import LeadStatus
from zrg_app.services import reading

EDITABLE = ("first_name", "last_name", "email", "phone", "linkedin_url", "job_title", "company", "website", "company_state",
            "industry", "employee_headcount", "timezone", "status")
"""Fields of a lead a person may change; blacklisting has verbs of its own."""

LONGEST = 300
_NOT_NULL = ("first_name", "last_name", "status")
_WEB = re.compile(r"(?:https?://)?[^\s/@:?#]+(?:\.[^\s/@:?#]+)+(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def checked(name: str, typed: object, region: str | None) -> str | None:
    """The value to keep of field `name`: normal, None for one that is empty. Raises Invalid with what to do about it."""
    given = " ".join(str(typed or "").replace("\x00", "").split())
    if len(given) > LONGEST:
        raise Invalid(f"That is too long: {LONGEST} characters are kept.")
    if not given:
        if name == "status":
            raise Invalid("A lead has a status.")
        return "" if name in _NOT_NULL else None
    if name == "phone":
        return _phone(given, region)
    return _CHECKS[name](given) if name in _CHECKS else given


def zone_called(typed: str) -> str | None:
    """The time zone somebody means by its name or the name of its city, None when none or several are meant."""
    wanted = typed.strip().lower().replace(" ", "_")
    zones = _zones()
    if wanted in zones:
        return zones[wanted]
    ending = {zone for key, zone in zones.items() if key.endswith(f"/{wanted}")}
    return ending.pop() if len(ending) == 1 else None


def _email(given: str) -> str:
    return _or(reading.normalize_email(given), f"{given} is no e-mail address. Write it like dana@northwind.example.")


def _phone(given: str, region: str | None) -> str:
    return _or(reading.normalize_phone(given, region), f"{given} is no phone number. Write it with its country: +1 512 555 0134.")


def _linkedin(given: str) -> str:
    return _or(reading.normalize_linkedin(given), f"{given} is no LinkedIn profile. It looks like linkedin.com/in/dana-kessler.")


def _website(given: str) -> str:
    return _or(given if _WEB.fullmatch(given) else None, f"{given} is no web address. Write it like northwind.example.")


def _headcount(given: str) -> str:
    return _or(given if any(sign.isdigit() for sign in given) else None, "Give the size as a number, or a range such as 51-200.")


def _timezone(given: str) -> str:
    return _or(zone_called(given), f"{given} is no time zone we know. Take one such as America/Chicago, or its city.")


def _status(given: str) -> str:
    known = set(LeadStatus) - {LeadStatus.BLACKLISTED}
    return _or(given if given in known else None, f"{given} is no status a lead can be given by hand.")


def _or(value: str | None, sentence: str) -> str:
    if value is None:
        raise Invalid(sentence)
    return value


@cache
def _zones() -> dict[str, str]:
    return {zone.lower(): zone for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"}


_CHECKS: dict[str, Callable[[str], str]] = {
    "email": _email, "linkedin_url": _linkedin, "website": _website, "employee_headcount": _headcount, "timezone": _timezone,
    "status": _status}
