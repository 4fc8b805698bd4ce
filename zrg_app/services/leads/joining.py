"""What is known of one person when two leads turn out to be them? Pure: two rows in, the joined values out.

Rows are mappings of JSON values as PostgreSQL's `to_jsonb` writes them; instants are ISO texts of one zone, so they compare.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from zrg_app.models.vocabulary import LeadStatus, Sentiment

Row = Mapping[str, Any]

FILLED = ("email", "phone", "linkedin_url", "job_title", "company", "website", "company_state", "industry", "employee_headcount",
          "timezone", "campaign_id")
_SENTIMENT = ("sentiment", "sentiment_source", "sentiment_reason", "sentiment_message_id", "sentiment_at")
_EITHER = ("has_draft", "needs_repair", "ai_sent", "ai_review")
_SMS = ("sms_dnd", "sms_dnd_at", "sms_dnd_reason")


def lead(keep: Row, gone: Row) -> dict[str, Any]:
    """The values of the lead that stays: its own first, gaps filled, and of two consents the stricter."""
    values = {name: keep[name] if keep[name] is not None else gone[name] for name in FILLED}
    if not keep["first_name"] and not keep["last_name"]:
        values |= {"first_name": gone["first_name"], "last_name": gone["last_name"]}
    values["facts"] = _facts(keep["facts"], gone["facts"])
    values["enrichment_status"] = _enrichment(keep, gone, values)
    return values | _consent(keep, gone) | _sms(keep, gone)


def conversation(keep: Row, gone: Row) -> dict[str, Any]:
    """What people and readers said of the two conversations, as one: open if either is, unread counted together."""
    newer = max((keep, gone), key=lambda row: (row["sentiment"] == Sentiment.BLACKLIST, row["sentiment_at"] or ""))
    owner = keep if keep["assignee_id"] else gone
    return {
        **{name: newer[name] for name in _SENTIMENT}, **_place(keep, gone),
        "unread_count": keep["unread_count"] + gone["unread_count"], "needs_reply": keep["needs_reply"] or gone["needs_reply"],
        **{name: keep[name] or gone[name] for name in _EITHER},
        "assignee_id": owner["assignee_id"], "assigned_at": owner["assigned_at"]}


def parted(before: Row, after: Row, now: Row, names: Iterable[str]) -> dict[str, Any]:
    """The values of the lead that stays once the other is its own again: what changed since the merge stays changed."""
    return {name: before[name] if now.get(name) == after.get(name) else now[name] for name in names if name in before}


def consent_since(after: Row, now: Row, gone: Row) -> dict[str, Any]:
    """What was said while both were one counts for both: the values by which the returning lead becomes stricter."""
    values: dict[str, Any] = {}
    if now["status"] == LeadStatus.BLACKLISTED and after["status"] != LeadStatus.BLACKLISTED:
        values |= {name: now[name] for name in ("status", "blacklist_reason", "opted_out_at")}
    elif now["opted_out_at"] and not after["opted_out_at"]:
        values["opted_out_at"] = now["opted_out_at"]
    if now["sms_dnd"] and not after["sms_dnd"] and not gone["sms_dnd"]:
        values |= {name: now[name] for name in _SMS}
    return values


def _facts(keep: Row, gone: Row) -> dict[str, Any]:
    both = {**gone, **keep}
    for name in set(keep) & set(gone):
        if isinstance(keep[name], dict) and isinstance(gone[name], dict):
            both[name] = {**gone[name], **keep[name]}
    return both


def _consent(keep: Row, gone: Row) -> dict[str, Any]:
    blocked = next((row for row in (keep, gone) if row["status"] == LeadStatus.BLACKLISTED), None)
    told = min((row["opted_out_at"] for row in (keep, gone) if row["opted_out_at"]), default=None)
    status = keep["status"] if keep["status"] != LeadStatus.NEW else gone["status"]
    reason = keep["blacklist_reason"] or gone["blacklist_reason"]
    return {"status": LeadStatus.BLACKLISTED.value if blocked else status, "opted_out_at": told, "blacklist_reason": reason}


def _sms(keep: Row, gone: Row) -> dict[str, Any]:
    stricter = max((keep, gone), key=lambda row: (row["sms_dnd"], row["sms_dnd_at"] or ""))
    return {name: stricter[name] for name in _SMS}


def _enrichment(keep: Row, gone: Row, values: Row) -> str | None:
    told = [row["enrichment_status"] for row in (keep, gone) if row["enrichment_status"]]
    if "enriched" in told:
        return "enriched"
    if values["phone"] and values["linkedin_url"] and "pending" in told:
        return "not_needed"
    return "pending" if "pending" in told else next(iter(told), None)


def _place(keep: Row, gone: Row) -> dict[str, Any]:
    if any(row["done_at"] is None and row["snoozed_until"] is None for row in (keep, gone)):
        return {"done_at": None, "snoozed_until": None}
    asleep = [row["snoozed_until"] for row in (keep, gone) if row["snoozed_until"]]
    if asleep:
        return {"done_at": None, "snoozed_until": min(asleep)}
    return {"done_at": max(keep["done_at"], gone["done_at"]), "snoozed_until": None}
