"""How do we speak with Slack? Messages in a channel or to one person, who that person is, and the channels to choose from.

Through our own transport instead of the vendor's client. Of that client we would use a few methods, each one POST with a bearer
token; what we need around them it has not: limits counted over all our processes, an answer that is bounded in size and time,
one reading of what went wrong, and a clock that tests can hold (its signature check reads the machine's). The vendor's client
is installed for the tests only, where it proves that our stand-in of Slack speaks as Slack does.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zrg_app.integrations import slack_inbound, transport
from zrg_app.integrations.base import Account, Checked, Credential, Provider, RateLimit, Trial
from zrg_app.integrations.fields import block, items, words
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused, ZrgError

TITLE = "Slack"
SECONDS = 8.0
LONGEST_TEXT = 40_000
MOST_CHANNELS = 5_000
_PAGE = 200
_MARKED = "zrg_inbox"
_TEST = "This is a test message of ZRG Inbox, asked for by {who}. Alerts of this workspace will arrive here."

# Slack counts per method and team: what it allows, less a little for other tools of the same app (reference 7.1).
LIMIT = RateLimit(calls=45, seconds=60)
_LIMITS = {"chat.postMessage": RateLimit(calls=5, seconds=5), "conversations.list": RateLimit(calls=18, seconds=60)}
_LOCKED = {
    "invalid_auth": "Slack does not know this token.",
    "not_authed": "Slack got no token.",
    "account_inactive": "The Slack app was removed, or its owner's account was closed.",
    "token_revoked": "The token was revoked in Slack; install the app again and enter the new one.",
    "token_expired": "The token has expired; install the app again and enter the new one.",
    "org_login_required": "The Slack organisation is being moved; its owner must finish that first.",
    "not_allowed_token_type": "This is not a bot token; it begins with xoxb-.",
}
_REFUSED = {
    "channel_not_found": "The channel is not there, or the bot is not in it. Invite the bot there, or choose another channel.",
    "not_in_channel": "The bot is not in this channel. Invite it there (/invite), or choose another channel.",
    "is_archived": "The channel is archived. Choose another one.",
    "restricted_action": "The settings of the Slack team do not let the bot write here.",
    "users_not_found": "Nobody in this Slack team has that e-mail address.",
    "user_not_found": "This person is not in the Slack team.",
    "user_disabled": "This person's Slack account is closed.",
    "message_not_found": "The message is not there any more.",
    "cant_update_message": "Slack does not let us change this message.",
    "edit_window_closed": "The time in which this message could be changed is over.",
    "msg_too_long": "The message is too long for Slack.",
    "msg_blocks_too_long": "The message is too long for Slack.",
    "no_permission": "The Slack app may not do this.",
}
_BUSY = {"ratelimited", "rate_limited"}
_MAYBE_DONE = {"internal_error", "fatal_error"}
_DOWN = {"service_unavailable", "request_timeout", "team_added_to_org"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where a message stands: both together name it for `update`. `ts` is an id, never a number."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel the bot can be told to write to. It must be invited where `is_member` is false."""

    id: str
    name: str
    is_private: bool
    is_member: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackUser:
    """A person of the Slack team, by the name they chose to be shown."""

    id: str
    name: str
    email: str


