"""What happens when something becomes true? Each fact, and the jobs it sets going: the whole list on one page.

Importing this module also registers every job, because it stands at the top of the ladder.
"""

from collections.abc import Callable

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import events, jobs

Reaction = Callable[[Tx, Scope, events.Fact], None]

REACTIONS: dict[type[events.Fact], tuple[Reaction, ...]] = {
}


def react(tx: Tx, scope: Scope, fact: events.Fact) -> None:
    """Start the jobs that `fact` causes, in the caller's transaction."""
    for reaction in REACTIONS.get(type(fact), ()):
        reaction(tx, scope, fact)


events.install(react)
_ = jobs
