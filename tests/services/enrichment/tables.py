"""How do tests ask Clay and hear its answers? Connections, look-ups and the webhook door, as the product uses them."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from sandbox.server import Running
from tests.services.inbound.deliveries import rows, understand
from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import db, vault
from zrg_app.kit.scope import system
from zrg_app.models import Connection
from zrg_app.services import enrichment, inbound, leads
from zrg_app.services.connections import routing, secrets
from zrg_app.services.jobs.run import run_ready

SECRET = "a-secret-of-our-own"


@dataclass
class Tables:
    """Acme's tables at Clay, and the lead Dana."""

    world: World
    sandbox: Running

    def __post_init__(self) -> None:
        values = {"linkedin_table_url": "/v3/sources/webhook/profiles", "phone_table_url": "/v3/sources/webhook/phones",
                  "table_token": "token-of-the-tables"}
        with db.transaction(system("connect the tables")) as tx:
            tx.add(Connection(workspace_id=self.world.acme, provider="clay", base_url=f"{self.sandbox.base_url}/clay",
                              credentials=vault.seal(values), webhook_secret=secrets.sealed(SECRET)))
        routing.forget()
        self.dana = self.meet(Person(first_name="Dana", email="dana@northwind.example"))

    def meet(self, person: Person) -> UUID:
        """Make a lead."""
        with db.transaction(self.world.as_mara) as tx:
            return leads.find_or_create(tx, self.world.as_mara, person, region="US").lead_id

    def want(self, intent: str = "positive", lead_id: UUID | None = None) -> tuple[str, ...]:
        """Look up what is missing; the rows are at Clay afterwards."""
        with db.transaction(self.world.as_mara) as tx:
            asked = enrichment.want(tx, self.world.as_mara, lead_id or self.dana, intent=intent)
        run_ready()
        return asked

    def knock(self, body: object, *, headers: dict[str, str] | None = None, offered: tuple[str, ...] = (SECRET,),
              client_id: str | None = None) -> dict:
        """Come through the door with a body."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return inbound.clay_answer(inbound.Request(body=raw, offered=offered, headers=headers or {}, client_id=client_id))

    def answer(self, lead_id: UUID | None = None, event: str = "FOUND", **told: object) -> tuple[str, str | None] | None:
        """Let Clay answer for a lead, through the door and the ledger; None when the delivery was a repeat."""
        wish = {"lead_id": str(lead_id or self.dana), **told}
        body = self.sandbox.control.act("clay", "phones", wish, event=event, deliver=False)["webhooks"][0]
        kept = self.knock(body)
        return None if kept.get("deduped") else understand(self.world.acme, UUID(str(kept["eventId"])))

    def sent(self) -> list[dict]:
        """The rows Clay took."""
        return [one["columns"] for one in self.sandbox.control.sent("clay")]

    def lead(self, lead_id: UUID | None = None):  # noqa: ANN201 because a row of named columns has no better type
        """A lead's row."""
        return self.sql("select * from lead where id = :id", id=lead_id or self.dana)[0]

    def requests(self) -> dict[str, str]:
        """Kind to status of the look-ups."""
        return {row.kind: row.status for row in self.sql("select kind, status from enrichment_request order by created_at")}

    def sql(self, statement: str, **values: object) -> list:
        """What a query sees inside Acme Growth."""
        return rows(self.world.acme, statement, **values)

    def change(self, statement: str, **values: object) -> None:
        """Make something so."""
        with db.transaction(self.world.as_mara) as tx:
            tx.execute(text(statement), values)
