"""Who speaks to a lead? The campaign's persona, else the default one, else the workspace's own texts (spec section 8)."""

from uuid import UUID

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.knowledge.views import PersonaView

_FIELDS = ("sender_name", "tone", "greeting", "sms_greeting", "linkedin_greeting", "signature", "goals", "service_description",
           "ideal_customer_profile")
_CHOSEN = """
select p.id, p.name, p.is_default, p.sender_name, p.tone, p.greeting, p.sms_greeting, p.linkedin_greeting, p.signature, p.goals,
       p.service_description, p.ideal_customer_profile
from persona p left join campaign k on k.persona_id = p.id and k.id = %(campaign)s
where p.workspace_id = %(workspace)s and (k.id is not null or p.is_default) order by (k.id is not null) desc limit 1
"""
_OWN = """
select s.ai_persona_name as sender_name, s.ai_tone as tone, s.ai_greeting as greeting, s.ai_sms_greeting as sms_greeting,
       s.ai_linkedin_greeting as linkedin_greeting, s.ai_signature as signature, s.ai_goals as goals, s.service_description,
       s.ideal_customer_profile
from workspace_settings s where s.workspace_id = %(workspace)s
"""


def persona_for(tx: Tx, scope: Scope, campaign_id: UUID | None) -> PersonaView:
    """The persona that answers a lead of this campaign (None: of none)."""
    found = fetch_one(tx, _CHOSEN, {"workspace": scope.workspace_id, "campaign": campaign_id})
    row = found or fetch_one(tx, _OWN, {"workspace": scope.workspace_id}) or {}
    told = {field: row.get(field) or "" for field in _FIELDS}
    if not found:
        return PersonaView(**told)
    return PersonaView(id=str(found["id"]), name=found["name"], is_default=found["is_default"], **told)
