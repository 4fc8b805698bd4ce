"""Who else of this lead's company do we talk with? By the company's name without its legal form, or by the domain of their mail."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit.db import Tx
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
_OTHERS = text("""
with same as (
  select id, min(way) as way from (
    (select id, 1 as way from lead where workspace_id = :workspace_id and company_key = :company limit 200)
    union all
    (select id, 2 from lead where workspace_id = :workspace_id and mail_domain = :domain limit 200)) found
  where id <> :lead_id group by id)
select l.id, l.first_name, l.last_name, l.email, l.phone, l.job_title, l.status, s.way, c.sentiment, c.last_message_at,
       c.done_at is not null as is_done, c.snoozed_until is not null as is_snoozed, c.needs_reply, count(*) over () as all_of_them
from same s join lead l on l.id = s.id join conversation c on c.lead_id = l.id
where l.merged_into is null
order by c.last_message_at desc, l.id desc limit :most
""")


def colleagues(tx: Tx, lead_id: UUID, *, workspace_id: UUID | None, company: str | None,
               domain: str | None) -> tuple[tuple[ColleagueView, ...], int]:
    """The leads of the same company who spoke last, and how many there are. `company` and `domain` are the lead's keys."""
    domain = None if domain in FREE_MAIL else domain
    if not company and not domain:
        return (), 0
    rows = tx.execute(_OTHERS, {"workspace_id": workspace_id, "company": company, "domain": domain, "lead_id": lead_id,
                                "most": MOST}).all()
    found = []
    for row in rows:
        name = naming.display_name(row.first_name, row.last_name, row.email, row.phone)
        state = "done" if row.is_done else "snoozed" if row.is_snoozed else "waits" if row.needs_reply else "answered"
        found.append(ColleagueView(
            lead_id=str(row.id), name=name, initials=naming.initials(name), hue=naming.hue(row.id), job_title=row.job_title or "",
            sentiment=row.sentiment or Sentiment.NEW, state=state, at=row.last_message_at.isoformat(),
            by_domain=domain or "" if row.way == 2 else ""))
    return tuple(found), rows[0].all_of_them if rows else 0
