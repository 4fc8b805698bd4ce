"""Who is asked to join? An invitation is a mailed link; who has a login already becomes a member at once."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select, update

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.digest import token_hash
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Actor, Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Invitation, User, Workspace
from zrg_app.services import events
from zrg_app.services.access import addresses, mails, membership
from zrg_app.services.access.views import Invited, OfferView

LASTING = timedelta(days=7)
_USER_BY_EMAIL = text("select id from app_user where lower(email) = :email")
_BELONGS = text("""
select exists (select from workspace where id = :workspace_id and owner_id = :user_id)
    or exists (select from member where workspace_id = :workspace_id and user_id = :user_id)
""")
GONE = "This invitation is no longer valid: it was used, taken back or is older than a week. Ask for a new one."


def invite(tx: Tx, scope: Scope, email: str, role: str) -> Invited:
    """Ask `email` to join as `role`; an earlier open invitation of the same address is replaced.

    Somebody who has a login becomes a member at once (FACTS section 4) and is told by mail. Raises Invalid for a bad
    address or role, Conflict for somebody who belongs already.
    """
    address, wanted = addresses.normal(email), membership.given_role(role)
    workspace = tx.scalar(select(Workspace.name).where(Workspace.id == scope.workspace_id).with_for_update(key_share=True))
    user_id = tx.scalar(_USER_BY_EMAIL, {"email": address})
    if user_id is None:
        return _invite_stranger(tx, scope, address, wanted.value, workspace or "")
    if tx.scalar(_BELONGS, {"workspace_id": scope.workspace_id, "user_id": user_id}):
        raise Conflict("This person belongs to the workspace already; change their role instead.")
    membership.add_member(tx, scope, user_id, wanted)
    mails.enqueue(tx, scope, mails.joined(address, by=scope.actor.name, workspace=workspace or "",
                                          link=f"{settings().address}/?clientId={scope.workspace_id}"))
    return Invited(invitation_id=None, user_id=user_id, link="")


def _invite_stranger(tx: Tx, scope: Scope, address: str, role: str, workspace: str) -> Invited:
    tx.execute(update(Invitation).where(Invitation.workspace_id == scope.workspace_id, Invitation.email == address,
                                        Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
               .values(revoked_at=clock.now()))
    token = ids.new_token()
    row = Invitation(workspace_id=scope.workspace_id, email=address, role=role, token_hash=token_hash(token),
                     invited_by=scope.user_id, expires_at=clock.now() + LASTING)
    tx.add(row)
    tx.flush()
    link = f"{settings().address}/invitation?invitation={token}"
    mails.enqueue(tx, scope, mails.invited(address, by=scope.actor.name, workspace=workspace, link=link))
    events.record(tx, scope, events.AccessChanged(change="invited", detail=f"{address} as {role}"))
    return Invited(invitation_id=row.id, user_id=None, link=link)


def revoke_invitation(tx: Tx, scope: Scope, invitation_id: UUID) -> None:
    """Take an invitation back. Raises NotFound when it is not open any more."""
    email = tx.execute(
        update(Invitation).where(Invitation.id == invitation_id, Invitation.workspace_id == scope.workspace_id,
                                 Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=clock.now()).returning(Invitation.email)).scalar_one_or_none()
    if email is None:
        raise NotFound("There is no such open invitation.")
    events.record(tx, scope, events.AccessChanged(change="invitation_revoked", detail=email))


def resend_invitation(tx: Tx, scope: Scope, invitation_id: UUID) -> Invited:
    """Send an invitation once more, with a new link that works for a week; the former link stops working.

    Raises NotFound when it was accepted or taken back meanwhile.
    """
    row = tx.scalar(select(Invitation).where(Invitation.id == invitation_id, Invitation.workspace_id == scope.workspace_id,
                                             Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)))
    if row is None:
        raise NotFound("There is no such open invitation.")
    row.revoked_at = clock.now()
    tx.flush()
    return invite(tx, scope, row.email, row.role)


def open_invitation(tx: Tx, token: str, *, lock: bool = False) -> Invitation:
    """The row behind a link that still works. `tx` is of the system scope. Raises NotFound."""
    query = select(Invitation).where(Invitation.token_hash == token_hash(token[:200]), Invitation.accepted_at.is_(None),
                                     Invitation.revoked_at.is_(None), Invitation.expires_at > clock.now())
    found = tx.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(GONE, code="link_gone")
    return found


def offer(tx: Tx, token: str) -> OfferView:
    """What the reader of an invitation link is offered. `tx` is of the system scope. Raises NotFound."""
    row = open_invitation(tx, token)
    return OfferView(email=row.email, workspace_name=tx.get_one(Workspace, row.workspace_id).name, role=row.role,
                     knows_password=tx.scalar(_USER_BY_EMAIL, {"email": row.email}) is not None)


def accept(tx: Tx, token: str, *, name: str, password_hash: str) -> tuple[UUID, bool]:
    """Make the reader of the link a member; returns their user id and whether the login is new.

    A login that exists keeps its password and its name: the link proves the mailbox, not the person. `tx` is of the system
    scope. Raises NotFound for a link that does not work.
    """
    row = open_invitation(tx, token, lock=True)
    user_id = tx.scalar(_USER_BY_EMAIL, {"email": row.email})
    is_new = user_id is None
    if is_new:
        user = User(email=row.email, name=addresses.person_name(name, otherwise=row.email), password_hash=password_hash)
        tx.add(user)
        tx.flush()
        user_id = user.id
    row.accepted_at = clock.now()
    tx.flush()
    actor_name = tx.get_one(User, user_id).name
    membership.add_member(tx, _as_user(user_id, actor_name, row.workspace_id), user_id, row.role)
    return user_id, is_new


def _as_user(user_id: UUID, name: str, workspace_id: UUID) -> Scope:
    return Scope(actor=Actor(kind="user", name=name, id=user_id), workspace_id=workspace_id)
