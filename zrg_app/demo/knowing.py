"""What does Acme Growth know in the demo? Two personas, three assets that were read, its texts, and a few memories."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import select

from zrg_app.kit import ids
from zrg_app.kit.db import Tx
from zrg_app.models import KnowledgeAsset, KnowledgeChunk, LeadMemory, Message, Persona
from zrg_app.models.ai_vocabulary import ContextMode, KnowledgeKind, KnowledgeStatus, MemorySource, MemoryStatus
from zrg_app.services.knowledge.chunking import passages

WEBSITE = "https://acmegrowth.example"
IDEAL = "Owner-run firms of 10 to 200 people in the Midwest that send people or goods out every day: hauliers, roofers, clinics."
QUESTIONS = (("How many people or vehicles do you have on the road?", True), ("Who besides you decides about this?", False),
             ("When would you like to see a first result?", False))
PRICES = """Starter

Starter costs $900 a month and covers one campaign on one channel, up to 1,500 people reached a month, and a weekly report.

Growth

Growth costs $1,800 a month and covers three campaigns over e-mail, SMS and LinkedIn, up to 6,000 people reached a month, a named
contact and a call every two weeks.

Terms

The first three months are fixed; after that either side may leave with 30 days of notice. There is no set-up fee. Invoices are due
within 14 days."""
ANSWERS = """Do you work outside the United States?

Yes, in Canada and the United Kingdom. Not in the European Union yet.

Which systems do you connect to?

HubSpot, Pipedrive and GoHighLevel. For others there is an export every night.

Where is our data kept?

On servers in Ohio, encrypted at rest. It is deleted 30 days after the contract ends."""
RESULTS = """Results

Halden Roofing booked 31 estimates in its first 60 days. Northwind Freight cut its fuel bill by 9 percent in a quarter."""
# (kind of memory, words, waits for a person, days it holds, days from now before which nothing should leave)
MEMORIES: tuple[tuple[str, str, bool, int, int], ...] = (
    ("scheduling_preference", "Prefers short calls on Tuesday and Thursday mornings.", True, 60, 0),
    ("objection", "Finds three fixed months long; asked for a month to try.", False, 90, 0),
    ("not_before", "The new budget is decided then.", False, 90, 45),
    ("communication_preference", "Wants prices in writing before any call.", True, 90, 0),
)


def write(tx: Tx, workspace_id: UUID, now: datetime) -> None:
    """Write it all; the leads are there already."""
    _personas(tx, workspace_id)
    _asset(tx, workspace_id, now, name="Prices and terms", kind=KnowledgeKind.TEXT, text=PRICES)
    _asset(tx, workspace_id, now, name="Questions and answers.md", kind=KnowledgeKind.FILE, text=ANSWERS, content_type="text",
           content=ANSWERS.encode())
    _asset(tx, workspace_id, now, name="Home page", kind=KnowledgeKind.URL, text=RESULTS, url=f"{WEBSITE}/")
    tx.add(KnowledgeAsset(workspace_id=workspace_id, name="Website", kind=KnowledgeKind.URL, url=WEBSITE, is_primary_website=True,
                          status=KnowledgeStatus.READY, created_at=now, updated_at=now))
    _memories(tx, workspace_id, now)
    tx.flush()


def _personas(tx: Tx, workspace_id: UUID) -> None:
    chris = Persona(
        workspace_id=workspace_id, name="Chris", is_default=True, sender_name="Chris Vale", greeting="Hi {firstName},",
        linkedin_greeting="Hello {firstName},", signature="Chris Vale\nAcme Growth",
        goals="Answer the question first, then offer a short call.")
    robin = Persona(
        workspace_id=workspace_id, name="Robin, for trades", sender_name="Robin Hale", tone="direct and brief", greeting="{firstName},",
        sms_greeting="Hi {firstName}, Robin here.", signature="Robin Hale, Acme Growth")
    tx.add_all([chris, robin])
    tx.flush()


def _asset(tx: Tx, workspace_id: UUID, now: datetime, *, name: str, kind: KnowledgeKind, text: str, **more: object) -> None:
    row = KnowledgeAsset(
        id=ids.new_id(), workspace_id=workspace_id, name=name, kind=kind, context_mode=ContextMode.RAW, raw_text=text,
        size_bytes=len(text.encode()), status=KnowledgeStatus.READY, indexed_at=now - timedelta(days=2), created_at=now - timedelta(days=9),
        updated_at=now - timedelta(days=2), **more)
    tx.add(row)
    tx.flush()
    tx.add_all([KnowledgeChunk(workspace_id=workspace_id, asset_id=row.id, position=place, body=piece)
                for place, piece in enumerate(passages(text, size=420))])


def _memories(tx: Tx, workspace_id: UUID, now: datetime) -> None:
    replies = tx.scalars(select(Message).where(Message.workspace_id == workspace_id, Message.direction == "inbound")
                         .order_by(Message.sent_at.desc()).limit(40)).all()
    newest = list({reply.lead_id: reply for reply in reversed(replies)}.values())[::-1]
    for place, (category, content, waits, days, later) in enumerate(MEMORIES):
        if place // 2 >= len(newest):
            return
        reply = newest[place // 2]
        tx.add(LeadMemory(
            workspace_id=workspace_id, lead_id=reply.lead_id, category=category, content=content, source=MemorySource.INFERENCE,
            status=MemoryStatus.PENDING if waits else MemoryStatus.APPROVED, confidence=0.78 if waits else 0.91, message_id=reply.id,
            expires_at=now + timedelta(days=days), not_before=_day(now, later), created_at=reply.sent_at))


def _day(now: datetime, later: int) -> date | None:
    return (now + timedelta(days=later)).date() if later else None
