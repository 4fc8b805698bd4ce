"""How do we speak with Unipile? LinkedIn messages and invitations out, profiles, chats, and the account's health (API v1)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from zrg_app.integrations import transport, unipile_errors, unipile_inbound
from zrg_app.integrations.base import (
    Account,
    Checked,
    Credential,
    Event,
    History,
    Outgoing,
    Person,
    Provider,
    RateLimit,
    Receipt,
)
from zrg_app.integrations.fields import block, identifier, instant, items, truth, words
from zrg_app.integrations.outgoing_html import same_words
from zrg_app.integrations.unipile_errors import TITLE, UNTIL_TOMORROW
from zrg_app.integrations.unipile_inbound import BROKEN, WORKING, files_of, profile_url, said, slug_of
from zrg_app.kit import clock
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.settings import settings

# No limit of the API itself is documented; the others are LinkedIn's, per account (PROVIDERS 5.3).
LIMIT = RateLimit(calls=60, seconds=60)
MESSAGES, INVITATIONS, PROFILES = "messages", "invitations", "profiles"
DAY = 86_400.0
LANES = {INVITATIONS: RateLimit(calls=80, seconds=DAY), PROFILES: RateLimit(calls=100, seconds=DAY)}
# LinkedIn's own words for "enough for today", so that nobody reads of seconds.
_ENOUGH = {INVITATIONS: "LinkedIn's limit for invitations is reached for today; this one goes out tomorrow.",
           PROFILES: "LinkedIn's limit for looking at profiles is reached for today; it goes on tomorrow."}
LONGEST_NOTE = 300
MOST_FILE_BYTES = 15_000_000
# Invitations used up to this share of LinkedIn's quota rest until the next day.
FULL_PERCENT = 90
PAGE, MOST_PAGES = 100, 10
# Each chat of a look costs a call of the sixty a minute.
MOST_CHATS = 40
JUST_NOW = timedelta(minutes=15)
_CONNECTED = frozenset({"FIRST_DEGREE", "DISTANCE_1"})
_PLAIN_ID = re.compile(r"[\w.~:@=+'&-]{1,200}")


def check(account: Account) -> Checked:
    """Prove that the key opens the account and that LinkedIn is logged in there."""
    found = _call(account, "GET", f"/accounts/{_part(account.external_id)}")
    kind = (words(found.get("type")) or "LINKEDIN").upper()
    if kind != unipile_inbound.LINKEDIN:
        raise ProviderRefused(f"This Unipile account is {kind.title()}, not LinkedIn.", code="wrong_account")
    states = {(words(each.get("status")) or "").upper() for each in items(found.get("sources")) if isinstance(each, Mapping)}
    broken = next((state for state in BROKEN if state in states), None)
    if broken:
        raise ProviderLocked(BROKEN[broken], code=broken.lower())
    if states - WORKING:
        raise ProviderDown("The LinkedIn account is still connecting; test again in a minute.")
    name = words(found.get("name")) or account.external_id or ""
    return Checked(sentence=f"Connected to LinkedIn as {name}.", account_name=name)


def send(account: Account, outgoing: Outgoing) -> Receipt:
    """Send one message: into the chat that is answered, to somebody the account is connected with, else as the note of an
    invitation to connect."""
    if sum(len(file.content) for file in outgoing.files) > MOST_FILE_BYTES:
        raise ProviderRefused("The files are larger than the 15 MB LinkedIn takes.", code="files_too_large")
    chat_id = outgoing.thread.get("chat_id")
    if chat_id:
        return _into_chat(account, str(chat_id), outgoing)
    profile = _profile(account, _name(outgoing.person))
    member = identifier(profile.get("provider_id")) or outgoing.person.identities.get("linkedin_member")
    if not member:
        raise ProviderRefused("LinkedIn does not say who this profile belongs to.", code="invalid_recipient")
    connected = (words(profile.get("network_distance")) or "").upper() in _CONNECTED or truth(profile.get("is_relationship"))
    learnt = _learnt(member, profile)
    return _new_chat(account, member, outgoing, learnt) if connected else _invite(account, member, outgoing, profile, learnt)


def find_sent(account: Account, outgoing: Outgoing, since: datetime, exclude: Collection[str] = ()) -> Receipt | None:
    """Our words in the chat with the person, or on an invitation to them, left at or after `since` and not in `exclude`."""
    chat_id = outgoing.thread.get("chat_id")
    member = None if chat_id else _member(account, outgoing.person)
    chats = [str(chat_id)] if chat_id else _chats_with(account, member, since)
    for chat in chats:
        ours = [row for row in _messages(account, chat, since) if _is_ours(row, outgoing, exclude)]
        if ours:
            first = min(ours, key=lambda row: instant(row.get("timestamp")) or since)
            return Receipt(message_id=str(first["id"]), thread={"chat_id": chat}, identities=_learnt(member, {}))
    return _find_invitation(account, member, outgoing, since, exclude) if member else None


def read_history(account: Account, history: History) -> tuple[Event, ...]:
    """The person's chats as events, oldest first, with the ids and keys the webhooks gave them."""
    known = [str(thread["chat_id"]) for thread in history.threads if thread.get("chat_id")]
    member = history.person.identities.get("linkedin_member")
    chats = list(dict.fromkeys([*known, *(_chats_with(account, member, history.since) if member else [])]))
    found = [event for chat in chats for row in _messages(account, chat, history.since)
             if (event := _as_event(row, chat, history.person))]
    return tuple(sorted(found, key=lambda event: event.sent_at or datetime.min.replace(tzinfo=UTC)))


