"""What does a writer know in tests? Dana of Northwind asks Chris of Acme Growth about the price, in November 2026."""

from dataclasses import replace
from datetime import UTC, datetime

from zrg_app.services.booking import OfferedTimeView
from zrg_app.services.drafting import Material
from zrg_app.services.drafting.archetypes import ARCHETYPES
from zrg_app.services.drafting.material import PROMPTS
from zrg_app.services.drafting.signature import signature_facts
from zrg_app.services.knowledge import CompanyView, MemoryView, Passage, PersonaView
from zrg_app.services.llm import prompt
from zrg_app.services.llm.prompts import snippet_text

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
TUESDAY = OfferedTimeView(starts_at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC), label="Tue, Nov 24, 10:00 AM EST", zone="America/New_York")
WEDNESDAY = OfferedTimeView(starts_at=datetime(2026, 11, 25, 19, 30, tzinfo=UTC), label="Wed, Nov 25, 2:30 PM EST",
                            zone="America/New_York")
BOOKING = "https://calendly.com/acme/30min"
QUESTION = "Hi Chris, what does it cost, and could we talk next week?\n\nBest,\nDana"


def said(body: str, direction: str = "inbound", day: int = 20) -> dict:
    """A message of the thread."""
    return {"channel": "email", "direction": direction, "body": body, "subject": "Outreach", "sent_at": NOW.replace(day=day, hour=9)}


def material(**changes: object) -> Material:
    """What is known, with some of it otherwise."""
    newest = str(changes.get("newest", QUESTION))
    first = said("Hi Dana, we audit outbound set-ups: https://acme.example/audit", "outbound", 18)
    known = Material(
        lead_id=None, message_id=None, channel="email", subject="Outreach", sentiment="Information Requested", newest=newest,
        history=[first, said(newest)], prompts={key: prompt(key) for key in PROMPTS}, model="gpt-5.1", verifier_model="gpt-5.2",
        persona=PersonaView(sender_name="Chris Vale", tone="plain"),
        company=CompanyView(name="Acme Growth", service_description="Audits cost $400 a month per site; set-up is $1,500 once.",
                            booking_link=BOOKING, questions=(("How many sites do you have?", True),)),
        lead={"first_name": "Dana", "last_name": "Kessler", "company": "Northwind Freight", "email": "dana@northwind.example"},
        passages=(Passage(asset="Price sheet", text="From five sites on there is 10% off. Reports come by the week."),),
        memory=(MemoryView(id="1", category="objection", content="Was burnt by an agency in 2024.", source="MANUAL", status="APPROVED"),),
        website="https://acme.example", zone="America/New_York", times=(TUESDAY, WEDNESDAY), neighbours=("Luis",),
        strangers=("Tomas Oliveira", "Halden Roofing"), signature=signature_facts(newest), sent_at=NOW.replace(day=20), at=NOW,
        archetypes={name: snippet_text(f"archetype.{name}") for name in ARCHETYPES},
        forbidden=tuple(snippet_text("forbidden_terms").splitlines()))
    return replace(known, **changes)
