"""How is any text for a lead put right and held against what is known? For drafts, their verification and later revisions."""

from dataclasses import dataclass

from zrg_app.models.ai_vocabulary import MemorySource
from zrg_app.models.vocabulary import Channel, Direction
from zrg_app.services.drafting.checks import Proposal, faults, warnings
from zrg_app.services.drafting.checks.links import addresses_in, canonical
from zrg_app.services.drafting.context import offer_of, opt_out_of
from zrg_app.services.drafting.material import Material
from zrg_app.services.drafting.mending import House, mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A mended text with the checks it fails (sentence to what was found) and what a person might mind."""

    body: str
    faults: dict[str, str]
    warnings: tuple[str, ...] = ()

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The sentences of the checks it fails."""
        return tuple(self.faults)

    @property
    def explained(self) -> tuple[str, ...]:
        """The same with what was found, for the next attempt."""
        return tuple(f"{sentence}: {found}" for sentence, found in self.faults.items())


def finish(material: Material, body: str) -> Finished:
    """Put a text right and check it against the material. Pure."""
    mended = mend(body, _house(material))
    proposal = proposal_of(material, mended)
    return Finished(body=mended, faults=faults(proposal), warnings=warnings(proposal, material.length))


def proposal_of(material: Material, body: str) -> Proposal:
    """A text beside everything it may draw on."""
    lead, signed = material.lead, material.signature
    ours, theirs = _messages(material, Direction.OUTBOUND), _messages(material, Direction.INBOUND)
    fixed = fixed_text(material)
    own_names = (lead.get("first_name", ""), lead.get("last_name", ""), lead.get("from_name", ""), signed.name)
    times = [time.starts_at for time in (*material.times, *material.offered) if time.starts_at > material.at]
    return Proposal(
        channel=material.channel, body=body, known_text="\n".join([fixed, *(text for _, text in ours)]), fixed_text=fixed,
        other_names=material.neighbours, own_names=own_names if any(own_names) else (), strangers=material.strangers,
        senders=_senders(material), lead_words="\n".join([material.newest, material.subject, *(text for _, text in theirs)]),
        lead_data="\n".join([*lead.values(), signed.company, signed.title, *signed.phones, *signed.links]),
        links=signed.allowed, booking_link=material.company.booking_link,
        times=tuple(times) + ((material.meeting,) if material.meeting else ()), labels=tuple(time.label for time in material.times),
        zone=material.zone, at=material.at, said=(*theirs, (material.sent_at or material.at, material.newest)), told=ours,
        opt_out_line=opt_out_of(material), forbidden=material.forbidden, prompts=_prompts(material))


def fixed_text(material: Material) -> str:
    """Everything we know beside messages: what the client says of itself, what a colleague said, and the opt-out line."""
    persona, company = material.persona, material.company
    memories = [one.content for one in material.memory if one.source == MemorySource.MANUAL]
    return "\n".join(filter(None, [
        offer_of(material), persona.goals, company.goals, company.target_result, persona.signature, persona.greeting, persona.sms_greeting,
        persona.linkedin_greeting, persona.sender_name, company.name, company.booking_link, material.website, material.booking_instructions,
        persona.ideal_customer_profile, company.ideal_customer_profile, *(question for question, _ in company.questions),
        *(passage.text for passage in material.passages), *memories, material.instruction, opt_out_of(material)]))


def _messages(material: Material, direction: Direction) -> tuple:
    return tuple((one["sent_at"], one["body"]) for one in material.history if one["direction"] == direction)


def _house(material: Material) -> House:
    is_email = material.channel == Channel.EMAIL
    ours = "\n".join([fixed_text(material), *(text for _, text in _messages(material, Direction.OUTBOUND))])
    known = {canonical(link) for link in (*addresses_in(ours), *material.signature.allowed)}
    return House(booking_link=material.company.booking_link, known_links=frozenset(known), senders=_senders(material),
                 signature=material.persona.signature if is_email else "", opt_out_line=opt_out_of(material))


def _senders(material: Material) -> tuple[str, ...]:
    return tuple(filter(None, (material.persona.sender_name, material.company.name, *material.persona.signature.split("\n")[:2])))


def _prompts(material: Material) -> tuple[str, ...]:
    return tuple(prompt.text for prompt in material.prompts.values()) + tuple(material.archetypes.values())
