"""Who is meant by a few letters of a name, a company or an address?"""

from dataclasses import dataclass

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.services.leads import naming

MOST = 8
LONGEST = 200

_PEOPLE = """
select c.lead_id, l.first_name, l.last_name, l.email, l.phone, l.company
from conversation c join lead l on l.id = c.lead_id
where c.workspace_id = %(workspace)s
  and c.lead_id = any(array(select search_people(%(workspace)s, %(text)s, %(most)s)))
order by c.last_message_at desc, c.lead_id desc limit %(most)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """A lead that a few letters may mean; `aside` is company and address in one line."""

    lead_id: str
    name: str
    aside: str
    initials: str
    hue: int


def find_people(tx: Tx, scope: Scope, text: str, *, most: int = MOST) -> tuple[PersonFound, ...]:
    """The leads of the workspace that `text` may mean, latest conversation first; none for an empty text."""
    wanted = text.strip()[:LONGEST].replace("\x00", "")
    if not wanted:
        return ()
    found = fetch_all(tx, _PEOPLE, {"workspace": scope.workspace_id, "text": wanted, "most": most})
    return tuple(_person(row) for row in found)


def _person(row: dict) -> PersonFound:
    name = naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])
    aside = " · ".join(part for part in (row["company"] or "", row["email"] or row["phone"] or "") if part and part != name)
    return PersonFound(lead_id=str(row["lead_id"]), name=name, aside=aside, initials=naming.initials(name), hue=naming.hue(row["lead_id"]))
