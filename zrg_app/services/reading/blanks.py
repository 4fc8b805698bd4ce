"""Which blanks of a text did nobody fill? A blank is a name in braces: {first name}, {{company}}. Pure."""

import re

# It begins with a letter and is short: "{1}" and "{ a: 1 }" are no names, and a person may well write them.
BLANK = re.compile(r"\{\{?(?P<name>[^\W\d_][\w .'’/-]{0,40}?)\}?\}")


def blanks(text: str) -> tuple[str, ...]:
    """The names in braces that still stand in a text, each once, in their order."""
    return tuple(dict.fromkeys(found["name"].strip() for found in BLANK.finditer(text)))
