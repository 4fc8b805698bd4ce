"""Does an answer through SmartLead or Instantly leave exactly once, and is its echo recognised? Database and sandbox, for real."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from sandbox.server import Running
from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from tests.world import World
from zrg_app.integrations import registry, transport
from zrg_app.integrations.base import History, Person, Receipt
from zrg_app.kit import clock, db, ids, vault
from zrg_app.kit.errors import Refused
from zrg_app.kit.scope import system
from zrg_app.services import connections, sending
from zrg_app.services.sending import recording

DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}
SENT_EVENT = {"smartlead": "EMAIL_SENT", "instantly": "email_sent"}


class MailStage(Stage):
    """The stage with one of the two as Acme's e-mail provider."""

    slug = ""

    def connect(self, slug: str) -> "MailStage":
        """Let Acme read and send its mail through `slug`."""
        self.slug = slug
        with db.transaction(system("connect the stage")) as tx:
            tx.execute(text("delete from connection where provider = 'emailbison'"))
            tx.execute(text("update workspace_settings set email_provider = :slug where workspace_id = :acme"),
                       {"slug": slug, "acme": self.world.acme})
            tx.execute(text("insert into connection (id, workspace_id, provider, credentials, base_url, status, options, created_at, "
                            "updated_at) values (:id, :acme, :slug, :sealed, :url, 'working', '{}', now(), now())"),
                       {"id": ids.new_id(), "acme": self.world.acme, "slug": slug, "url": f"{self.sandbox.base_url}/{slug}",
                        "sealed": vault.seal({"api_key": "secret-workspace-acme"})})
        return self

    def writes(self, body: str = "What does it cost?", **person: object) -> UUID:
        """Dana writes; returns the lead's id."""
        told = self.sandbox.control.act(self.slug, "acme", DANA | person, body, deliver=False)
        status, reason = deliver(self.world.acme, self.slug, told["webhooks"][0])
        assert status == "SUCCEEDED", reason
        return self.sql("select lead_id from message where direction = 'inbound' order by id desc limit 1")[0][0]

    def echo(self, **changes: object) -> tuple[str, str | None]:
        """Let the provider's webhook tell of the last mail it accepted."""
        last = self.sent(self.slug)[-1]["id"]
        told = self.sandbox.control.act(self.slug, "acme", DANA, event=SENT_EVENT[self.slug], of=last, deliver=False)
        return deliver(self.world.acme, self.slug, told["webhooks"][0] | changes)

    def ours(self) -> list:
        """The messages of the thread that are ours and of no campaign."""
        return self.sql("select * from message where direction = 'outbound' and sent_by <> 'campaign' order by sent_at, id")


@pytest.fixture(params=["smartlead", "instantly"])
def mail(request: pytest.FixtureRequest, world: World, providers: Running) -> MailStage:
    """The stage with each of the two providers in turn."""
    providers.control.reset()
    return MailStage(world, providers).connect(request.param)


@pytest.fixture
def smartlead(world: World, providers: Running) -> MailStage:
    """The stage with SmartLead."""
    providers.control.reset()
    return MailStage(world, providers).connect("smartlead")


def test_an_answer_leaves_once_in_the_thread_and_its_echo_is_the_same_message(mail: MailStage) -> None:
    lead_id = mail.writes()
    outbound_id = mail.queue(lead_id, "email", "It is 900 a month.\nShall we talk?")
    mail.run_jobs()
    sent, = mail.sent(mail.slug)
    reply, = mail.sql("select external_id, thread from message where direction = 'inbound'")
    answered = reply.thread["message_id"] if mail.slug == "smartlead" else reply.external_id
    assert (sent["to"], sent["parent_id"]) == (["dana@northwind.example"], answered)
    row, name = mail.outbound(outbound_id), sent["id"].strip("<>")
    assert (row.status, row.attempts, row.provider_message_id) == ("sent", 1, name)
    before, = mail.ours()
    assert (before.external_id, before.dedupe_key, before.outbound_id) == (name, f"{mail.slug}:{name}", outbound_id)
    assert mail.echo() == ("SUCCEEDED", None)
    after, = mail.ours()
    assert (after.id, after.body, after.sent_by) == (before.id, "It is 900 a month.\nShall we talk?", "setter")
    mail.run_jobs()
    assert len(mail.sent(mail.slug)) == 1


