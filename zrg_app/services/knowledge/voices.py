"""Who speaks to a lead? The campaign's persona, else the default one, else the workspace's own texts (spec section 8)."""

from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.knowledge.views import PersonaView

FIELDS = ("name", "sender_name", "tone", "greeting", "sms_greeting", "linkedin_greeting", "signature", "goals",
          "service_description", "ideal_customer_profile")
_COLUMNS = "p.id, p.is_default, " + ", ".join(f"p.{field}" for field in FIELDS)
_CHOSEN = f"""
select {_COLUMNS}, 0 as campaigns from persona p left join campaign k on k.persona_id = p.id and k.id = %(campaign)s
where p.workspace_id = %(workspace)s and (k.id is not null or p.is_default) order by (k.id is not null) desc limit 1
"""
_OWN = """
select s.ai_persona_name as sender_name, s.ai_tone as tone, s.ai_greeting as greeting, s.ai_sms_greeting as sms_greeting,
       s.ai_linkedin_greeting as linkedin_greeting, s.ai_signature as signature, s.ai_goals as goals, s.service_description,
       s.ideal_customer_profile
from workspace_settings s where s.workspace_id = %(workspace)s
"""
_LISTED = f"""
select {_COLUMNS}, (select count(*) from campaign k where k.persona_id = p.id) as campaigns
from persona p where p.workspace_id = %(workspace)s
"""


def persona_for(tx: Tx, scope: Scope, campaign_id: UUID | None) -> PersonaView:
    """The persona that answers a lead of this campaign (None: of none)."""
    found = fetch_one(tx, _CHOSEN, {"workspace": scope.workspace_id, "campaign": campaign_id})
    return _view(found) if found else own_voice(tx, scope)


def own_voice(tx: Tx, scope: Scope) -> PersonaView:
    """The workspace's own texts, which speak where there is no persona."""
    row = fetch_one(tx, _OWN, {"workspace": scope.workspace_id}) or {}
    return PersonaView(**{field: row.get(field) or "" for field in FIELDS})


def personas(tx: Tx, scope: Scope) -> tuple[PersonaView, ...]:
    """Every persona of the workspace, the default one first."""
    listed = _LISTED + " order by p.is_default desc, lower(p.name), p.id"
    return tuple(map(_view, fetch_all(tx, listed, {"workspace": scope.workspace_id})))


def persona(tx: Tx, scope: Scope, persona_id: UUID) -> PersonaView:
    """One persona. Raises NotFound, also for another workspace's."""
    row = fetch_one(tx, _LISTED + " and p.id = %(id)s", {"workspace": scope.workspace_id, "id": persona_id})
    if row is None:
        raise NotFound("This persona is not there any more.")
    return _view(row)


def _view(row: dict) -> PersonaView:
    return PersonaView(id=str(row["id"]), is_default=row["is_default"], campaigns=row["campaigns"],
                       **{field: row[field] or "" for field in FIELDS})
