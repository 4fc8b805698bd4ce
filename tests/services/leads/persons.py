"""Who may turn out to be one person in tests of merging: Dana by e-mail, Tomas by SMS, with all that hangs on them."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import AiInteraction, Draft, EnrichmentRequest, Label, LeadLabel
from zrg_app.services import inbox, jobs, leads, sending
from zrg_app.services.leads import hanging

_NOT_TOLD = {"audit_event.lead_id": " and kind not in ('leads.merged', 'leads.parted', 'leads.merge_suggested')",
             "lead_merge.keep_id": " and false", "lead_merge.gone_id": " and false"}


def mail(world: World, reply_id: int = 9001, **changes: object) -> UUID:
    """Let Dana (or who `changes` say) write by e-mail; returns the lead."""
    deliver(world.acme, "emailbison", fixture("emailbison/lead_replied", data__reply__id=reply_id, **changes))
    return _lead_of(world, f"emailbison:{reply_id}")


def text_message(world: World, body: str = "Who is this?", **changes: object) -> UUID:
    """Let Tomas (or who `changes` say) write by SMS; returns the lead."""
    deliver(world.acme, "ghl", fixture("ghl/workflow_sms", message__body=body, **changes))
    return rows(world.acme, "select lead_id from message where channel = 'sms' order by created_at desc, id desc limit 1")[0][0]


def _lead_of(world: World, key: str) -> UUID:
    found = rows(world.acme, "select lead_id from message where dedupe_key = :key", key=key)
    return found[0][0] if found else rows(world.acme, "select lead_id from message order by id desc limit 1")[0][0]


def furnish(world: World, lead_id: UUID, *, channel: str, label: str) -> None:
    """Give a lead one of everything that hangs on a lead."""
    with db.transaction(world.as_mara) as tx:
        trigger = tx.scalar(text("select id from message where lead_id = :id and direction = 'inbound' limit 1"), {"id": lead_id})
        inbox.add_note(tx, world.as_mara, lead_id, body=f"Met {label} at the fair.")
        made = tx.scalar(text("select id from label where name = :name"), {"name": label})
        if made is None:
            row = Label(workspace_id=world.acme, name=label)
            tx.add(row)
            tx.flush()
            made = row.id
        draft_id = ids.new_id()
        tx.add_all([
            LeadLabel(workspace_id=world.acme, lead_id=lead_id, label_id=made),
            Draft(id=draft_id, workspace_id=world.acme, lead_id=lead_id, trigger_message_id=trigger, channel=channel,
                  status="pending", body="Yes.", original_body="Yes."),
            AiInteraction(workspace_id=world.acme, lead_id=lead_id, purpose="sentiment", prompt_key="p", prompt_hash="h",
                          model="m"),
            EnrichmentRequest(workspace_id=world.acme, lead_id=lead_id, kind="phone", provider="clay")])
        tx.flush()
        sending.queue(tx, world.as_mara, lead_id, channel=channel, body="One moment.", sent_by="setter",
                      idempotency_key=str(ids.new_id()))
        jobs.enqueue(tx, world.as_mara, "sentiment.understand_reply", lead_id=lead_id, message_id=trigger,
                     run_at=clock.now() + timedelta(hours=1))


def everything(world: World, *lead_ids: UUID) -> dict[str, list]:
    """All rows of these leads in every table that names a lead, apart from when they were touched."""
    found = {}
    for each in hanging.references():
        name = f"{each.table}.{each.column}"
        key = "t.id" if each.table == "lead" else f"t.{each.column}"
        found[name] = [row[0] for row in rows(
            world.acme, f"select to_jsonb(t) - 'updated_at' as one from {each.table} t where {key} = any(:ids)"
                        f"{_NOT_TOLD.get(name, '')} order by 1", ids=list(lead_ids))]
    return found


def merge(world: World, keep: UUID, gone: UUID, reason: str = "The same person") -> UUID:
    """Let Mara merge two leads."""
    with db.transaction(world.as_mara) as tx:
        return leads.merge(tx, world.as_mara, keep, gone, reason=reason)


def unmerge(world: World, merge_id: UUID) -> UUID:
    """Let Mara take a merge back."""
    with db.transaction(world.as_mara) as tx:
        return leads.unmerge(tx, world.as_mara, merge_id)
