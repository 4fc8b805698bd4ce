"""Do Calendly and GoHighLevel tell their calendars and when they are free? Against the sandbox, and against shapes it does not send."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.server import Running
from zrg_app.integrations import registry, transport
from zrg_app.integrations.base import Account, Calendar
from zrg_app.kit.errors import Outside, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused

NOW = datetime.now(UTC)
BOTH = ("calendly", "ghl")
INTRO = {"calendly": "https://api.calendly.com/event_types/intro", "ghl": "cal_intro"}


def account(slug: str, base_url: str, token: str = "good-token") -> Account:
    return Account(provider=slug, workspace_id="w", external_id="loc_acme" if slug == "ghl" else None, base_url=base_url,
                   credentials={"access_token": token})


def at(slug: str, sandbox: Running, token: str = "good-token") -> Account:
    return account(slug, f"{sandbox.base_url}/{slug}", token)


def times(slug: str, where: Account, days: float = 28, calendar: str = "") -> tuple[datetime, ...]:
    return registry.provider(slug).free_times(where, calendar or INTRO[slug], NOW, NOW + timedelta(days=days))


@pytest.mark.parametrize("slug", BOTH)
def test_the_calendars_that_can_be_booked_are_listed_by_name(sandbox: Running, slug: str) -> None:
    found = registry.provider(slug).calendars(at(slug, sandbox))
    assert [(one.name, one.minutes) for one in found] == [("Intro call", 30), ("Product demo", 45 if slug == "calendly" else 60)]
    assert found[0].id == INTRO[slug]


@pytest.mark.parametrize("slug", BOTH)
def test_four_weeks_are_read_whole_and_in_order(sandbox: Running, slug: str) -> None:
    found = times(slug, at(slug, sandbox))
    assert list(found) == sorted(set(found)) and all(NOW <= one < NOW + timedelta(days=28) for one in found)
    assert len({one.date() for one in found}) >= 18
    # Calendly answers for a week at a time, GoHighLevel for a month.
    asked = [each for each in sandbox.control.received(provider=slug) if "available" in each["path"] or "free-slots" in each["path"]]
    assert len(asked) == {"calendly": 4, "ghl": 1}[slug]


def test_a_meeting_that_was_booked_is_not_free_any_more(sandbox: Running) -> None:
    first = times("calendly", at("calendly", sandbox))[5]
    calendly = registry.provider("calendly")
    calendly.connect(at("calendly", sandbox), "https://acme.example/api/webhooks/calendly/w")
    sandbox.control.act("calendly", "w", {"email": "dana@northwind.example", "first_name": "Dana"}, event="invitee.created",
                        at=first.isoformat(), deliver=False)
    assert first not in times("calendly", at("calendly", sandbox))


@pytest.mark.parametrize("slug", BOTH)
@pytest.mark.parametrize(("fault", "error"), [
    ({"kind": "status", "status": 401}, ProviderLocked), ({"kind": "status", "status": 429, "retry_after": 7}, ProviderBusy),
    ({"kind": "status", "status": 500}, ProviderDown), ({"kind": "malformed"}, ProviderDown),
    ({"kind": "status", "status": 400, "message": "No."}, ProviderRefused)])
def test_what_goes_wrong_has_its_class(sandbox: Running, slug: str, fault: dict, error: type[Outside]) -> None:
    sandbox.control.add_fault(slug, **fault)
    with pytest.raises(error):
        times(slug, at(slug, sandbox))


@pytest.mark.parametrize("slug", BOTH)
def test_a_calendar_that_is_gone_is_refused(sandbox: Running, slug: str) -> None:
    with pytest.raises(ProviderRefused):
        times(slug, at(slug, sandbox), calendar="gone")


def test_a_calendar_that_calendly_cannot_read_is_said_in_words() -> None:
    answer = httpx.Response(424, json={"title": "External Calendar Error", "message": "x"})
    with transport.through(httpx.MockTransport(lambda _: answer)), pytest.raises(ProviderDown, match="connect it there again"):
        times("calendly", account("calendly", "http://c.example"), days=1)


def test_odd_answers_give_the_times_that_can_be_read() -> None:
    start = (NOW + timedelta(days=1)).replace(microsecond=0)
    rows = [{"start_time": start.isoformat(), "status": "available"}, {"start_time": "soon"}, {"start_time": None}, "odd",
            {"start_time": (start + timedelta(hours=1)).isoformat(), "status": "unavailable"},
            {"start_time": (NOW + timedelta(days=400)).isoformat(), "status": "available"}]
    with transport.through(httpx.MockTransport(lambda _: httpx.Response(200, json={"collection": rows}))):
        assert times("calendly", account("calendly", "http://c.example"), days=2) == (start,)
    days = {f"{start:%Y-%m-%d}": {"slots": [start.isoformat(), 7, "x"]}, "traceId": "t", "2026-13-40": {"slots": "x"}, "notes": {}}
    with transport.through(httpx.MockTransport(lambda _: httpx.Response(200, json=days))):
        assert times("ghl", account("ghl", "http://g.example"), days=2) == (start,)


def test_calendars_without_a_name_or_length_are_listed_and_without_an_id_are_not() -> None:
    rows = [{"id": "c1"}, {"name": "No id"}, {"id": "c2", "name": "Long", "slotDuration": "2", "slotDurationUnit": "hours"}, None]
    with transport.through(httpx.MockTransport(lambda _: httpx.Response(200, json={"calendars": rows}))):
        found = registry.provider("ghl").calendars(account("ghl", "http://g.example"))
    assert found == (Calendar(id="c1", name="c1"), Calendar(id="c2", name="Long", minutes=120))
