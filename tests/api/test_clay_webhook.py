"""What does Clay's door answer over real HTTP: 200, 400, 401, 404, and never a 500?"""

from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest

from tests.api.serving import serving
from tests.services.inbound.deliveries import rows, understand
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.integrations.base import Person
from zrg_app.kit import db, ids, vault
from zrg_app.models import Connection
from zrg_app.services import leads
from zrg_app.services.connections import routing, secrets

PATH, SECRET = "/api/webhooks/clay", "a-secret-of-our-own"


@pytest.fixture
def http(committed_world: World) -> Iterator[httpx.Client]:
    """A client of the doors; Acme's Clay has a secret."""
    with db.transaction(committed_world.as_mara) as tx:
        tx.add(Connection(workspace_id=committed_world.acme, provider="clay", webhook_secret=secrets.sealed(SECRET),
                          credentials=vault.seal({"phone_table_url": "/v3/sources/webhook/phones"})))
    routing.forget()
    with serving(ROUTES) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
    routing.forget()


@pytest.fixture
def dana(committed_world: World) -> UUID:
    """A lead without a phone number."""
    with db.transaction(committed_world.as_mara) as tx:
        return leads.find_or_create(tx, committed_world.as_mara, Person(email="dana@northwind.example"), region="US").lead_id


def _answer(lead_id: object, **more: object) -> dict:
    return {"leadId": str(lead_id), "enrichmentType": "phone", "status": "success", "phone": "+12125550188"} | more


def test_an_answer_is_taken_once_and_fills_the_number(http: httpx.Client, committed_world: World, dana: UUID) -> None:
    assert http.get(PATH).json()["status"] == "ok"
    shown = ({"headers": {"x-clay-secret": SECRET}}, {"headers": {"authorization": f"Bearer {SECRET}"}})
    first, again = (http.post(PATH, json=_answer(dana), **how) for how in shown)
    assert (first.status_code, again.status_code, again.json().get("deduped")) == (200, 200, True)
    by_path = http.post(f"{PATH}/{SECRET}", json=_answer(dana, phone="+12125550199"))
    assert by_path.status_code == 200
    assert understand(committed_world.acme, UUID(first.json()["eventId"])) == ("SUCCEEDED", None)
    assert rows(committed_world.acme, "select phone from lead")[0].phone == "+12125550188"


def test_who_may_not_come_in_is_told_so_and_leaves_nothing(http: httpx.Client, committed_world: World, dana: UUID) -> None:
    good = {"x-clay-secret": SECRET}
    tries = ((_answer(dana), {}, 401), (_answer(dana), {"x-clay-secret": "wrong-secret"}, 401),
             (_answer(dana), {"x-clay-signature": "0" * 64}, 401), (_answer(""), good, 400), (_answer("42"), good, 400),
             (_answer(dana, enrichmentType="", phone=""), good, 400), (_answer(ids.new_id()), good, 404))
    for body, headers, status in tries:
        assert http.post(PATH, json=body, headers=headers).status_code == status, (body, headers)
    for raw in (b"", b"[]", b"{", b"\x00\xff", b'"x"', b'{"leadId":' + b"[" * 5000):
        assert http.post(PATH, content=raw, headers=good).status_code == 400
    assert rows(committed_world.acme, "select id from webhook_event") == []
