"""What was done with conversations, and how is it taken back exactly as it was, unless somebody has gone on since?"""

from zrg_app.services.undo.acts import MOST_AT_ONCE
from zrg_app.services.undo.doing import perform
from zrg_app.services.undo.returning import take_back
from zrg_app.services.undo.views import Change, TakenBack, Undoable

__all__ = ["MOST_AT_ONCE", "Change", "TakenBack", "Undoable", "perform", "take_back"]
