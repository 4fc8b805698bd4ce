"""Does every reader return, quickly and with its own type, whatever it is given?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.services import reading

REFERENCE = "2027-03-01T09:00:00+01:00"
ZONE = "Europe/Berlin"
SLOTS = [{"start": "2027-03-02T09:00:00Z"}, {"start": None}, {}]


def read_message(reader):
    """Return a reader of messages as a reader of one text, put in every field."""

    def read(text):
        fields = dict.fromkeys(("raw", "subject", "from", "text", "html"), text)
        return reader({**fields, "headers": {"Subject": text, "Content-Type": text}})

    return read


TEXT_READERS = (
    reading.normalize_phone,
    reading.normalize_email,
    reading.normalize_linkedin,
    reading.linkify_html,
    reading.sanitize_html,
    reading.extract_reply,
    reading.gives_orders,
    reading.is_absence,
    reading.is_plain_refusal,
    reading.clean_body,
    reading.extract_signature,
    reading.is_opt_out,
    reading.is_ack_only,
    reading.is_bounce_sender,
    read_message(reading.detect_bounce),
    read_message(reading.detect_auto_reply),
    lambda text: reading.extract_reply(None, text),
    lambda text: reading.extract_signature(text, text, text),
    lambda text: reading.clean_body(text, text),
    lambda text: reading.is_opt_out("x", text, text),
    lambda text: reading.parse_times(text, REFERENCE, ZONE),
    lambda text: reading.accept_slot(text, SLOTS, ZONE, REFERENCE),
)
CHUNKS = (
    "a",
    " ",
    "\n",
    ">",
    "> ",
    "-",
    ".",
    "@",
    "a@",
    "(",
    "[",
    '"',
    "http://",
    "www.a.b/",
    "<div>",
    "<b a=1><p>",
    "&",
    "1",
    "+1 ",
    "10:00-",
    "mon ",
    "no ",
    "thanks ",
    "please stop ",
    "_",
    "*",
    "\u200b",
    "é",
    "𝕏",
    "From: a\n",
    "On a wrote:",
    "-- \n",
    "linkedin.com/in/",
    "STOP ",
    "out of office ",
)
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


@given(st.none() | st.text(max_size=40), st.none() | st.text(max_size=30))
def test_odd_references_and_zones_are_no_error(reference, zone):
    assert reading.parse_times("tomorrow at 3", reference, zone) is not None
    reading.accept_slot("tomorrow at 3", SLOTS, zone, reference)
    reading.detect_auto_reply({"text": "Out of office, back on 3 May"}, reference)
