"""The people we reached out to: who is who, what is known of them, and whether we may write."""

from zrg_app.services.leads.actions import Match, find, find_or_create, known, make_primary_email, recognises, remember_address
from zrg_app.services.leads.campaigns import join_campaign, upsert_campaign
from zrg_app.services.leads.consent import allow_sms, blacklist, block_sms, unblacklist
from zrg_app.services.leads.edits import EDITABLE, update
from zrg_app.services.leads.queries import local_time, panel

__all__ = [
    "EDITABLE", "Match", "allow_sms", "blacklist", "block_sms", "find", "find_or_create", "join_campaign", "known", "local_time",
    "make_primary_email", "panel", "recognises", "remember_address", "unblacklist", "update", "upsert_campaign",
]
