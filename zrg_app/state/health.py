"""Which connections of the workspace do not work? Shown above every page until somebody mends them."""

from zrg_app.services.connections import TroubleView
from zrg_app.state.base import BaseState


class HealthState(BaseState):
    """The troubles everybody sees. `may_mend` decides whether the way to the card is offered, never what may be done there."""

    troubles: tuple[TroubleView, ...] = ()
    may_mend: bool = False

    def _show(self, troubles: tuple[TroubleView, ...], *, may_mend: bool | None = None) -> None:
        if troubles != self.troubles:
            self.troubles = troubles
        if may_mend is not None:
            self.may_mend = may_mend
