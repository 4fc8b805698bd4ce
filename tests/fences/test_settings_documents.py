"""Is every setting documented? `docs/settings.md` and `.env.example` are written from the code (ZRG_WRITE_DOCS=1 does it)."""

import os
import re
from pathlib import Path

from pydantic.fields import FieldInfo

from tests.fences.source import CHECKOUT
from zrg_app.kit.settings import Settings

TABLE, EXAMPLE = CHECKOUT / "docs" / "settings.md", CHECKOUT / ".env.example"
_HEAD = """# Settings

Written from `zrg_app/kit/settings.py` by `tests/fences/test_settings_documents.py`. Values are read from the environment and
stripped of whitespace; what a customer may change is in the workspace's own settings instead. Secret values never reach a log.

| Variable | Default | What it says | Limits |
|---|---|---|---|
"""
_EXAMPLE_HEAD = """# Every setting with its default; see docs/settings.md. Take the # off a line to change it.
"""


def _name(field: FieldInfo) -> str:
    return field.validation_alias.choices[0]


def _default(field: FieldInfo) -> str:
    return str(field.default)


def _limits(field: FieldInfo) -> str:
    words = {"Ge": "at least {ge}", "Le": "at most {le}", "Gt": "more than {gt}", "Lt": "less than {lt}"}
    told = [words[type(each).__name__].format(**{type(each).__name__.lower(): getattr(each, type(each).__name__.lower())})
            for each in field.metadata if type(each).__name__ in words]
    choices = re.findall(r"'([^']+)'", str(field.annotation)) if "Literal" in str(field.annotation) else []
    secret = ["secret"] if field.repr is False else []
    return ", ".join(told + [" or ".join(choices)] * bool(choices) + secret)


def table() -> str:
    """`docs/settings.md` as it should be."""
    return _HEAD + "".join(_row(field) for field in Settings.model_fields.values())


def _row(field: FieldInfo) -> str:
    default = f"`{_default(field)}`" if _default(field) else "not set"
    return f"| `{_name(field)}` | {default} | {field.description} | {_limits(field)} |\n"


def example() -> str:
    """`.env.example` as it should be."""
    blocks = [f"\n# {field.description}\n#{_name(field)}={_default(field)}\n" for field in Settings.model_fields.values()]
    return _EXAMPLE_HEAD + "".join(blocks)


def _is_current(path: Path, wanted: str) -> bool:
    if os.environ.get("ZRG_WRITE_DOCS"):
        path.write_text(wanted, encoding="utf-8")
    return path.exists() and path.read_text(encoding="utf-8") == wanted


def test_the_table_of_settings_is_written_down() -> None:
    assert _is_current(TABLE, table()), "run ZRG_WRITE_DOCS=1 pytest tests/fences/test_settings_documents.py"


def test_the_example_environment_is_written_down() -> None:
    assert _is_current(EXAMPLE, example()), "run ZRG_WRITE_DOCS=1 pytest tests/fences/test_settings_documents.py"


def test_every_setting_says_what_it_is_for_in_a_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description and field.description.endswith("."), name
        assert _name(field) == _name(field).upper(), name


def test_a_setting_that_is_not_written_down_is_noticed(tmp_path: Path) -> None:
    older = tmp_path / "settings.md"
    older.write_text(table().replace("`ZRG_PORT`", "`ZRG_GATE`"), encoding="utf-8")
    assert older.read_text(encoding="utf-8") != table()


def test_no_secret_has_a_default() -> None:
    assert all(not field.default for field in Settings.model_fields.values() if field.repr is False)
