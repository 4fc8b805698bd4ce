"""How does reading back stand: of one lead, of the providers, and what is needed to do it?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account, History, Person
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import Refused
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import ConnectionStatus, IdentityKind
from zrg_app.services import connections
from zrg_app.services.inbox.views import SyncView
from zrg_app.services.sync.views import LookView

MOST_THREADS = 40

STATE = """
(select jsonb_build_object('synced_at', s.synced_at, 'error', s.error, 'imported', s.imported, 'job_status', j.status,
                           'last_error', j.last_error)
 from lead_sync s left join background_job j on j.id = s.job_id
 where s.lead_id = %(lead)s and s.workspace_id = %(workspace)s) as sync,
array(select provider from connection where workspace_id = %(workspace)s and status <> 'locked') as readable
"""
"""The columns of a query for one `%(lead)s` that `state_from` reads; a click on a conversation asks for no more than it must."""
_CONNECTED = "select provider from connection where workspace_id = %(workspace)s and status <> %(locked)s"
_LEAD = """
select first_name, last_name, email, phone, linkedin_url,
       coalesce((select jsonb_object_agg(kind, value) from lead_identity where lead_id = lead.id and is_primary), '{}') as identities
from lead where id = %(lead)s and workspace_id = %(workspace)s
"""
_THREADS = """
select thread from message where lead_id = %(lead)s and workspace_id = %(workspace)s and provider = %(provider)s
order by sent_at desc, id desc limit %(limit)s
"""
_LOOKS = "select * from provider_look where workspace_id = %(workspace)s order by provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whom to ask and for what."""

    account: Account
    history: History


def state_of(tx: Tx, scope: Scope, lead_id: UUID) -> SyncView:
    """How reading back one lead's history stands."""
    return state_from(fetch_one(tx, f"select {STATE}", {"lead": lead_id, "workspace": scope.workspace_id}))


def state_from(columns: dict[str, Any]) -> SyncView:
    """How it stands, from the columns STATE. Pure."""
    row = columns["sync"] or {}
    is_open = row.get("job_status") in ("PENDING", "RUNNING")
    gave_up = row.get("last_error") if row.get("job_status") == "FAILED" else None
    return SyncView(
        possible=bool(_readable(columns["readable"], "read_history")), is_syncing=is_open, imported=row.get("imported") or 0,
        synced_at=datetime.fromisoformat(row["synced_at"]).isoformat() if row.get("synced_at") else "",
        error="" if is_open else _one_line(gave_up or row.get("error") or ""))


def readable_providers(tx: Tx, scope: Scope, *, needs: str = "read_history") -> tuple[str, ...]:
    """The connected providers whose history (or what `needs` names) can be read, in the order of the registry."""
    connected = {row["provider"] for row in fetch_all(tx, _CONNECTED, {
        "workspace": scope.workspace_id, "locked": ConnectionStatus.LOCKED})}
    return _readable(connected, needs)


def _readable(connected: Collection[str], needs: str) -> tuple[str, ...]:
    return tuple(declared.slug for declared in registry.PROVIDERS if declared.slug in connected and getattr(declared, needs))


def questions(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[Question, ...]:
    """What to ask each provider about one lead; nothing when the lead is gone. Raises what opening credentials raises."""
    row = fetch_one(tx, _LEAD, {"lead": lead_id, "workspace": scope.workspace_id})
    if row is None:
        return ()
    known = {kind: value for kind, value in row["identities"].items() if kind not in (IdentityKind.EMAIL, IdentityKind.PHONE)}
    person = Person(first_name=row["first_name"], last_name=row["last_name"], email=row["email"], phone=row["phone"],
                    linkedin_url=row["linkedin_url"], identities=known)
    found = []
    for provider in readable_providers(tx, scope):
        threads = fetch_all(tx, _THREADS, {"lead": lead_id, "workspace": scope.workspace_id, "provider": provider,
                                           "limit": MOST_THREADS})
        found.append(Question(account=connections.account(tx, scope, provider),
                              history=History(person=person, threads=tuple(one["thread"] for one in threads))))
    return tuple(found)


def looks(tx: Tx, scope: Scope) -> tuple[LookView, ...]:
    """How far each provider was looked through for messages without a webhook."""
    return tuple(LookView(provider=row["provider"], title=_title(row["provider"]), recovered=row["recovered"],
                          looked_at=row["looked_at"].isoformat() if row["looked_at"] else "", error=row["error"] or "")
                 for row in fetch_all(tx, _LOOKS, {"workspace": scope.workspace_id}))


def _title(provider: str) -> str:
    try:
        return registry.provider(provider).title
    except Refused:
        return provider


def _one_line(text: str) -> str:
    # A defect is kept with its way through the code; people get the sentence.
    return (text.strip().splitlines() or [""])[-1][:300]
