"""On whose behalf, and in which workspace, is this done?"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ActorKind = Literal["user", "token", "provider", "job", "system"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. `name` is for people ("Mara R.", "EmailBison", "job drafting.draft_reply")."""

    kind: ActorKind
    name: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A workspace and an actor; made only after a permission check, a signature check, or from a job row.

    `workspace_id` None is the system scope, which sees all workspaces: for look-ups that come before a
    Scope exists and for fan-out jobs; `actor.name` then says why. With `only_assigned_to` the database shows nothing but the
    leads whose conversation is that person's (docs/decisions/0143-own-leads-only.md).
    """

    actor: Actor
    workspace_id: UUID | None = None
    only_assigned_to: UUID | None = None

    @property
    def user_id(self) -> UUID | None:
        """The person acting, if it is a person."""
        return self.actor.id if self.actor.kind == "user" else None

    def within(self, workspace_id: UUID) -> "Scope":
        """The same actor inside one workspace."""
        return Scope(actor=self.actor, workspace_id=workspace_id, only_assigned_to=self.only_assigned_to)


def system(why: str) -> Scope:
    """The scope over all workspaces, with its reason, e.g. `system("resolve a webhook's workspace")`."""
    return Scope(actor=Actor(kind="system", name=why))


def workspace_system(workspace_id: UUID, why: str) -> Scope:
    """The system acting inside one workspace, e.g. seeding or a command of the operator."""
    return Scope(actor=Actor(kind="system", name=why), workspace_id=workspace_id)
