"""Who works in this workspace, how is each of them named in a note, and who of them may see a conversation?"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Role
from zrg_app.services.access import policy

_PEOPLE = """
select u.id, u.name, u.email, u.id = w.owner_id as owned,
       array(select m.role from member m where m.workspace_id = w.id and m.user_id = u.id) as roles
from workspace w
join app_user u on u.id = w.owner_id or exists (select from member m where m.workspace_id = w.id and m.user_id = u.id)
where w.id = %(workspace)s and u.disabled_at is null order by u.id <> w.owner_id, lower(u.name), u.id
"""
_SEEN = """
select c.assignee_id, s.setters_see_own_only from conversation c join workspace_settings s on s.workspace_id = c.workspace_id
where c.lead_id = %(lead)s and c.workspace_id = %(workspace)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with a login who belongs to the workspace. `handle` is what stands after the @: the name, and where two people
    have one name, the address behind it."""

    user_id: UUID
    name: str
    handle: str
    role: Role


def colleagues(tx: Tx, scope: Scope) -> tuple[Colleague, ...]:
    """The people of the workspace whose login is open, its owner first."""
    rows = fetch_all(tx, _PEOPLE, {"workspace": scope.workspace_id})
    named = [(row, plain_name(row["name"]) or row["email"]) for row in rows]
    number = Counter(name.casefold() for _, name in named)
    return tuple(
        Colleague(user_id=row["id"], name=name, role=policy.highest([Role.OWNER] * row["owned"] + [Role(role) for role in row["roles"]]),
                  handle=name if number[name.casefold()] == 1 else f"{name} ({row['email']})") for row, name in named)


def who_see(tx: Tx, scope: Scope, lead_id: UUID, people: tuple[Colleague, ...]) -> frozenset[UUID]:
    """Those of `people` who may see the conversation of a lead: where setters see their own only, no setter sees another's."""
    row = fetch_one(tx, _SEEN, {"lead": lead_id, "workspace": scope.workspace_id})
    if row is None:
        return frozenset()
    own_only = row["setters_see_own_only"]
    return frozenset(one.user_id for one in people
                     if not own_only or one.role is not Role.SETTER or one.user_id == row["assignee_id"])


def plain_name(name: str) -> str:
    """A name on one line, in composed letters, as it is written and looked for. Pure."""
    return " ".join(unicodedata.normalize("NFC", name).split())
