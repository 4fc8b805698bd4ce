"""The people we reached out to: who is who, what is known of them, and whether we may write."""

from zrg_app.services.leads.actions import Match, find, find_or_create, make_primary_email, recognises, remember_address, survivor
from zrg_app.services.leads.addresses import is_alternate, promote, retire
from zrg_app.services.leads.campaigns import join_campaign, upsert_campaign
from zrg_app.services.leads.checking import EDITABLE
from zrg_app.services.leads.comparing import candidates, compare
from zrg_app.services.leads.consent import allow_sms, blacklist, block_sms, unblacklist
from zrg_app.services.leads.editing import Edited, edit, take_back
from zrg_app.services.leads.edits import update
from zrg_app.services.leads.filling import fill, fill_fact, mark
from zrg_app.services.leads.following import living, lock_living
from zrg_app.services.leads.identity import claim
from zrg_app.services.leads.merging import merge
from zrg_app.services.leads.queries import local_time, panel
from zrg_app.services.leads.suggesting import dismiss, merge_certain, suggest
from zrg_app.services.leads.unmerging import unmerge
from zrg_app.services.leads.writers import ask_to_stop, stop_writer

__all__ = [
    "EDITABLE", "Edited", "Match", "allow_sms", "ask_to_stop", "blacklist", "block_sms", "candidates", "claim", "compare",
    "dismiss", "edit", "fill", "fill_fact", "find", "find_or_create", "is_alternate", "join_campaign", "living", "local_time",
    "lock_living", "make_primary_email", "mark", "merge", "merge_certain", "panel", "promote", "recognises", "remember_address",
    "retire", "stop_writer", "suggest", "survivor", "take_back", "unblacklist", "unmerge", "update", "upsert_campaign",
]
