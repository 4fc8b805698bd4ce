"""Messages on their way out: let go, taken back, sent exactly once, looked up when in doubt."""

from zrg_app.services.sending import files
from zrg_app.services.sending.actions import dismiss, hold_scheduled, queue, retry, send_now, take_back, undo, wait_again
from zrg_app.services.sending.belonging import waiting_through
from zrg_app.services.sending.flows import reconcile, send
from zrg_app.services.sending.passage import refresh
from zrg_app.services.sending.permits import pause, permit
from zrg_app.services.sending.proof import Doubtful, KeyCount, Proof, decide, proof
from zrg_app.services.sending.queries import failed, find, outgoing, pending, send_once, ways
from zrg_app.services.sending.repair import it_arrived, look_again, send_again, settle
from zrg_app.services.sending.resuming import resume_for_phone
from zrg_app.services.sending.sweeping import sweep
from zrg_app.services.sending.views import OutgoingView, SendOnce, TakenBack

__all__ = [
    "Doubtful", "KeyCount", "OutgoingView", "Proof", "SendOnce", "TakenBack", "decide", "dismiss", "failed", "files", "find",
    "hold_scheduled", "it_arrived", "look_again", "outgoing", "pause", "pending", "permit", "proof", "queue", "reconcile",
    "refresh", "resume_for_phone", "retry", "send", "send_again", "send_now", "send_once", "settle", "sweep", "take_back", "undo",
    "wait_again", "waiting_through", "ways",
]
