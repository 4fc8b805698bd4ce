"""Does /dev/ui show every part there is? A new part of the design system must be looked at in every state."""

import ast

from zrg_app import ui
from zrg_app.runtime.environment import CHECKOUT

# Frames of whole pages, and what is not a part.
ELSEWHERE = {"shell", "gate", "page", "head_components", "new_app", "press_attributes", "typed", "slotted", "SCRIPTS", "STYLESHEETS",
             "IconName"}


def test_every_part_of_the_design_system_is_on_the_design_page() -> None:
    used: set[str] = set()
    for path in (CHECKOUT / "zrg_app" / "pages" / "dev").glob("*.py"):
        used |= {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)
                 and isinstance(node.value, ast.Name) and node.value.id == "ui"}
    assert set(ui.__all__) - used - ELSEWHERE == set()
