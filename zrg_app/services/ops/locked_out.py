"""Who hears that a connected account stopped working? Its workspace's owner and admins by mail, its Slack channel by a message."""

from zrg_app.integrations import slack
from zrg_app.integrations.base import Account
from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import NotFound, OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Provider
from zrg_app.services import connections, jobs
from zrg_app.services.access import in_charge, mails
from zrg_app.services.connections.alerts import Alert

log = get_logger()


@jobs.job("connections.alert_locked")
def alert_locked(tx: Tx, scope: Scope, *, provider: str) -> None:
    """Mail the workspace's owner and admins that a connection stopped working, unless they heard of it today."""
    jobs.enqueue(tx, scope, "connections.alert_in_slack", provider=provider)
    alert = connections.alerts.due(tx, scope, provider)
    if alert is None:
        return
    for address in in_charge(tx, scope):
        mails.enqueue(tx, scope, mails.stopped(address, provider=alert.provider, workspace=alert.workspace,
                                               reason=alert.sentence, link=alert.link))


@jobs.job("connections.alert_in_slack", tries=6)
def alert_in_slack(scope: Scope, *, provider: str) -> None:
    """Tell the workspace's Slack channel the same, once a day; of Slack itself nothing can be told there."""
    with transaction(scope) as tx:
        told = _due(tx, scope, provider)
    if told is None:
        return
    account, alert = told
    try:
        slack.post(account, slack.chosen_channel(account), _words(alert))
    except (ProviderBusy, ProviderDown):
        with transaction(scope) as tx:
            connections.alerts.give_back(tx, scope, provider, by="slack")
        raise
    except ProviderLocked as error:
        with transaction(scope) as tx:
            connections.mark_locked(tx, scope, Provider.SLACK, sentence=error.sentence)
    except (ProviderRefused, OutcomeUnknown) as error:
        # Refused, or told perhaps: the mail has said it, and a second message of the day says no more.
        log.warning("ops.slack_alert_not_told", provider=provider, reason=error.reason)
    else:
        with transaction(scope) as tx:
            connections.touch_send(tx, scope, Provider.SLACK)


def _due(tx: Tx, scope: Scope, provider: str) -> tuple[Account, Alert] | None:
    """The day's alert, claimed, where there is a channel to tell it in."""
    if provider == Provider.SLACK or any(each.provider == Provider.SLACK for each in connections.troubles(tx, scope)):
        return None
    try:
        account = connections.account(tx, scope, Provider.SLACK)
        slack.chosen_channel(account)
    except (NotFound, ProviderRefused):
        return None
    alert = connections.alerts.due(tx, scope, provider, by="slack")
    return (account, alert) if alert else None


def _words(alert: Alert) -> str:
    said = slack.escaped
    return (f"*{said(alert.provider)} stopped working in {said(alert.workspace)}.* {said(alert.sentence)}\n"
            f"<{alert.link}|Open Settings, Integrations> to connect it again.")
