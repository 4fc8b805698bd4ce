"""Which program is calling? API tokens of one workspace, to read or to write; only their hashes are kept."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import update

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.digest import token_hash
from zrg_app.kit.errors import Forbidden, Invalid, NotFound, Unauthenticated
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models import ApiToken
from zrg_app.models.vocabulary import TokenScope
from zrg_app.services import events
from zrg_app.services.access import addresses, policy
from zrg_app.services.access.policy import Permission
from zrg_app.services.access.views import NewToken, TokenGrant

PREFIX = "zrg_"
LONGEST_TOKEN = 200
_USED_EVERY = timedelta(minutes=1)
_FIND = text("""
select id, workspace_id, name, scope, last_used_at from api_token where token_hash = :hash and revoked_at is null
""")


def create_token(tx: Tx, scope: Scope, token_scope: str, *, name: str = "") -> NewToken:
    """Make a token of the workspace; the answer is the only time it can be read. Raises Invalid for an unknown scope."""
    if token_scope not in tuple(TokenScope):
        raise Invalid("The scope of a token is read or write.")
    token = ids.new_token(PREFIX)
    label = addresses.person_name(name, otherwise=f"{token_scope} token")
    row = ApiToken(workspace_id=scope.workspace_id, name=label, scope=TokenScope(token_scope), token_hash=token_hash(token),
                   last_four=token[-4:], created_by=scope.user_id)
    tx.add(row)
    tx.flush()
    events.record(tx, scope, events.AccessChanged(change="token_created", detail=f"{label} ({token_scope})"))
    return NewToken(id=row.id, token=token)


def revoke_token(tx: Tx, scope: Scope, token_id: UUID) -> None:
    """Make a token useless at once. Raises NotFound when the workspace has no such working token."""
    changed = tx.execute(
        update(ApiToken).where(ApiToken.id == token_id, ApiToken.workspace_id == scope.workspace_id,
                               ApiToken.revoked_at.is_(None)).values(revoked_at=clock.now()).returning(ApiToken.name))
    label = changed.scalar_one_or_none()
    if label is None:
        raise NotFound("There is no such token, or it was revoked already.")
    events.record(tx, scope, events.AccessChanged(change="token_revoked", detail=label))


def workspace_of_token(tx: Tx, token_id: UUID) -> UUID:
    """The workspace a token belongs to, for the operator's command. `tx` is of the system scope. Raises NotFound."""
    found = tx.get(ApiToken, token_id)
    if found is None:
        raise NotFound("There is no token with this id.")
    return found.workspace_id


def verify_token(tx: Tx, token: str) -> TokenGrant:
    """What the bearer of `token` may do. `tx` is of the system scope. Raises Unauthenticated for an unknown or revoked one."""
    row = None
    if token.startswith(PREFIX) and len(token) <= LONGEST_TOKEN:
        row = tx.execute(_FIND, {"hash": token_hash(token)}).one_or_none()
    if row is None:
        raise Unauthenticated("This API token is not valid. Make one with ./zrg token create or under Settings, Team.")
    now = clock.now()
    if row.last_used_at is None or now - row.last_used_at > _USED_EVERY:
        tx.execute(update(ApiToken).where(ApiToken.id == row.id).values(last_used_at=now))
    actor = Actor(kind="token", name=row.name, id=row.id)
    return TokenGrant(token_id=row.id, token_scope=TokenScope(row.scope),
                      scope=Scope(actor=actor, workspace_id=row.workspace_id))


def token_scope_for(given: TokenGrant, permission: Permission) -> Scope:
    """The scope of a token if it allows `permission`. Raises Forbidden. Pure."""
    if not policy.token_allows(given.token_scope, permission):
        raise Forbidden(f"A token to {given.token_scope.value} does not allow this: {permission.value}.")
    return given.scope
