"""Which words does a workspace put on its conversations, and on which of them do they stand?"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import events
from zrg_app.services.inbox.actions import locked_all
from zrg_app.services.inbox.label_views import LabelView

LONGEST_NAME, MOST_LABELS = 40, 200
# What a new label may be coloured with: apart enough to be told from each other, chosen in turn.
HUES = (262, 215, 185, 150, 95, 60, 30, 5, 340, 300)

_ALL = """
select b.id, b.name, b.hue, (select count(*)::int from lead_label g where g.label_id = b.id) as number
from label b where b.workspace_id = %(workspace)s and b.deleted_at is null order by lower(b.name)
"""
_ONE = "select id, name, hue from label where id = %(label)s and workspace_id = %(workspace)s and deleted_at is null for no key update"
_MAKE = """
insert into label (id, workspace_id, name, hue, created_at) values (%(label)s, %(workspace)s, %(name)s, %(hue)s, %(now)s)
on conflict (workspace_id, lower(name)) where deleted_at is null do nothing returning id
"""
_TAKEN = """
select id from label where workspace_id = %(workspace)s and lower(name) = lower(%(name)s) and deleted_at is null and id <> %(label)s
"""
_CHANGE = "update label set name = %(name)s, hue = %(hue)s where id = %(label)s returning id"
_DELETE = "update label set deleted_at = %(now)s where id = %(label)s returning id"
_RESTORE = """
update label b set deleted_at = null where b.id = %(label)s and b.workspace_id = %(workspace)s and b.deleted_at = %(deleted)s
  and not exists (select from label o where o.workspace_id = b.workspace_id and lower(o.name) = lower(b.name) and o.deleted_at is null)
returning name
"""
_PUT = """
insert into lead_label (lead_id, label_id, workspace_id, created_at)
select lead, %(label)s, %(workspace)s, %(now)s from unnest(%(leads)s::uuid[]) lead on conflict do nothing returning lead_id
"""
_TAKE = "delete from lead_label where label_id = %(label)s and lead_id = any(%(leads)s) returning lead_id"
_LACKING = """
select lead from unnest(%(leads)s::uuid[]) lead where not exists (
  select from lead_label g where g.lead_id = lead and g.label_id = %(label)s) limit 1
