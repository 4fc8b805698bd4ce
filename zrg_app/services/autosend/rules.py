"""Under which rules is auto-send decided for a lead? The installation's switch, then the campaign, then the lead's own flag."""

from typing import Any
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models.ai_vocabulary import AutoSendMode, ResponseMode
from zrg_app.models.vocabulary import LeadStatus
from zrg_app.services import llm
from zrg_app.services.autosend import earning, schedule
from zrg_app.services.autosend.facts import Rules, Standing

PROMPTS = ("autosend.extract", "autosend.oversee", "autosend.evaluate", "autosend.revise")

_SETTINGS = """
select s.*, k.id as k_id, k.name as k_name, k.response_mode, k.auto_send_threshold, k.auto_send_delay_min_seconds,
       k.auto_send_delay_max_seconds, k.auto_send_skip_review as k_skip_review, k.auto_send_schedule as k_schedule
from workspace_settings s left join campaign k on k.workspace_id = s.workspace_id and k.id = %(campaign)s
where s.workspace_id = %(workspace)s
"""
_LEAD = """
select campaign_id, auto_reply, timezone, status, blacklist_reason, opted_out_at, sms_dnd, phone from lead
where id = %(lead)s and workspace_id = %(workspace)s
"""


def rules_for(tx: Tx, scope: Scope, lead_id: UUID | None, *, campaign_id: UUID | None = None) -> Rules:
    """The rules for a lead as they are now; with no lead those of `campaign_id` for somebody made up. Raises NotFound."""
    lead = _lead(tx, scope, lead_id) if lead_id else None
    chosen = lead["campaign_id"] if lead else campaign_id
    row = fetch_one(tx, _SETTINGS, {"workspace": scope.workspace_id, "campaign": chosen})
    if row is None:
        raise NotFound("This workspace is not there.")
    known, in_campaign = settings(), row["k_id"] is not None
    return Rules(
        mode=mode_of(killed=known.auto_send_disabled, response_mode=row["response_mode"] if in_campaign else None,
                     auto_reply=bool(lead and lead["auto_reply"])),
        killed=known.auto_send_disabled, schedule=_schedule(row), must_earn=row["auto_send_must_earn"],
        zone=schedule.usable_zone(lead["timezone"] if lead else None, row["timezone"]),
        earned=earning.earned_labels(tx, scope, rate=row["auto_send_earn_rate"], replies=row["auto_send_earn_replies"],
                                     now=clock.now()) if row["auto_send_must_earn"] else (),
        shadows=row["auto_send_shadow"], campaign_id=row["k_id"], campaign=row["k_name"] or "", skips_review=_skips(row),
        overseer_on=row["overseer_enabled"], overseer_model=row["draft_verification_model"] or known.overseer_model,
        evaluator_model=row["auto_send_evaluator_model"] or known.auto_send_evaluator_model,
        revises=row["auto_send_revision_enabled"], revision_model=known.auto_send_revision_model,
        extraction_model=known.overseer_model, lead=_standing(lead) if lead else Standing(),
        prompts={key: llm.prompt_for(tx, scope, key) for key in PROMPTS}, **_pace(row))


def mode_of(*, killed: bool, response_mode: str | None, auto_reply: bool) -> AutoSendMode:
    """The mode by precedence (FACTS section 8.1). `response_mode` is None where there is no campaign. Pure."""
    if killed:
        return AutoSendMode.DISABLED
    if response_mode is not None:
        return AutoSendMode.AI_AUTO_SEND if response_mode == ResponseMode.AI_AUTO_SEND else AutoSendMode.DISABLED
    return AutoSendMode.LEGACY_AUTO_REPLY if auto_reply else AutoSendMode.DISABLED


def _lead(tx: Tx, scope: Scope, lead_id: UUID) -> dict[str, Any]:
    row = fetch_one(tx, _LEAD, {"lead": lead_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("There is no such lead.")
    return row


def _standing(lead: dict[str, Any]) -> Standing:
    return Standing(blacklisted=lead["status"] == LeadStatus.BLACKLISTED or bool(lead["blacklist_reason"]),
                    opted_out=lead["opted_out_at"] is not None, sms_dnd=lead["sms_dnd"], has_phone=bool(lead["phone"]))


def _skips(row: dict[str, Any]) -> bool:
    return row["auto_send_skip_review"] if row["k_skip_review"] is None else row["k_skip_review"]


def _pace(row: dict[str, Any]) -> dict[str, Any]:
    """Threshold and delay are a campaign's; who has none keeps the usual ones."""
    if row["k_id"] is None:
        return {}
    return {"threshold": row["auto_send_threshold"],
            "delay": (row["auto_send_delay_min_seconds"], row["auto_send_delay_max_seconds"])}


def _schedule(row: dict[str, Any]) -> schedule.Schedule:
    hours = (row["work_start_time"], row["work_end_time"])
    own = schedule.read(row["k_schedule"], hours=hours) if row["k_schedule"] is not None else None
    return schedule.joined(schedule.read(row["auto_send_schedule"], hours=hours), own)