def test_an_echo_that_comes_before_our_own_record_is_the_same_message(mail: MailStage) -> None:
    outbound_id = mail.queue(mail.writes(), "email")
    mail.sandbox.control.add_fault(mail.slug, "timeout_after_accept", path_contains="/reply", seconds=30)
    with transport.patience(0.3):
        mail.run_jobs(until=clock.now() + timedelta(seconds=12))
    assert mail.outbound(outbound_id).status == "checking"
    assert mail.echo() == ("SUCCEEDED", None)
    mail.run_jobs()
    message, = mail.ours()
    assert (mail.outbound(outbound_id).status, message.outbound_id, message.sent_by) == ("sent", outbound_id, "setter")
    assert len(mail.sent(mail.slug)) == 1


def test_silence_after_accepting_is_looked_up_and_never_sent_again(mail: MailStage) -> None:
    outbound_id = mail.queue(mail.writes(), "email")
    mail.sandbox.control.add_fault(mail.slug, "timeout_after_accept", path_contains="/reply", seconds=30)
    with transport.patience(0.3):
        mail.run_jobs()
    sent, = mail.sent(mail.slug)
    row = mail.outbound(outbound_id)
    assert (row.status, row.attempts, row.provider_message_id) == ("sent", 1, sent["id"].strip("<>"))


def test_being_asked_to_wait_is_waited_for(mail: MailStage) -> None:
    outbound_id = mail.queue(mail.writes(), "email")
    mail.sandbox.control.add_fault(mail.slug, "status", path_contains="/reply", status=429, retry_after=20)
    mail.run_jobs()
    assert (mail.outbound(outbound_id).status, len(mail.sent(mail.slug))) == ("sent", 1)


def test_a_wrong_key_locks_the_connection_and_a_person_is_told(mail: MailStage) -> None:
    outbound_id = mail.queue(mail.writes(), "email")
    mail.sandbox.control.add_fault(mail.slug, "status", path_contains="/reply", status=401)
    mail.run_jobs()
    assert (mail.outbound(outbound_id).status, mail.outbound(outbound_id).error_code) == ("failed", "provider_locked")
    assert mail.sql("select status from connection where provider = :slug", slug=mail.slug)[0].status == "locked"


def test_history_read_back_adds_nothing_that_the_webhooks_told(mail: MailStage) -> None:
    lead_id = mail.writes()
    mail.queue(lead_id, "email")
    mail.run_jobs()
    with db.transaction(mail.as_job) as tx:
        account = connections.account(tx, mail.as_job, mail.slug)
    known = {row.dedupe_key for row in mail.sql("select dedupe_key from message")}
    told = registry.provider(mail.slug).read_history(account, History(person=Person(email="dana@northwind.example")))
    assert {event.dedupe_key for event in told if not event.by_campaign} == known and len(known) == 2


def test_the_way_says_whom_it_writes_to(mail: MailStage) -> None:
    lead_id = mail.writes()
    with db.transaction(mail.world.as_mara) as tx:
        email = next(way for way in sending.ways(tx, mail.world.as_mara, lead_id) if way.channel == "email")
    assert (email.possible, email.to_address, email.provider) == (
        True, "dana@northwind.example", registry.provider(mail.slug).title)


