"""How do words half written come to the server and back, without a Reflex event per pause? One small request each."""

from dataclasses import asdict
from uuid import UUID

from starlette.routing import Route

from zrg_app.api.auth import refuse_other_sites
from zrg_app.api.errors import door
from zrg_app.api.requests import Call
from zrg_app.api.visiting import scope_of
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services.access import Permission
from zrg_app.services.inbox import kept

GONE = "This conversation is not here (any more)."
# A long answer twice, as it is and as it was begun, with every sign written out by JSON.
MOST = 1024 * 1024


@door()
def read(call: Call) -> dict:
    """What the visitor keeps for `?clientId=&leadId=`: `{kept: [{channel, base, body, version, at, answered_by}]}`."""
    scope, lead_id = _wanted(call)
    with transaction(scope) as tx:
        return {"kept": [asdict(words) for words in kept.kept(tx, scope, lead_id)]}


@door(limit=MOST)
def keep(call: Call) -> dict:
    """Keep `{channel, base, body, seen}`. Answers `{version}`, or `{other: {...}}` when other words were kept or sent meanwhile."""
    refuse_other_sites(call)
    scope, lead_id = _wanted(call)
    given = call.json()
    if not isinstance(given, dict):
        raise Invalid("These words cannot be kept.")
    with transaction(scope) as tx:
        other = kept.keep(tx, scope, lead_id, channel=given.get("channel"), base=given.get("base"), body=given.get("body"),
                          seen=given.get("seen"))
        if other is not None:
            return {"other": asdict(other)}
        return {"version": kept.version(tx, scope, lead_id, given["channel"])}


def _wanted(call: Call) -> tuple[Scope, UUID]:
    scope, lead_id = scope_of(call, Permission.ANSWER, gone=GONE), parse_id(call.request.query_params.get("leadId", ""))
    if lead_id is None:
        raise NotFound(GONE)
    return scope, lead_id


ROUTES = [Route("/api/words", read, methods=["GET"]), Route("/api/words", keep, methods=["PUT"])]
