"""How is a provider connected when it must agree first, tried out, and asked what there is to choose? Between transactions."""

import dataclasses
import time
from collections.abc import Mapping

from zrg_app.integrations import registry, slack
from zrg_app.integrations.base import Account, Checked, Trial
from zrg_app.kit import db
from zrg_app.kit.errors import Invalid, Outside, ProviderBusy, ProviderLocked
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Provider
from zrg_app.services.connections import actions, setting_up
from zrg_app.services.connections.views import CalendarView, ChannelView, CheckView, SavedView

_LONGEST_TURN = 3.0


def connect(scope: Scope, provider: str, *, values: Mapping[str, str | None], options: Mapping[str, bool] | None = None,
            webhook_secret: actions.WebhookSecret = "keep", replace: bool = False) -> SavedView:
    """Save a connection as `actions.save` does; where the provider wants it, only after it has accepted the credentials.

    What the provider needs to reach us is set up there, and what the former credentials had set up is taken back.

    Raises what `save` raises, and Outside when the provider did not accept them: nothing is stored then.
    """
    declared, proven = registry.provider(provider), None
    if declared.proves_first:
        with db.transaction(scope) as tx:
            account = actions.candidate(tx, scope, provider, values=values)
        proven = declared.check(_bare(account))
    before = setting_up.former(scope, provider)
    with db.transaction(scope) as tx:
        saved = actions.save(tx, scope, provider, values=values, options=options, webhook_secret=webhook_secret, replace=replace,
                             proven=proven)
    setting_up.renew(scope, provider, before)
    return saved


def try_out(scope: Scope, provider: str, *, email: str) -> CheckView:
    """Send the provider's trial message; `email` is the address of who asks. Raises NotFound, and Invalid where there is none."""
    trial = registry.provider(provider).trial
    if trial is None:
        raise Invalid("This provider has no test message.")
    with db.transaction(scope) as tx:
        account = actions.account(tx, scope, provider)
    try:
        sent = _run(trial, account, email)
    except ProviderLocked as error:
        _locked(scope, provider, error)
        return CheckView(works=False, sentence=error.sentence)
    except ProviderBusy as error:
        return CheckView(works=False, sentence=error.sentence)
    except Outside as error:
        # Where the message is not the test, the credentials may be right; what was refused is this message.
        if trial.by_test:
            with db.transaction(scope) as tx:
                actions.mark_failing(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    with db.transaction(scope) as tx:
        actions.touch_send(tx, scope, provider)
        if trial.by_test:
            actions.mark_working(tx, scope, provider)
    return CheckView(works=True, sentence=sent.sentence)


def channels(scope: Scope) -> tuple[ChannelView, ...]:
    """The Slack channels alerts can go to. Raises NotFound when Slack is not connected, and Outside."""
    with db.transaction(scope) as tx:
        account = actions.account(tx, scope, Provider.SLACK)
    try:
        found = slack.channels(account)
    except ProviderLocked as error:
        _locked(scope, Provider.SLACK, error)
        raise
    return tuple(ChannelView(id=each.id, name=each.name, is_private=each.is_private, is_member=each.is_member) for each in found)


def calendars(scope: Scope, provider: str) -> tuple[CalendarView, ...]:
    """The calendars or kinds of meetings whose free times can be offered. Raises NotFound when it is not connected, Invalid where
    there are none, and Outside."""
    declared = registry.provider(provider)
    if declared.calendars is None:
        raise Invalid(f"{declared.title} has no calendars.")
    with db.transaction(scope) as tx:
        account = actions.account(tx, scope, provider)
    return tuple(CalendarView(id=each.id, name=each.name, minutes=each.minutes or 0) for each in declared.calendars(account))


def _bare(account: Account) -> Account:
    """What was typed, without what was set up at the provider: that is made anew."""
    made = registry.provider(account.provider).makes
    return dataclasses.replace(account, credentials={name: value for name, value in account.credentials.items() if name not in made})


def _run(trial: Trial, account: Account, email: str) -> Checked:
    """Send the message; who clicks twice in a second waits for their turn instead of reading about limits."""
    try:
        return trial.run(account, email)
    except ProviderBusy as busy:
        if busy.retry_after > _LONGEST_TURN:
            raise
        time.sleep(busy.retry_after)
        return trial.run(account, email)


def _locked(scope: Scope, provider: str, error: ProviderLocked) -> None:
    with db.transaction(scope) as tx:
        actions.mark_locked(tx, scope, provider, sentence=error.sentence)