def recent(account: Account, since: datetime) -> tuple[Event, ...]:
    """What was said since a moment in the chats with one other member, oldest first; of the forty that changed last."""
    found = [event for chat, member in _active_chats(account, since) for row in _messages(account, chat, since, pages=1)
             if (event := _as_event(row, chat, Person(identities={"linkedin_member": member})))]
    return tuple(sorted(found, key=lambda event: event.sent_at or since))


def look_up(account: Account, person: Person) -> Person:
    """The person with the profile address that LinkedIn's messages leave out; unchanged when LinkedIn names none."""
    profile = _profile(account, person.identities.get("linkedin_member") or "")
    return replace(person, linkedin_url=profile_url(slug_of(f"/in/{words(profile.get('public_identifier')) or ''}")),
                   first_name=person.first_name or words(profile.get("first_name")) or "",
                   last_name=person.last_name or words(profile.get("last_name")) or "")


def _into_chat(account: Account, chat_id: str, outgoing: Outgoing) -> Receipt:
    answer = _call(account, "POST", f"/chats/{_part(chat_id)}/messages", form={"text": outgoing.body}, outgoing=outgoing)
    message_id = identifier(answer.get("message_id"))
    if not message_id:
        raise OutcomeUnknown("Unipile took the message and named none.")
    return Receipt(message_id=message_id, thread={"chat_id": chat_id})


def _new_chat(account: Account, member: str, outgoing: Outgoing, learnt: Mapping[str, str]) -> Receipt:
    answer = _call(account, "POST", "/chats", outgoing=outgoing, form={
        "account_id": account.external_id, "text": outgoing.body, "attendees_ids": [member], "title": outgoing.subject})
    chat_id, message_id = identifier(answer.get("chat_id")), identifier(answer.get("message_id"))
    if not chat_id:
        raise OutcomeUnknown("Unipile took the message and named no chat.")
    if not message_id:
        # LinkedIn names a first message only a moment later; until we have its id its echo could not be told from another.
        return _first_message(account, chat_id, outgoing, learnt)
    return Receipt(message_id=message_id, thread={"chat_id": chat_id}, identities=learnt)


def _first_message(account: Account, chat_id: str, outgoing: Outgoing, learnt: Mapping[str, str]) -> Receipt:
    try:
        # An equal message of another day must not lend its id.
        since = clock.now() - JUST_NOW
        ours = [row for row in _messages(account, chat_id, since, pages=1) if _is_ours(row, outgoing, ())]
    except (ProviderBusy, ProviderDown, ProviderRefused, ProviderLocked) as error:
        raise OutcomeUnknown("Unipile took the message and did not let us read its id.") from error
    if not ours:
        raise OutcomeUnknown("Unipile took the message and does not list it yet.")
    newest = max(ours, key=lambda row: str(row.get("timestamp") or ""))
    return Receipt(message_id=str(newest["id"]), thread={"chat_id": chat_id}, identities=learnt)


