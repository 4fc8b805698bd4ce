"""Can a stranger's text or HTML do anything in our page other than be read?"""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.reading import linkify_html, sanitize_html

HARMLESS_LINKS = ("http://", "https://", "mailto:", "ftp://", "tel:")


def elements(html):
    return [(node.tag.rpartition("}")[2], node) for node in html5lib.parse(html).iter() if isinstance(node.tag, str)]


def visible_text(html):
    words = []
    for tag, node in elements(html):
        words.append("\n" if tag == "br" else "")
        words.append(node.text or "")
    return "".join(words)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://vale-group.com/deck?a=1&b=2.", ["https://vale-group.com/deck?a=1&b=2"]),
        ("(https://vale-group.com/wiki_(x))!", ["https://vale-group.com/wiki_(x)"]),
        ("write to robin@vale-group.com; thanks", ["mailto:robin@vale-group.com"]),
        ("javascript:alert(1) data:text/html,x vbscript:x", []),
        ("report.pdf and 4.5.6", []),
    ],
)
def test_links_in_text_come_alive_without_their_punctuation(text, links):
    assert [node.get("href") for tag, node in elements(linkify_html(text)) if tag == "a"] == links


def test_markup_in_text_is_shown_not_obeyed():
    text = '<img src=x onerror=alert(1)> "quoted" & <a href="javascript:1">x</a>\nsecond line'
    html = linkify_html(text)
    assert {tag for tag, _ in elements(html)} <= {"html", "head", "body", "br"}
    assert "&lt;img" in html
    assert "<br>second line" in html


def test_every_link_opens_apart_from_our_page():
    for html in (linkify_html("https://vale-group.com"), sanitize_html('<a href="https://vale-group.com">x</a>')):
        assert 'target="_blank"' in html
        assert "noopener" in html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href='  jAvAsCrIpT:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><form action=javascript:1><input></form>",
        "<img src=x onerror=alert(1)><img src='https://tracker.example/pixel.gif'>",
        "<div style='background:url(javascript:alert(1))' id=x name=y>x</div>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    ],
)
def test_no_script_survives_cleaning(html):
    nodes = elements(sanitize_html(html))
    assert not {tag for tag, _ in nodes} & {"script", "svg", "math", "style", "iframe", "form", "input", "noscript"}
    for _tag, node in nodes:
        for name, value in node.attrib.items():
            assert not name.startswith("on")
            assert name not in {"style", "id", "name"}
            assert name != "href" or value.startswith(HARMLESS_LINKS)
            assert name != "src" or value.startswith("data:image/")


def test_structure_and_text_of_an_ordinary_mail_survive():
    image = "<img src='data:image/png;base64,AA' alt='logo'>"
    html = f"<div dir='ltr'><p>Hello <b>Robin</b></p><ul><li>one</li></ul>{image}</div>"
    cleaned = sanitize_html(html)
    for kept in ("<p>Hello <b>Robin</b></p>", "<li>one</li>", "data:image/png", 'alt="logo"'):
        assert kept in cleaned


def test_absurd_nesting_is_shown_as_text():
    bomb = "<div>" * 60_000 + "deep"
    cleaned = sanitize_html(bomb)
    assert "<div>" not in cleaned
    assert cleaned.strip() == "deep"


@given(st.text(alphabet=st.sampled_from("ab .:/@<>&\"'()\n?=#"), max_size=120))
def test_linkified_text_reads_as_it_was_written(text):
    shown = html5lib.parse(linkify_html(text))
    assert "".join("".join(shown.itertext()).split()) == "".join(text.split())
