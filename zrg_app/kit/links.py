"""Where are the web and mail addresses in a text?

The finder tries its patterns at every sign of a text, a millisecond per thousand; nearly all words hold no address. So it is
shown only the words that hold something an address cannot be without. An address never reaches over a blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linkify_it import LinkifyIt

_FINDER = LinkifyIt()
# Tried at the beginning of each word only, so that a word without end is read once.
_SUSPECT = re.compile(r"(?<!\S)\S*?(?:@|//|\.\w)\S*")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text, from `start` to `end`. `scheme` is as written, empty for an address without one; `url` has one."""

    start: int
    end: int
    scheme: str
    label: str
    url: str


def addresses_in(text: str) -> Iterator[Address]:
    """The web and mail addresses that stand in `text`, in their order."""
    for word in _SUSPECT.finditer(text):
        for found in _FINDER.match(word.group()) or ():
            yield Address(word.start() + found.index, word.start() + found.last_index, found.schema, found.raw, found.url)
