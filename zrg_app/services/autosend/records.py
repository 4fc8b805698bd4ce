"""How are facts and rules kept in a decision, and how are they read back so that it can be decided again? Pure."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from zrg_app.models.ai_vocabulary import AutoSendMode
from zrg_app.services.autosend.facts import Facts, Judgement, Rules, Standing
from zrg_app.services.autosend.schedule import Schedule

_NOT_KEPT = frozenset({"prompts"})


def facts_kept(facts: Facts) -> dict[str, Any]:
    """Facts as a JSON document."""
    return _plain(asdict(facts))


def rules_kept(rules: Rules) -> dict[str, Any]:
    """Rules as a JSON document; of prompts only their hashes."""
    kept = {one.name: getattr(rules, one.name) for one in fields(rules) if one.name not in _NOT_KEPT}
    kept |= {"schedule": asdict(rules.schedule), "lead": asdict(rules.lead)}
    return _plain(kept | {"prompt_hashes": {key: prompt.hash for key, prompt in rules.prompts.items()}})


def facts_read(kept: Mapping[str, Any]) -> Facts:
    """The facts of a decision again. What an older version did not know has its default."""
    told = _known(Facts, kept)
    for name in ("received_at", "now"):
        told[name] = datetime.fromisoformat(told[name])
    for name in ("mistakes", "violations", "matters"):
        told[name] = tuple(told.get(name) or ())
    judged = told.get("judged")
    return Facts(**told | {"judged": Judgement(**_known(Judgement, judged)) if judged else None})


def rules_read(kept: Mapping[str, Any]) -> Rules:
    """The rules of a decision again, without the prompts."""
    told = _known(Rules, kept)
    schedule = _known(Schedule, told.get("schedule") or {})
    lists = {name: tuple(schedule[name]) for name in ("days", "worked", "dates") if name in schedule}
    pairs = {"ranges": tuple(tuple(one) for one in schedule.get("ranges", ()))}
    return Rules(**told | {
        "mode": AutoSendMode(told["mode"]), "delay": tuple(told.get("delay") or (180, 420)), "earned": tuple(told.get("earned") or ()),
        "schedule": Schedule(**schedule | lists | pairs), "lead": Standing(**_known(Standing, told.get("lead") or {})),
        "campaign_id": UUID(told["campaign_id"]) if told.get("campaign_id") else None})


def _known(kind: type, kept: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)} - _NOT_KEPT
    return {name: value for name, value in kept.items() if name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value
