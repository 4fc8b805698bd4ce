"""How do fault tests count what left?"""

from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.services import sending

IMPATIENT = 0.5
# Each provider's channel, and the part of the address that only its sending call has.
WAYS = {"emailbison": ("email", "/reply"), "ghl": ("sms", "/conversations/messages")}


def proof(stage: Stage) -> sending.SendOnce:
    """The count of sends and messages, printed, and held against its promise."""
    with db.transaction(stage.as_job) as tx:
        counted = sending.send_once(tx, stage.as_job)
    print(counted)
    assert counted.holds
    return counted
