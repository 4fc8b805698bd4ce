"""Can only tables of Clay be connected, and is the look-up worth its price by the label alone?"""

import pytest

from tests.services.inbound.deliveries import rows
from tests.services.leads.persons import mail
from tests.world import World
from zrg_app.integrations import registry
from zrg_app.integrations.base import Account
from zrg_app.kit import db
from zrg_app.kit.errors import Invalid, ProviderRefused
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import connections, sentiment
from zrg_app.services.enrichment import policy

TABLE = "https://api.clay.com/v3/sources/webhook/phones"


def _save(world: World, **values: str) -> None:
    with db.transaction(world.as_mara) as tx:
        connections.save(tx, world.as_mara, "clay", values=values, webhook_secret="new")


@pytest.mark.parametrize("address", [
    "http://api.clay.com/x", "https://api.clay.com.evil.example/x", "https://evil.example/api.clay.com", "https://127.0.0.1/x",
    "https://user@api.clay.com/x", "https://api.clay.com:8443/x", "ftp://api.clay.com", "https://169.254.169.254/latest"])
def test_an_address_elsewhere_is_no_table(world: World, address: str) -> None:
    with pytest.raises(Invalid):
        _save(world, phone_table_url=address)


def test_a_table_at_clay_is_connected_and_a_label_that_is_worth_it_asks(world: World) -> None:
    _save(world, phone_table_url=TABLE, table_token="secret-token")
    lead_id = mail(world, 9400, data__lead__custom_variables=[])
    for label, asked in ((Sentiment.NOT_INTERESTED, 0), (Sentiment.INTERESTED, 1), (Sentiment.INTERESTED, 1)):
        with db.transaction(world.as_mara) as tx:
            sentiment.correct(tx, world.as_mara, lead_id, label=label)
        assert len(rows(world.acme, "select id from enrichment_request where kind = 'phone'")) == asked
    assert rows(world.acme, "select count(*) from background_job where kind = 'enrichment.ask'")[0][0] == 1


def test_the_test_button_says_what_it_can_and_what_it_cannot_prove(world: World) -> None:
    clay = registry.provider("clay")
    account = Account(provider="clay", workspace_id="", external_id=None, base_url="", credentials={"phone_table_url": TABLE})
    assert "phone" in clay.check(account).sentence
    with pytest.raises(ProviderRefused):
        clay.check(Account(provider="clay", workspace_id="", external_id=None, base_url="", credentials={}))


def test_only_positive_labels_are_worth_a_look_up() -> None:
    assert {Sentiment.MEETING_BOOKED, Sentiment.NEUTRAL, Sentiment.BLACKLIST, Sentiment.OUT_OF_OFFICE}.isdisjoint(policy.POSITIVE)
