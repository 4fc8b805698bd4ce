"""How does a page follow a try that a job works on? It looks again until the try is over, for the visitor's own tab."""

import asyncio

import reflex as rx

from zrg_app.services.trials import TrialView

LOOK_EVERY, MOST_LOOKS = 0.5, 1200
"""Seconds between two looks; after ten minutes of them the page stops looking."""

OVER = ("done", "failed")


class WatchedTrial(rx.State, mixin=True):
    """What a state has that shows a try: `shown`, and `watch`, which calls its `_show(trial_id)` again until the try is over."""

    shown: TrialView | None = None
    _watches: bool = False

    @rx.event(background=True)
    async def watch(self):
        """Look at the try until it is over; for this tab only."""
        async with self:
            if self._watches:
                return
            self._watches = True
        try:
            for _ in range(MOST_LOOKS):
                async with self:
                    if self.shown is None or self.shown.status in OVER:
                        return
                    await self._show(self.shown.id)
                await asyncio.sleep(LOOK_EVERY)
        finally:
            async with self:
                self._watches = False
