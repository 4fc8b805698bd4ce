"""Who looks at which conversation now, and who types in it? What tabs say of themselves, for as long as they go on saying it.

The database's clock decides who is still here, so that several backend processes agree. Open screens are told of a change with a
panel word of its own, `presence`, for which no conversation is read again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit.db import Tx, at_once, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.services.access.views import hue, initials
from zrg_app.services.events import LIVE_CHANNEL
from zrg_app.services.jobs import job

PANEL = "presence"
# A tab speaks every 8 seconds, and every 4 while somebody types in it: two words may get lost.
LASTS, TYPING_LASTS = "20 seconds", "9 seconds"
MOST_MARKS = 200

_TELL = """select pg_notify(%(channel)s, json_build_object('workspace', told.workspace_id, 'lead', told.lead_id,
  'panels', json_build_array(%(panel)s::text))::text)"""
# Whoever speaks also sweeps out who has fallen silent; one that is being swept by another is left to them.
_SWEEP = f"""
with gone as (
  delete from presence where tab in (
    select tab from presence where seen_at < now() - %(lasts)s::interval order by tab limit 500 for update skip locked)
  returning workspace_id, lead_id)
{_TELL} from (select distinct workspace_id, lead_id from gone) told
"""
_KEEP = f"""
with former as (select workspace_id, lead_id, coalesce(typing_at > now() - %(typing_lasts)s::interval, false) as typing
                from presence where tab = %(tab)s),
kept as (
  insert into presence (tab, workspace_id, user_id, lead_id, typing_at, seen_at)
  select %(tab)s, c.workspace_id, %(user)s, c.lead_id, case when %(typing)s then now() end, now()
  from conversation c where c.lead_id = %(lead)s and c.workspace_id = %(workspace)s
  on conflict (tab) do update set lead_id = excluded.lead_id, typing_at = excluded.typing_at, seen_at = excluded.seen_at
  returning workspace_id, lead_id)
{_TELL} from (
  select kept.workspace_id, kept.lead_id from kept left join former on former.lead_id = kept.lead_id
  where %(anew)s or former.lead_id is null or former.typing <> %(typing)s
  union select former.workspace_id, former.lead_id from former, kept where former.lead_id <> kept.lead_id) told
"""
_LEAVE = f"""
with gone as (delete from presence where tab = %(tab)s returning workspace_id, lead_id) {_TELL} from gone told
"""
_ELSEWHERE = """
select distinct p.lead_id, u.name from presence p join app_user u on u.id = p.user_id
where p.workspace_id = %(workspace)s and p.user_id <> %(user)s and p.seen_at > now() - %(lasts)s::interval
order by u.name limit %(most)s
"""
_HERE = """
select p.lead_id, p.user_id, u.name, bool_or(coalesce(p.typing_at > now() - %(typing_lasts)s::interval, false)) as typing
from presence p join app_user u on u.id = p.user_id
where p.lead_id = any(%(leads)s) and p.workspace_id = %(workspace)s and p.seen_at > now() - %(lasts)s::interval
group by p.lead_id, p.user_id, u.name order by u.name
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """One person at a conversation, however many tabs they have there."""

    user_id: str
    name: str
    initials: str
    hue: int
    is_typing: bool


def say_here(scope: Scope, tab: str, lead_id: UUID | None, *, typing: bool = False, anew: bool = False) -> dict[str, str]:
    """The tab looks at a conversation (None: at none), and somebody types in it or not. Returns who else is where: name by lead.

    With `anew` screens are told though nothing changed, for a tab that has lost what it showed. One round trip; a conversation that
    is not in this workspace is as good as none.
    """
    words = _words(scope, tab) | {"lead": lead_id, "typing": typing, "anew": anew}
    rows = at_once(scope, (_SWEEP, words), (_KEEP, words) if lead_id else (_LEAVE, words), (_ELSEWHERE, words))
    found: dict[str, str] = {}
    for lead, name in rows:
        found[str(lead)] = f"{found[str(lead)]}, {name}" if str(lead) in found else name
    return found


def say_gone(scope: Scope, tab: str) -> None:
    """The tab looks at nothing any more: it closed, or nobody sees it."""
    at_once(scope, (_LEAVE, _words(scope, tab)))


def onlookers(tx: Tx, scope: Scope, leads: Iterable[UUID]) -> dict[str, tuple[Onlooker, ...]]:
    """Who is at each of these conversations now, by name; a lead nobody looks at is left out."""
    found: dict[str, list[Onlooker]] = defaultdict(list)
    for row in fetch_all(tx, _HERE, {"leads": list(leads), "workspace": scope.workspace_id, "lasts": LASTS, "typing_lasts": TYPING_LASTS}):
        found[str(row["lead_id"])].append(Onlooker(
            user_id=str(row["user_id"]), name=row["name"], initials=initials(row["name"]), hue=hue(row["user_id"]),
            is_typing=row["typing"]))
    return {lead: tuple(people) for lead, people in found.items()}


@job("inbox.sweep_presence")
def sweep_presence(scope: Scope) -> None:
    """Take out the tabs that fell silent where nobody else looks and so nobody sweeps; safe to repeat."""
    at_once(scope, (_SWEEP, {"channel": LIVE_CHANNEL, "panel": PANEL, "lasts": LASTS}))


def _words(scope: Scope, tab: str) -> dict:
    # The name a tab gives itself counts among its own person's tabs in this workspace only.
    return {"tab": f"{scope.workspace_id}.{scope.user_id}.{tab}", "user": scope.user_id, "workspace": scope.workspace_id,
            "channel": LIVE_CHANNEL, "panel": PANEL, "lasts": LASTS, "typing_lasts": TYPING_LASTS, "most": MOST_MARKS}
