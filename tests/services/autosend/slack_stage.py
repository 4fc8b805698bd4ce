"""Where do tests of Slack reviews play? Acme's Slack is the sandbox's, Mara and Lena review, and jobs run in their order."""

import json
from dataclasses import asdict
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import text

from tests.services.inbound.deliveries import understand
from tests.services.sending.stage import Stage
from zrg_app.integrations import slack, slack_inbound
from zrg_app.integrations.base import Account
from zrg_app.kit import clock, db, ids, vault
from zrg_app.kit.scope import Scope, system, workspace_system
from zrg_app.models import AutoSendDecision, Connection, WebhookEvent
from zrg_app.models.ai_vocabulary import AutoSendAction, AutoSendMode
from zrg_app.services import events, jobs
from zrg_app.services.autosend import slack_reviewers

TOKEN = "xoxb-good-team-T0ACME"
MARA, LENA = "mara@agency.example", "lena.vogt@partner.example"
_NEXT = text("""
update background_job set status = 'RUNNING' where id = (
  select id from background_job where (kind like 'autosend.%' or kind = any(:more)) and status = 'PENDING' and run_at <= :until
  order by run_at, id limit 1 for update skip locked)
returning id, kind, workspace_id, payload, run_at
""")


class Reviews:
    """A stage whose reviewers are Mara, who is a member, and Lena, who is known to Slack only."""

    def __init__(self, stage: Stage, *emails: str, token: str = TOKEN) -> None:
        self.stage, self.world, self.control = stage, stage.world, stage.sandbox.control
        with db.transaction(system("connect Slack")) as tx:
            tx.add(Connection(workspace_id=self.world.acme, provider="slack", external_id="T0ACME", status="working",
                              base_url=f"{stage.sandbox.base_url}/slack", credentials=vault.seal({"bot_token": token})))
        for email in emails:
            slack_reviewers.add(self.scope, email)

    @property
    def scope(self) -> Scope:
        """The system inside Acme Growth."""
        return workspace_system(self.world.acme, "test")

    @property
    def account(self) -> Account:
        """Acme's Slack."""
        return Account(provider="slack", workspace_id="w", external_id="T0ACME", base_url=f"{self.stage.sandbox.base_url}/slack",
                       credentials={"bot_token": TOKEN})

    def draft(self, body: str = "It is 900 a month.", inbound: str = "What does it cost?", *, provider: str = "emailbison") -> UUID:
        """A lead who wrote and a draft that waits."""
        return self.stage.draft(self.stage.lead_writes(provider, inbound), body)

    def decides(self, draft_id: UUID, *, action: AutoSendAction = AutoSendAction.NEEDS_REVIEW, is_shadow: bool = False) -> None:
        """Let auto-send decide about a draft as it is written now."""
        lead_id, generation, channel = self.stage.sql("select lead_id, generation, channel from draft where id = :id", id=draft_id)[0]
        with db.transaction(self.scope) as tx:
            tx.add(AutoSendDecision(
                id=ids.new_id(), workspace_id=self.world.acme, lead_id=lead_id, draft_id=draft_id, generation=generation,
                sentiment="Information Requested", channel=channel, mode=AutoSendMode.AI_AUTO_SEND, action=action, confidence=0.62,
                threshold=0.9, reason="The price is not in what we know.", is_shadow=is_shadow))
            tx.flush()
            events.record(tx, self.scope, events.AutoSendDecided(
                lead_id=lead_id, draft_id=draft_id, action=action, reason="The price is not in what we know.", is_shadow=is_shadow))

    def asked(self, **more: str) -> UUID:
        """A draft whose reviewers have their message."""
        draft_id = self.draft(**more)
        self.decides(draft_id)
        self.run()
        return draft_id

    def run(self, *more: str, most: int = 40) -> list[str]:
        """Run the jobs of auto-send (and the kinds in `more`) that are due within ten minutes, as the worker would; what
        happened to each that failed."""
        until, failed = clock.now() + timedelta(minutes=10), []
        for _ in range(most):
            with db.transaction(system("run the jobs of a test")) as tx:
                due = tx.execute(_NEXT, {"until": until, "more": list(more)}).one_or_none()
            if due is None:
                return failed
            with clock.frozen(max(due.run_at, clock.now())):
                failed += self._do(due)
            self.stage.finish(due.id)
        raise AssertionError("The jobs do not come to an end.")

    def run_only(self, kind: str) -> None:
        """Run what waits of one kind, once."""
        for row in self.stage.sql("select id, kind, workspace_id, payload from background_job where kind = :kind "
                                  "and status = 'PENDING'", kind=kind):
            assert self._do(row) == []
            self.stage.finish(row.id)

    def _do(self, due) -> list[str]:  # noqa: ANN001 because it is a row of named columns
        job, scope = jobs.registered(due.kind), Scope(actor=self.stage.as_job.actor, workspace_id=due.workspace_id)
        try:
            if job.transactional:
                with db.transaction(scope) as tx:
                    job.function(tx, scope, **job.arguments(due.payload))
            else:
                job.function(scope, **job.arguments(due.payload))
        except Exception as error:  # fence: broad-except because a worker records any end of a job
            with db.transaction(scope) as tx:
                later = clock.now() + timedelta(seconds=getattr(error, "retry_after", 2))
                jobs.enqueue(tx, scope, due.kind, run_at=later, **job.arguments(due.payload))
            return [type(error).__name__]
        return []

    def messages(self, email: str = "") -> list[dict]:
        """What stands in Slack, oldest first; of one reviewer's direct conversation with `email`."""
        return [each for each in reversed(self.control.slack()) if not email or each["email"] == email]

    def message(self, email: str = MARA) -> dict:
        """The one message to a reviewer."""
        found, = self.messages(email)
        return found

    def says(self, email: str = MARA) -> str:
        """All the words of the one message to a reviewer."""
        return "\n".join(self.message(email)["parts"])

    def offers(self, email: str = MARA) -> list[str]:
        """The buttons of the one message to a reviewer."""
        return [each["action_id"] for each in self.message(email)["buttons"]]

    def press(self, action: str, email: str = MARA, *, at: str = "", **changes: object) -> tuple[str, str | None]:
        """Let a reviewer press a button as it stands there, and let us understand it; `changes` change the button's value."""
        found = self.message(email)
        told = self.pressed(found, action, at=at, **changes)
        return self.hear(told)

    def pressed(self, message: dict, action: str, *, at: str = "", **changes: object) -> dict:
        """What Slack tells when a button of a message is pressed."""
        lead = {"email": message["email"], "channel": message["channel"], "action_id": action,
                "value": next((each["value"] for each in message["buttons"] if each["action_id"] == action), "{}")}
        told = self.control.act("slack", "T0ACME", lead | ({"action_ts": at} if at else {}), event="block_actions", of=message["ts"],
                                deliver=False)["webhooks"][0]
        if changes:
            value = slack_inbound.value_of(told) | changes
            told["actions"][0]["value"] = json.dumps(value)
        return told

    def hear(self, told: dict) -> tuple[str, str | None]:
        """Keep what Slack tells as the door would, understand it and do what follows."""
        key = slack_inbound.event_key(told)
        with db.transaction(self.scope) as tx:
            known = tx.execute(text("select id from webhook_event where dedupe_key = :key"), {"key": key}).scalar_one_or_none()
            row_id = known or ids.new_id()
            if not known:
                body = urlencode({"payload": json.dumps(told)}).encode()
                tx.add(WebhookEvent(id=row_id, workspace_id=self.world.acme, provider="slack", event_type="test", dedupe_key=key,
                                    body=body, received_at=clock.now()))
        answer = understand(self.world.acme, row_id)
        self.run()
        return answer

    def user(self, email: str) -> slack.SlackUser:
        """Somebody in Slack."""
        found = slack.lookup_by_email(self.account, email)
        assert found is not None
        return found

    def outbox(self, draft_id: UUID) -> list:
        """What was let go of a draft."""
        return self.stage.sql("select * from outbound_message where draft_id = :id order by created_at", id=draft_id)

    def reviews(self, draft_id: UUID) -> list:
        """The rows of the messages about a draft."""
        return self.stage.sql("select * from slack_review where draft_id = :id order by created_at, id", id=draft_id)

    def chosen(self) -> list[dict]:
        """The reviewers as they are stored."""
        with db.transaction(self.scope) as tx:
            return [asdict(each) for each in slack_reviewers.reviewers(tx, self.scope)]