@pytest.mark.parametrize("echo_first", [False, True])
@pytest.mark.parametrize("named", [True, False])
def test_an_answer_that_smartlead_did_not_name_is_joined_to_its_echo(smartlead: MailStage, echo_first: bool, named: bool) -> None:
    outbound_id = smartlead.queue(smartlead.writes(), "email")
    smartlead.sandbox.control.add_fault("smartlead", "status", path_contains="/message-history", status=500, times=0)
    without_name = {} if named else {"message_id": None, "sent_message": None}
    if echo_first:
        smartlead.sandbox.control.add_fault("smartlead", "timeout_after_accept", path_contains="/reply", seconds=30)
        with transport.patience(0.3):
            smartlead.run_jobs(until=clock.now() + timedelta(seconds=12))
        assert smartlead.echo(**without_name) == ("SUCCEEDED", None)
        smartlead.sandbox.control.clear_faults()
    smartlead.run_jobs()
    if not echo_first:
        message, = smartlead.ours()
        assert (smartlead.outbound(outbound_id).status, message.external_id) == ("sent", None)
        assert smartlead.echo(**without_name) == ("SUCCEEDED", None)
    assert smartlead.echo(**without_name, event_type="FIRST_EMAIL_SENT") == ("SUCCEEDED", None)
    message, = smartlead.sql("select * from message where direction = 'outbound'")
    assert (message.outbound_id, message.sent_by, message.body) == (outbound_id, "setter", "It is 900 a month.")
    if named:
        name = smartlead.sent("smartlead")[0]["id"].strip("<>")
        assert (message.external_id, message.dedupe_key) == (name, f"smartlead:{name}")
        assert smartlead.outbound(outbound_id).provider_message_id == name
    assert len(smartlead.sent("smartlead")) == 1


def test_two_answers_of_the_same_words_stay_two(smartlead: MailStage) -> None:
    lead_id = smartlead.writes()
    smartlead.sandbox.control.add_fault("smartlead", "status", path_contains="/message-history", status=500, times=0)
    for _ in range(2):
        smartlead.queue(lead_id, "email", "Thank you!")
        smartlead.run_jobs()
        assert smartlead.echo() == ("SUCCEEDED", None)
    names = {sent["id"].strip("<>") for sent in smartlead.sent("smartlead")}
    assert {message.external_id for message in smartlead.ours()} == names and len(names) == 2


def test_two_answers_never_share_the_name_of_one(smartlead: MailStage) -> None:
    lead_id = smartlead.writes()
    first = smartlead.queue(lead_id, "email", "Thank you!")
    smartlead.run_jobs()
    name = smartlead.outbound(first).provider_message_id
    second = smartlead.queue(lead_id, "email", "Thank you!")
    with db.transaction(smartlead.as_job) as tx:
        recording.accepted(tx, smartlead.as_job, second, Receipt(message_id=name))
    assert name and smartlead.outbound(second).provider_message_id is None
    assert len(smartlead.ours()) == 2


def test_smartlead_may_answer_somebody_else_and_instantly_may_not(mail: MailStage) -> None:
    lead_id, other = mail.writes(), {"to_address": "lee@northwind.example", "to_name": "Lee Moss"}
    if mail.slug == "instantly":
        with pytest.raises(Refused, match="only go to whom it answers"):
            mail.queue(lead_id, "email", **other)
        assert mail.sql("select id from outbound_message") == []
        return
    outbound_id = mail.queue(lead_id, "email", **other)
    mail.run_jobs()
    assert (mail.outbound(outbound_id).status, mail.sent("smartlead")[0]["to"]) == ("sent", ["lee@northwind.example"])


def test_an_instantly_mail_that_a_colleague_wrote_is_not_answered_in_the_leads_name(mail: MailStage) -> None:
    outbound_id = mail.queue(mail.writes(replies_as="lee@northwind.example"), "email")
    mail.run_jobs()
    row = mail.outbound(outbound_id)
    if mail.slug == "instantly":
        assert (row.status, row.error_code, mail.sent("instantly")) == ("failed", "other_recipient", [])
    else:
        assert (row.status, mail.sent("smartlead")[0]["to"]) == ("sent", ["lee@northwind.example"])
