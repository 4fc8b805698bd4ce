"""What do the cards of Integrations say? Sentences of a person for every state a provider can be in."""

import dataclasses

import pytest

from zrg_app.integrations import registry
from zrg_app.models.vocabulary import Provider
from zrg_app.services.connections import ConnectionView, OptionView
from zrg_app.state.settings import cards
from zrg_app.state.settings.providers import GROUPS, SHOWN, shown
from zrg_app.ui.icon import ICON_NAMES

VIEW = ConnectionView(id="1", provider="emailbison", title="EmailBison", status="working", external_id="4711", fields=(),
                      webhook_address="https://x.example", has_webhook_secret=True, last_error="", last_checked_at="",
                      last_event_at="", last_send_at="", secret_place="address", is_mail=True)


def _card(**change: object) -> cards.ProviderCard:
    return cards.provider_card(dataclasses.replace(VIEW, **change))


def test_every_provider_has_words_a_group_and_a_picture() -> None:
    assert {each.value for each in Provider} == set(SHOWN)
    assert {told.group for told in SHOWN.values()} <= {group.key for group in GROUPS}
    assert {told.mark for told in SHOWN.values()} <= set(ICON_NAMES)
    assert all(told.purpose.endswith(".") and told.where.endswith(".") for told in SHOWN.values())
    assert shown("a-newcomer").group == "other"


def test_the_cards_stand_in_groups_in_one_order() -> None:
    drawn = [cards.provider_card(dataclasses.replace(VIEW, provider=each.slug, title=each.title)) for each in registry.PROVIDERS]
    groups = cards.grouped(drawn)
    assert [group.title for group in groups] == [group.title for group in GROUPS if group.title in {each.title for each in groups}]
    assert sum(len(group.cards) for group in groups) == len(registry.PROVIDERS)


@pytest.mark.parametrize(("change", "sentence"), [
    ({}, ""), ({"id": "", "rivals": ("SmartLead",)}, ""), ({"is_mail": False, "rivals": ("SmartLead",)}, ""),
    ({"rivals": ("SmartLead",)}, "EmailBison and SmartLead are both connected. No e-mail is sent until you choose one of them."),
    ({"rivals": ("SmartLead",), "is_chosen": True, "mail_title": "EmailBison"},
     "SmartLead is connected as well, and a workspace has one e-mail provider. Mail runs through EmailBison."),
    ({"rivals": ("SmartLead",), "mail_title": "SmartLead"},
     "Mail runs through SmartLead, and a workspace has one e-mail provider. Disconnect this one, or use it instead.")])
def test_several_mail_providers_are_told_in_words(change: dict, sentence: str) -> None:
    assert _card(**change).clash == sentence


@pytest.mark.parametrize(("waiting", "sentence"), [
    ({}, "Switch to EmailBison? SmartLead is disconnected and its secrets are forgotten."),
    ({"SmartLead": 1}, "Switch to EmailBison? SmartLead is disconnected and its secrets are forgotten; 1 message that waits to be sent "
                       "through it will be held."),
    ({"SmartLead": 3, "EmailBison": 9}, "Switch to EmailBison? SmartLead is disconnected and its secrets are forgotten; 3 messages that "
                                        "wait to be sent through it will be held.")])
def test_a_switch_says_what_it_costs(waiting: dict, sentence: str) -> None:
    assert cards.giving_up(dataclasses.replace(VIEW, rivals=("SmartLead",)), waiting) == sentence


def test_the_provider_in_use_is_no_other_to_itself() -> None:
    assert (_card(is_chosen=True, mail_title="EmailBison").other, _card(mail_title="SmartLead").other) == ("", "SmartLead")


def test_ignored_webhooks_say_why_and_what_to_do() -> None:
    assert _card(mismatches=12, mail_title="SmartLead").mismatch == (
        "We got 12 webhooks of EmailBison in the last day although mail runs through SmartLead. They are kept and ignored: take the "
        "webhook away in EmailBison, or switch to it here.")
    assert "no e-mail provider is in use" in _card(mismatches=1).mismatch
    assert _card(mismatches=12, is_chosen=True).mismatch == "" == _card().mismatch


def test_a_warning_is_shown_while_its_switch_is_on() -> None:
    option = OptionView(name="allow_unsigned", title="Take unsigned webhooks", help="", warning="Anybody can post.", is_on=True)
    assert _card(options=(option,)).warnings == ("Anybody can post.",)
    assert _card(options=(dataclasses.replace(option, is_on=False),)).warnings == ()


def test_a_secret_is_put_where_the_provider_shows_it() -> None:
    assert _card().where_secret == ""
    assert "the header X-Zrg-Secret with" in _card(secret_place="header", secret_header="X-Zrg-Secret").where_secret


def test_an_account_is_named_as_people_know_it() -> None:
    assert (_card().account, _card(account_name="Acme").account, _card(account_name="Acme", external_id="").account) == (
        "4711", "Acme (4711)", "Acme")
