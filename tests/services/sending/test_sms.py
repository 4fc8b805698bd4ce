"""How many SMS does a text become, and how many are too many?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.sending.sms import MOST_PARTS, parts, units


@pytest.mark.parametrize(("text", "expected"), [
    ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("a" * 480, 4), ("a" * 1530, 10), ("a" * 1531, 11),
    ("€" * 80, 1), ("€" * 81, 2), ("ñ" * 160, 1), ("ç", 1), ("ç" * 71, 2), ("😀" * 35, 1), ("😀" * 36, 2), ("’" + "a" * 69, 1),
    ("’" + "a" * 70, 2), ("’" + "a" * 669, 10), ("’" + "a" * 670, 11)])
def test_a_text_is_counted_as_carriers_count(text: str, expected: int) -> None:
    assert parts(text) == expected


@given(st.text(max_size=400), st.text(max_size=20))
def test_more_words_are_never_fewer_parts(text: str, more: str) -> None:
    assert parts(text) <= parts(text + more)
    assert units(text)[0] >= len(text)


def test_ten_parts_are_the_most() -> None:
    assert MOST_PARTS == 10
