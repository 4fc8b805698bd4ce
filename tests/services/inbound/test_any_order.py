"""Does the order, repetition or interleaving of deliveries matter? It must not."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.inbound.deliveries import fixture, keep, rows, understand
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.scope import system
from zrg_app.models import Workspace, WorkspaceSettings

_START = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
_EVENTS = [
    ("emailbison", fixture("emailbison/email_sent")),
    ("emailbison", fixture("emailbison/lead_replied")),
    ("emailbison", fixture("emailbison/lead_interested")),
    ("emailbison", fixture("emailbison/lead_replied_by_colleague")),
    ("emailbison", fixture("emailbison/untracked_reply_received")),
    ("emailbison", fixture("emailbison/untracked_reply_received", data__reply__id=9020, data__reply__date_received=
                           "2026-11-20T21:00:00Z", data__reply__from_email_address="priya@northwind.example")),
    ("emailbison", fixture("emailbison/manual_email_sent")),
    ("emailbison", fixture("emailbison/lead_replied", data__reply__id=9021, data__reply__automated_reply=True,
                           data__reply__date_received="2026-11-20T22:00:00Z")),
    ("emailbison", fixture("emailbison/email_opened")),
    ("emailbison", fixture("emailbison/email_bounced")),
    ("emailbison", fixture("emailbison/lead_unsubscribed")),
    ("ghl", fixture("ghl/workflow_sms", email="dana@northwind.example", first_name="Dana", last_name="Kessler",
                    full_name="Dana Kessler", phone="+12125550170", company_name="Northwind Freight")),
    ("ghl", fixture("ghl/inbound_message")),
    ("ghl", fixture("ghl/outbound_message")),
    ("ghl", fixture("ghl/contact_dnd_update", firstName="Dana", lastName="Kessler", phone="+12125550170")),
]
# Some events name a person by something only another event ties to the rest: the CRM's by contact id alone, and a colleague's
# untracked mail by an address nobody has seen. Without that tie they are another person, by the rules of spec section 6.
_TIED = {5: 3, 12: 11, 13: 11, 14: 11}


def _threads(workspace_id: UUID) -> list:
    return [[tuple(row) for row in rows(workspace_id, sql)] for sql in (
        """select m.dedupe_key, m.direction, m.body, m.sent_at, m.delivery, m.is_automatic, m.subject, l.email
           from message m join lead l on l.id = m.lead_id order by m.dedupe_key""",
        """select channel, subject, snippet, last_message_at, last_direction, last_inbound_at, last_outbound_at, unread_count,
                  message_count, needs_reply, done_at, sentiment from conversation order by last_message_at""",
        """select email, first_name, last_name, company, status, sms_dnd, current_replier_email, current_replier_since
           from lead order by email""",
        """select kind, value, is_primary from lead_identity order by kind, value""")]


def _workspace(owner: UUID) -> UUID:
    workspace_id = ids.new_id()
    with db.transaction(system("a workspace per example")) as tx:
        tx.add(Workspace(id=workspace_id, name=str(workspace_id), owner_id=owner))
        tx.flush()
        tx.add(WorkspaceSettings(workspace_id=workspace_id))
    return workspace_id


def _deliver_all(workspace_id: UUID, order: list[int]) -> None:
    for index in order:
        provider, payload = _EVENTS[index]
        # Each message has a time of its own; a repeat comes seconds after the first delivery.
        understand(workspace_id, keep(workspace_id, provider, payload, received_at=_START + timedelta(seconds=index)))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.integers(0, len(_EVENTS) - 1), min_size=2), data=st.data())
def test_any_order_with_repeats_gives_the_same_threads(world: World, chosen: set[int], data: st.DataObject) -> None:
    chosen = chosen | {_TIED[index] for index in chosen if index in _TIED}
    repeats = data.draw(st.lists(st.sampled_from(sorted(chosen)), max_size=6))
    shuffled = data.draw(st.permutations([*sorted(chosen), *repeats]))
    plain, mixed = _workspace(world.mara), _workspace(world.mara)
    _deliver_all(plain, sorted(chosen))
    _deliver_all(mixed, _with_ties_first(shuffled))
    assert _threads(mixed) == _threads(plain)


def _with_ties_first(order: list[int]) -> list[int]:
    seen: list[int] = []
    for index in order:
        tie = _TIED.get(index)
        seen += [tie, index] if tie is not None and tie not in seen else [index]
    return seen
