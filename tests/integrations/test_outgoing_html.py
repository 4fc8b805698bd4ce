"""Does our text arrive as it was meant, and is it recognised when it comes back?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.integrations.outgoing_html import html_from_text, same_words, text_from_html


@pytest.mark.parametrize(("text", "markup"), [
    ("Hi <b>Dana</b> & co", "Hi &lt;b&gt;Dana&lt;/b&gt; &amp; co"),
    ("one\r\ntwo\n\nthree", "one<br>\ntwo<br>\n<br>\nthree"),
    ("see https://a.example/?a=1&b=2.", 'see <a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>.'),
    ("[book](https://cal.example/x) now", '<a href="https://cal.example/x">book</a> now'),
    ("[click](javascript:alert(1))", "[click](javascript:alert(1))"),
    ("\"quoted\" 'text'", "&quot;quoted&quot; &#x27;text&#x27;"),
])
def test_text_becomes_html(text: str, markup: str) -> None:
    assert html_from_text(text) == markup


@pytest.mark.parametrize(("ours", "theirs"), [
    ("It's fine - ok...", "It\u2019s  fine \u2013 ok\u2026"), ("Hello\nthere", "hello there "), ("a\u00a0b", "a b\u200b")])
def test_what_a_provider_does_to_a_text_does_not_make_it_another(ours: str, theirs: str) -> None:
    assert same_words(ours) == same_words(theirs)


def test_different_words_are_different_messages() -> None:
    assert same_words("It is 900 a month.") != same_words("It is 9000 a month.")


@given(st.text(max_size=200))
def test_any_text_is_recognised_after_the_trip_through_html(text: str) -> None:
    assert same_words(text_from_html(html_from_text(text))) == same_words(text)


@given(st.text(alphabet="<>&\"'/ abscript:jv=\n[]()", max_size=80))
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    markup = html_from_text(text)
    for made in ("<br>", "</a>"):
        markup = markup.replace(made, "")
    assert all(piece.startswith(('a href="http', 'a href="mailto:')) for piece in markup.split("<")[1:])