def _invite(account: Account, member: str, outgoing: Outgoing, profile: Mapping, learnt: Mapping[str, str]) -> Receipt:
    sent = block(profile, "invitation")
    if (sent.get("type"), sent.get("status")) == ("SENT", "PENDING"):
        raise ProviderRefused(unipile_errors.REFUSED["already_invited_recently"], code="already_invited_recently")
    if len(outgoing.body) > LONGEST_NOTE:
        raise ProviderRefused(
            f"You are not connected yet, so this goes out as the note of an invitation: at most {LONGEST_NOTE} characters, it has "
            f"{len(outgoing.body)}.", code="note_too_long")
    if outgoing.files:
        raise ProviderRefused("You are not connected yet, and an invitation takes no files.", code="no_files")
    answer = _call(account, "POST", "/users/invite", lane=INVITATIONS, sends=True, body={
        "account_id": account.external_id, "provider_id": member, "message": outgoing.body})
    invitation = next((found for name in ("invitation_id", "id", "message_id") if (found := identifier(answer.get(name)))), None)
    used = answer.get("usage")
    if type(used) in (int, float) and used >= FULL_PERCENT:
        transport.hold(account, INVITATIONS, UNTIL_TOMORROW)
    if not invitation:
        raise OutcomeUnknown("Unipile took the invitation and named none.")
    return _invited(invitation, learnt)


def _invited(invitation: str, learnt: Mapping[str, str]) -> Receipt:
    return Receipt(message_id=f"invitation:{invitation}", thread={"invitation_id": invitation}, identities=learnt)


def _find_invitation(account: Account, member: str, outgoing: Outgoing, after: datetime, exclude: Collection[str]) -> Receipt | None:
    for row in _pages(account, "/users/invite/sent", {"account_id": account.external_id}, pages=1):
        at, invitation = instant(row.get("parsed_datetime")), identifier(row.get("id"))
        mine = identifier(row.get("invited_user_id")) == member and (at is None or at >= after)
        note = said(row.get("invitation_text"))
        worded = same_words(note) == same_words(outgoing.body) if note else at is not None
        if mine and worded and invitation and f"invitation:{invitation}" not in exclude:
            return _invited(invitation, _learnt(member, {}))
    return None


def _name(person: Person) -> str:
    """What Unipile finds a person by: the member id, else the public name of the profile."""
    found = (person.identities.get("linkedin_member") or slug_of(person.linkedin_url)
             or slug_of(person.identities.get("linkedin_url")))
    if not found:
        raise ProviderRefused("The lead has no LinkedIn profile to write to.", code="missing_linkedin")
    return found


def _member(account: Account, person: Person) -> str | None:
    return person.identities.get("linkedin_member") or identifier(_profile(account, _name(person)).get("provider_id"))


def _profile(account: Account, name: str) -> Mapping[str, Any]:
    return _call(account, "GET", f"/users/{_part(name)}", lane=PROFILES, query={"account_id": account.external_id})


def _learnt(member: str | None, profile: Mapping[str, Any]) -> dict[str, str]:
    url = profile_url(slug_of(f"/in/{words(profile.get('public_identifier')) or ''}"))
    return ({"linkedin_member": member} if member else {}) | ({"linkedin_url": url} if url else {})


def _chats_with(account: Account, member: str | None, since: datetime | None) -> list[str]:
    if not member:
        return []
    asked = {"account_id": account.external_id} | ({"after": _written(since)} if since else {})
    return [chat for row in _pages(account, "/chats", asked, pages=3)
            if identifier(row.get("attendee_provider_id")) == member and (chat := identifier(row.get("id")))]


def _active_chats(account: Account, since: datetime) -> list[tuple[str, str]]:
    """(chat, member) of the chats with a message since a moment. Whether `after` means a chat's first message or its last is
    not documented, so it is not asked; the list tells each chat's last moment."""
    found = []
    for row in _pages(account, "/chats", {"account_id": account.external_id}, pages=2):
        chat, member, at = identifier(row.get("id")), identifier(row.get("attendee_provider_id")), instant(row.get("timestamp"))
        if chat and member and (at is None or at >= since) and unipile_inbound.is_personal(row):
            found.append((chat, member))
    return found[:MOST_CHATS]


def _messages(account: Account, chat_id: str, since: datetime | None, *, pages: int = MOST_PAGES) -> list[Mapping[str, Any]]:
    asked = {"after": _written(since)} if since else {}
    rows = _pages(account, f"/chats/{_part(chat_id)}/messages", asked, pages=pages)
    return [row for row in rows if identifier(row.get("id"))
            and (since is None or (at := instant(row.get("timestamp"))) is None or at >= since)]


