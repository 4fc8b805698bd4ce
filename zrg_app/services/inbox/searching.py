"""Who is found by some words: by their name, company or address, by their subject, or by what was written? The indexes decide.

Names and addresses match from the start of a word; of subjects and messages (migration 0148) the last word counts as a beginning,
since it may still be typed, the others as whole. Nothing is bent to its stem.
"""

from dataclasses import dataclass, field
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.services import reading
from zrg_app.services.inbox.wanted import LONGEST_QUERY, ListFilter

# What was found is looked through again by the other filters, so with them more has to be found.
HITS, HITS_TO_NARROW = 100, 1000

_PEOPLE = "select search_people(%(workspace)s, %(search)s, %(hits)s) as lead_id"
_SUBJECTS = "select search_subjects(%(workspace)s, %(search)s, %(hits)s) as lead_id"
_MESSAGES = "select lead_id, message_id from search_messages(%(workspace)s, %(search)s, %(hits)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Leads found as people, by the subject, and by their newest message that holds the words. `by_address` says that a whole address
    was asked for."""

    people: frozenset[UUID] = frozenset()
    subjects: frozenset[UUID] = frozenset()
    messages: dict[UUID, UUID] = field(default_factory=dict)
    by_address: str = ""

    @property
    def leads(self) -> list[UUID]:
        """Everybody."""
        return list(self.people | self.subjects | self.messages.keys())


def find(tx: Tx, scope: Scope, wanted: ListFilter) -> Found | None:
    """The newest of each kind. A whole address that somebody has is looked up, not searched for. None without a search."""
    if not (search := words_of(wanted)):
        return None
    hits = HITS if wanted == ListFilter(view=wanted.view, search=wanted.search, sort=wanted.sort) else HITS_TO_NARROW
    asked = {"workspace": scope.workspace_id, "search": search, "hits": hits}
    people = frozenset(row["lead_id"] for row in fetch_all(tx, _PEOPLE, asked))
    address = reading.normalize_email(search) or ""
    if address and people:
        return Found(people=people, by_address=address)
    subjects = frozenset(row["lead_id"] for row in fetch_all(tx, _SUBJECTS, asked))
    messages: dict[UUID, UUID] = {}
    for row in fetch_all(tx, _MESSAGES, asked):
        messages.setdefault(row["lead_id"], row["message_id"])
    return Found(people=people, subjects=subjects, messages=messages)


def words_of(wanted: ListFilter) -> str:
    """What is searched for; empty when nothing is."""
    return wanted.search.replace("\x00", "").strip()[:LONGEST_QUERY]
