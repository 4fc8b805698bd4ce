"""Has a label earned that its drafts leave without a person? By what people did with its last drafts (pure, but for one query).

Only drafts count that would have left: in shadow, for want of this very right, or held by a person in the delay. Were the doubtful
ones counted, a label would lose the right by having it, because then people see nothing but the doubtful ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services.sentiment.policy import DRAFTED

# What was approved a year ago says little about today's prompts.
OLDEST = timedelta(days=180)
UNEDITED, EDITED, REJECTED = "approved", "edited", "rejected"
PEOPLE_SAID = (UNEDITED, EDITED, REJECTED)

_LAST = """
select label, outcome from (
  select sentiment as label, outcome, row_number() over (partition by sentiment order by settled_at desc, id desc) as place
  from auto_send_decision
  where workspace_id = %(workspace)s and outcome = any(%(said)s) and settled_at > %(since)s
    and reasons <@ array['label_not_earned']) as told
where place <= %(replies)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a label stands: of its last `replies` (at most `wanted`) drafts that people settled, `unedited` were sent as they were."""

    label: str
    replies: int
    unedited: int
    wanted: int
    bar: float

    @property
    def rate(self) -> float:
        """The share sent as written; zero where nothing was settled."""
        return self.unedited / self.replies if self.replies else 0.0

    @property
    def earned(self) -> bool:
        """Whether it passes: enough replies, and enough of them unedited. Lost by the same rule."""
        return self.replies >= self.wanted and self.rate >= self.bar


def judge(outcomes: Iterable[tuple[str, str]], *, rate: float, replies: int) -> tuple[Standing, ...]:
    """The standing of every label that is answered by drafts, from (label, outcome) of its last settled drafts. Pure."""
    told = list(outcomes)
    labels = sorted({str(label) for label in DRAFTED - {Sentiment.CALL_REQUESTED}} | {label for label, _ in told})
    return tuple(Standing(label=label, replies=sum(one == label for one, _ in told), wanted=replies, bar=rate,
                          unedited=sum(one == label and outcome == UNEDITED for one, outcome in told)) for label in labels)


def standings(tx: Tx, scope: Scope, *, rate: float, replies: int, now: datetime) -> tuple[Standing, ...]:
    """How every label of the workspace stands now."""
    rows = fetch_all(tx, _LAST, {"workspace": scope.workspace_id, "said": list(PEOPLE_SAID), "since": now - OLDEST,
                                 "replies": replies})
    return judge(((row["label"], row["outcome"]) for row in rows), rate=rate, replies=replies)


def earned_labels(tx: Tx, scope: Scope, *, rate: float, replies: int, now: datetime) -> tuple[str, ...]:
    """The labels that have earned auto-send."""
    return tuple(one.label for one in standings(tx, scope, rate=rate, replies=replies, now=now) if one.earned)
