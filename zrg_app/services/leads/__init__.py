"""The people we reached out to: who is who, what is known of them, and whether we may write."""

from zrg_app.services.leads.actions import Match, find_or_create, is_known, make_primary_email, remember_address
from zrg_app.services.leads.campaigns import join_campaign, upsert_campaign
from zrg_app.services.leads.consent import allow_sms, blacklist, block_sms, unblacklist
from zrg_app.services.leads.edits import EDITABLE, update
from zrg_app.services.leads.queries import local_time, panel

__all__ = [
    "EDITABLE", "Match", "allow_sms", "blacklist", "block_sms", "find_or_create", "is_known", "join_campaign", "local_time",
    "make_primary_email", "panel", "remember_address", "unblacklist", "update", "upsert_campaign",
]
