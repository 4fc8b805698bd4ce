"""What does the HTTP column of a Clay table post to the product? (reference 9.2)"""

from datetime import datetime
from typing import Any

from sandbox.clay import api
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened
from sandbox.world import World

EVENTS = {"FOUND": "success", "NOT_FOUND": "not_found", "ERROR": "error"}
_FOUND = {"phone": ("phone", "+12125550188"), "linkedin": ("linkedinUrl", "https://www.linkedin.com/in/dana-kessler")}


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    """Answer the newest row about a lead; what was found comes from `lead`, `custom_data` replaces whole fields."""
    lead_id, kind = str(act.lead["lead_id"]), str(act.lead.get("kind") or "phone")
    row = api.newest(world, lead_id, kind)
    field, example = _FOUND[kind]
    # Empty cells come as an empty text.
    told: dict[str, Any] = {"leadId": lead_id, "requestId": row.get("requestId", ""), "enrichmentType": kind,
                            "status": EVENTS[act.event], "linkedinUrl": "", "linkedinId": act.lead.get("linkedin_id") or "",
                            "phone": "", "error": body if act.event == "ERROR" else ""}
    if act.event == "FOUND":
        told[field] = act.lead.get(field) or example
    return Happened(told | act.custom_data, {"lead_id": lead_id, "request_id": row.get("requestId")})


def _check(act: Act) -> None:
    if not act.lead.get("lead_id"):
        raise ValueError("lead needs lead_id: the id the product gave in its row.")
    if act.lead.get("kind", "phone") not in _FOUND:
        raise ValueError("kind must be phone or linkedin.")


def _people(world: World) -> list[Row]:
    rows = {str(row["columns"].get("leadId")): row for row in world.store.rows(api.ROWS)}
    return [{"provider": "clay", "workspace_ref": row["table"], "lead_id": lead_id, "kind": row["columns"].get("enrichmentType"),
             "dnd": False, "first_name": row["columns"].get("firstName"), "last_name": row["columns"].get("lastName"),
             "email": row["columns"].get("email"), "phone": row["columns"].get("phone"),
             "company": row["columns"].get("company")} for lead_id, row in rows.items()]


ACTOR = Actor(slug="clay", events=tuple(EVENTS), path="/api/webhooks/clay", play=_play, people=_people, check=_check,
              headers={"content-type": "application/json", "user-agent": "Clay (sandbox)"})
