"""What may programs read and do? The public API, by bearer token of one workspace (docs/api.md, /api/v1/openapi.json)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zrg_app.api.auth import scope_of_token
from zrg_app.api.errors import door
from zrg_app.api.openapi import document
from zrg_app.api.requests import BadRequest, Call
from zrg_app.kit.db import transaction
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Channel, DraftStatus, Sentiment
from zrg_app.services import drafting, inbox, leads
from zrg_app.services.access import Permission
from zrg_app.services.access.limits import Limit, spend
from zrg_app.services.inbox.views import ListFilter

PER_TOKEN = Limit(name="api.token", tries=600, seconds=60)
LARGEST_PAGE = 200
UTC = ZoneInfo("UTC")


def door_for(permission: Permission) -> Callable:
    """A door of the API: token first, then its rate, then the function with the scope."""

    def decorate(function: Callable[[Call, Scope], Response | Mapping[str, Any]]) -> Callable:
        def opened(call: Call) -> Response | Mapping[str, Any]:
            scope = scope_of_token(call, permission)
            spend(PER_TOKEN, str(scope.actor.id))
            return function(call, scope)

        opened.__name__, opened.__doc__ = function.__name__, function.__doc__
        return door()(opened)

    return decorate


@door_for(Permission.READ_INBOX)
def conversations(call: Call, scope: Scope) -> Mapping[str, Any]:
    """Conversations, newest message first."""
    query = call.request.query_params
    with transaction(scope) as tx:
        page = inbox.list_page(tx, scope, _wanted(query), after=query.get("cursor", ""), limit=page_size(query))
    return {"data": [asdict(row) for row in page.rows], "next_cursor": page.next_cursor or None}


@door_for(Permission.READ_INBOX)
def messages(call: Call, scope: Scope) -> Mapping[str, Any]:
    """The thread of one lead, oldest first, from the newest page backwards."""
    lead_id = path_id(call, "lead_id")
    with transaction(scope) as tx:
        leads.panel(tx, scope, lead_id)
        items, earlier = inbox.thread(tx, scope, lead_id, zone=UTC, before=call.request.query_params.get("cursor", ""))
    return {"data": [asdict(item) for item in items], "next_cursor": earlier or None}


@door_for(Permission.READ_INBOX)
def lead(call: Call, scope: Scope) -> Mapping[str, Any]:
    """One lead."""
    with transaction(scope) as tx:
        return {"data": asdict(leads.panel(tx, scope, path_id(call, "lead_id")))}


@door_for(Permission.READ_INBOX)
def drafts(call: Call, scope: Scope) -> Mapping[str, Any]:
    """Drafts of one status, newest first."""
    query = call.request.query_params
    status = _one_of(query.get("status", "pending"), DraftStatus, "status")
    with transaction(scope) as tx:
        rows, after = drafting.listing(tx, scope, status=status, after=query.get("cursor", ""), limit=page_size(query))
    return {"data": [_plain(row) for row in rows], "next_cursor": after or None}


@door_for(Permission.ANSWER)
def approve(call: Call, scope: Scope) -> Response:
    """Put a draft into the outbox, as it is or with other words."""
    given = call.json() if call.body.strip() else {}
    if not isinstance(given, dict):
        raise BadRequest("Send a JSON object.")
    body, subject, copies, generation = (given.get(name) for name in ("body", "subject", "cc", "generation"))
    if not all(text is None or isinstance(text, str) for text in (body, subject)):
        raise BadRequest("body and subject are texts.")
    if copies is not None and not (isinstance(copies, list) and all(isinstance(one, str) for one in copies)):
        raise BadRequest("cc is a list of e-mail addresses.")
    if generation is not None and (not isinstance(generation, int) or isinstance(generation, bool)):
        raise BadRequest("generation is a whole number.")
    with transaction(scope) as tx:
        outbound_id = drafting.approve(
            tx, scope, path_id(call, "draft_id"), body=body, subject=subject, expected_generation=generation,
            cc=tuple(copies) if copies is not None else None)
    return JSONResponse({"data": {"outbound_id": str(outbound_id)}}, status_code=202)


@door()
def openapi(call: Call) -> Mapping[str, Any]:
    """The description of this API for programs."""
    return document()


def page_size(query: QueryParams) -> int:
    """The `limit` asked for, 1 to 200, default 50. Raises BadRequest for anything else."""
    given = query.get("limit", "50")
    # Checked before it is read as a number: a cut of a long one would pass, and its whole be used.
    if not re.fullmatch("[0-9]{1,3}", given) or not 1 <= int(given) <= LARGEST_PAGE:
        raise BadRequest(f"limit is a whole number from 1 to {LARGEST_PAGE}.")
    return int(given)


def path_id(call: Call, name: str) -> UUID:
    """The id in the path. Raises BadRequest when it is none."""
    found = parse_id(call.request.path_params[name])
    if found is None:
        raise BadRequest(f"{name} is not an id.")
    return found


def words(query: QueryParams, *names: str) -> tuple[str, ...]:
    """The comma-separated words of the first of these parameters that is there."""
    given = next((query[name] for name in names if name in query), "")
    return tuple(word.strip() for word in given.split(",") if word.strip())


def _wanted(query: QueryParams) -> ListFilter:
    channels = tuple(_one_of(word, Channel, "channel") for word in words(query, "channel"))
    sentiments = tuple(_one_of(word, Sentiment, "sentiment") for word in words(query, "sentiment"))
    wanted = ListFilter(view=query.get("view", "all"), channels=channels, sentiments=sentiments, search=query.get("q", ""),
                        unread=query.get("unread", "").lower() in ("1", "true", "yes"))
    if assignee := query.get("assignee", ""):
        if parse_id(assignee) is None:
            raise BadRequest("assignee is the id of a person.")
        wanted = replace(wanted, assignee_id=assignee)
    if since := query.get("updated_since", ""):
        wanted = replace(wanted, updated_since=_instant(since))
    return wanted


def _instant(given: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given.replace(" ", "+"))
    except ValueError as error:
        raise BadRequest("updated_since is an instant such as 2026-11-21T09:00:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _one_of(word: str, vocabulary: Any, name: str) -> str:
    known = next((value for value in vocabulary if value.lower() == word.strip().lower()), None)
    if known is None:
        raise BadRequest(f"{name} is one of: {', '.join(vocabulary)}.")
    return str(known)


def _plain(row: dict) -> dict:
    return {name: value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, UUID) else value
            for name, value in row.items()}


ROUTES = [
    Route("/api/v1/openapi.json", openapi, methods=["GET"]),
    Route("/api/v1/conversations", conversations, methods=["GET"]),
    Route("/api/v1/conversations/{lead_id}/messages", messages, methods=["GET"]),
    Route("/api/v1/leads/{lead_id}", lead, methods=["GET"]),
    Route("/api/v1/drafts", drafts, methods=["GET"]),
    Route("/api/v1/drafts/{draft_id}/approve", approve, methods=["POST"]),
]
