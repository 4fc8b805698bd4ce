"""Which snippets may a person use, and what fills them for a lead?"""

from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import knowledge, leads
from zrg_app.services.snippets.filling import fill, missing_words
from zrg_app.services.snippets.views import FilledSnippet, SnippetView

_OWN_AND_SHARED = """
select id, name, body, owner_id is null as is_shared from reply_snippet
where workspace_id = %(workspace)s and (owner_id is null or owner_id = %(user)s) order by lower(name), owner_id is null, id
"""
_LEAD = """
select l.first_name, l.last_name, l.company, l.job_title, l.email, l.phone, l.campaign_id, k.name as campaign
from lead l left join campaign k on k.id = l.campaign_id where l.id = %(lead)s and l.workspace_id = %(workspace)s
"""


def listing(tx: Tx, scope: Scope) -> tuple[SnippetView, ...]:
    """The person's own snippets and those of the workspace, by name."""
    rows = fetch_all(tx, _OWN_AND_SHARED, {"workspace": scope.workspace_id, "user": scope.user_id})
    return tuple(SnippetView(id=str(row["id"]), name=row["name"], body=row["body"], is_shared=row["is_shared"]) for row in rows)


def values_for(tx: Tx, scope: Scope, lead_id: UUID) -> dict[str, str]:
    """What is known for each variable, of a lead and of who writes to them. Raises NotFound."""
    row = fetch_one(tx, _LEAD, {"lead": leads.living(tx, lead_id), "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This conversation is not here (any more).")
    company, persona = knowledge.company(tx, scope), knowledge.persona_for(tx, scope, row["campaign_id"])
    me = scope.actor.name if scope.user_id else ""
    known = {
        "first name": row["first_name"], "last name": row["last_name"], "full name": f"{row['first_name']} {row['last_name']}",
        "company": row["company"], "job title": row["job_title"], "email": row["email"], "phone": row["phone"],
        "campaign": row["campaign"], "my name": me, "my first name": me.split(" ", 1)[0],
        "sender name": persona.sender_name or persona.name, "our company": company.name, "booking link": company.booking_link}
    return {name: (value or "").strip() for name, value in known.items()}


def filled_for(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[FilledSnippet, ...]:
    """Every snippet of the person, filled for a lead. Raises NotFound."""
    values = values_for(tx, scope, lead_id)
    found = [(snippet, fill(snippet.body, values)) for snippet in listing(tx, scope)]
    return tuple(FilledSnippet(id=snippet.id, name=snippet.name, body=snippet.body, is_shared=snippet.is_shared, text=filled.text,
                               missing=missing_words(filled)) for snippet, filled in found)
