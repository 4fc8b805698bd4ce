"""Does the stand-in EmailBison speak as the reference says?"""

from typing import Any

import httpx
import pytest

from sandbox.server import Running

LEAD = {
    "first_name": "Priya",
    "last_name": "Raman",
    "email": "priya@harbor.example",
    "company": "Harbor",
    "phone": "+15550100200",
}


def reply_from_lead(sandbox: Running, body: str = "Tell me more", workspace: str = "42", **more: Any) -> dict[str, Any]:
    return sandbox.control.act("emailbison", workspace, LEAD, body, deliver=False, **more)["ids"]


def answer(http: httpx.Client, ids: dict[str, Any], **more: Any) -> httpx.Response:
    body = {
        "message": "<p>Gladly.</p><p>Is Tuesday good?</p>",
        "content_type": "html",
        "sender_email_id": ids["sender_email_id"],
        "to_emails": [{"name": "Priya", "email_address": LEAD["email"]}],
    }
    return http.post(f"/emailbison/api/replies/{ids['reply_id']}/reply", json=body | more)


def test_an_answer_leaves_a_sent_mail_in_the_same_thread(sandbox: Running, http: httpx.Client) -> None:
    ids = reply_from_lead(sandbox)
    sent = answer(http, ids).raise_for_status().json()["data"]
    assert sent["success"] is True
    assert (sent["reply"]["folder"], sent["reply"]["parent_id"]) == ("Sent", ids["reply_id"])
    assert sent["reply"]["to"] == [{"name": "Priya", "address": LEAD["email"]}]
    assert sent["reply"]["text_body"] == "Gladly.\nIs Tuesday good?"
    thread = http.get(f"/emailbison/api/replies/{ids['reply_id']}/conversation-thread").json()["data"]
    assert thread["current_reply"]["id"] == ids["reply_id"]
    assert [row["id"] for row in thread["newer_messages"]] == [sent["reply"]["id"]]
    assert not [name for name in sent["reply"] if name.startswith("_")]


def test_the_next_reply_of_a_lead_stays_in_the_thread_and_answers_our_mail(sandbox: Running, http: httpx.Client) -> None:
    first = reply_from_lead(sandbox)
    ours = answer(http, first).json()["data"]["reply"]
    second = reply_from_lead(sandbox, "Tuesday works")
    assert second["lead_id"] == first["lead_id"]
    row = http.get(f"/emailbison/api/replies/{second['reply_id']}").json()["data"]
    assert row["parent_id"] == ours["id"]
    assert "> Is Tuesday good?" in row["text_body"]
    older = http.get(f"/emailbison/api/replies/{second['reply_id']}/conversation-thread").json()["data"]["older_messages"]
    assert [each["id"] for each in older] == [first["reply_id"], ours["id"]]


