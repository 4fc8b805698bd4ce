"""Who lives in the example world that tests and the demo share?

Mara Reyes owns the agency's workspace Acme Growth; Ben Ortiz is its setter; Dana Kessler of Northwind Freight is a lead by
e-mail, Tomas Oliveira of Halden Roofing one by SMS. Birch Labs is another workspace, owned by Nils Birch, to look across at.
"""

from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit import db, ids
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.models import Connection, Member, User, Workspace, WorkspaceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The ids of the example world and scopes to act in it."""

    mara: UUID
    ben: UUID
    nils: UUID
    acme: UUID
    birch: UUID

    @property
    def as_mara(self) -> Scope:
        """Mara (owner) in Acme Growth."""
        return Scope(actor=Actor(kind="user", name="Mara Reyes", id=self.mara), workspace_id=self.acme)

    @property
    def as_ben(self) -> Scope:
        """Ben (setter) in Acme Growth."""
        return Scope(actor=Actor(kind="user", name="Ben Ortiz", id=self.ben), workspace_id=self.acme)

    @property
    def as_nils(self) -> Scope:
        """Nils (owner) in Birch Labs."""
        return Scope(actor=Actor(kind="user", name="Nils Birch", id=self.nils), workspace_id=self.birch)


def build_world() -> World:
    """Write the people, the two workspaces and Acme's connections. Passwords and credentials are set by tests that need them."""
    world = World(mara=ids.new_id(), ben=ids.new_id(), nils=ids.new_id(), acme=ids.new_id(), birch=ids.new_id())
    with db.transaction(system("build the example world")) as tx:
        tx.add_all([User(id=world.mara, email="mara@agency.example", name="Mara Reyes"),
                    User(id=world.ben, email="ben@agency.example", name="Ben Ortiz"),
                    User(id=world.nils, email="nils@birch.example", name="Nils Birch")])
        tx.flush()
        tx.add_all([Workspace(id=world.acme, name="Acme Growth", owner_id=world.mara),
                    Workspace(id=world.birch, name="Birch Labs", owner_id=world.nils)])
        tx.flush()
        tx.add_all([WorkspaceSettings(workspace_id=world.acme, company_name="Acme Growth", ai_persona_name="Chris Vale"),
                    WorkspaceSettings(workspace_id=world.birch),
                    Member(workspace_id=world.acme, user_id=world.ben, role="SETTER"),
                    Connection(workspace_id=world.acme, provider="ghl", external_id="loc_acme"),
                    Connection(workspace_id=world.acme, provider="emailbison", external_id="4711")])
    return world
