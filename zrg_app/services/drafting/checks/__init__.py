"""What must a draft never say? Pure code that no model can talk its way past (FACTS section 10.3)."""

from collections.abc import Callable

from zrg_app.services.drafting.checks import links, moments, money, people, wording
from zrg_app.services.drafting.checks.moments import times_named
from zrg_app.services.drafting.checks.proposal import Proposal

__all__ = ["CHECKS", "LIMITS", "Proposal", "failed_checks", "faults", "times_named", "warnings"]

LIMITS = {"email": 4_000, "sms": 480, "linkedin": 800}
QUESTIONS = 2
SHOWN = 80

# Each check names what it found; nothing found is a pass.
CHECKS: dict[str, Callable[[Proposal], tuple[str, ...]]] = {
    "It is empty": lambda proposal: () if proposal.body.strip() else ("nothing",),
    "It is too long for the channel": lambda proposal: _too_long(proposal),
    "It has a blank to be filled in": wording.placeholders,
    "It names a link nobody gave": links.unknown_links,
    "It names a price nobody gave": money.unknown_amounts,
    "It states a price by another period than ours": money.wrong_periods,
    "It offers a time that is not free": moments.unknown_times,
    "It offers a time without its zone": moments.zoneless_times,
    "It calls itself a machine": wording.machine_talk,
    "It repeats our markers": wording.markers,
    "It repeats our instructions": wording.leaked,
    "It calls the lead by another's name": people.greets_another,
    "It is signed with another's name": people.signs_as_another,
    "It gives data of somebody else": people.foreign_data,
    "It says that something did not arrive": wording.lost_things,
    "It promises an attachment there is not": wording.attachments,
    "It lacks the opt-out line": wording.missing_opt_out,
    "It uses words we never use": wording.forbidden_terms,
}


def failed_checks(proposal: Proposal) -> tuple[str, ...]:
    """The sentences of the checks that `proposal` fails; empty means it may be shown as ready."""
    return tuple(faults(proposal))


def faults(proposal: Proposal) -> dict[str, str]:
    """The checks that fail with what was found, for the writer's second attempt and for the record."""
    found = {sentence: check(proposal) for sentence, check in CHECKS.items()}
    return {sentence: "; ".join(dict.fromkeys(one[:SHOWN] for one in what[:3])) for sentence, what in found.items() if what}


def warnings(proposal: Proposal, length: tuple[int, int] | None = None) -> tuple[str, ...]:
    """What a good answer avoids and a person may still send."""
    size, questions = len(proposal.body), proposal.body.count("?")
    said = [f"It asks {questions} questions." if questions >= QUESTIONS else "",
            f"It is longer than wanted ({size} of {length[1]} characters)." if length and size > length[1] else ""]
    return tuple(filter(None, said))


def _too_long(proposal: Proposal) -> tuple[str, ...]:
    most = LIMITS[proposal.channel]
    return (f"{len(proposal.body)} characters, at most {most}",) if len(proposal.body) > most else ()
