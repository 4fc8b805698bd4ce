"""Does a draft name a web address nobody gave? Compared in one canonical form."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from zrg_app.services.drafting.checks.proposal import Proposal
from zrg_app.services.drafting.signature import links_of

_ANY_SCHEME = re.compile(r"\b(?!mailto:)[a-z][a-z0-9+.-]{1,20}://[^\s<>\"']+", re.IGNORECASE)
_END = ".,;:!?)]}'\"*_"


def addresses_in(text: str) -> tuple[str, ...]:
    """The web addresses of a text as written, with any scheme or none."""
    found = [*links_of(text), *(one.rstrip(_END) for one in _ANY_SCHEME.findall(text))]
    return tuple(dict.fromkeys(one for one in found if one))


def canonical(link: str) -> str:
    """One form for what leads to the same page: no scheme, no www, no closing slash, no tracking, no fragment."""
    written = link.strip().rstrip(_END)
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return written.lower()
    query = urlencode(sorted((name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith("utm_")))
    scheme = "" if parts.scheme in ("http", "https") else f"{parts.scheme}:"
    # A name before an @ in an address is how a link is made to look like another's.
    user = f"{parts.username}@" if parts.username else ""
    return f"{scheme}{user}{host}{port}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def unknown_links(proposal: Proposal) -> tuple[str, ...]:
    """The addresses of a draft that stand in nothing we said and in nothing of the lead's that may be repeated."""
    given = [*addresses_in(proposal.known_text), *proposal.links, *([proposal.booking_link] if proposal.booking_link else [])]
    known = {canonical(link) for link in given}
    named = f"{proposal.known_text}\n{proposal.lead_words}\n{proposal.lead_data}".lower()
    return tuple(link for link in addresses_in(proposal.body) if canonical(link) not in known and not _is_a_name(link, named))


def _is_a_name(link: str, named: str) -> bool:
    """Whether this is a firm called like its address (monday.com), which they or we spoke of."""
    return "/" not in link and "@" not in link and re.search(rf"(?<![\w.-]){re.escape(link.lower())}(?![\w/-])", named) is not None