def test_another_subject_starts_another_thread(sandbox: Running, http: httpx.Client) -> None:
    reply_from_lead(sandbox)
    other = reply_from_lead(sandbox, "By the way", subject="Invoice question")
    thread = http.get(f"/emailbison/api/replies/{other['reply_id']}/conversation-thread").json()["data"]
    assert (thread["older_messages"], thread["newer_messages"]) == ([], [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"message": ""}, "message"),
        ({"sender_email_id": 999}, "sender_email_id"),
        ({"sender_email_id": "x"}, "sender_email_id"),
        ({"to_emails": []}, "to_emails"),
        ({"to_emails": [{"name": None, "email_address": "nobody"}]}, "to_emails.0.email_address"),
        ({"content_type": "pdf"}, "content_type"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_field_named(
    sandbox: Running, http: httpx.Client, change: dict[str, Any], field: str
) -> None:
    refused = answer(http, reply_from_lead(sandbox), **change)
    assert refused.status_code == 422
    assert list(refused.json()["data"]["errors"]) == [field]
    assert sandbox.control.sent("emailbison") == []


def test_reply_all_needs_no_recipients(sandbox: Running, http: httpx.Client) -> None:
    ids = reply_from_lead(sandbox)
    answer(http, ids, to_emails=[], reply_all=True).raise_for_status()
    assert sandbox.control.sent("emailbison")[0]["to"] == [LEAD["email"]]


def test_an_unknown_reply_is_not_found_unless_it_is_to_be_adopted(sandbox: Running, http: httpx.Client) -> None:
    ids = reply_from_lead(sandbox) | {"reply_id": 990077}
    assert answer(http, ids).status_code == 404
    thread = f"/emailbison/api/replies/{ids['reply_id']}/conversation-thread"
    assert http.get(thread).status_code == 404
    sandbox.control.set_options(adopt_unknown=True)
    assert http.get(thread).status_code == 404
    sent = answer(http, ids).json()["data"]["reply"]
    assert sent["parent_id"] == 990077
    # Nobody wrote what was adopted: only our answer is shown.
    shown = http.get(thread).json()["data"]
    around = [*shown["older_messages"], *shown["newer_messages"]]
    assert (shown["current_reply"], [row["id"] for row in around]) == (None, [sent["id"]])
    assert 990077 not in [row["id"] for row in http.get("/emailbison/api/replies").json()["data"]]


def test_a_token_of_one_workspace_sees_no_other(sandbox: Running, http: httpx.Client) -> None:
    mine, theirs = reply_from_lead(sandbox), reply_from_lead(sandbox, workspace="77")
    http.headers["authorization"] = "Bearer 5|workspace-42"
    assert [row["id"] for row in http.get("/emailbison/api/replies").json()["data"]] == [mine["reply_id"]]
    assert http.get(f"/emailbison/api/replies/{theirs['reply_id']}").status_code == 404
    assert answer(http, theirs).status_code == 404
    assert http.get("/emailbison/api/users").json()["data"]["workspace"]["id"] == 42


def test_replies_are_listed_newest_first_in_pages_and_by_folder(sandbox: Running, http: httpx.Client) -> None:
    made = [reply_from_lead(sandbox, f"note {n}", at=f"2026-03-0{n}T10:00:00Z")["reply_id"] for n in range(1, 6)]
    page = http.get("/emailbison/api/replies", params={"per_page": 2, "page": 2}).json()
    assert [row["id"] for row in page["data"]] == [made[2], made[1]]
    assert (page["meta"]["total"], page["meta"]["last_page"]) == (5, 3)
    assert http.get("/emailbison/api/replies", params={"folder": "sent"}).json()["data"] == []
    found = http.get("/emailbison/api/replies", params={"search": "note 3"}).json()["data"]
    assert [row["id"] for row in found] == [made[2]]


def test_a_new_mail_to_a_known_lead_belongs_to_the_lead(sandbox: Running, http: httpx.Client) -> None:
    ids = reply_from_lead(sandbox)
    http.post(
        "/emailbison/api/replies/new",
        json={
            "subject": "Fresh start",
            "message": "Hello",
            "content_type": "text",
            "sender_email_id": ids["sender_email_id"],
            "to_emails": [{"name": None, "email_address": LEAD["email"]}],
        },
    ).raise_for_status()
    rows = http.get(f"/emailbison/api/leads/{ids['lead_id']}/replies").json()["data"]
    assert {row["subject"] for row in rows} == {"Fresh start", "Re: Outbound at Harbor"}


def test_leads_are_made_changed_and_unsubscribed(sandbox: Running, http: httpx.Client) -> None:
    person = {"first_name": "Lee", "last_name": "Moss", "email": "lee@moss.example", "title": "CEO"}
    made = http.post("/emailbison/api/leads", json=person)
    assert made.status_code == 201
    path = f"/emailbison/api/leads/{made.json()['data']['id']}"
    assert http.post("/emailbison/api/leads", json=person).status_code == 422
    assert http.patch(path, json={"company": "Moss"}).json()["data"]["title"] == "CEO"
    assert http.put(path, json={"company": "Moss"}).json()["data"]["title"] is None
    assert http.patch(f"{path}/unsubscribe").json()["data"]["status"] == "unsubscribed"
    assert http.get("/emailbison/api/leads", params={"search": "moss"}).json()["meta"]["total"] == 1
    assert http.get("/emailbison/api/leads/lee@moss.example").json()["data"]["first_name"] == "Lee"


def test_campaigns_senders_and_marks_can_be_read_and_set(sandbox: Running, http: httpx.Client) -> None:
    ids = reply_from_lead(sandbox)
    campaign = http.get("/emailbison/api/campaigns", headers={"authorization": "Bearer 1|workspace-42"}).json()["data"][0]
    assert campaign["id"] == ids["campaign_id"]
    assert http.get(f"/emailbison/api/campaigns/{campaign['id']}").json()["data"]["name"]
    sender = http.get(f"/emailbison/api/sender-emails/{ids['sender_email_id']}").json()["data"]
    assert "@" in sender["email"]
    path = f"/emailbison/api/replies/{ids['reply_id']}"
    assert http.patch(f"{path}/mark-as-interested").json()["data"]["interested"] is True
    assert http.patch(f"{path}/mark-as-read-or-unread", json={"read": True}).json()["data"]["read"] is True
    assert http.patch(f"{path}/unsubscribe").json()["data"]["status"] == "unsubscribed"


@pytest.mark.parametrize("token", ["Bearer bad-key", "", "Basic abc"])
def test_wrong_credentials_are_refused(sandbox: Running, http: httpx.Client, token: str) -> None:
    refused = http.get("/emailbison/api/users", headers={"authorization": token})
    assert (refused.status_code, refused.json()) == (401, {"message": "Unauthenticated."})


def test_an_unknown_path_is_a_plain_404(sandbox: Running, http: httpx.Client) -> None:
    refused = http.get("/emailbison/api/nothing-here")
    assert (refused.status_code, list(refused.json())) == (404, ["message"])
