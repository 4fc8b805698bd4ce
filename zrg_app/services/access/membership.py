"""Who belongs to a workspace, as what? Roles are given, changed and taken; a way in for an admin always remains."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, text
from sqlmodel import select

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Member, Workspace
from zrg_app.models.vocabulary import Role
from zrg_app.services import events

GIVEN_ROLES = (Role.ADMIN, Role.INBOX_MANAGER, Role.SETTER, Role.CLIENT_PORTAL)

_ANOTHER_ADMIN = text("""
select exists (select from app_user u join workspace w on w.id = :workspace_id
               where u.disabled_at is null and u.id <> :user_id
                 and (u.id = w.owner_id or exists (select from member m where m.workspace_id = w.id and m.user_id = u.id
                                                   and m.role = 'ADMIN')))
""")
UNDONE_WITHIN = timedelta(days=1)
_DEPARTURE = text("""
select data, created_at from audit_event where workspace_id = :workspace_id and created_at >= :since and kind = 'access.member_left'
  and data->>'departure_id' = :departure_id
""")
_NAME = text("select name from app_user where id = :user_id")


def given_role(role: object) -> Role:
    """The role in `role` if it is one that can be given. Raises Invalid: OWNER comes with the workspace only."""
    if role not in GIVEN_ROLES:
        raise Invalid(f"The role must be one of {', '.join(GIVEN_ROLES)}.")
    return Role(role)


def add_member(tx: Tx, scope: Scope, user_id: UUID, role: object) -> None:
    """Make a person a member; the same role twice changes nothing."""
    wanted = given_role(role)
    _locked_owner(tx, scope)
    if tx.scalar(select(Member.id).where(Member.workspace_id == scope.workspace_id, Member.user_id == user_id,
                                         Member.role == wanted)):
        return
    tx.add(Member(workspace_id=scope.workspace_id, user_id=user_id, role=wanted))
    tx.flush()
    events.record(tx, scope, events.AccessChanged(change="member_joined", detail=f"{_name(tx, user_id)} as {wanted}"))


def change_role(tx: Tx, scope: Scope, user_id: UUID, role: object) -> None:
    """Give a member exactly one role. Raises NotFound for strangers, Conflict for the owner and the last admin."""
    wanted = given_role(role)
    _take_roles(tx, scope, user_id, stays_admin=wanted is Role.ADMIN)
    tx.add(Member(workspace_id=scope.workspace_id, user_id=user_id, role=wanted))
    tx.flush()
    events.record(tx, scope, events.AccessChanged(change="role_changed", detail=f"{_name(tx, user_id)} is now {wanted}"))


def remove_member(tx: Tx, scope: Scope, user_id: UUID) -> UUID:
    """Take a person out of the workspace; returns the id by which `restore_member` takes it back.

    Their conversations become nobody's (`reactions.py`). Raises NotFound for strangers, Conflict for the owner and the last admin.
    """
    roles, departure_id = _take_roles(tx, scope, user_id, stays_admin=False), ids.new_id()
    events.record(tx, scope, events.AccessChanged(change="member_removed", detail=_name(tx, user_id)))
    events.record(tx, scope, events.MemberLeft(departure_id=departure_id, user_id=user_id, name=_name(tx, user_id),
                                               roles=", ".join(sorted(roles))))
    return departure_id


def restore_member(tx: Tx, scope: Scope, departure_id: UUID) -> str:
    """Take a departure back: the person has the roles they had, and what nobody has taken since. Returns their name.

    Raises NotFound for a departure that is not there or was long ago, Conflict when the person belongs to the workspace again.
    """
    _locked_owner(tx, scope)
    left = tx.execute(_DEPARTURE, {"workspace_id": scope.workspace_id, "departure_id": str(departure_id),
                                   "since": clock.now() - UNDONE_WITHIN}).one_or_none()
    if left is None:
        raise NotFound("That cannot be taken back any more. Invite them again.")
    user_id = UUID(left.data["user_id"])
    if tx.scalar(select(Member.id).where(Member.workspace_id == scope.workspace_id, Member.user_id == user_id).limit(1)):
        raise Conflict("They belong to the workspace again.")
    for role in left.data["roles"].split(", "):
        add_member(tx, scope, user_id, role)
    events.record(tx, scope, events.MemberReturned(departure_id=departure_id, user_id=user_id, name=left.data["name"],
                                                   left_at=left.created_at.isoformat()))
    return left.data["name"]


def _take_roles(tx: Tx, scope: Scope, user_id: UUID, *, stays_admin: bool) -> set[str]:
    if _locked_owner(tx, scope) == user_id:
        raise Conflict("The owner of a workspace cannot be removed or given another role.")
    if not stays_admin and not tx.scalar(_ANOTHER_ADMIN, {"workspace_id": scope.workspace_id, "user_id": user_id}):
        raise Conflict("This is the last person who can manage the workspace. Make somebody else an admin first.")
    gone = tx.scalars(delete(Member).where(Member.workspace_id == scope.workspace_id, Member.user_id == user_id)
                      .returning(Member.role)).all()
    if not gone:
        raise NotFound("This person is not a member of the workspace.")
    return set(gone)


def _locked_owner(tx: Tx, scope: Scope) -> UUID:
    # Locked first (order of locks: workspace, then the rest), so that two admins cannot remove each other at once.
    owner = tx.scalar(select(Workspace.owner_id).where(Workspace.id == scope.workspace_id).with_for_update(key_share=True))
    if owner is None:
        raise NotFound("This workspace is not there.")
    return owner


def _name(tx: Tx, user_id: UUID) -> str:
    return tx.scalar(_NAME, {"user_id": user_id}) or "somebody"
