"""Which LinkedIn member profile, in one canonical form, does this text name, if any?"""

import re
from urllib.parse import unquote

from zrg_app.services.reading.characters import MAX_FIELD, plain

_PROFILE = re.compile(
    r"(?:https?:)?(?://)?(?:[a-z0-9-]{1,20}\.){0,3}linkedin\.com(?::443|:80)?"
    r"/(?:(?:comm|mwlite|m|mobile)/)?in/(?P<slug>[^/?#\s]+)(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[\w\-.'&~]{2,150}")
_WRAPPING = " \t\n<>()[]{}\"',;*|"


def normalize_linkedin(raw: str | None) -> str | None:
    """Return `https://www.linkedin.com/in/<slug>` in lower case, or None.

    Country subdomains, `/comm/`, `/mwlite/`, locales, sub-pages and queries are dropped. Company, sales
    navigator and feed pages and hosts that only look like LinkedIn give None.
    """
    words = plain(raw, MAX_FIELD).split()
    if not words or (len(words) > 1 and not words[0].endswith((":", "-", "|"))):
        return None
    candidate = words[-1].lstrip(_WRAPPING).rstrip(_WRAPPING + ".!")
    match = _PROFILE.fullmatch(candidate)
    if match is None:
        return None
    slug = unquote(match["slug"]).lower().strip(" .,;'")
    return f"https://www.linkedin.com/in/{slug}" if _SLUG.fullmatch(slug) else None
