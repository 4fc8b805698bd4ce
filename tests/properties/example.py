"""What does one example of a property stand on? A world of its own, and nothing of it left afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings

import zrg_app.services.reactions  # noqa: F401 because importing it registers jobs and reactions
from tests.world import World, build_world
from zrg_app.kit import db, ids
from zrg_app.kit.scope import system
from zrg_app.models import Workspace, WorkspaceSettings

# Examples are few and short; making a failing one still shorter costs minutes on a real database.
bounded = settings(max_examples=20, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
                   suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@contextmanager
def example() -> Iterator[World]:
    """The example world for the block, inside one transaction that is rolled back. Needs the fixture `database_url`."""
    with db.engine().connect() as connection, connection.begin() as outer:
        try:
            with db.bound_to(connection):
                yield build_world()
        finally:
            outer.rollback()


def workspace(owner: UUID) -> UUID:
    """One more workspace of the example."""
    workspace_id = ids.new_id()
    with db.transaction(system("a workspace of an example")) as tx:
        tx.add(Workspace(id=workspace_id, name=str(workspace_id), owner_id=owner))
        tx.flush()
        tx.add(WorkspaceSettings(workspace_id=workspace_id, default_region="US"))
    return workspace_id
