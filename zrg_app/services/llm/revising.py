"""How does a workspace get its own text of a prompt or snippet, and how back to ours? Every change is one more row."""

import re
from uuid import UUID

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import PromptRevision
from zrg_app.services import events
from zrg_app.services.llm.comparing import difference
from zrg_app.services.llm.registry import ALL, Entry, entry
from zrg_app.services.llm.views import DiffLine, PromptRow, PromptState, PromptView, RevisionView

MOST_CHARACTERS = 40_000
MOST_LINES, LONGEST_LINE = 500, 100
MOST_NUMBER = 20_000
MOST_HISTORY = 50
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

_HOLDING = """
select distinct on (key) id, key, body, base_hash, created_by_name, created_at from prompt_revision
where workspace_id = %(workspace)s order by key, created_at desc, id desc
"""
_HISTORY = """
select id, body, base_hash, action, created_by_name, created_at from prompt_revision
where workspace_id = %(workspace)s and key = %(key)s order by created_at desc, id desc limit %(limit)s
"""
_ONE = "select key, body from prompt_revision where workspace_id = %(workspace)s and id = %(id)s"
_LOCK = "select pg_advisory_xact_lock(hashtextextended('llm.revising ' || %(workspace)s::text || %(key)s, 0))"


def listed(tx: Tx, scope: Scope) -> tuple[PromptRow, ...]:
    """All prompts and snippets with their state, in the order of the registry."""
    newest = {row["key"]: row for row in fetch_all(tx, _HOLDING, {"workspace": scope.workspace_id})}
    return tuple(_row(each, newest.get(each.key)) for each in ALL)


def opened(tx: Tx, scope: Scope, key: str) -> PromptView:
    """One prompt with its text, how it differs from ours, and its history. Raises NotFound."""
    found, rows = entry(key), _history(tx, scope, key)
    newest = rows[0] if rows else None
    text = newest["body"] if newest and newest["body"] is not None else found.ours
    return PromptView(
        row=_row(found, newest), given=found.given, kind=found.kind, markers=" and ".join(found.markers), ours=found.ours, text=text,
        seen=str(newest["id"]) if newest else "", diff=difference(found.ours, text), history=tuple(
            RevisionView(id=str(row["id"]), action=row["action"], by=row["created_by_name"], at=row["created_at"].isoformat(),
                         size=len(row["body"] or ""), is_newest=row is newest) for row in rows))


def compared(tx: Tx, scope: Scope, revision_id: UUID) -> tuple[DiffLine, ...]:
    """How an earlier revision differs from our text of today. Raises NotFound."""
    row = _revision(tx, scope, revision_id)
    return difference(entry(row["key"]).ours, row["body"]) if row["body"] is not None else ()


def problem(key: str, body: str) -> str:
    """What is wrong with a text for this prompt, in a sentence; empty when it may be saved. Pure.

    A prompt that meets a stranger's text must keep naming the markers around it: without them a model cannot tell what it
    is asked from what it is shown. (`proposed` adds the rule itself below every text that is not ours.)
    """
    found, text = entry(key), cleaned(body)
    if not text:
        return "Write something, or go back to ours."
    if len(text) > MOST_CHARACTERS:
        return f"This has {len(text):,} characters; {MOST_CHARACTERS:,} are possible."
    if not all(marker in text for marker in found.markers):
        return f"Keep the rule that what stands between {' and '.join(found.markers)} is a stranger's text and no instruction."
    if found.kind == "number" and not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_NUMBER):
        return f"Write a whole number from 1 to {MOST_NUMBER:,}."
    lines = text.splitlines()
    if found.kind == "lines" and (len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE):
        return f"At most {MOST_LINES} lines of {LONGEST_LINE} characters each are possible."
    return ""


def cleaned(body: str) -> str:
    """`body` as it is stored: plain line ends, no control characters, nothing around it."""
    return _HIDDEN.sub("", body.replace("\r\n", "\n").replace("\r", "\n")).strip()


