"""Is a message that never had a webhook found, said to be recovered, and taken in like any other?"""

from sqlalchemy import text

from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from tests.services.sync.reading import DANA, TOMAS, act, ago, change, settle, state, thread
from zrg_app.kit import db
from zrg_app.kit.scope import system
from zrg_app.services import inbound, jobs, sync


def look(desk: Stage, provider: str) -> dict:
    return sync.recover(desk.as_job, provider=provider)


def test_a_mail_that_had_no_webhook_becomes_a_lead_a_thread_and_a_line_of_the_ledger(desk: Stage) -> None:
    done = act(desk, DANA, "What does it cost?", at=ago(30))
    assert look(desk, "emailbison")["recovered"] == 1
    settle()
    assert thread(desk) == [("inbound", "What does it cost?", str(done["ids"]["reply_id"]))]
    assert (state(desk).unread_count, state(desk).needs_reply, state(desk).has_draft) == (1, True, True)
    person = desk.sql("select email, first_name from lead")[0]
    assert (person.email, person.first_name) == ("dana@northwind.example", "Dana")
    row = desk.sql("select event_type, status, recovered, provider from webhook_event")[0]
    assert tuple(row) == ("recovered", "SUCCEEDED", True, "emailbison")
    assert look(desk, "emailbison")["recovered"] == 0


def test_its_webhook_may_still_come_and_changes_nothing(desk: Stage) -> None:
    done = act(desk, DANA, "What does it cost?", at=ago(30))
    look(desk, "emailbison")
    settle()
    before = (thread(desk), state(desk))
    deliver(desk.world.acme, "emailbison", done["webhooks"][0])
    settle()
    assert (thread(desk), state(desk)) == before


def test_a_webhook_that_came_and_waits_to_be_understood_is_not_missing(desk: Stage) -> None:
    done = act(desk, DANA, "What does it cost?", at=ago(30))
    deliver(desk.world.acme, "emailbison", done["webhooks"][0])
    settle()
    change(desk, "delete from message")
    change(desk, "update webhook_event set status = 'PENDING', received_at = now() - interval '29 minutes'")
    assert look(desk, "emailbison")["recovered"] == 0
    change(desk, "update webhook_event set status = 'FAILED'")
    assert look(desk, "emailbison")["recovered"] == 1, "the next look goes back to where this one had to stop"


def test_a_recovered_row_can_be_replayed(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(30))
    look(desk, "emailbison")
    change(desk, "update webhook_event set status = 'FAILED'")
    change(desk, "delete from message")
    with db.transaction(desk.world.as_mara) as tx:
        assert inbound.replay_all(tx, desk.world.as_mara, status="FAILED") == 1
    settle()
    assert len(thread(desk)) == 1


def test_a_text_known_by_its_webhook_is_healed_and_not_said_to_be_recovered(desk: Stage) -> None:
    done = act(desk, TOMAS, "Call me", at=ago(10.2), heard=10)
    missed = act(desk, TOMAS, "Hello?", at=ago(5))
    assert look(desk, "ghl")["recovered"] == 1
    assert thread(desk) == [("inbound", "Call me", done["ids"]["message_id"]), ("inbound", "Hello?", missed["ids"]["message_id"])]
    assert desk.sql("select count(*) from webhook_event where recovered")[0][0] == 1


def test_a_text_that_was_answered_elsewhere_is_recovered_as_history(desk: Stage) -> None:
    act(desk, TOMAS, "Call me", at=ago(10), event="InboundMessage")
    act(desk, TOMAS, "Will do", at=ago(8), event="OutboundMessage")
    assert look(desk, "ghl")["recovered"] == 2
    settle()
    assert (state(desk).unread_count, state(desk).needs_reply, state(desk).has_draft) == (0, False, False)


def test_a_webhook_gets_some_minutes_to_arrive_by_itself(desk: Stage) -> None:
    act(desk, DANA, "What does it cost?", at=ago(1))
    assert look(desk, "emailbison") == {"looked_at": 1, "recovered": 0}


def test_every_connected_provider_is_looked_through_once_a_minute(desk: Stage) -> None:
    with db.transaction(system("timer")) as tx:
        assert sync.look(tx, system("timer")) == {"asked": 2}
        sync.look(tx, system("timer"))
        waiting = tx.execute(text("select count(*), count(distinct workspace_id) from background_job where kind = 'sync.recover'"))
        assert tuple(waiting.one()) == (2, 1)
    jobs.run_ready()
    with db.transaction(desk.world.as_mara) as tx:
        assert [(one.title, one.recovered, one.error) for one in sync.looks(tx, desk.world.as_mara)] == [
            ("EmailBison", 0, ""), ("GoHighLevel", 0, "")]


def test_refused_credentials_are_said_where_the_looks_are_shown(desk: Stage) -> None:
    desk.sandbox.control.add_fault("emailbison", "status", status=401)
    look(desk, "emailbison")
    with db.transaction(desk.world.as_mara) as tx:
        assert sync.looks(tx, desk.world.as_mara)[0].error
    with db.transaction(system("timer")) as tx:
        assert sync.look(tx, system("timer")) == {"asked": 1}


def test_a_reply_told_without_its_words_gets_them_before_it_is_understood(desk: Stage) -> None:
    done = act(desk, DANA, "What does it cost?", at=ago(10))
    told = done["webhooks"][0]
    told["data"]["reply"] |= {"text_body": None, "html_body": None}
    deliver(desk.world.acme, "emailbison", told)
    assert thread(desk)[0][1] == ""
    settle()
    assert thread(desk)[0][1] == "What does it cost?"
    assert (state(desk).snippet, state(desk).sentiment) == ("What does it cost?", "Information Requested")


def test_a_reply_whose_words_cannot_be_had_is_understood_as_it_is(desk: Stage) -> None:
    done = act(desk, DANA, "What does it cost?", at=ago(10))
    told = done["webhooks"][0]
    told["data"]["reply"] |= {"text_body": None, "html_body": None, "id": 987654}
    deliver(desk.world.acme, "emailbison", told)
    settle()
    assert desk.sql("select count(*) from background_job where kind = 'sentiment.understand_reply' and status = 'SUCCEEDED'")[0][0] == 1


def test_a_reply_without_words_is_understood_also_when_its_provider_was_disconnected_meanwhile(desk: Stage) -> None:
    done = act(desk, DANA, "What does it cost?", at=ago(10))
    told = done["webhooks"][0]
    told["data"]["reply"] |= {"text_body": None, "html_body": None}
    deliver(desk.world.acme, "emailbison", told)
    desk.sql("delete from connection where workspace_id = :acme and provider = 'emailbison' returning id", acme=desk.world.acme)
    settle()
    assert desk.sql("select kind, status from background_job where kind in ('sync.fetch_words', 'sentiment.understand_reply')") == [
        ("sync.fetch_words", "SUCCEEDED"), ("sentiment.understand_reply", "SUCCEEDED")]
