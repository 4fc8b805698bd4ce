"""Which conversations are in the list, and in which order?

Two steps in one statement (PERFORMANCE section 5): 50 ids from a covering index alone, then those rows. Every order is walked by
its key: nothing is counted off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.conditions import OPEN, WAITS, conditions
from zrg_app.services.inbox.label_views import LabelMark
from zrg_app.services.inbox.marking import hits
from zrg_app.services.inbox.searching import find, words_of
from zrg_app.services.inbox.views import ConversationRow, ListPage
from zrg_app.services.inbox.wanted import ListFilter, Tags
from zrg_app.services.leads import naming

PAGE = 50

LABELS = """
array(select jsonb_build_array(b.id, b.name, b.hue) from lead_label g join label b on b.id = g.label_id and b.deleted_at is null
      where g.lead_id = c.lead_id order by lower(b.name)) as labels
"""
_ROWS = f"""
select c.lead_id, l.first_name, l.last_name, l.email, l.phone, l.company, c.channel, c.subject, c.snippet, c.sentiment,
       c.last_message_at, c.last_inbound_at, c.unread_count, c.needs_reply, c.has_draft, c.needs_repair, c.ai_sent, c.ai_review,
       c.done_at, c.snoozed_until, {OPEN} and c.needs_reply as waits, c.assignee_id, u.name as assignee_name,
       c.woke_at is not null as woke, {LABELS}
from conversation c join lead l on l.id = c.lead_id left join app_user u on u.id = c.assignee_id
where c.lead_id = any({{ids}})
"""
_TAGS = """
select l.campaign_id, array(select g.label_id from lead_label g where g.lead_id = l.id order by g.label_id) as labels
from lead l where l.id = %(lead)s and l.workspace_id = %(workspace)s
"""
_IDS = "array(select lead_id from conversation where {where} order by {order} limit %(limit)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One way through a list: its order, which conversations it meets, and the column its cursor names."""

    order: str
    beyond: str
    where: str = "true"
    column: str = "last_message_at"

    def backwards(self) -> "Walk":
        """The same way from its end."""
        parts = [part.strip() for part in self.order.split(",")]
        turned = ", ".join(part.removesuffix(" desc") if part.endswith(" desc") else f"{part} desc" for part in parts)
        return replace(self, order=turned, beyond=self.beyond.translate(str.maketrans("<>", "><")))


_NEWEST = Walk(order="last_message_at desc, lead_id desc", beyond="(last_message_at, lead_id) < (%(after_at)s, %(after_id)s)")
_OLDEST = Walk(order="last_message_at, lead_id", beyond="(last_message_at, lead_id) > (%(after_at)s, %(after_id)s)")
_WAITING = Walk(order="last_inbound_at, lead_id", beyond="(last_inbound_at, lead_id) > (%(after_at)s, %(after_id)s)", where=WAITS,
                column="last_inbound_at")
_REST = Walk(order=_NEWEST.order, beyond=_NEWEST.beyond, where=f"({WAITS}) is not true")
WALKS: dict[str, dict[str, Walk]] = {
    "newest": {"": _NEWEST}, "oldest": {"oldest": _OLDEST}, "waiting": {"waiting": _WAITING, "rest": _REST}}
"""The ways of each sort, one after the other, by the name their cursors carry."""


NOBODY_WAITS = frozenset({"snoozed", "done"})
"""Views in which nobody waits for us, so that the way of those who do is not walked."""


def list_page(tx: Tx, scope: Scope, wanted: ListFilter, *, after: str = "", before: str = "", limit: int = PAGE) -> ListPage:
    """One page of conversations after the cursor `after`, or the one that ends before `before`; `next_cursor` leads on that way.

    Raises Invalid for an unknown view, sort or cursor.
    """
    if wanted.sort not in WALKS:
        raise Invalid(f"There is no order called {wanted.sort[:40]!r}.")
    found_by_words, found = find(tx, scope, wanted), []
    for name, walk, place in _ways(WALKS[wanted.sort], after or before, backwards=bool(before)):
        if name == "waiting" and wanted.view in NOBODY_WAITS:
            continue
        chosen, parameters = conditions(scope, wanted, found_by_words)
        parameters["limit"] = limit + 1 - len(found)
        found += [(name, row) for row in _walk(tx, walk, place, chosen, parameters)]
        if len(found) > limit:
            break
    shown = found[:limit]
    next_cursor = _cursor(*shown[-1], WALKS[wanted.sort]) if len(found) > limit else ""
    rows = [row for _, row in (reversed(shown) if before else shown)]
    marks = hits(tx, found_by_words, words_of(wanted), rows) if found_by_words else ()
    return ListPage(rows=tuple(_row(row) for row in rows), next_cursor=next_cursor, hits=marks)