def _pages(account: Account, path: str, query: Mapping[str, Any], *, pages: int) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    cursor = None
    for _ in range(pages):
        page = _call(account, "GET", path, query={**query, "limit": PAGE} | ({"cursor": cursor} if cursor else {}))
        found += [row for row in items(page.get("items")) if isinstance(row, Mapping)]
        cursor = words(page.get("cursor"))
        if not cursor:
            break
    return found


def _is_ours(row: Mapping[str, Any], outgoing: Outgoing, exclude: Collection[str]) -> bool:
    return bool(truth(row.get("is_sender")) and identifier(row.get("id")) not in exclude
                and same_words(str(row.get("text") or "")) == same_words(outgoing.body))


def _as_event(row: Mapping[str, Any], chat_id: str, person: Person) -> Event | None:
    text, files, message_id = said(row.get("text")), files_of(row), identifier(row.get("id"))
    if any(truth(row.get(name)) for name in ("is_event", "hidden", "deleted")) or not (text or files):
        return None
    ours = truth(row.get("is_sender"))
    name = f"{person.first_name} {person.last_name}".strip() or None
    return Event(
        kind="outbound" if ours else "reply", channel="linkedin", person=person, text=text or "", files=files,
        dedupe_key=f"unipile:{message_id}", external_id=message_id, subject=words(row.get("subject")),
        sent_at=instant(row.get("timestamp")), from_name=None if ours else name, to_name=name if ours else None,
        thread={"chat_id": chat_id})


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _part(name: str | None) -> str:
    if not name or not _PLAIN_ID.fullmatch(name) or not name.strip("."):
        raise ProviderRefused("This is no id that Unipile could know.", code="invalid_recipient")
    return quote(name, safe="")


def _base(account: Account) -> tuple[str, str]:
    """The address of the API and the key for it; the installation's key goes to the installation's address only."""
    own, shared = account.base_url.rstrip("/"), settings().provider_url("unipile", "")
    key = account.credentials.get("api_key") or (settings().unipile_api_key if own == shared else "")
    if not own or not key:
        missing = "address (DSN)" if not own else "API key"
        raise ProviderLocked(f"Unipile needs its {missing}: enter it in Settings, Integrations.", code="not_set_up")
    return own.removesuffix("/api/v1"), key


def _call(account: Account, method: str, path: str, *, body: Mapping | None = None, query: Mapping | None = None,
          form: Mapping | None = None, outgoing: Outgoing | None = None, lane: str = "", sends: bool = False) -> dict[str, Any]:
    address, key = _base(account)
    sends, lane = sends or outgoing is not None, lane or (MESSAGES if outgoing else "")
    try:
        answer = transport.call(transport.Request(
            account=replace(account, base_url=address), title=TITLE, method=method, path=f"/api/v1{path}", sends=sends, body=body,
            query=query, form=form, files=outgoing.files if outgoing else (), counted=lane, limit=LANES.get(lane, LIMIT),
            headers={"X-API-KEY": key, "Accept": "application/json"}, judge=partial(unipile_errors.judge, sends=sends)))
    except ProviderBusy as busy:
        raise ProviderBusy(_ENOUGH.get(lane, busy.sentence), retry_after=busy.retry_after) from busy
    return answer if isinstance(answer, dict) else {}


PROVIDER = Provider(
    slug="unipile", title=TITLE, channel="linkedin", vendor_url="", hosts_below="unipile.com", rate_limit=LIMIT,
    credentials=(
        Credential(name="account_id", title="Account ID",
                   help="The connected LinkedIn account: Unipile dashboard, Accounts, the id beside the name."),
        Credential(name="base_url", title="Address (DSN)", required=False,
                   help="Unipile dashboard, top right, e.g. https://api7.unipile.com:13744. Empty takes the installation's."),
        Credential(name="api_key", title="API key", secret=True, required=False,
                   help="Unipile dashboard, Access tokens. Empty takes the installation's."),
    ),
    external_id_credential="account_id", webhook_path="/api/webhooks/linkedin", secret_place="header",
    secret_header="Unipile-Auth", check=check, parse=unipile_inbound.parse, send=send, find_sent=find_sent,
    read_history=read_history, recent=recent, history_lags=True, look_up=look_up, sends_files=True,
    no_copies="A LinkedIn message goes to one person; it has no copies.",
    no_other_recipient="A LinkedIn message goes to the person it belongs to.")
