"""What may a screen see of snippets? Plain frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text with its blanks filled. `empty` are names we know and have nothing for, `unknown` those we do not know; both still stand
    in the text, in braces."""

    text: str
    empty: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetView:
    """A snippet as it was written. `is_shared` shows it to everybody of the workspace."""

    id: str
    name: str
    body: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSnippet:
    """A snippet filled for a lead; `missing` names the blanks that stay, in words for a person."""

    id: str
    name: str
    body: str
    text: str
    missing: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A snippet that was taken away, as it has to be known to bring it back."""

    id: str
    name: str
    body: str
    is_shared: bool
