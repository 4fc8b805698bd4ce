"""A worker of auto-send in a process of its own, so that a test can kill it: `auto_send_one <workspace id> <decision id> <instant>`.

Its clock stands still at the instant; it sends what was decided, then what the outbox holds.
"""

import sys
from datetime import datetime, timedelta
from uuid import UUID

import zrg_app.services.reactions  # noqa: F401 because importing it registers what follows from facts
from zrg_app.kit import clock
from zrg_app.kit.scope import Actor, Scope
from zrg_app.services import autosend, sending

workspace_id, decision_id, at = UUID(sys.argv[1]), UUID(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
scope = Scope(actor=Actor(kind="job", name="job autosend.send"), workspace_id=workspace_id)
with clock.frozen(at):
    sent = autosend.send(scope, decision_id=decision_id)
if sent:
    with clock.frozen(at + timedelta(seconds=1)):
        sending.send(scope, outbound_id=UUID(sent["outbound"]))
