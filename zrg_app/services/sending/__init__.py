"""Messages on their way out: let go, taken back, sent exactly once, looked up when in doubt."""

from zrg_app.services.sending.actions import dismiss, queue, retry, undo
from zrg_app.services.sending.belonging import waiting_through
from zrg_app.services.sending.flows import reconcile, send
from zrg_app.services.sending.passage import refresh
from zrg_app.services.sending.permits import pause, permit
from zrg_app.services.sending.queries import failed, find, outgoing, pending, send_once, ways
from zrg_app.services.sending.resuming import resume_for_phone
from zrg_app.services.sending.sweeping import sweep
from zrg_app.services.sending.views import OutgoingView, SendOnce

__all__ = ["OutgoingView", "SendOnce", "dismiss", "failed", "find", "outgoing", "pause", "pending", "permit", "queue",
           "reconcile", "refresh", "resume_for_phone", "retry", "send", "send_once", "sweep", "undo", "waiting_through", "ways"]
