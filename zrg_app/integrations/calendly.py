"""How do we speak with Calendly? Whose account it is, its free times, and the webhook through which it tells us of meetings."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from zrg_app.integrations import calendly_inbound, transport
from zrg_app.integrations.base import Account, Calendar, Checked, Credential, Option, Provider, RateLimit
from zrg_app.integrations.fields import block, instant, items, words
from zrg_app.kit import clock
from zrg_app.kit.errors import ProviderDown, ProviderRefused, ZrgError
from zrg_app.kit.ids import new_token

TITLE = "Calendly"
# A free account may call 50 times a minute.
LIMIT = RateLimit(calls=45, seconds=60)
PAGES = 10
ACTIVE = "active"
# Free times are asked for a week at a time, of a moment that has not passed when the question arrives.
LONGEST_SPAN, SOONEST = timedelta(days=7), timedelta(minutes=1)


def check(account: Account) -> Checked:
    """Prove the token and say how the webhook stands.

    Raises ProviderRefused, in words that say what to do, when Calendly has disabled the webhook, cannot deliver to it, or does
    not have it any more.
    """
    me = _me(account)
    name = words(me.get("name")) or words(me.get("email")) or "an account without a name"
    if not account.credentials.get("webhook_uri"):
        return Checked(sentence=f"Connected as {name}; no webhook is set up yet.", account_name=name)
    found = next((one for one in _subscriptions(account, me) if one.get("uri") == account.credentials["webhook_uri"]), None)
    if found is None:
        raise ProviderRefused(f"{_KNOWN.format(name)} the webhook is gone there. {_RENEW}", code="webhook_missing")
    state = (words(found.get("state")) or "unknown").lower()
    if state != ACTIVE:
        raise ProviderRefused(f"{_KNOWN.format(name)} it has switched the webhook off ({state}). {_RENEW}", code="webhook_disabled")
    retrying = instant(found.get("retry_started_at"))
    if retrying:
        raise ProviderRefused(f"{_KNOWN.format(name)} it has not been able to reach our webhook since {retrying:%d %b, %H:%M} UTC "
                              "and switches it off after a day of that.", code="webhook_retrying")
    return Checked(sentence=f"Connected as {name}; the webhook is active.", account_name=name)


def connect(account: Account, webhook_address: str) -> Mapping[str, str]:
    """Subscribe `webhook_address` to the meetings of the token's owner, signed with a new key; one of the same address goes.

    Returns what must be kept. Raises the `Outside` errors, such as ProviderRefused when Calendly cannot call the address.
    """
    me, key = _me(account), new_token()
    wanted = {"url": webhook_address, "events": list(calendly_inbound.EVENTS), "organization": words(me.get("current_organization")),
              "user": words(me.get("uri")), "scope": "user", "signing_key": key}
    try:
        made = _subscribe(account, wanted)
    except ProviderRefused as refusal:
        if refusal.reason != "already_exists":
            raise
        for one in _subscriptions(account, me):
            if one.get("callback_url") == webhook_address:
                _delete(account, str(one.get("uri")))
        made = _subscribe(account, wanted)
    uri = words(block(made, "resource").get("uri"))
    if not uri:
        raise ProviderRefused("Calendly made a webhook and did not say which.", code="webhook_missing")
    return {"webhook_uri": uri, "signing_key": key, "user_uri": wanted["user"] or "",
            "organization_uri": wanted["organization"] or ""}


def calendars(account: Account) -> tuple[Calendar, ...]:
    """The kinds of meetings that can be booked with the token's owner, by name."""
    query = {"user": words(_me(account).get("uri")), "active": "true", "count": 100}
    found = [Calendar(id=uri, name=words(row.get("name")) or uri, minutes=_minutes(row.get("duration")))
             for row in _listed(account, "/event_types", query) if (uri := words(row.get("uri")))]
    return tuple(sorted(found, key=lambda calendar: calendar.name.casefold()))


