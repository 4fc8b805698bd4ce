"""How is a snippet written, changed, shared with the workspace and taken away? Own ones by whoever answers; shared ones by those who may.

Which permission was asked for is told by `shared`: a screen asks for the one that goes with it.
"""

from uuid import UUID

from sqlalchemy import func, select

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import ReplySnippet
from zrg_app.services.snippets.views import Removed

LONGEST_NAME, LONGEST, MOST = 60, 5_000, 300


def save(tx: Tx, scope: Scope, *, name: object, body: object, snippet_id: UUID | None = None, shared: bool = False) -> UUID:
    """Write a new snippet, or change the one named: an own one, or with `shared` one of the workspace. Returns its id.

    Raises Invalid, NotFound, and Conflict when the name is taken or there are too many.
    """
    name, body = _name(name), _body(body)
    owner = _owner(scope, shared)
    if snippet_id is None:
        if tx.scalar(select(func.count()).where(ReplySnippet.workspace_id == scope.workspace_id, _belongs(owner))) >= MOST:
            raise Conflict(f"There are {MOST} snippets already; take some away first.")
        snippet = ReplySnippet(id=ids.new_id(), workspace_id=scope.workspace_id, owner_id=owner)
    else:
        snippet = _locked(tx, scope, snippet_id, owner)
    _free(tx, scope, owner, name, snippet.id)
    snippet.name, snippet.body, snippet.updated_at = name, body, clock.now()
    tx.add(snippet)
    tx.flush()
    return snippet.id


def share(tx: Tx, scope: Scope, snippet_id: UUID, *, shared: bool) -> None:
    """Give an own snippet to the workspace, or take a shared one as one's own. Raises NotFound, Conflict."""
    owner = _owner(scope, shared)
    snippet = _locked(tx, scope, snippet_id, _owner(scope, not shared))
    _free(tx, scope, owner, snippet.name, snippet.id)
    snippet.owner_id, snippet.updated_at = owner, clock.now()
    tx.flush()


def remove(tx: Tx, scope: Scope, snippet_id: UUID, *, shared: bool = False) -> Removed:
    """Take a snippet away; `bring_back` undoes it. Raises NotFound."""
    snippet = _locked(tx, scope, snippet_id, _owner(scope, shared))
    removed = Removed(id=str(snippet.id), name=snippet.name, body=snippet.body, is_shared=shared)
    tx.delete(snippet)
    tx.flush()
    return removed


def bring_back(tx: Tx, scope: Scope, removed: Removed) -> UUID:
    """Undo a removal. Raises Conflict when the name was given to another one meanwhile."""
    return save(tx, scope, name=removed.name, body=removed.body, shared=removed.is_shared)


def _owner(scope: Scope, shared: bool) -> UUID | None:
    if scope.user_id is None:
        raise Forbidden("Snippets belong to people.")
    return None if shared else scope.user_id


def _belongs(owner: UUID | None):
    return ReplySnippet.owner_id.is_(None) if owner is None else ReplySnippet.owner_id == owner


def _locked(tx: Tx, scope: Scope, snippet_id: UUID, owner: UUID | None) -> ReplySnippet:
    found = tx.scalars(select(ReplySnippet).where(
        ReplySnippet.id == snippet_id, ReplySnippet.workspace_id == scope.workspace_id, _belongs(owner)).with_for_update()
        .execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("This snippet is not there any more.")
    return found


def _free(tx: Tx, scope: Scope, owner: UUID | None, name: str, own_id: UUID) -> None:
    taken = tx.scalar(select(ReplySnippet.id).where(
        ReplySnippet.workspace_id == scope.workspace_id, _belongs(owner), func.lower(ReplySnippet.name) == name.lower(),
        ReplySnippet.id != own_id))
    if taken:
        raise Conflict(f"{'The workspace has' if owner is None else 'You have'} a snippet called “{name}” already.")


def _name(name: object) -> str:
    found = " ".join(str(name).split()) if isinstance(name, str) else ""
    if not 0 < len(found) <= LONGEST_NAME:
        raise Invalid(f"Give the snippet a name of at most {LONGEST_NAME} letters.")
    return found


def _body(body: object) -> str:
    found = body.replace("\r\n", "\n").strip() if isinstance(body, str) else ""
    if not 0 < len(found) <= LONGEST:
        raise Invalid(f"Write the words of the snippet, at most {LONGEST:,} letters.")
    return found
