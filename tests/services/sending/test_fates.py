"""What shows when a message of ours never arrived? Told before or after we know the message, once, with what to do."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import TOKENS, Stage
from zrg_app.kit import clock, db
from zrg_app.services import sending, workbench

DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}
TOMAS = {"first_name": "Tomas", "last_name": "Oliveira", "phone": "+14155550142"}


def hear(stage: Stage, provider: str, event: str, message_id: str = "", **lead: str) -> None:
    """Let the provider tell of something; `message_id` names one of its messages."""
    who = (DANA if provider == "emailbison" else TOMAS) | lead
    told = stage.sandbox.control.act(provider, TOKENS[provider].get("location_id", "4711"), who, event=event, of=message_id,
                                     deliver=False)
    assert deliver(stage.world.acme, provider, told["webhooks"][0])[0] == "SUCCEEDED"


def bounce(stage: Stage) -> dict:
    """The webhook of a bounce of our newest mail to Dana."""
    return stage.sandbox.control.act("emailbison", "4711", DANA, event="EMAIL_BOUNCED", deliver=False)["webhooks"][0]


def own(stage: Stage):
    """Our message in the thread."""
    return stage.sql("select * from message where outbound_id is not null")[0]


def view(stage: Stage, lead_id):
    """What Mara sees."""
    mara = stage.world.as_mara
    with db.transaction(mara) as tx:
        return workbench.open_conversation(tx, mara, lead_id)


def needs_repair(stage: Stage) -> bool:
    """Whether the conversation waits for a person's repair."""
    return stage.sql("select needs_repair from conversation")[0][0]


@pytest.mark.parametrize("status", ["failed", "undelivered", "opt_out"])
def test_a_text_the_carrier_gave_up_shows_why_and_asks_for_a_person(stage: Stage, status: str) -> None:
    lead_id = stage.lead_writes("ghl")
    stage.queue(lead_id, "sms", "Chris from Acme.")
    stage.run_jobs()
    hear(stage, "ghl", "OutboundMessage", stage.sent("ghl")[0]["id"], status=status)
    message = own(stage)
    assert (message.delivery, needs_repair(stage)) == ("failed", True)
    assert stage.sql("select sms_dnd from lead")[0][0] is (status == "opt_out")
    item = next(item for item in view(stage, lead_id).items if item.id == str(message.id))
    assert item.may_settle
    assert "Check the number" in item.delivery_reason
    with db.transaction(stage.world.as_mara) as tx:
        sending.settle(tx, stage.world.as_mara, message.id)
    assert needs_repair(stage) is False


def test_news_of_a_message_told_twice_or_as_delivered_change_nothing(stage: Stage) -> None:
    lead_id = stage.lead_writes("ghl")
    stage.queue(lead_id, "sms", "Chris from Acme.")
    stage.run_jobs()
    sent_id = stage.sent("ghl")[0]["id"]
    for status in ("delivered", "undelivered", "undelivered", "delivered"):
        hear(stage, "ghl", "OutboundMessage", sent_id, status=status)
    assert (own(stage).delivery, len(stage.sql("select id from message where direction = 'outbound'"))) == ("failed", 1)
    assert len(stage.sql("select id from audit_event where kind = 'inbox.delivery_failed'")) == 1


def test_a_bounced_answer_is_marked_with_its_reason_and_the_lead_is_not_written_to(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    stage.queue(lead_id, "email")
    stage.run_jobs()
    deliver(stage.world.acme, "emailbison", bounce(stage))
    assert (own(stage).delivery, own(stage).delivery_reason) == ("bounced", "Delivery Status Notification (Failure)")
    assert needs_repair(stage) is True
    assert stage.sql("select status from lead")[0][0] == "blacklisted"
    assert not next(way for way in view(stage, lead_id).ways if way.channel == "email").possible


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_bounce_echo_and_our_own_record_end_the_same_in_any_order(stage: Stage, order: tuple[int, ...]) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "disconnect_after_accept", path_contains="/reply", method="POST")
    stage.run_jobs(until=clock.now() + timedelta(seconds=11))
    assert stage.outbound(outbound_id).status == "checking"
    sent_id, bounced = stage.sent("emailbison")[0]["id"], bounce(stage)
    steps = (lambda: deliver(stage.world.acme, "emailbison", bounced), lambda: stage.hear_of(sent_id), stage.run_jobs)
    for step in order:
        steps[step]()
    message = own(stage)
    assert (message.delivery, stage.outbound(outbound_id).status, needs_repair(stage)) == ("bounced", "sent", True)
    assert len(stage.sql("select id from message where direction = 'outbound' and external_id = :id", id=str(sent_id))) == 1
    assert len(stage.sql("select id from audit_event where kind = 'inbox.delivery_failed'")) <= 1


def test_a_later_message_that_left_ends_the_repair(stage: Stage) -> None:
    lead_id = stage.lead_writes("ghl")
    stage.queue(lead_id, "sms", "First.")
    stage.run_jobs()
    hear(stage, "ghl", "OutboundMessage", stage.sent("ghl")[0]["id"], status="failed")
    stage.queue(lead_id, "sms", "Second.")
    stage.run_jobs()
    assert needs_repair(stage) is False
