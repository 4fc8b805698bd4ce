"""What decides whether a draft may leave without a person? The facts and the rules, as plain values that can be kept and replayed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zrg_app.models.ai_vocabulary import AutoSendMode
from zrg_app.services.autosend.schedule import LAST_RESORT, Schedule
from zrg_app.services.llm import Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the lead when the rules are read. The defaults are those of a made-up lead in the playground."""

    blacklisted: bool = False
    opted_out: bool = False
    sms_dnd: bool = False
    has_phone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the evaluator said of a draft, and who asked what of whom."""

    confidence: float
    is_safe: bool
    needs_human: bool
    reason: str = ""
    model: str = ""
    prompt_hash: str = ""
    interaction_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything about one draft that decides. A fact that could not be established is told as the unsafe one.

    `seed` is the id of the reply; `asked_to_stop` is what its words say, whatever its label; `mistakes` are failed checks of
    drafting, `violations` codes of `invariants.py`, `matters` codes of `matters.py`; `judged`
    None means that no model gave a usable judgement (`failure` says why).
    """

    seed: str
    received_at: datetime
    now: datetime
    channel: str
    label: str
    body: str
    judged: Judgement | None = None
    failure: str = ""
    model_available: bool = True
    own_calendar: bool = False
    wants_call: bool = False
    has_phone: bool = False
    asked_to_stop: bool = False
    is_automatic: bool = False
    blacklisted: bool = False
    opted_out: bool = False
    sms_dnd: bool = False
    overseer_unmet: bool = False
    mistakes: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Under which rules it is decided. `killed` is the switch of the installation; `earned` are the labels that earned it."""

    mode: AutoSendMode
    killed: bool = False
    threshold: float = 0.9
    skips_review: bool = False
    delay: tuple[int, int] = (180, 420)
    schedule: Schedule = Schedule()
    zone: str = LAST_RESORT
    must_earn: bool = False
    earned: tuple[str, ...] = ()
    shadows: bool = False
    campaign_id: UUID | None = None
    campaign: str = ""
    overseer_on: bool = True
    overseer_model: str = ""
    evaluator_model: str = ""
    revises: bool = False
    revision_model: str = ""
    extraction_model: str = ""
    lead: Standing = Standing()
    prompts: Mapping[str, Prompt] = field(default_factory=dict)

    def as_if_on(self) -> "Rules":
        """The same rules with auto-send switched on and nothing to earn: what a shadow decision is made under."""
        return self.changed(mode=AutoSendMode.AI_AUTO_SEND, must_earn=False)

    def changed(self, **values: Any) -> "Rules":
        """The same rules but for `values`: for trials of another threshold, schedule or prompt."""
        return Rules(**{name: getattr(self, name) for name in self.__slots__} | values)
