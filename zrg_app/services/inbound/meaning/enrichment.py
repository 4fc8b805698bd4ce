"""What does an answer to a look-up mean for the lead it is about?"""

from sqlalchemy import text

from zrg_app.integrations.base import Event
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services import enrichment
from zrg_app.services.inbound.meaning.case import Done, Ignored, Outcome

_OURS = text("select id from lead where id = :lead_id and workspace_id = :workspace_id")


def enriched(tx: Tx, scope: Scope, event: Event, *, region: str | None) -> Outcome:
    """Take the answer in. The lead is the one we had named, looked up in this workspace. Raises NotFound when it is gone."""
    lead_id = tx.execute(_OURS, {"lead_id": parse_id(event.about_lead), "workspace_id": scope.workspace_id}).scalar_one_or_none()
    if lead_id is None:
        raise NotFound("The answer is about a lead that is not there.")
    person = event.person
    news = enrichment.receive(tx, scope, lead_id, enrichment.Finding(
        kind=str(event.thread.get("kind")), outcome=str(event.thread.get("outcome")), phone=person.phone,
        linkedin_url=person.linkedin_url, linkedin_member=person.identities.get(IdentityKind.LINKEDIN_MEMBER), error=event.text),
        region=region)
    return Done() if news else Ignored(reason="known_better")