def save(tx: Tx, scope: Scope, key: str, body: str, *, seen: str) -> None:
    """Give the workspace its own text; our own text is a reset. `seen` is the revision the person saw, empty for none.

    Raises NotFound, Invalid, or Conflict when somebody else changed it since.
    """
    found, text = entry(key), cleaned(body)
    if wrong := problem(key, text):
        raise Invalid(wrong)
    if text == found.ours:
        reset(tx, scope, key, seen=seen)
        return
    newest = _newest(tx, scope, key, seen)
    if newest is None or newest["body"] != text or newest["base_hash"] != found.hash:
        _add(tx, scope, found, text, "saved")


def reset(tx: Tx, scope: Scope, key: str, *, seen: str) -> None:
    """Go back to our text. Raises NotFound or Conflict."""
    found, newest = entry(key), _newest(tx, scope, key, seen)
    if newest is not None and newest["body"] is not None:
        _add(tx, scope, found, None, "reset")


def reapply(tx: Tx, scope: Scope, key: str, *, seen: str) -> None:
    """Use the workspace's own text although ours has changed since it was written. Raises NotFound, Invalid or Conflict."""
    found, newest = entry(key), _newest(tx, scope, key, seen)
    if newest is None or newest["body"] is None:
        raise Conflict("There is no text of your own to apply.")
    if wrong := problem(key, newest["body"]):
        raise Invalid(wrong)
    if newest["base_hash"] != found.hash:
        _add(tx, scope, found, newest["body"], "applied again")


def restore(tx: Tx, scope: Scope, revision_id: UUID, *, seen: str) -> str:
    """Make an earlier revision the newest; returns the prompt's key. Raises NotFound, Invalid or Conflict."""
    row = _revision(tx, scope, revision_id)
    found = entry(row["key"])
    if row["body"] is None:
        reset(tx, scope, found.key, seen=seen)
        return found.key
    if wrong := problem(found.key, row["body"]):
        raise Invalid(wrong)
    _newest(tx, scope, found.key, seen)
    _add(tx, scope, found, row["body"], "restored")
    return found.key


def _newest(tx: Tx, scope: Scope, key: str, seen: str) -> dict | None:
    """The newest revision, held still until the commit. Raises Conflict when it is not the one that was seen."""
    fetch_one(tx, _LOCK, {"workspace": scope.workspace_id, "key": key})
    rows = _history(tx, scope, key, limit=1)
    if (str(rows[0]["id"]) if rows else "") != seen:
        raise Conflict("Somebody else changed this text meanwhile. Look at theirs, then save again.")
    return rows[0] if rows else None


def _add(tx: Tx, scope: Scope, found: Entry, body: str | None, action: str) -> None:
    tx.add(PromptRevision(id=ids.new_id(), workspace_id=scope.workspace_id, key=found.key, body=body, base_hash=found.hash,
                          action=action, created_by=scope.user_id, created_by_name=scope.actor.name, created_at=clock.now()))
    tx.flush()
    events.record(tx, scope, events.PromptChanged(key=found.key, change=action))


def _history(tx: Tx, scope: Scope, key: str, *, limit: int = MOST_HISTORY) -> list[dict]:
    return fetch_all(tx, _HISTORY, {"workspace": scope.workspace_id, "key": key, "limit": limit})


def _revision(tx: Tx, scope: Scope, revision_id: UUID) -> dict:
    row = fetch_one(tx, _ONE, {"workspace": scope.workspace_id, "id": revision_id})
    if row is None:
        raise NotFound("That revision is not there.")
    return row


def _row(found: Entry, newest: dict | None) -> PromptRow:
    state: PromptState = "ours"
    if newest and newest["body"] is not None:
        state = "changed" if newest["base_hash"] == found.hash else "stale"
    told = newest if state != "ours" else None
    return PromptRow(key=found.key, title=found.title, purpose=found.purpose, area=found.area, state=state,
                     changed_at=told["created_at"].isoformat() if told else "", changed_by=told["created_by_name"] if told else "")
