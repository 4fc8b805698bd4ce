"""How is plain text shown as HTML with its links alive and nothing else alive?"""

from html import escape
from urllib.parse import urlsplit

import nh3

from zrg_app.kit.links import addresses_in

MAX_LINKED = 32_000
"""Characters searched for links; the text after them is shown, escaped, without links."""

_ALLOWED_SCHEMES = {"http", "https", "mailto", "ftp"}


def linkify_html(text: str | None) -> str:
    """Return HTML that shows `text` unchanged, with web and mail addresses as links that open a new tab.

    Everything else is escaped; line ends become `<br>`. The result passes an allow-list once more, so that a
    mistake of the link finder cannot reach the page (spec section 10).
    """
    if not isinstance(text, str) or not text:
        return ""
    body = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _second_wall("".join(_pieces(body)))


def _pieces(body: str) -> list[str]:
    pieces, position = [], 0
    for link in addresses_in(body[:MAX_LINKED]):
        pieces.append(_shown(body[position : link.start]))
        pieces.append(_anchor(link.url, link.label))
        position = link.end
    pieces.append(_shown(body[position:]))
    return pieces


def _shown(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _anchor(url: str, label: str) -> str:
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return _shown(label)
    if scheme not in _ALLOWED_SCHEMES:
        return _shown(label)
    return f'<a href="{escape(url)}" target="_blank">{_shown(label)}</a>'


def _second_wall(html: str) -> str:
    return nh3.clean(
        html,
        tags={"a", "br"},
        attributes={"a": {"href", "target"}},
        url_schemes=_ALLOWED_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
