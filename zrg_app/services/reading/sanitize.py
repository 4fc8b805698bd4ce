"""Which part of a stranger's HTML may be put in our page?"""

import re
from collections import Counter
from html import escape

import nh3

MAX_HTML = 500_000
"""Characters of HTML that are shown; an e-mail body beyond this is cut."""

MAX_WORK = 4_000_000
"""Bound on (open elements) x (tags): parsing cost grows with that product, so deeper input is shown as plain text."""

_TAGS = set(
    """
    a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del div dl dt em font h1 h2
    h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strike strong sub sup table tbody td
    tfoot th thead time tr tt u ul wbr
""".split()
)
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "target"},
    "col": {"span"},
    "font": {"color"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_DROPPED_WITH_TEXT = set(
    """
    script style svg math template noscript iframe object embed title xmp noembed noframes
""".split()
)
_LINKS = {"http", "https", "mailto", "tel"}
_INLINE_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp)[;,]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_NEVER_NESTED = set(
    """
    area base br col dd dt hr img input li link meta option p param source tbody td tfoot th thead tr
    wbr
""".split()
)


def sanitize_html(html: str | None) -> str:
    """Return HTML with only harmless structure and text: no script, style, form, frame, handler or remote image.

    Remote images are dropped because loading one tells the sender that the mail was read; images carried inside
    the mail as data stay. Links open a new tab. Input nested absurdly deep comes back as plain text.
    """
    if not isinstance(html, str) or not html:
        return ""
    bounded = html[:MAX_HTML].replace("\x00", "")
    if _too_deep(bounded):
        return escape(re.sub(r"<[^<>]*>", " ", bounded))
    return nh3.clean(
        bounded,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED_WITH_TEXT,
        url_schemes=_LINKS | {"data"},
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if _INLINE_IMAGE.match(value) else None
    if name == "href" and value.strip().lower().startswith("data"):
        return None
    return value


def _too_deep(html: str) -> bool:
    tags = html.count("<")
    if tags * tags < MAX_WORK:
        return False
    open_now: Counter[str] = Counter()
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _NEVER_NESTED:
            continue
        if not closing:
            open_now[tag] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_now[tag]:
            open_now[tag] -= 1
            depth -= 1
    return deepest * tags > MAX_WORK
