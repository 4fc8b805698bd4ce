"""Who may go where? Reads about people, roles and workspaces; those across workspaces need the system scope."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Role
from zrg_app.services.access import addresses, policy
from zrg_app.services.access.policy import Permission
from zrg_app.services.access.views import (
    Grant,
    InvitationView,
    MemberView,
    Person,
    TokenView,
    Visitor,
    WorkspaceOption,
    hue,
    initials,
)

_ROLES = text("""
select w.owner_id = :user_id as owned,
       coalesce((select s.setters_see_own_only from workspace_settings s where s.workspace_id = w.id), false) as own_only,
       array(select m.role from member m where m.workspace_id = w.id and m.user_id = :user_id) as roles
from workspace w where w.id = :workspace_id
""")
_ACCESSIBLE = text("""
select w.id, w.name, w.owner_id = :user_id as owned,
       array(select m.role from member m where m.workspace_id = w.id and m.user_id = :user_id) as roles
from workspace w
where w.owner_id = :user_id or exists (select from member m where m.workspace_id = w.id and m.user_id = :user_id)
order by lower(w.name), w.id
""")
_MEMBERS = text("""
select u.id, u.name, u.email, u.last_login_at, last_seen(u.id) as last_seen_at, u.id = w.owner_id as owned,
       array(select m.role from member m where m.workspace_id = w.id and m.user_id = u.id) as roles
from workspace w
join app_user u on u.id = w.owner_id or exists (select from member m where m.workspace_id = w.id and m.user_id = u.id)
where w.id = :workspace_id order by u.id <> w.owner_id, lower(u.name), u.id
""")
_IN_CHARGE = text("""
select u.email from workspace w
join app_user u on u.id = w.owner_id or exists (select from member m where m.workspace_id = w.id and m.user_id = u.id
                                                and m.role = 'ADMIN')
where w.id = :workspace_id and u.disabled_at is null order by u.id <> w.owner_id, u.email
""")
_INVITATIONS = text("""
select id, email, role, created_at, expires_at from invitation
where workspace_id = :workspace_id and accepted_at is null and revoked_at is null order by created_at desc, id desc limit 200
""")
_TOKENS = text("""
select id, name, scope, last_four, created_at, last_used_at from api_token
where workspace_id = :workspace_id and revoked_at is null order by created_at desc, id desc limit 200
""")


def role_of(tx: Tx, user_id: UUID, workspace_id: UUID) -> Role | None:
    """The role that counts: OWNER of what one owns, else the highest membership, None for strangers (spec section 2)."""
    row = tx.execute(_ROLES, {"user_id": user_id, "workspace_id": workspace_id}).one_or_none()
    return _role(row.owned, row.roles) if row else None


def workspaces_of(tx: Tx, user_id: UUID) -> tuple[WorkspaceOption, ...]:
    """The workspaces a person owns or is a member of, by name (spec section 2: owned or member)."""
    rows = tx.execute(_ACCESSIBLE, {"user_id": user_id}).all()
    return tuple(_option(row.id, row.name, _role(row.owned, row.roles)) for row in rows)


def grant(tx: Tx, visitor: Visitor, workspace_id: UUID) -> Grant:
    """The visitor's place in a workspace. Raises NotFound when it is not there or not theirs: the two look the same."""
    row = tx.execute(_ROLES, {"user_id": visitor.user_id, "workspace_id": workspace_id}).one_or_none()
    role = _role(row.owned, row.roles) if row else None
    if role is None:
        raise NotFound("This workspace is not there, or it is not shared with you.")
    limited = visitor.user_id if policy.sees_own_only(role, setters_see_own_only=row.own_only) else None
    return Grant(visitor=visitor, role=role, scope=Scope(actor=visitor.actor, workspace_id=workspace_id, only_assigned_to=limited))


def permitted(given: Grant, permission: Permission) -> Scope:
    """The scope of `given` if its role allows `permission`. Raises Forbidden. Pure."""
    if not policy.allows(given.role, permission):
        role = given.role.value.replace("_", " ").lower()
        raise Forbidden(f"Your role ({role}) does not allow this: {permission.value}. Ask an admin of the workspace.")
    return given.scope


def scope_for(tx: Tx, visitor: Visitor, workspace_id: UUID, permission: Permission) -> Scope:
    """The scope in which `visitor` may do `permission`. `tx` is of the system scope. Raises NotFound or Forbidden."""
    return permitted(grant(tx, visitor, workspace_id), permission)


def person(visitor: Visitor) -> Person:
    """The visitor as a screen shows them."""
    return Person(id=str(visitor.user_id), name=visitor.name, email=visitor.email, initials=initials(visitor.name),
                  hue=hue(visitor.user_id), theme=visitor.theme)


def members(tx: Tx, scope: Scope) -> tuple[MemberView, ...]:
    """The people of the workspace, its owner first."""
    return tuple(
        MemberView(user_id=str(row.id), name=row.name, email=row.email, initials=initials(row.name),
                   hue=hue(row.id), role=_role(row.owned, row.roles).value, is_owner=row.owned,
                   last_login_at=row.last_login_at.isoformat() if row.last_login_at else "",
                   last_seen_at=row.last_seen_at.isoformat() if row.last_seen_at else "")
        for row in tx.execute(_MEMBERS, {"workspace_id": scope.workspace_id}))


def in_charge(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """The addresses of those who can mend a workspace: its owner first, then its admins; nobody whose login is closed."""
    return tuple(tx.scalars(_IN_CHARGE, {"workspace_id": scope.workspace_id}))


def invitations(tx: Tx, scope: Scope) -> tuple[InvitationView, ...]:
    """The invitations nobody accepted yet, newest first."""
    now = clock.now()
    return tuple(
        InvitationView(id=str(row.id), email=row.email, role=row.role, created_at=row.created_at.isoformat(),
                       expires_at=row.expires_at.isoformat(), is_expired=row.expires_at <= now)
        for row in tx.execute(_INVITATIONS, {"workspace_id": scope.workspace_id}))


def tokens(tx: Tx, scope: Scope) -> tuple[TokenView, ...]:
    """The API tokens that work, newest first."""
    return tuple(
        TokenView(id=str(row.id), name=row.name, scope=row.scope, last_four=row.last_four,
                  created_at=row.created_at.isoformat(),
                  last_used_at=row.last_used_at.isoformat() if row.last_used_at else "")
        for row in tx.execute(_TOKENS, {"workspace_id": scope.workspace_id}))


def user_called(tx: Tx, email: str) -> UUID:
    """The person who signs in with `email`, for the operator's commands. `tx` is of the system scope. Raises NotFound."""
    found = tx.scalar(text("select id from app_user where lower(email) = :email"), {"email": addresses.normal(email)})
    if found is None:
        raise NotFound(f"Nobody signs in with {email[:100]}; ./zrg user create makes a person.")
    return found


def anybody(tx: Tx) -> bool:
    """Whether the product has a person at all; without one the first-run set-up is open. `tx` is of the system scope."""
    return bool(tx.scalar(text("select exists (select from app_user)")))


def _role(owned: bool, roles: list[str]) -> Role | None:
    return policy.highest([Role.OWNER] * owned + [Role(role) for role in roles])


def _option(workspace_id: UUID, name: str, role: Role) -> WorkspaceOption:
    return WorkspaceOption(id=str(workspace_id), name=name, initials=initials(name)[:1], role=role.value,
                           permissions=tuple(sorted(permission.value for permission in policy.PERMISSIONS[role])))
