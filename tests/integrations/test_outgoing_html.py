"""Does our text arrive as it was meant, and is it recognised when it comes back?"""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.integrations.outgoing_html import html_from_text, plain_from_text, same_words, text_from_html


@pytest.mark.parametrize(("text", "markup"), [
    ("Hi <b>Dana</b> & co", "Hi &lt;b&gt;Dana&lt;/b&gt; &amp; co"),
    ("one\r\ntwo\n\nthree", "one<br>\ntwo<br>\n<br>\nthree"),
    ("see https://a.example/?a=1&b=2.", 'see <a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>.'),
    ("[book](https://cal.example/x) now", '<a href="https://cal.example/x">book</a> now'),
    ("[click](javascript:alert(1))", "[click](javascript:alert(1))"),
    ("\"quoted\" 'text'", "&quot;quoted&quot; &#x27;text&#x27;"),
    ("It is **really** _quite_ *simple*.", "It is <strong>really</strong> <em>quite</em> <em>simple</em>."),
    ("**_both_ of [them](https://a.example/x_y_z)**",
     '<strong><em>both</em> of <a href="https://a.example/x_y_z">them</a></strong>'),
    ("2 * 3 * 4, snake_case_name, ** spaced **, a*b*c", "2 * 3 * 4, snake_case_name, ** spaced **, a*b*c"),
    ("Two:\n- one\n- **two**\n\nBest", "Two:\n<ul>\n<li>one</li>\n<li><strong>two</strong></li>\n</ul>\nBest"),
    ("3. c\n4. d\n6. f", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n6. f'),
    ("Bye\n- Chris", "Bye<br>\n- Chris"),
    ("> You said\n> > so\nYes", "<blockquote>\nYou said\n<blockquote>\nso\n</blockquote>\n</blockquote>\nYes"),
    ("**<img src=x onerror=alert(1)>**", "<strong>&lt;img src=x onerror=alert(1)&gt;</strong>"),
    ("- <script>\n- [x](https://a.example/\"onclick=alert(1))",
     '<ul>\n<li>&lt;script&gt;</li>\n<li>[x](<a href="https://a.example/">https://a.example/</a>&quot;onclick=alert(1))</li>\n</ul>'),
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


@given(st.text(alphabet="ab *_->1.2)\n[](): •", max_size=60))
def test_any_marks_are_recognised_after_the_trip_through_html(text: str) -> None:
    assert same_words(text_from_html(html_from_text(text))) == same_words(text)


@pytest.mark.parametrize(("text", "words"), [
    ("It is **really** _so_.", "It is really so."), ("- one\n- two", "- one\n- two"), ("> said\nYes", "> said\nYes"),
    ("[our calendar](https://cal.example/x)", "our calendar (https://cal.example/x)"),
    ("[cal.example/x](https://cal.example/x/)", "https://cal.example/x/"), ("https://a.example/_x_", "https://a.example/_x_"),
    ("2 * 3 * 4", "2 * 3 * 4"), ("**<b>**", "<b>")])
def test_what_takes_no_html_gets_words(text: str, words: str) -> None:
    assert plain_from_text(text) == words


@given(st.text(alphabet="<>&\"'/ abscript:jv=\n[]()*_-1.", max_size=80))
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    ours = re.compile(r'</?(?:strong|em|ul|li|blockquote)>|</?ol>|<ol start="\d+">|<br>|</a>|<a href="(?:http|mailto:)[^"<>]*">')
    assert not set(ours.sub("", html_from_text(text))) & set("<>")


@pytest.mark.parametrize("text", ["**a " * 20_000, "_" * 60_000, "[" * 30_000, "> " * 30_000 + "x", "- a\n" * 20_000, "1. a\n" * 20_000])
def test_a_hostile_text_is_read_in_no_time(text: str) -> None:
    began = time.process_time()
    html_from_text(text)
    assert time.process_time() - began < 3
