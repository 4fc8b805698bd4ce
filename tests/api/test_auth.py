"""The forms of the door: who may come in, from where, and where they are led."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.world import World
from zrg_app.api import auth, errors
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.models import LoginSession, User
from zrg_app.services import access
from zrg_app.services.access import limits, passwords

PASSWORD = "a plain long password"
HOME = {"origin": "https://inbox.example", "referer": "https://inbox.example/login"}


@pytest.fixture
def browser() -> Iterator[TestClient]:
    """A browser at our own address."""
    app = Starlette(routes=auth.ROUTES, exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url="https://inbox.example", headers=HOME, follow_redirects=False) as client:
        yield client


@pytest.fixture
def mara(world: World) -> World:
    """The example world in which Mara has a password."""
    with db.transaction(system("give Mara a password")) as tx:
        tx.get_one(User, world.mara).password_hash = passwords.hashed(PASSWORD)
    return world


def sign_in(browser: TestClient, **fields: str):
    """Post the login form."""
    return browser.post("/api/auth/login", data={"email": "mara@agency.example", "password": PASSWORD, **fields})


def led_to(answer) -> tuple[str, dict[str, str]]:
    """Path and query of a redirect."""
    assert answer.status_code == 303, answer.text
    parts = urlsplit(answer.headers["location"])
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_the_right_password_opens_the_deep_link_with_a_safe_cookie(mara: World, browser: TestClient) -> None:
    answer = sign_in(browser, next="/?view=inbox&leadId=7")
    assert answer.headers["location"] == "/?view=inbox&leadId=7"
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("zrg_session=", "httponly", "samesite=lax", "secure", "path=/"))
    token = browser.cookies["zrg_session"]
    with db.transaction(system("look")) as tx:
        assert access.recognise(tx, token).name == "Mara Reyes"
        assert token not in tx.scalars(select(LoginSession.token_hash)).all()


def test_unknown_person_wrong_password_and_nonsense_get_the_same_answer(mara: World, browser: TestClient) -> None:
    answers = [sign_in(browser, **wrong) for wrong in (
        {"password": "not the password"}, {"email": "nobody@agency.example"}, {"email": "ben@agency.example"},
        {"email": "\x00"}, {"email": ""}, {"password": ""}, {"email": "x" * 5000})]
    assert {answer.headers["location"] for answer in answers} == {"/login?error=credentials"}
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_a_disabled_person_gets_the_answer_of_a_wrong_password(mara: World, browser: TestClient) -> None:
    with db.transaction(system("disable")) as tx:
        tx.get_one(User, mara.mara).disabled_at = clock.now()
    assert led_to(sign_in(browser)) == ("/login", {"error": "credentials"})


@pytest.mark.parametrize("target", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example",
    "http:evil.example", "/%0d%0aSet-Cookie:x=1\r\nLocation: https://evil.example", "evil.example", "/api/auth/logout", "///evil",
    "/\u2028x", ""])
def test_a_login_never_leads_elsewhere(mara: World, browser: TestClient, target: str) -> None:
    location = sign_in(browser, next=target).headers["location"]
    assert location == "/" or (target == "/\u2028x" and location.isascii() and location.startswith("/%"))


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "https://inbox.example.evil.example"},
    {"origin": "https://inbox.example:8443"}, {"origin": "", "referer": ""}, {"origin": "", "referer": "https://evil.example/login"},
    {"origin": "https://[bad"}])
def test_a_form_of_another_site_is_refused(mara: World, browser: TestClient, headers: dict[str, str]) -> None:
    answer = browser.post("/api/auth/login", data={"email": "mara@agency.example", "password": PASSWORD}, headers=headers)
    assert led_to(answer)[1]["error"] == "origin"
    assert "set-cookie" not in answer.headers


def test_the_tenth_try_is_answered_and_the_eleventh_must_wait(mara: World, browser: TestClient) -> None:
    for _ in range(limits.LOGIN_BY_EMAIL.tries):
        assert led_to(sign_in(browser, password="wrong again"))[1] == {"error": "credentials"}
    path, query = led_to(sign_in(browser))
    assert (path, query["error"]) == ("/login", "too_many")
    assert 1 <= int(query["wait"]) <= 15


def test_one_address_cannot_try_many_people(mara: World, browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOGIN_BY_ADDRESS", limits.Limit(name="login.address", tries=2, seconds=900))
    answers = [led_to(sign_in(browser, email=f"person{number}@agency.example"))[1]["error"] for number in range(3)]
    assert answers == ["credentials", "credentials", "too_many"]


def test_signing_in_forgives_the_tries_before(mara: World, browser: TestClient) -> None:
    for _ in range(limits.LOGIN_BY_EMAIL.tries - 1):
        sign_in(browser, password="wrong again")
    assert led_to(sign_in(browser))[0] == "/"
    assert led_to(sign_in(browser, password="wrong again"))[1] == {"error": "credentials"}


def test_the_limit_ends_with_its_window(mara: World, browser: TestClient) -> None:
    for _ in range(limits.LOGIN_BY_EMAIL.tries + 1):
        last = sign_in(browser, password="wrong again")
    assert led_to(last)[1]["error"] == "too_many"
    with clock.frozen(clock.now() + timedelta(seconds=limits.LOGIN_BY_EMAIL.seconds)):
        access.sign_in("mara@agency.example", PASSWORD, address="203.0.113.9")


def test_logging_out_ends_the_session_of_this_browser_only(mara: World, browser: TestClient) -> None:
    sign_in(browser)
    here = browser.cookies["zrg_session"]
    with db.transaction(system("another browser")) as tx:
        there = access.open_session(tx, mara.mara)
    answer = browser.post("/api/auth/logout")
    assert led_to(answer) == ("/login", {"notice": "signed_out"})
    assert "zrg_session" not in browser.cookies
    with db.transaction(system("look")) as tx:
        assert access.recognise(tx, here) is None
        assert access.recognise(tx, there) is not None


def test_logging_out_everywhere_ends_all_sessions_of_the_person(mara: World, browser: TestClient) -> None:
    with db.transaction(system("other browsers")) as tx:
        there, other = access.open_session(tx, mara.mara), access.open_session(tx, mara.ben)
    sign_in(browser)
    browser.post("/api/auth/logout-everywhere")
    with db.transaction(system("look")) as tx:
        assert access.recognise(tx, there) is None
        assert access.recognise(tx, other) is not None


def test_signing_in_again_ends_the_session_that_was_there(mara: World, browser: TestClient) -> None:
    sign_in(browser)
    former = browser.cookies["zrg_session"]
    sign_in(browser)
    with db.transaction(system("look")) as tx:
        assert access.recognise(tx, former) is None


def test_the_first_run_makes_owner_and_workspace_once(database: str, browser: TestClient) -> None:
    fields = {"email": "Mara@Agency.example", "name": "Mara Reyes", "password": PASSWORD, "workspace": "Acme Growth"}
    answer = browser.post("/api/auth/setup", data=fields)
    assert led_to(answer)[0] == "/"
    with db.transaction(system("look")) as tx:
        visitor = access.recognise(tx, browser.cookies["zrg_session"])
        assert [(option.name, option.role) for option in access.workspaces_of(tx, visitor.user_id)] == [("Acme Growth", "OWNER")]
    again = browser.post("/api/auth/setup", data={**fields, "email": "evil@evil.example"})
    assert led_to(again) == ("/setup", {"error": "set_up_done"})


@pytest.mark.parametrize(("wrong", "code"), [
    ({"password": "short"}, "password_short"), ({"password": "MARA@agency.example"}, "password_is_email"),
    ({"password": "x" * 1001}, "password_long"), ({"email": "mara"}, "email_invalid"), ({"workspace": " "}, "invalid")])
def test_the_first_run_refuses_bad_input_and_makes_nothing(
        database: str, browser: TestClient, wrong: dict[str, str], code: str) -> None:
    fields = {"email": "mara@agency.example", "name": "Mara", "password": PASSWORD, "workspace": "Acme Growth", **wrong}
    assert led_to(browser.post("/api/auth/setup", data=fields)) == ("/setup", {"error": code})
    with db.transaction(system("look")) as tx:
        assert not access.anybody(tx)


def test_an_invitation_brings_a_new_person_in(mara: World, browser: TestClient) -> None:
    with db.transaction(mara.as_mara) as tx:
        link = access.invite(tx, mara.as_mara, "Luis@agency.example", "SETTER").link
    token = parse_qs(urlsplit(link).query)["invitation"][0]
    refused = browser.post("/api/auth/accept-invitation", data={"invitation": token, "password": "short"},
                           headers={"referer": f"https://inbox.example/invitation?invitation={token}"})
    assert led_to(refused) == ("/invitation", {"invitation": token, "error": "password_short"})
    data = {"name": "Luis Ramos", "password": PASSWORD}
    answer = browser.post("/api/auth/accept-invitation", data=data,
                          headers={"referer": f"https://inbox.example/invitation?invitation={token}"})
    assert led_to(answer)[0] == "/"
    with db.transaction(system("look")) as tx:
        luis = access.recognise(tx, browser.cookies["zrg_session"])
        assert (luis.name, access.role_of(tx, luis.user_id, mara.acme)) == ("Luis Ramos", "SETTER")
    again = browser.post("/api/auth/accept-invitation", data={"invitation": token, **data})
    assert led_to(again)[1]["error"] == "link_gone"


def test_asking_for_a_new_password_answers_everybody_alike(mara: World, browser: TestClient) -> None:
    answers = [browser.post("/api/auth/forgot", data={"email": email}).headers["location"]
               for email in ("mara@agency.example", "nobody@agency.example", "nonsense")]
    assert set(answers) == {"/forgot?sent=1"}


def test_a_reset_link_works_once_and_ends_every_session(mara: World, browser: TestClient) -> None:
    sign_in(browser)
    session = browser.cookies["zrg_session"]
    token = access.ask_reset("mara@agency.example", address="203.0.113.9").rsplit("=", 1)[1]
    changed = browser.post("/api/auth/reset", data={"reset": token, "password": "another long password"})
    assert led_to(changed) == ("/login", {"notice": "password_changed"})
    with db.transaction(system("look")) as tx:
        assert access.recognise(tx, session) is None
    assert led_to(sign_in(browser))[1] == {"error": "credentials"}
    assert led_to(sign_in(browser, password="another long password"))[0] == "/"
    again = browser.post("/api/auth/reset", data={"reset": token, "password": "a third long password"})
    assert led_to(again)[1]["error"] == "link_gone"


def test_unreadable_and_huge_bodies_are_refused_without_a_fault(mara: World, browser: TestClient) -> None:
    assert led_to(browser.post("/api/auth/login", content=b"email=%ff%fe&password=x"))[1]["error"] == "bad_request"
    assert led_to(browser.post("/api/auth/login", content=b"a" * 100_000))[1]["error"] == "too_large"
    assert led_to(browser.post("/api/auth/login", content=b"&a=1" * 60))[1]["error"] == "bad_request"


def test_other_methods_and_addresses_answer_in_the_one_error_shape(browser: TestClient) -> None:
    for answer, code in ((browser.get("/api/auth/login"), "method_not_allowed"), (browser.post("/api/nowhere"), "not_found")):
        error = answer.json()["error"]
        assert error["code"] == code
        assert re.fullmatch(r"[0-9a-f-]{36}", error["request_id"])


@pytest.mark.parametrize("referer", ["https://[", "https://inbox.example/login?" + "&".join(f"a{n}=1" for n in range(50))])
def test_a_referer_that_cannot_be_read_is_no_error(mara: World, browser: TestClient, referer: str) -> None:
    browser.headers["referer"] = referer
    assert led_to(sign_in(browser)) == ("/", {})
    assert led_to(sign_in(browser, password="wrong one"))[1] == {"error": "credentials"}
