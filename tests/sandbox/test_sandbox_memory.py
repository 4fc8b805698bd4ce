"""Does the sandbox keep what it received, mask what is secret, and remember it after a restart?"""

import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from sandbox.received import KEPT, Question, ReceivedList
from sandbox.server import Running, running
from sandbox.store import Store

REPOSITORY = Path(__file__).resolve().parents[2]
PERSON = {"first_name": "Dana", "email": "dana@brightline.example", "phone": "+15550102030"}


def test_everything_received_is_listed_in_order_with_its_outcome(sandbox: Running, http: httpx.Client) -> None:
    http.get("/ghl/contacts/none")
    http.get("/emailbison/api/users")
    http.post("/openai/v1/responses", json={"model": "m", "input": "hello"})
    rows = sandbox.control.received()
    assert [(row["provider"], row["method"], row["path"], row["outcome"]["status"]) for row in rows] == [
        ("ghl", "GET", "/contacts/none", 400),
        ("emailbison", "GET", "/api/users", 200),
        ("openai", "POST", "/responses", 200),
    ]
    assert [row["provider"] for row in sandbox.control.received(since=rows[0]["seq"])] == ["emailbison", "openai"]
    assert [row["seq"] for row in sandbox.control.received(path_contains="users")] == [rows[1]["seq"]]
    assert sandbox.control.counts()["ghl"] == {"received": 1, "accepted": 0, "refused": 1, "effects": 0}


def test_secrets_are_never_written_down(sandbox: Running, http: httpx.Client) -> None:
    http.get(
        "/emailbison/api/users",
        params={"api_token": "hush-query"},
        headers={"authorization": "Bearer hush-token", "cookie": "session=hush-cookie", "x-api-key": "hush-key"},
    )
    entry = sandbox.control.received()[0]
    assert "hush" not in str(entry)
    assert entry["headers"]["authorization"].startswith("Bearer ****")


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.jsonl"
    headers = {"authorization": "Bearer good"}
    with running(state=state) as first:
        ids = first.control.act("emailbison", "42", PERSON, "Hello", deliver=False)["ids"]
    with state.open("a", encoding="utf-8") as file:
        file.write('["bison_replies","50001",{"torn')
    with running(state=state) as second:
        path = f"{second.base_url}/emailbison/api/replies/{ids['reply_id']}"
        httpx.post(
            f"{path}/reply",
            headers=headers,
            json={"message": "Hi", "sender_email_id": ids["sender_email_id"], "reply_all": True},
        ).raise_for_status()
        again = second.control.act("emailbison", "42", PERSON, "Thanks", deliver=False)["ids"]
        assert (again["lead_id"], again["reply_id"] > ids["reply_id"]) == (ids["lead_id"], True)
    with running(state=state) as third:
        thread = httpx.get(
            f"{third.base_url}/emailbison/api/replies/{ids['reply_id']}/conversation-thread", headers=headers
        ).json()["data"]
        assert [row["folder"] for row in thread["newer_messages"]] == ["Sent", "Inbox"]
        assert len(third.control.sent("emailbison")) == 1
        third.control.reset()
    emptied = Store(state)
    emptied.close()
    assert emptied.count("received") == 0


def test_the_received_list_is_bounded_and_the_counts_are_not(
    monkeypatch: pytest.MonkeyPatch, sandbox: Running, http: httpx.Client
) -> None:
    assert KEPT == 50_000
    monkeypatch.setattr("sandbox.received.KEPT", 3)
    for number in range(5):
        http.get(f"/ghl/contacts/{number}")
    kept = ReceivedList(sandbox.world.store).find(Question())
    assert [row["path"] for row in kept] == ["/contacts/2", "/contacts/3", "/contacts/4"]
    assert sandbox.control.counts()["ghl"]["received"] == 5


def test_a_foreign_web_page_cannot_steer_it(sandbox: Running) -> None:
    answer = httpx.post(f"{sandbox.base_url}/_control/reset", content="{}", headers={"content-type": "text/plain"})
    assert answer.status_code == 422


def test_the_control_page_and_its_parts_are_served(sandbox: Running) -> None:
    page = httpx.get(sandbox.base_url)
    assert (page.status_code, "Act as a lead" in page.text) == (200, True)
    for part, kind in (("/page.css", "text/css"), ("/page.js", "javascript")):
        assert kind in httpx.get(sandbox.base_url + part).headers["content-type"]
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert httpx.get(f"{sandbox.base_url}/health").json()["ok"] is True


def test_the_command_starts_answers_and_stops(tmp_path: Path) -> None:
    with running() as busy:
        port = busy.base_url.rpartition(":")[2]
        taken = subprocess.run(
            [sys.executable, "-m", "sandbox", "--port", port],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (taken.returncode, "choose another --port" in taken.stderr) == (1, True)
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--state", str(tmp_path / "state.jsonl")]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = process.stderr.readline().split("listening on ")[1].split(",")[0]
        for _ in range(100):
            try:
                assert httpx.get(f"{address}/health").status_code == 200
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        process.terminate()
        assert process.wait(30) in (0, -15)