"""


def labels(tx: Tx, scope: Scope) -> tuple[LabelView, ...]:
    """The labels of the workspace by name, each with how many leads carry it."""
    found = fetch_all(tx, _ALL, {"workspace": scope.workspace_id})
    return tuple(LabelView(id=str(row["id"]), name=row["name"], hue=row["hue"], number=row["number"]) for row in found)


def create_label(tx: Tx, scope: Scope, *, name: str, hue: int | None = None) -> UUID:
    """Make a label; the one of that name if there is one. Raises Invalid for an empty or long name, Conflict for too many."""
    known = labels(tx, scope)
    said = _named(name)
    same = next((each for each in known if each.name.lower() == said.lower()), None)
    if same:
        return UUID(same.id)
    if len(known) >= MOST_LABELS:
        raise Conflict(f"A workspace can have {MOST_LABELS} labels; delete one first.")
    label_id = ids.new_id()
    colour = HUES[len(known) % len(HUES)] if hue is None else hue % 360
    if not fetch_all(tx, _MAKE, _values(scope, label_id, name=said, hue=colour)):
        # Somebody else has just made it.
        return fetch_one(tx, _TAKEN, _values(scope, label_id, name=said))["id"]
    events.record(tx, scope, events.LabelChanged(change="created", detail=said))
    return label_id


def change_label(tx: Tx, scope: Scope, label_id: UUID, *, name: str | None = None, hue: int | None = None) -> None:
    """Call a label otherwise or give it another colour. Raises NotFound, Invalid, Conflict when the name is taken."""
    now = _label(tx, scope, label_id)
    said = now["name"] if name is None else _named(name)
    if fetch_one(tx, _TAKEN, _values(scope, label_id, name=said)):
        raise Conflict(f"There is a label “{said}” already.")
    if (said, hue) != (now["name"], None):
        fetch_all(tx, _CHANGE, _values(scope, label_id, name=said, hue=now["hue"] if hue is None else hue % 360))
        events.record(tx, scope, events.LabelChanged(change="changed", detail=said))
        events.tell_screens(tx, scope, ("list", "thread"))


def delete_label(tx: Tx, scope: Scope, label_id: UUID) -> datetime:
    """Put a label aside with everything it stands on; `restore_label` brings both back by the moment returned. Raises NotFound."""
    name, values = _label(tx, scope, label_id)["name"], _values(scope, label_id)
    fetch_all(tx, _DELETE, values)
    events.record(tx, scope, events.LabelChanged(change="deleted", detail=name))
    events.tell_screens(tx, scope, ("list", "thread"))
    return values["now"]


def restore_label(tx: Tx, scope: Scope, label_id: UUID, *, deleted_at: datetime) -> None:
    """Bring a deleted label back where it stood. Raises Conflict when another has taken its name or it is back already."""
    row = fetch_one(tx, _RESTORE, _values(scope, label_id, deleted=deleted_at))
    if row is None:
        raise Conflict("The label cannot come back: another one has its name now.")
    events.record(tx, scope, events.LabelChanged(change="restored", detail=row["name"]))
    events.tell_screens(tx, scope, ("list", "thread"))


def put_on(tx: Tx, scope: Scope, *lead_ids: UUID, label_id: UUID) -> None:
    """Put a label on conversations. Says nothing of those that carry it. Raises NotFound."""
    _set(tx, scope, lead_ids, label_id, _PUT, "labelled")


def take_off(tx: Tx, scope: Scope, *lead_ids: UUID, label_id: UUID) -> None:
    """Take a label off conversations. Says nothing of those without it. Raises NotFound."""
    _set(tx, scope, lead_ids, label_id, _TAKE, "unlabelled")


def toggle_label(tx: Tx, scope: Scope, *lead_ids: UUID, label_id: UUID) -> None:
    """Put a label on, unless all of the conversations carry it: then take it off. Raises NotFound."""
    carried = fetch_one(tx, _LACKING, {"leads": list(lead_ids), "label": label_id}) is None
    (take_off if carried else put_on)(tx, scope, *lead_ids, label_id=label_id)


def label_name(tx: Tx, scope: Scope, label_id: UUID) -> str:
    """What a label is called. Raises NotFound."""
    return _label(tx, scope, label_id)["name"]


def _set(tx: Tx, scope: Scope, lead_ids: Sequence[UUID], label_id: UUID, statement: str, change: str) -> None:
    label = _label(tx, scope, label_id)
    here = {each.lead_id: each for each in locked_all(tx, scope, lead_ids)}
    changed = [row["lead_id"] for row in fetch_all(tx, statement, _values(scope, label_id, leads=list(here)))]
    for lead_id in changed:
        here[lead_id].updated_at = clock.now()
    tx.flush()
    events.record_all(tx, scope, [events.ConversationChanged(lead_id=lead_id, change=change, detail=label["name"])
                                  for lead_id in sorted(changed)])


def _label(tx: Tx, scope: Scope, label_id: UUID) -> dict:
    row = fetch_one(tx, _ONE, _values(scope, label_id))
    if row is None:
        raise NotFound("That label is not there (any more).")
    return row


def _named(name: str) -> str:
    said = " ".join(name.replace("\x00", "").split())
    if not said or len(said) > LONGEST_NAME:
        raise Invalid(f"The name of a label has between 1 and {LONGEST_NAME} characters.")
    return said


def _values(scope: Scope, label_id: UUID, **more: object) -> dict[str, object]:
    return {"workspace": scope.workspace_id, "label": label_id, "now": clock.now(), **more}
