"""Which words of a question are looked for, in which forms? No dictionary: any language. Pure."""

import re

MOST_TERMS = 48
LONGEST_QUESTION = 4_000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# Ends that change with number, case or tense in the languages of most leads; what is left must stay long enough to say something.
_ENDINGS = ("ations", "ation", "ments", "ment", "ingly", "ings", "ing", "ies", "ied", "ers", "ungen", "ung", "ciones", "ción", "ches",
            "shes", "ses", "es", "ed", "er", "en", "ly", "s", "e", "y")
_SHORTEST_STEM, _SHORTEST_PREFIX = 4, 4
_LONG_WORD, _HEAD = 12, 8


def terms(question: str) -> tuple[str, ...]:
    """Expressions for `to_tsquery('simple', ...)`: each word as it stands if it is short, else every word that begins like it.

    A very long word is also looked for by its head, because it may be a compound. Which words matter is left to how rare they
    are in the workspace's own passages.
    """
    found: dict[str, None] = {}
    for match in _WORD.finditer(question[:LONGEST_QUESTION].lower()):
        word = re.split(r"['’]", match[0])[0]
        if len(word) < 2 or (len(word) == 2 and not any(sign.isdigit() for sign in word)):
            continue
        found[f"{stem(word)}:*" if len(word) >= _SHORTEST_PREFIX else word] = None
        if len(word) >= _LONG_WORD:
            found[f"{word[:_HEAD]}:*"] = None
        if len(found) >= MOST_TERMS:
            break
    return tuple(found)


def stem(word: str) -> str:
    """The part of a word that its other forms begin with too."""
    for ending in _ENDINGS:
        shortest = _SHORTEST_STEM - 1 if ending == "s" else _SHORTEST_STEM
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word
