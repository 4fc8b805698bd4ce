"""Are two leads one person, and how sure is that? Pure; the reasons are in decision 0009."""

from collections.abc import Mapping
from dataclasses import dataclass

from zrg_app.models.vocabulary import IdentityKind
from zrg_app.services.leads.matching import EXCLUSIVE, Identity

PERSONAL = (IdentityKind.EMAIL, IdentityKind.LINKEDIN_URL, IdentityKind.LINKEDIN_MEMBER)
"""What one person has for themselves. Phone numbers are shared by offices, families and switchboards."""

_WORDS = {IdentityKind.EMAIL: "e-mail address", IdentityKind.PHONE: "phone number", IdentityKind.LINKEDIN_URL: "LinkedIn profile",
          IdentityKind.LINKEDIN_MEMBER: "LinkedIn account"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two leads: its name and its primary identities (kind to value)."""

    first_name: str
    last_name: str
    primary: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What to do: merge by ourselves, or ask a person. `reason` is a sentence for people."""

    is_certain: bool
    reason: str


def judge(learner: Side, owner: Side, identity: Identity, *, told_by_record: bool) -> Judgement:
    """Weigh that `identity`, learnt for one lead, is another's already.

    Certain only when the provider's own record of the person says it (`told_by_record`), the identity is personal and the
    owner's primary one, and nothing speaks against it: no other value of that kind, no second id at one provider, no other name.
    """
    word = _WORDS.get(IdentityKind(identity.kind), "id at a provider")
    reason = f"Both have the {word} {identity.value}."
    if not told_by_record:
        return Judgement(is_certain=False, reason=f"{reason} It was not the provider's record that said so.")
    if identity.kind not in PERSONAL:
        return Judgement(is_certain=False, reason=f"{reason} People share such a thing; please look.")
    doubt = _doubt(learner, owner, identity)
    return Judgement(is_certain=doubt is None, reason=f"{reason} {doubt}" if doubt else reason)


def _doubt(learner: Side, owner: Side, identity: Identity) -> str | None:
    if owner.primary.get(identity.kind) != identity.value:
        return "For one of them it is only an address somebody answered from."
    if learner.primary.get(identity.kind, identity.value) != identity.value:
        return "One of them has another of its own."
    if any(learner.primary.get(kind) and owner.primary.get(kind) and learner.primary[kind] != owner.primary[kind]
           for kind in EXCLUSIVE):
        return "A provider knows them as two people."
    if not (_agree(learner.first_name, owner.first_name) and _agree(learner.last_name, owner.last_name)):
        return "Their names differ."
    return None


def _agree(one: str, other: str) -> bool:
    short, long = sorted((word.strip(" .").casefold() for word in (one, other)), key=len)
    return long.startswith(short)
