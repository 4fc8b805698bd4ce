"""Can everybody read it: contrast in light and dark, defined tokens, drawn icons?"""

import re
from pathlib import Path

import pytest

from zrg_app.ui.icon import ICON_NAMES

ASSETS = Path(__file__).parents[2] / "assets"
TOKENS = (ASSETS / "css/tokens.css").read_text()
TEXT_ON_GROUND = [
    (text, ground)
    for text in ("ink", "ink-2", "ink-3")
    for ground in ("pane", "ground", "sunken", "hover", "accent-soft", "accent-wash", "bubble-mine")
]
MEANINGS = [(meaning, f"{meaning}-soft") for meaning in ("good", "calm", "info", "wait", "bad", "quiet")]
OTHERS = [
    ("accent-ink", "accent-soft"), ("accent", "pane"), ("accent", "ground"), ("on-accent", "accent"), ("pane", "ink"),
    ("on-accent", "accent-strong"), ("bad", "pane"), ("good", "ground"), ("bad", "ground"), ("ink", "wait-soft"),
    ("accent", "bubble-mine"), ("ink", "bad-soft"), ("accent-ink", "accent-wash"), ("wait", "pane"),
]  # fmt: skip


def _scale(dark: bool) -> dict[str, str]:
    """Read every custom property as it stands in one mode."""
    light_block, dark_block, meaning_block = re.findall(r":root(?:\.dark)?(?:,[^{]+)?\{(.*?)\n\}", TOKENS, re.DOTALL)[:3]
    blocks = [light_block, dark_block, meaning_block] if dark else [light_block, meaning_block]
    return {name: value.strip() for block in blocks for name, value in re.findall(r"--([\w-]+):([^;]+);", block)}


def _luminance(scale: dict[str, str], name: str) -> float:
    """WCAG relative luminance of a token, following var() to its hexadecimal colour."""
    value = scale[name]
    while value.startswith("var("):
        value = scale[value[6:-1]]
    channels = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(scale: dict[str, str], one: str, other: str) -> float:
    """The WCAG contrast ratio of two tokens."""
    darker, lighter = sorted((_luminance(scale, one), _luminance(scale, other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*TEXT_ON_GROUND, *MEANINGS, *OTHERS])
def test_text_reads_on_its_ground(text: str, ground: str, dark: bool) -> None:
    ratio = _contrast(_scale(dark), text, ground)
    assert ratio >= 4.5, f"{text} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["focus", "line-control", "accent"])
def test_marks_stand_out_from_the_pane(mark: str, dark: bool) -> None:
    assert _contrast(_scale(dark), mark, "pane") >= 3


def test_dark_redefines_the_first_tier_only() -> None:
    first_tier, dark_tier, meanings = re.findall(r":root(?:\.dark)?(?:,[^{]+)?\{(.*?)\n\}", TOKENS, re.DOTALL)[:3]
    names = {block: set(re.findall(r"--([\w-]+):", block)) for block in (first_tier, dark_tier, meanings)}
    assert names[dark_tier] <= names[first_tier]
    assert not names[dark_tier] & names[meanings]


def test_every_token_used_is_defined() -> None:
    sheets = "".join(path.read_text() for path in sorted((ASSETS / "css").glob("*.css")))
    defined = set(re.findall(r"--([\w-]+):", sheets)) | {"hue", "undo-left", "rows"}
    assert set(re.findall(r"var\(--([\w-]+)", sheets)) <= defined


def test_colours_are_named_in_the_tokens_alone() -> None:
    for path in (ASSETS / "css").glob("*.css"):
        if path.name != "tokens.css":
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", path.read_text()), path.name


def test_every_icon_name_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ASSETS / "icons.svg").read_text()))
    assert drawn == set(ICON_NAMES)
