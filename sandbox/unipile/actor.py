"""What happens on LinkedIn when a person plays a lead? (reference 5.5 and 5.6)"""

from datetime import datetime

from sandbox.store import Row
from sandbox.unipile import network
from sandbox.unipile import webhooks as unipile_webhooks
from sandbox.wish import Act, Actor, Happened, known
from sandbox.world import World

OWN = "OWN_MESSAGE"
_MESSAGING = ("message_received", "message_reaction", "message_read", "message_edited", "message_deleted", "message_delivered")
EVENTS = ("LEAD_REPLIED", OWN, *_MESSAGING, "new_relation", "account_status", "profile.viewed")


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    account = network.account(world, act.workspace_ref)
    if act.lead.get("invitation_quota"):
        account = network.change_account(world, account["id"], quota=int(act.lead["invitation_quota"]))
    if act.event == "account_status":
        account = network.change_account(world, account["id"], status=body)
        return Happened(unipile_webhooks.status_body(account, body), {"account_id": account["id"]})
    person = network.save_person(world, act.lead)
    found = {"provider_id": person["provider_id"], "public_identifier": person["public_identifier"]}
    if act.event == "profile.viewed":
        return Happened(unipile_webhooks.viewed_body(account, person), found)
    if act.event == "new_relation":
        network.accept(world, account["id"], person)
        return Happened(unipile_webhooks.relation_body(account, person), found)
    message = _message(world, act, account, person, body, subject, at)
    event = act.event if act.event in _MESSAGING else "message_received"
    webhook = unipile_webhooks.message_body(account, person, message, event, tells_slug=act.lead.get("tells_slug") == "yes")
    return Happened(webhook, found | {"message_id": message["id"], "chat_id": message["chat_id"]})


def _message(world: World, act: Act, account: Row, person: Row, body: str, subject: str, at: datetime | None) -> Row:
    if act.of:
        return known(network.message(world, act.of), act.of)
    chat = network.chat_with(world, account["id"], person["provider_id"])
    if act.event in _MESSAGING[1:] and not body:
        last = network.messages(world, chat["id"])
        return known(last[0] if last else None, "of this chat")
    return network.add_message(world, chat, text=body, ours=act.event == OWN, at=at, subject=subject)


def _people(world: World) -> list[Row]:
    accounts = [row["id"] for row in world.store.rows("unipile_accounts")] or [""]
    return [{"provider": "unipile", "workspace_ref": accounts[0], "first_name": row["first_name"], "last_name": row["last_name"],
             "provider_id": row["provider_id"], "public_identifier": row["public_identifier"], "headline": row["headline"],
             "distance": row["distance"], "email": "", "phone": "", "company": ""}
            for row in world.store.rows("unipile_people")]


def _check(act: Act) -> None:
    if act.event == "account_status" and act.body not in network.STATUSES:
        raise ValueError(f"The body of account_status must be one of {', '.join(network.STATUSES)}.")
    if not str(act.lead.get("invitation_quota") or "1").isdigit() or act.lead.get("invitation_quota") == "0":
        raise ValueError("invitation_quota must be a whole number above 0, as text.")
    if act.event != "account_status" and not (act.lead.get("public_identifier") or act.lead.get("provider_id")):
        raise ValueError("lead needs public_identifier (the name in the profile's address) or provider_id.")


# The vendor sends JSON and calls it a form unless the hook says otherwise (reference 5.4).
ACTOR = Actor(slug="unipile", events=EVENTS, path="/api/webhooks/linkedin", play=_play, people=_people, check=_check,
              headers={"content-type": "application/x-www-form-urlencoded", "user-agent": "axios/1.7 (sandbox Unipile)"},
              title="Unipile", way="LinkedIn", workspace_label="Account id", workspace_example="acc_acme", secret_in="header",
              secret_name="Unipile-Auth")