def escaped(text: str) -> str:
    """`text` of a lead or a person, so that it can create no mention and no link (`<!channel>`)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def post(account: Account, channel: str, text: str, blocks: Sequence[Mapping[str, Any]] = (), *, thread: str = "",
         marker: str = "") -> Posted:
    """Write to a channel (C…, G…) or a direct conversation (D…, see `open_dm`).

    `text` is what notifications show, and the message where there are no `blocks`; escape what leads wrote with `escaped`.
    `marker` is kept with the message, unseen, so that `find_posted` knows it again.
    Raises ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused (code as Slack names it), and OutcomeUnknown when Slack may
    have posted it.
    """
    body: dict[str, Any] = {"channel": channel, "text": text[:LONGEST_TEXT], "unfurl_links": False}
    if blocks:
        body["blocks"] = list(blocks)
    if thread:
        body["thread_ts"] = thread
    if marker:
        body["metadata"] = {"event_type": _MARKED, "event_payload": {"marker": marker}}
    return _posted(_call(account, "chat.postMessage", body=body, counted_for=channel, sends=True), channel)


def find_posted(account: Account, channel: str, marker: str, *, since: datetime) -> Posted | None:
    """The message with `marker` among the newest hundred of a conversation since then. Raises as `update`."""
    said = _call(account, "conversations.history", query={
        "channel": channel, "oldest": f"{since.timestamp():.6f}", "limit": 100, "include_all_metadata": "true"})
    for message in items(said.get("messages")):
        if block(message, "metadata", "event_payload").get("marker") == marker and block(message).get("ts"):
            return Posted(channel=channel, ts=str(message["ts"]))
    return None


def whisper(account: Account, channel: str, user_id: str, text: str) -> None:
    """Tell one person something in a conversation, gone when they reload. Raises as `update`."""
    _call(account, "chat.postEphemeral", body={"channel": channel, "user": user_id, "text": text[:LONGEST_TEXT]})


def update(account: Account, at: Posted, text: str, blocks: Sequence[Mapping[str, Any]] = ()) -> Posted:
    """Replace a message of ours; doing it twice changes nothing. Raises as `post`, without OutcomeUnknown."""
    body = {"channel": at.channel, "ts": at.ts, "text": text[:LONGEST_TEXT], "blocks": list(blocks)}
    return _posted(_call(account, "chat.update", body=body), at.channel)


def lookup_by_email(account: Account, email: str) -> SlackUser | None:
    """The person with this address in the Slack team; None when there is none."""
    return _user(account, "users.lookupByEmail", {"email": email}, email)


def user(account: Account, user_id: str) -> SlackUser | None:
    """The person with this id; None when the team has none, or closed their account. `email` is empty where Slack hides it."""
    return _user(account, "users.info", {"user": user_id}, "")


def open_dm(account: Account, user_id: str) -> str:
    """The id of the direct conversation with a person, opened if need be."""
    channel = _call(account, "conversations.open", body={"users": user_id}).get("channel")
    if not isinstance(channel, dict) or not channel.get("id"):
        raise ProviderRefused("Slack opened no conversation with this person.", code="user_not_found")
    return str(channel["id"])


def channels(account: Account) -> tuple[Channel, ...]:
    """The public channels of the team and the private ones the bot was invited to, by name; at most MOST_CHANNELS."""
    found = {channel.id: channel for channel in _channels(account)}
    return tuple(sorted(found.values(), key=lambda channel: (not channel.is_member, channel.name)))


def check(account: Account) -> Checked:
    """Prove the bot token, and say which team it belongs to. A person's own token is refused: alerts come from the app."""
    said = _call(account, "auth.test", body={})
    team, name = str(said.get("team_id") or ""), str(said.get("team") or "")
    if not team:
        raise ProviderRefused("Slack did not say which team this token belongs to.", code="no_team")
    if not said.get("bot_id"):
        raise ProviderLocked(_LOCKED["not_allowed_token_type"])
    return Checked(sentence=f"Connected to {name or team} as {said.get('user') or 'the bot'}.", account_name=name or team,
                   external_id=team)


def chosen_channel(account: Account) -> str:
    """The id of the channel chosen in Settings. Raises ProviderRefused when none is."""
    channel = account.options.get("channel")
    if not isinstance(channel, dict) or not channel.get("id"):
        raise ProviderRefused("Choose a channel first.", code="no_channel")
    return str(channel["id"])


def _try_out(account: Account, email: str) -> Checked:
    post(account, chosen_channel(account), _TEST.format(who=escaped(email)))
    return Checked(sentence="A test message is in the channel.")


