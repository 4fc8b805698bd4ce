"""Does every reader return, quickly and with its own type, whatever it is given?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.services import reading

TEXT_READERS = (reading.normalize_phone, reading.normalize_email, reading.normalize_linkedin, reading.linkify_html,
                reading.sanitize_html)
CHUNKS = ("a", " ", "\n", ">", "> ", "-", ".", "@", "a@", "(", "[", "\"", "http://", "www.a.b/", "<div>", "<b a=1><p>",
          "&", "1", "+1 ", "10:00-", "mon ", "no ", "thanks ", "please stop ", "_", "*", "\u200b", "é", "𝕏",
          "From: a\n", "On a wrote:", "-- \n", "linkedin.com/in/", "STOP ", "out of office ")
HOSTILE_LENGTH = 1_000_000


@given(st.none() | st.text(max_size=200) | st.lists(st.sampled_from(CHUNKS), max_size=40).map("".join))
@settings(max_examples=300)
def test_no_text_makes_a_reader_raise(text):
    for reader in TEXT_READERS:
        reader(text)


def test_a_megabyte_of_anything_is_bounded_work():
    for chunk in CHUNKS:
        text = (chunk * (HOSTILE_LENGTH // len(chunk) + 1))[:HOSTILE_LENGTH]
        for reader in TEXT_READERS:
            reader(text)