def free_times(account: Account, calendar_id: str, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """When a meeting of this kind can still be booked, soonest first."""
    found: set[datetime] = set()
    begin = max(start, clock.now() + SOONEST)
    while begin < end:
        until = min(begin + LONGEST_SPAN, end)
        answer = _call(account, "GET", "/event_type_available_times", query={
            "event_type": calendar_id, "start_time": _written(begin), "end_time": _written(until)})
        rows = [row for row in items(answer.get("collection")) if isinstance(row, Mapping)]
        found |= {at for row in rows if (words(row.get("status")) or "available") == "available"
                  and (at := instant(row.get("start_time"))) and start <= at < end}
        begin = until
    return tuple(sorted(found))


def disconnect(account: Account) -> None:
    """Delete the subscription; nothing happens when it is gone already. Raises the `Outside` errors."""
    uri = account.credentials.get("webhook_uri")
    if uri:
        _delete(account, uri)


_KNOWN = "Calendly knows us as {0}, but"
_RENEW = "Save the connection again to make a new one."


def _me(account: Account) -> Mapping[str, Any]:
    return block(_call(account, "GET", "/users/me"), "resource")


def _subscribe(account: Account, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    return _call(account, "POST", "/webhook_subscriptions", body={name: value for name, value in wanted.items() if value})


def _subscriptions(account: Account, me: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    query = {"organization": words(me.get("current_organization")), "user": words(me.get("uri")), "scope": "user", "count": 100}
    return _listed(account, "/webhook_subscriptions", query)


def _listed(account: Account, path: str, query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for _ in range(PAGES):
        page = _call(account, "GET", path, query=query)
        yield from (one for one in items(page.get("collection")) if isinstance(one, Mapping))
        token = words(block(page, "pagination").get("next_page_token"))
        if not token:
            return
        query = {**query, "page_token": token}


def _delete(account: Account, uri: str) -> None:
    try:
        _call(account, "DELETE", f"/webhook_subscriptions/{uri.rstrip('/').rsplit('/', 1)[-1]}")
    except ProviderRefused as refusal:
        if refusal.reason != "not_found":
            raise


def _minutes(value: object) -> int | None:
    return value if type(value) is int and value > 0 else None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _explain(status: int, said: str) -> ZrgError | None:
    if status == 424:
        return ProviderDown("Calendly cannot read the calendar behind it; its owner must connect it there again.")
    if status == 409:
        return ProviderRefused("Calendly has a webhook of this address already.", code="already_exists")
    return None


def _call(account: Account, method: str, path: str, *, body: Mapping | None = None, query: Mapping | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {account.credentials.get('access_token', '')}", "Accept": "application/json"}
    answer = transport.call(transport.Request(
        account=account, title=TITLE, method=method, path=path, limit=LIMIT, headers=headers, body=body, query=query,
        explain=_explain))
    return answer if isinstance(answer, dict) else {}


PROVIDER = Provider(
    slug="calendly", title=TITLE, channel=None, vendor_url="https://api.calendly.com", rate_limit=LIMIT,
    credentials=(
        Credential(name="access_token", title="Access token", secret=True,
                   help="A personal one: Integrations & apps, API & webhooks: a personal access token. We make the webhook with it."),
    ),
    options=(Option(
        name="allow_unsigned", title="Accept unsigned webhooks",
        help="Only for a webhook that was made by hand without a signing key. Where there is a key, signatures are asked for anyway.",
        warning="Webhooks without a signature are accepted while there is no signing key: whoever learns the address can tell of "
                "meetings that never were."),
        Option(
        name="only_chosen_type", title="Only meetings of the chosen kind count",
        help="Meetings of other kinds are kept in the ledger and have no effect. Without it every meeting with a lead counts.")),
    proves_first=True, webhook_path="/api/webhooks/calendly/{client_id}", secret_place="signature", check=check,
    parse=calendly_inbound.parse, calendars=calendars, free_times=free_times, connect=connect, disconnect=disconnect,
    makes=("webhook_uri", "signing_key", "user_uri", "organization_uri"))
