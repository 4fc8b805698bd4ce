"""How does a tab say what it looks at? One small request every few seconds, beside the websocket.

`POST /api/presence?clientId=&leadId=&tab=&doing=look|type|leave`, with the session cookie and from our own pages only. Answers who
else is at which conversation, for the marks of the list; to somebody who is signed out it says so without being an error, because a
page may be left open for days.
"""

import re

from starlette.routing import Route

from zrg_app.api.auth import refuse_other_sites
from zrg_app.api.errors import door
from zrg_app.api.requests import Call
from zrg_app.api.visiting import scope_of
from zrg_app.kit.errors import Invalid, Unauthenticated
from zrg_app.kit.ids import parse_id
from zrg_app.services.access import Permission
from zrg_app.services.inbox import presence

DOINGS = ("look", "type", "leave")
_TAB = re.compile(r"[A-Za-z0-9]{8,64}")
_GONE = "This workspace is not there, or it is not shared with you."


@door(limit=1024)
def say(call: Call) -> dict:
    """Keep where a tab is. Typing is for those who may answer: a client looks on."""
    refuse_other_sites(call)
    query = call.request.query_params
    tab, doing = query.get("tab", ""), query.get("doing", "")
    if not _TAB.fullmatch(tab) or doing not in DOINGS:
        raise Invalid("A tab says its name and what it is doing.")
    try:
        scope = scope_of(call, Permission.ANSWER if doing == "type" else Permission.READ_INBOX, gone=_GONE)
    except Unauthenticated:
        return {"signed_out": True}
    if doing == "leave":
        presence.say_gone(scope, tab)
        return {"elsewhere": {}}
    return {"elsewhere": presence.say_here(
        scope, tab, parse_id(query.get("leadId", "")), typing=doing == "type", anew=query.get("anew") == "1")}


ROUTES = [Route("/api/presence", say, methods=["POST"])]
