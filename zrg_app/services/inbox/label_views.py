"""What may a screen see of a label?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelView:
    """A label of the workspace; `hue` (0-359) colours it, `number` is how many leads carry it where that was asked."""

    id: str
    name: str
    hue: int
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelMark:
    """A label where it stands."""

    id: str
    name: str
    hue: int
