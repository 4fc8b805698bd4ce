"""Does what a person marked arrive as it was meant, whatever the way, and is it recognised when the provider tells of it?"""

import pytest
from sqlalchemy import text

from tests.services.sending.linkedin import act, connect, hear
from tests.services.sending.stage import Stage
from tests.services.sending.test_mail_sending import MailStage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Refused
from zrg_app.services import drafting, workbench

MARKED = ("Hi Dana,\n\nit is **900** a month, _all_ in:\n- set-up\n- support\n\n> Is it more?\nNo. See [our page](https://acme.example/p)."
          "\n<script>alert(1)</script>\n- Chris")
MARKUP = ('Hi Dana,<br>\n<br>\nit is <strong>900</strong> a month, <em>all</em> in:\n<ul>\n<li>set-up</li>\n<li>support</li>\n</ul>\n'
          '<blockquote>\nIs it more?\n</blockquote>\nNo. See <a href="https://acme.example/p">our page</a>.<br>\n'
          '&lt;script&gt;alert(1)&lt;/script&gt;<br>\n- Chris')
WORDS = MARKED.replace("**", "").replace("_all_", "all").replace("[our page](https://acme.example/p)", "our page (https://acme.example/p)")


@pytest.mark.parametrize("slug", ["emailbison", "smartlead", "instantly"])
def test_a_mail_leaves_as_html_once_and_its_echo_is_the_same_message(stage: Stage, slug: str) -> None:
    mail = MailStage(stage.world, stage.sandbox)

    lead_id = stage.lead_writes("emailbison") if slug == "emailbison" else mail.connect(slug).writes()
    mail.queue(lead_id, "email", MARKED)
    mail.run_jobs()
    sent, = mail.sent(slug)
    assert sent["html"] == MARKUP
    if slug == "instantly":
        assert sent["text"] == WORDS
    if slug != "emailbison":
        assert mail.echo() == ("SUCCEEDED", None)
    with db.transaction(mail.world.as_mara) as tx:
        shown, = [item for item in workbench.open_conversation(tx, mail.world.as_mara, lead_id).items if item.direction == "outbound"]
    assert "<strong>900</strong>" in shown.body_html and "<li>support</li>" in shown.body_html
    assert "<script" not in shown.body_html and shown.body == MARKED


def test_silence_about_a_formatted_mail_is_looked_up_and_found(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email", MARKED)
    stage.sandbox.control.add_fault("emailbison", "disconnect_after_accept", path_contains="/reply", method="POST")
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)


def test_an_sms_and_a_linkedin_message_are_words_alone(stage: Stage) -> None:
    stage.queue(stage.lead_writes("ghl"), "sms", MARKED)
    connect(stage)
    hear(stage, act(stage, body="What does it cost?"))
    stage.queue(stage.sql("select lead_id from message where channel = 'linkedin'")[0].lead_id, "linkedin", MARKED)
    stage.run_jobs()
    assert [stage.sent(slug)[0]["text"] for slug in ("ghl", "unipile")] == [WORDS, WORDS]
    assert {row.body for row in stage.sql("select body from message where direction = 'outbound'")} == {WORDS}


def test_a_draft_for_sms_whose_marks_are_left_out_counts_as_sent_unchanged(stage: Stage) -> None:
    draft_id = stage.draft(stage.lead_writes("ghl"), "It is **900**.")
    with db.transaction(stage.world.as_mara) as tx:
        drafting.approve(tx, stage.world.as_mara, draft_id, body="It is **900**.")
    stage.run_jobs()
    assert (stage.sent("ghl")[0]["text"], stage.sql("select disposition from draft")[0][0]) == ("It is 900.", "APPROVED")


def test_a_mail_with_a_blank_is_not_let_go_and_says_which(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    with pytest.raises(Refused, match=r"\{first name\}, \{company\}") as refused:
        stage.queue(lead_id, "email", "Hi {first name} of {company}")
    assert (refused.value.reason, stage.sql("select count(*) from outbound_message")[0][0]) == ("unfilled", 0)


def test_a_mail_of_somebody_else_is_shown_without_reading_marks_into_it(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison", "**Not** bold, says the lead")
    with db.transaction(stage.world.as_mara) as tx:
        assert tx.scalar(text("select count(*) from message where sent_at <= :now"), {"now": clock.now()}) == 1
        shown, = workbench.open_conversation(tx, stage.world.as_mara, lead_id).items[:1]
    assert "**Not** bold" in shown.body_html
