"""Are our files and functions small, well named and documented, and do looks live in the design system only?"""

from pathlib import Path

import pytest

from tests.fences import shape
from tests.fences.source import CHECKOUT, OURS, PRODUCT, Check, planted, violations

OPENING = '"""What is this?"""\n'
FAULTS = (
    (shape.sizes, "zrg_app/services/one.py", OPENING + "x = 1\n" * 250),
    (shape.sizes, "zrg_app/integrations/one.py", OPENING + "x = 1\n" * 350),
    (shape.sizes, "zrg_app/services/one.py", OPENING + "def long():\n" + "    x = 1\n" * 30),
    (shape.names, "zrg_app/services/inbox/helpers.py", OPENING),
    (shape.names, "zrg_app/services/utils/one.py", OPENING),
    (shape.names, "zrg_app/services/inbox/mail_service.py", OPENING),
    (shape.documentation, "zrg_app/services/one.py", "x = 1\n"),
    (shape.documentation, "zrg_app/services/one.py", '"""just words"""\n'),
    (shape.documentation, "zrg_app/services/one.py", OPENING + "def send():\n    pass\n"),
    (shape.documentation, "zrg_app/services/one.py", OPENING + "class Box:\n    pass\n"),
    (shape.documentation, "zrg_app/services/one.py", OPENING + 'class Box:\n    """A."""\n    def open(self):\n        pass\n'),
    (shape.literals, "zrg_app/pages/one.py", OPENING + "style = {'color': '#4f46e5'}\n"),
    (shape.literals, "zrg_app/pages/one.py", OPENING + "style = {'padding': '12px'}\n"),
    (shape.literals, "zrg_app/state/one.py", OPENING + "gap = f'{1}1.5rem'\n"),
    (shape.literals, "zrg_app/pages/one.py", OPENING + "ink = 'rgb(1, 2, 3)'\n"),
)
FINE = (
    (shape.sizes, "zrg_app/integrations/one.py", OPENING + "x = 1\n" * 300),
    (shape.sizes, "zrg_app/services/one.py", OPENING + 'def told():\n    """Told.\n' + "\n    Words.\n" * 20 + '    """\n'),
    (shape.documentation, "zrg_app/services/one.py", OPENING + "def _own():\n    pass\n"),
    (shape.literals, "zrg_app/ui/one.py", OPENING + "gap = '12px'\n"),
    (shape.literals, "zrg_app/pages/one.py", '"""How wide? 12px."""\nrow = ui.skeleton("12px", "3px")\nlink = "/inbox#feed"\n'),
)


@pytest.mark.parametrize("check", shape.CHECKS, ids=lambda check: check.__name__)
def test_our_files_keep_the_rule(check: Check) -> None:
    assert not violations(CHECKOUT, check, PRODUCT if check is shape.literals else OURS)


@pytest.mark.parametrize(("check", "path", "text"), FAULTS)
def test_a_planted_fault_is_caught(check: Check, path: str, text: str, tmp_path: Path) -> None:
    found = violations(planted(tmp_path, path, text), check)
    assert len(found) == 1
    assert found[0].path == path


@pytest.mark.parametrize(("check", "path", "text"), FINE)
def test_what_is_allowed_passes(check: Check, path: str, text: str, tmp_path: Path) -> None:
    assert not violations(planted(tmp_path, path, text), check)


def test_a_file_may_be_excused_as_a_whole(tmp_path: Path) -> None:
    escape = "# fence" + ": size because it is one list\n"
    assert not violations(planted(tmp_path, "zrg_app/one.py", OPENING + escape + "x = 1\n" * 260), shape.sizes)
