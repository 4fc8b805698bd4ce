"""How is what we sent shown as it was sent, with its marks alive and nothing else alive?"""

import nh3

from zrg_app.integrations import light_marks

_TAGS = {"a", "br", "strong", "em", "ul", "ol", "li", "blockquote"}


def formatted_html(text: str | None) -> str:
    """Return HTML that shows an e-mail of ours as the provider was handed it; links open a new tab.

    The marks make no tag that the text could choose; the allow-list is the second wall.
    """
    if not isinstance(text, str) or not text:
        return ""
    return nh3.clean(
        light_marks.html(text.replace("\x00", "")), tags=_TAGS, attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}})
