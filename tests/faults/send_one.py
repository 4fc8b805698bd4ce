"""A worker in a process of its own, so that a test can kill it: `send_one <workspace id> <outbound ids, comma separated> [ahead]`.

`ahead` is an instant its clock stands still at; without it the clock is fifteen seconds ahead, past the undo window.
"""

import sys
from datetime import datetime, timedelta
from uuid import UUID

import zrg_app.services.reactions  # noqa: F401 because importing it registers what follows from facts
from zrg_app.kit import clock
from zrg_app.kit.scope import Actor, Scope
from zrg_app.services import sending

workspace_id, outbound_ids = UUID(sys.argv[1]), [UUID(each) for each in sys.argv[2].split(",")]
ahead = datetime.fromisoformat(sys.argv[3]) if len(sys.argv) > 3 else clock.now() + timedelta(seconds=15)
with clock.frozen(ahead):
    for outbound_id in outbound_ids:
        sending.send(Scope(actor=Actor(kind="job", name="job sending.send"), workspace_id=workspace_id), outbound_id=outbound_id)
