"""How is the public API described for programs? As OpenAPI 3.1, built from the same views and vocabularies."""

import dataclasses
import types
import typing
from functools import cache
from typing import Any

from zrg_app.models.vocabulary import Channel, DraftStatus, Sentiment
from zrg_app.services.inbox.conditions import VIEWS
from zrg_app.services.inbox.views import ConversationRow, ThreadItem
from zrg_app.services.leads.views import LeadPanel

_SIMPLE = {str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"}}
_DRAFT = {"id": "string", "lead_id": "string", "channel": "string", "status": "string", "body": "string", "created_at": "string",
          "generation": "integer"}


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "ZRG Inbox", "version": "1", "description": "Read conversations and approve drafts of one workspace."},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Conversation": _schema(ConversationRow), "ThreadItem": _schema(ThreadItem), "Lead": _schema(LeadPanel),
                        "Draft": _draft(), "Error": _error()}},
        "security": [{"token": []}],
        "paths": {
            "/api/v1/conversations": {"get": _operation("Conversations, newest message first", _page("Conversation"), [
                _cursor(), _limit(), _query("view", {"type": "string", "enum": sorted(VIEWS), "default": "all"}),
                _query("channel", {"type": "string"}, f"Comma separated: {', '.join(Channel)}"),
                _query("sentiment", {"type": "string"}, f"Comma separated: {', '.join(Sentiment)}"),
                _query("unread", {"type": "boolean"}), _query("assignee", {"type": "string", "format": "uuid"}),
                _query("q", {"type": "string"}, "Words of people, companies and messages"),
                _query("updated_since", {"type": "string", "format": "date-time"})])},
            "/api/v1/conversations/{lead_id}/messages": {"get": _operation(
                "The thread of a lead; a page is oldest first, the cursor leads to the page before",
                _page("ThreadItem"), [_path("lead_id"), _cursor()])},
            "/api/v1/leads/{lead_id}": {"get": _operation("One lead", _one("Lead"), [_path("lead_id")])},
            "/api/v1/drafts": {"get": _operation("Drafts, newest first", _page("Draft"), [
                _query("status", {"type": "string", "enum": list(DraftStatus), "default": "pending"}), _cursor(), _limit()])},
            "/api/v1/drafts/{draft_id}/approve": {"post": _approve()}},
    }


def _approve() -> dict[str, Any]:
    text = {"type": ["string", "null"]}
    body = {"type": "object", "properties": {"body": text, "subject": text, "generation": {"type": ["integer", "null"]},
                                             "cc": {"type": ["array", "null"], "items": {"type": "string"}}}}
    accepted = {"type": "object", "required": ["data"], "properties": {"data": {
        "type": "object", "required": ["outbound_id"], "properties": {"outbound_id": {"type": "string", "format": "uuid"}}}}}
    operation = _operation("Put a draft into the outbox (token to write); repeating it sends nothing twice", accepted,
                           [_path("draft_id")], success="202")
    return {**operation, "requestBody": {"content": {"application/json": {"schema": body}}}}


def _operation(summary: str, answer: dict, parameters: list, *, success: str = "200") -> dict[str, Any]:
    error = {"description": "What is wrong, in words", "content": {"application/json": {"schema": _ref("Error")}}}
    responses = {success: {"description": summary, "content": {"application/json": {"schema": answer}}}}
    return {"summary": summary, "parameters": parameters,
            "responses": {**responses, **dict.fromkeys(("400", "401", "403", "404", "409", "422", "429"), error)}}


def _schema(view: type) -> dict[str, Any]:
    hints = typing.get_type_hints(view)
    properties = {field.name: _type(hints[field.name]) for field in dataclasses.fields(view)}
    return {"type": "object", "required": list(properties), "properties": properties}


def _type(hint: Any) -> dict[str, Any]:
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _type(typing.get_args(hint)[0])}
    if isinstance(hint, types.UnionType):
        return {"anyOf": [_type(part) for part in typing.get_args(hint)]}
    return _SIMPLE.get(hint, {"type": "null"} if hint is type(None) else {"type": "object"})


def _draft() -> dict[str, Any]:
    return {"type": "object", "required": list(_DRAFT), "properties": {name: {"type": kind} for name, kind in _DRAFT.items()}}


def _error() -> dict[str, Any]:
    parts = {name: {"type": "string"} for name in ("code", "message", "request_id")}
    inner = {"type": "object", "required": list(parts), "properties": parts}
    return {"type": "object", "required": ["error"], "properties": {"error": inner}}


def _page(name: str) -> dict[str, Any]:
    return {"type": "object", "required": ["data", "next_cursor"], "properties": {
        "data": {"type": "array", "items": _ref(name)}, "next_cursor": {"type": ["string", "null"]}}}


def _one(name: str) -> dict[str, Any]:
    return {"type": "object", "required": ["data"], "properties": {"data": _ref(name)}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _query(name: str, schema: dict, description: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, **({"description": description} if description else {})}


def _cursor() -> dict[str, Any]:
    return _query("cursor", {"type": "string"}, "The next_cursor of the page before")


def _limit() -> dict[str, Any]:
    return _query("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50})


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