def _channels(account: Account) -> Iterator[Channel]:
    cursor = ""
    for _ in range(MOST_CHANNELS // _PAGE):
        query = {"types": "public_channel,private_channel", "exclude_archived": "true", "limit": _PAGE}
        page = _call(account, "conversations.list", query=query | ({"cursor": cursor} if cursor else {}))
        for row in page.get("channels") or ():
            if isinstance(row, dict) and row.get("id") and (row.get("is_member") or not row.get("is_private")):
                yield Channel(id=str(row["id"]), name=str(row.get("name") or row["id"]), is_private=bool(row.get("is_private")),
                              is_member=bool(row.get("is_member")))
        more = page.get("response_metadata")
        cursor = str(more.get("next_cursor") or "") if isinstance(more, dict) else ""
        if not cursor:
            return


def _user(account: Account, method: str, query: Mapping[str, str], email: str) -> SlackUser | None:
    try:
        found = block(_call(account, method, query=query).get("user"))
    except ProviderRefused as refusal:
        if refusal.reason in ("users_not_found", "user_not_found"):
            return None
        raise
    if not found.get("id") or found.get("deleted") or found.get("is_bot"):
        return None
    profile = block(found, "profile")
    names = (profile.get("real_name"), found.get("real_name"), profile.get("display_name"), found.get("name"), email)
    return SlackUser(id=str(found["id"]), name=next((name for one in names if (name := words(one))), "Somebody")[:80],
                     email=words(profile.get("email")) or email)


def _posted(said: Mapping[str, Any], channel: str) -> Posted:
    if not said.get("ts"):
        raise OutcomeUnknown("Slack took the message and did not name it.")
    return Posted(channel=str(said.get("channel") or channel), ts=str(said["ts"]))


def _call(account: Account, method: str, *, body: Mapping[str, Any] | None = None, query: Mapping[str, Any] | None = None,
          counted_for: str = "", sends: bool = False) -> Mapping[str, Any]:
    headers = {"Authorization": f"Bearer {account.credentials.get('bot_token', '')}", "Accept": "application/json"}
    counted = f"{account.external_id or account.workspace_id}/{method}" + (f"/{counted_for}" if counted_for else "")
    with transport.patience(SECONDS):
        said = transport.call(transport.Request(
            account=dataclasses.replace(account, external_id=counted), title=TITLE, method="GET" if body is None else "POST",
            path=f"/{method}", limit=_LIMITS.get(method, LIMIT), headers=headers, body=body, query=query, sends=sends))
    if not isinstance(said, dict):
        raise _silence("Slack answered with something else than an object.", sends)
    if said.get("ok") is not True:
        raise _error(said, sends)
    return said


def _error(said: Mapping[str, Any], sends: bool) -> ZrgError:
    """What an answer with `ok: false` means: an HTTP 200 can be an error (reference 7.1)."""
    code = str(said.get("error") or "unknown")[:80]
    if code in _BUSY:
        return ProviderBusy("Slack asks us to slow down.", retry_after=30)
    if code in _LOCKED:
        return ProviderLocked(_LOCKED[code])
    if code in _MAYBE_DONE:
        return _silence(f"Slack failed on its side ({code}).", sends)
    if code in _DOWN:
        return ProviderDown(f"Slack cannot answer now ({code}).")
    if code == "missing_scope":
        needed = str(said.get("needed") or "a scope")[:100]
        return ProviderRefused(f"The Slack app lacks {needed}: add it under OAuth & Permissions and install the app again.", code=code)
    return ProviderRefused(_REFUSED.get(code, f"Slack refused: {code}."), code=code)


def _silence(sentence: str, sends: bool) -> ZrgError:
    return OutcomeUnknown(sentence) if sends else ProviderDown(sentence)


PROVIDER = Provider(
    slug="slack", title=TITLE, channel=None, vendor_url="https://slack.com/api", rate_limit=LIMIT, check=check,
    credentials=(
        Credential(name="bot_token", title="Bot token", secret=True,
                   help="In your Slack app: OAuth & Permissions, Bot User OAuth Token (xoxb-…). It needs chat:write, channels:read, "
                        "groups:read, im:write, im:history, users:read and users:read.email."),
        Credential(name="signing_secret", title="Signing secret", secret=True, required=False,
                   help="In your Slack app: Basic Information, App Credentials. Needed for buttons in messages; empty means the one "
                        "of this installation."),
    ),
    webhook_path="/api/webhooks/slack/interactions", parse=slack_inbound.parse, secret_place="signature", proves_first=True,
    trial=Trial(title="Send a test message", run=_try_out))
