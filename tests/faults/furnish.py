"""One workspace with both providers connected, made through the services; prints its id and a token that may write.

A process of its own, because the database of the product is not the one of the tests.
"""

import zrg_app.services.reactions  # noqa: F401 because facts recorded here need their reactions
from zrg_app.kit.db import transaction
from zrg_app.kit.scope import Actor, Scope
from zrg_app.services import access, connections, workspaces

LOCATION, BISON = "loc_storm", "4711"


def main() -> None:
    """Make them."""
    operator = Actor(kind="system", name="operator")
    owner_id = access.create_user(email="mara@agency.example", name="Mara Reyes", password="one long enough password")
    with transaction(Scope(actor=operator, workspace_id=None)) as tx:
        workspace_id = workspaces.create(tx, Scope(actor=operator, workspace_id=None), "Storm", owner_id=owner_id)
    scope = Scope(actor=operator, workspace_id=workspace_id)
    with transaction(scope) as tx:
        connections.save(tx, scope, "ghl", values={"location_id": LOCATION, "access_token": "pit-stand-in"})
        connections.save(tx, scope, "emailbison", values={"workspace_id": BISON, "api_key": "stand-in"})
        made = access.create_token(tx, scope, "write", name="approver")
    print(workspace_id, made.token)


if __name__ == "__main__":
    main()
