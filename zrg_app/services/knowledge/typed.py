"""What did a person type into a field of knowledge? Text without control characters, within its length. Pure."""

import re
from dataclasses import dataclass

from zrg_app.kit.errors import Invalid

_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """A field: what it is called at the head of a sentence, and the most characters it takes."""

    title: str
    longest: int

    def read(self, value: object, *, soft: bool = False) -> str:
        """The text as it is stored. Raises Invalid, unless `soft`: then what cannot be read is empty."""
        wrong = self.problem(value)
        if wrong and not soft:
            raise Invalid(wrong)
        return "" if wrong else storable(str(value or "")).strip()

    def problem(self, value: object) -> str:
        """What is wrong with `value`; empty when it fits."""
        if not isinstance(value, str | None):
            return f"{self.title} must be text."
        too_long = len(storable(value or "").strip()) > self.longest
        return f"{self.title} may have at most {self.longest} characters." if too_long else ""


def storable(text: str) -> str:
    """`text` without what the database refuses or a screen should not show."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
