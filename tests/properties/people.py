"""Who is one person in a set of tellings, and in which orders can that be known from the first word on?"""

from collections.abc import Sequence

from tests.properties.tellings import Telling
from zrg_app.services.leads.matching import Identity

Names = frozenset[Identity]


# What is only told of leads that are there: a booking of somebody unknown waits until a lead of that name comes, read by a job,
# and a new LinkedIn relation of somebody unknown is a friend of the account's owner, who is nobody's lead.
TIES = {"relation"}
ABOUT_LEADS = {"meeting_booked", "meeting_cancelled", "enriched", *TIES}


def people(tellings: Sequence[Telling]) -> list[Names]:
    """The persons of all `tellings`: sets of identities, joined by every telling that names two of them together.

    A relation makes nobody a person, but a known one learns the member id of their profile from it.
    """
    found: list[Names] = []
    for telling in sorted(tellings, key=_needs_a_lead):
        named, kinds = telling.identities(), {event.kind for event in telling.events()}
        same = [person for person in found if person & named]
        if named and (not _needs_a_lead(telling) or same and kinds <= TIES):
            found = [person for person in found if not person & named] + [named.union(*same)]
    return found


def recognisable(order: Sequence[Telling]) -> list[Telling]:
    """`order`, changed as little as lets each telling share an identity with what was said of its person before.

    Two tellings that share no address, number, profile or contact are two leads until a person merges them (spec section
    6), so what ties them must not come last. Everything else of the drawn order stays.
    """
    everybody, met, left, ordered = people(order), Names(), list(order), []
    while left:
        place = next((place for place, telling in enumerate(left) if _is_known(telling, everybody, met)), 0)
        telling = left.pop(place)
        met |= telling.identities()
        ordered.append(telling)
    return ordered


def _is_known(telling: Telling, everybody: Sequence[Names], met: Names) -> bool:
    named = telling.identities()
    if _needs_a_lead(telling) and not named & met:
        return False
    return not named or bool(named & met) or not any(person & named and person & met for person in everybody)


def _needs_a_lead(telling: Telling) -> bool:
    kinds = {event.kind for event in telling.events()}
    return bool(kinds) and kinds <= ABOUT_LEADS
