"""What may a person change about themselves, and start on their own?"""

from sqlmodel import update

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid
from zrg_app.models import User
from zrg_app.models.vocabulary import Role
from zrg_app.services.access import queries
from zrg_app.services.access.views import Visitor

THEMES = ("system", "light", "dark")


def choose_theme(tx: Tx, visitor: Visitor, theme: object) -> None:
    """Keep the colours a person likes. `tx` is of the system scope. Raises Invalid for anything but system, light, dark."""
    if theme not in THEMES:
        raise Invalid("The theme is system, light or dark.")
    tx.execute(update(User).where(User.id == visitor.user_id).values(theme=theme))


def may_create_workspaces(tx: Tx, visitor: Visitor) -> bool:
    """Whether the person may make one more workspace: owners and admins of any, and who is in none."""
    options = queries.workspaces_of(tx, visitor.user_id)
    return not options or any(option.role in (Role.OWNER, Role.ADMIN) for option in options)