def place_of(row: ConversationRow, wanted: ListFilter) -> str:
    """The cursor that stands at a row of the list that is wanted."""
    name = _way_of(row, wanted)
    place = cursor.at_row(row.waits_since if name == "waiting" else row.last_message_at, row.lead_id)
    return f"{name}.{place}" if name else place


def _way_of(row: ConversationRow, wanted: ListFilter) -> str:
    """Which of the ways of its sort meets a row."""
    if wanted.sort != "waiting":
        return next(iter(WALKS[wanted.sort]))
    return "waiting" if row.waits_since and wanted.view not in NOBODY_WAITS else "rest"


def one_row(tx: Tx, scope: Scope, lead_id: UUID) -> ConversationRow | None:
    """The list row of one lead, for a live update; None when it is not there."""
    return next(iter(rows_of(tx, scope, (lead_id,))), None)


def rows_of(tx: Tx, scope: Scope, lead_ids: Sequence[UUID]) -> tuple[ConversationRow, ...]:
    """The list rows of these leads, newest first; of those that are not there none."""
    found = fetch_all(tx, f"{_ROWS.format(ids='%(leads)s')} order by {_of_row(_NEWEST.order)}", {"leads": list(lead_ids)})
    return tuple(_row(row) for row in found)


def marks(labels: Sequence[Sequence]) -> tuple[LabelMark, ...]:
    """The labels as `LABELS` reads them."""
    return tuple(LabelMark(id=label_id, name=name, hue=hue) for label_id, name, hue in labels)


def tags_of(tx: Tx, scope: Scope, lead_id: UUID) -> Tags:
    """What filters ask of a lead's conversation beyond its row."""
    found = fetch_all(tx, _TAGS, {"lead": lead_id, "workspace": scope.workspace_id})
    return Tags(campaign_id=str(found[0]["campaign_id"] or ""), label_ids=tuple(map(str, found[0]["labels"]))) if found else Tags()


def _ways(walks: dict[str, Walk], start: str, *, backwards: bool) -> list[tuple[str, Walk, str]]:
    """The ways that are left, the first of them from the place in `start`."""
    if backwards:
        walks = {name: walks[name].backwards() for name in reversed(walks)}
    name, _, place = start.rpartition(".") if start else (next(iter(walks)), "", "")
    if name not in walks:
        raise Invalid("That cursor is of another order; start again without it.")
    names = list(walks)[list(walks).index(name):]
    return [(each, walks[each], place if each == name else "") for each in names]


def _walk(tx: Tx, walk: Walk, place: str, chosen: list[str], parameters: dict[str, Any]) -> list[dict]:
    if walk.where != "true":
        chosen.append(walk.where)
    if place:
        parameters["after_at"], parameters["after_id"] = cursor.decode(place)
        chosen.append(walk.beyond)
    ids = _IDS.format(where=" and ".join(chosen), order=walk.order)
    return fetch_all(tx, f"{_ROWS.format(ids=ids)} order by {_of_row(walk.order)}", parameters)


def _of_row(order: str) -> str:
    return ", ".join(f"c.{part.strip()}" for part in order.split(","))


def _cursor(name: str, row: dict, walks: dict[str, Walk]) -> str:
    place = cursor.encode(row[walks[name].column], row["lead_id"])
    return f"{name}.{place}" if name else place


def _row(row: dict[str, Any]) -> ConversationRow:
    name = naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])
    assignee = row["assignee_name"] or ""
    return ConversationRow(
        lead_id=str(row["lead_id"]), name=name, initials=naming.initials(name), hue=naming.hue(row["lead_id"]),
        company=row["company"] or "", channel=row["channel"], subject=row["subject"] or "", snippet=row["snippet"],
        sentiment=row["sentiment"], last_message_at=row["last_message_at"].isoformat(), unread_count=row["unread_count"],
        needs_reply=row["needs_reply"], has_draft=row["has_draft"], needs_repair=row["needs_repair"],
        ai_sent=row["ai_sent"], ai_review=row["ai_review"],
        is_done=row["done_at"] is not None, snoozed_until=row["snoozed_until"].isoformat() if row["snoozed_until"] else "",
        waits_since=row["last_inbound_at"].isoformat() if row["waits"] and row["last_inbound_at"] else "",
        assignee_id=str(row["assignee_id"] or ""), assignee_name=assignee,
        assignee_initials=naming.initials(assignee) if assignee else "", labels=marks(row["labels"]), woke=row["woke"])
