"""Who else of this lead's company do we talk with? By the company's name without its legal form, or by the domain of their mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zrg_app.models.vocabulary import Sentiment
from zrg_app.services.leads import naming
from zrg_app.services.leads.views import ColleagueView

MOST = 6
FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "yahoo.co.uk",
    "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.de", "gmx.net", "web.de",
    "mail.com", "zoho.com", "fastmail.com", "hey.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "cox.net",
    "bellsouth.net", "charter.net", "mail.ru", "yandex.ru", "qq.com", "163.com", "126.com", "t-online.de", "orange.fr", "free.fr",
    "libero.it", "btinternet.com"})
"""Domains of mail whose people have no company in common."""

# Each by its own index; who fits both ways is listed once, by the name.
COLLEAGUES = f"""
with same as (
  select id, min(way) as way from (
    (select o.id, 1 as way from lead o where o.workspace_id = l.workspace_id and o.company_key = nullif(l.company_key, '') limit 200)
    union all
    (select o.id, 2 from lead o where o.workspace_id = l.workspace_id and o.mail_domain = l.mail_domain
       and l.mail_domain <> '' and l.mail_domain <> all(%(free_mail)s) limit 200)) found
  where id <> l.id group by id)
select o.id, o.first_name, o.last_name, o.email, o.phone, o.job_title, o.mail_domain, s.way, c.sentiment, c.last_message_at,
       c.done_at is not null as is_done, c.snoozed_until is not null as is_snoozed, c.needs_reply, count(*) over () as all_of_them
from same s join lead o on o.id = s.id join conversation c on c.lead_id = o.id
where o.merged_into is null
order by c.last_message_at desc, o.id desc limit {MOST}
"""
"""The leads of the same company as the lead `l` who spoke last; `%(free_mail)s` is FREE_MAIL."""


def colleagues(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[ColleagueView, ...], int]:
    """What a panel shows of the rows of COLLEAGUES, and how many colleagues there are in all. Pure."""
    return tuple(_colleague(row) for row in rows), rows[0]["all_of_them"] if rows else 0


def _colleague(row: Mapping[str, Any]) -> ColleagueView:
    name = naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])
    state = "done" if row["is_done"] else "snoozed" if row["is_snoozed"] else "waits" if row["needs_reply"] else "answered"
    return ColleagueView(
        lead_id=str(row["id"]), name=name, initials=naming.initials(name), hue=naming.hue(row["id"]), job_title=row["job_title"] or "",
        sentiment=row["sentiment"] or Sentiment.NEW, state=state, at=datetime.fromisoformat(row["last_message_at"]).isoformat(),
        by_domain=row["mail_domain"] if row["way"] == 2 else "")
