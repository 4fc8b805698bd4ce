"""A worker of one job in a process of its own, so that a test can kill it: `send_one <workspace id> <outbound id>`."""

import sys
from datetime import timedelta
from uuid import UUID

import zrg_app.services.reactions  # noqa: F401 because importing it registers what follows from facts
from zrg_app.kit import clock
from zrg_app.kit.scope import Actor, Scope
from zrg_app.services import sending

workspace_id, outbound_id = (UUID(argument) for argument in sys.argv[1:])
with clock.frozen(clock.now() + timedelta(seconds=15)):
    sending.send(Scope(actor=Actor(kind="job", name="job sending.send"), workspace_id=workspace_id), outbound_id=outbound_id)
