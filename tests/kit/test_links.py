"""Every address is found, whatever stands around it, and a long text without any costs next to nothing."""

import random

from linkify_it import LinkifyIt

from zrg_app.kit.links import addresses_in

_PARTS = ("http://", "https:", "//", "www.", "a.example.com", "@", "mailto:", "x@y.de", "(", ")", "<", ">", ".", ",", "!", "?", " ", "\n",
          "\t", "\xa0", "\u2028", "\x85", "\x1c", "\u200b", "xn--abc", "127.0.0.1", ":8080", "/path", "?q=1", ".рф", '"', "'", "-", "_",
          "｜", "é", "word", "e.g.", "3.5", "..", "user:pw@", "。com")


def test_what_is_found_word_by_word_is_what_is_found_in_the_whole_text() -> None:
    finder, chance = LinkifyIt(), random.Random(7)
    for _ in range(3000):
        text = "".join(chance.choice(_PARTS) for _ in range(chance.randint(1, 14)))
        whole = [(one.index, one.last_index, one.schema, one.raw, one.url) for one in finder.match(text) or ()]
        assert [(one.start, one.end, one.scheme, one.label, one.url) for one in addresses_in(text)] == whole, repr(text)


def test_an_address_is_told_with_its_place_and_a_whole_url() -> None:
    (found,) = addresses_in("Look at vale-group.com, please.")
    assert (found.start, found.end, found.label, found.url) == (8, 22, "vale-group.com", "http://vale-group.com")
