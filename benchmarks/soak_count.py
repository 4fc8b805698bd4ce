"""Did everything that went in come out once, and where it belongs? Counted by SQL of our own, past every service."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.soak_letters import Expected
from tests.faults.reckoning import WRONG_COUNTERS, WRONG_ROLL_UPS

_OPEN = """
select (select count(*) from webhook_event where status = 'PENDING'),
       (select count(*) from background_job where status in ('PENDING', 'RUNNING') and workspace_id is not null),
       (select count(*) from outbound_message where status in ('waiting', 'sending', 'checking')),
       (select count(*) from draft where status = 'writing')
"""
# What the ten-minute look found at the providers is in the ledger too, but nobody posted it. Two kinds of letters name neither a
# message nor a moment: told again later (GoHighLevel's workflows: a minute, LinkedIn's account status: ten seconds) they have a row
# of their own, as if it had happened again.
_LEDGER = """
select count(*), sum(deliveries), count(*) filter (where understood), count(*) filter (where rows > 1 and not nameless)
from (select sum(deliveries) as deliveries, bool_and(status in ('SUCCEEDED', 'IGNORED')) as understood, count(*) as rows,
             bool_and(dedupe_key like '%workflow:%' or event_type = 'account_status') as nameless
      from webhook_event where not recovered group by provider, md5(body)) letters
"""
_IDENTITIES = "select workspace_id, kind, value, lead_id from lead_identity"
_MESSAGES = "select lead_id, direction, count(*) from message where outbound_id is null group by 1, 2"
_MARKS = """
select mark, count(*) from message, regexp_matches(body, 'mark[0-9]{6}', 'g') as found (marks), unnest(marks) mark
where direction = 'inbound' group by 1
"""
_OUTBOX = """
select o.status, coalesce(o.error_code, ''), o.draft_id::text, o.provider, o.provider_message_id,
       (select count(*) from message m where m.outbound_id = o.id) from outbound_message o
"""
_DEAD = "select kind, coalesce(last_error, '') from background_job where status = 'FAILED'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One count beside what it must be."""

    what: str
    found: Any
    wanted: Any

    @property
    def holds(self) -> bool:
        """Whether they agree."""
        return self.found == self.wanted


class Counting:
    """Questions to the database at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def still_open(self) -> tuple[int, int, int, int]:
        """Webhooks, jobs, sends and drafts that are not done."""
        return self._rows(_OPEN)[0]

    def jobs_by_kind(self) -> dict[str, tuple[int, float, float]]:
        """Finished jobs per kind: how many, and the median and longest seconds from claim to end."""
        return {kind: (n, median, most) for kind, n, median, most in self._rows(
            "select kind, count(*), percentile_cont(0.5) within group (order by s), max(s) from (select kind, "
            "extract(epoch from finished_at - started_at)::float as s from background_job where status = 'SUCCEEDED') done "
            "group by kind order by 2 desc")}

    def came_in(self, expected: Expected, acknowledged: int, lost_answers: int) -> list[Line]:
        """The ledger and the threads against what was posted."""
        ledger = self._rows(_LEDGER)[0]
        misplaced = self.misplaced(expected)
        marks = dict(self._rows(_MARKS))
        return [
            Line(what="different letters in the ledger", found=ledger[0], wanted=len(expected.rows)),
            Line(what="letters with a second row, although they name themselves", found=ledger[3], wanted=0),
            Line(what="deliveries counted, those without an answer aside", found=acknowledged <= ledger[1] <= acknowledged + lost_answers,
                 wanted=True),
            Line(what="understood", found=ledger[2], wanted=len(expected.rows)),
            Line(what="messages in threads", found=self._rows("select count(*) from message where outbound_id is null")[0][0],
                 wanted=expected.messages),
            Line(what="people who are not one lead with exactly their messages", found=len(misplaced), wanted=0),
            Line(what="questions in threads", found=len(marks), wanted=len(expected.marks)),
            Line(what="questions lost or doubled", found=sum(n != 1 for n in marks.values()), wanted=0),
            Line(what="conversations whose list entry is wrong", found=len(self._rows(WRONG_ROLL_UPS)), wanted=0),
            Line(what="wrong numbers in the sidebar", found=len(self._rows(WRONG_COUNTERS)), wanted=0),
        ]

    def went_out(self, sent: list[dict[str, Any]], approved: int) -> list[Line]:
        """The outbox against what the providers received."""
        outbox = self._rows(_OUTBOX)
        states = Counter(status for status, *_ in outbox)
        unknown = sum(code == "unknown_outcome" for _, code, *_ in outbox)
        refused = sum(status in ("cancelled", "failed") and code not in ("", "unknown_outcome") for status, code, *_ in outbox)
        received = Counter(each["text"].rsplit("Reference ", 1)[-1].strip() for each in sent)
        accepted = {draft_id for status, _, draft_id, *_ in outbox if status == "sent"}
        return [
            Line(what="approved drafts in the outbox", found=len(outbox), wanted=approved),
            Line(what="sent, listed as of unknown fate, or held with a reason", found=states["sent"] + unknown + refused, wanted=approved),
            Line(what="received by the providers more than once", found=sum(n > 1 for n in received.values()), wanted=0),
            Line(what="sent and never received", found=len(accepted - set(received)), wanted=0),
            Line(what="received and neither sent nor listed", found=max(0, len(set(received) - accepted) - unknown), wanted=0),
            Line(what="sent and not once in its thread", found=sum(n != 1 for status, *_, n in outbox if status == "sent"), wanted=0),
        ]

    def outbox(self) -> dict[str, int]:
        """How many messages of the outbox are in which state, with the reason if there is one."""
        return dict(Counter(f"{status} {code}".strip() for status, code, *_ in self._rows(_OUTBOX)))

    def twice(self, sent: list[dict[str, Any]]) -> list[str]:
        """What providers received more than once: when each time, and what the outbox knows of it."""
        times: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for each in sent:
            times[each["text"].rsplit("Reference ", 1)[-1].strip()].append(each)
        rows = {row[0]: row[1:] for row in self._rows(
            "select draft_id::text, provider, status, attempts, uncertain, looks, provider_message_id from outbound_message")}
        return [f"draft {draft_id}: {rows.get(draft_id)}, received {[(each['id'], each['at']) for each in received]}"
                for draft_id, received in times.items() if len(received) > 1]

    def dead_letters(self) -> Counter[tuple[str, str]]:
        """Jobs that were given up, by kind and error."""
        return Counter(tuple(row) for row in self._rows(_DEAD))

    def misplaced(self, expected: Expected) -> list[str]:
        """People who are not exactly one lead with exactly their messages, and leads that are two people."""
        owner = {(workspace_id, kind, value): lead_id for workspace_id, kind, value, lead_id in self._rows(_IDENTITIES)}
        held: dict[UUID, Counter[str]] = defaultdict(Counter)
        for lead_id, direction, n in self._rows(_MESSAGES):
            held[lead_id][direction] = n
        wrong, taken = [], Counter()
        for number, person in expected.people.items():
            leads = {owner.get((person.workspace_id, *name)) for name in person.names} - {None}
            taken.update(leads if person.messages.total() else ())
            counted = sum((held[lead_id] for lead_id in leads), Counter())
            if person.messages.total() and (len(leads) != 1 or counted != person.messages):
                wrong.append(f"person {number}: {len(leads)} leads, {dict(counted)} instead of {dict(person.messages)}, "
                             f"{sorted(person.names)[:4]}")
        return wrong + [f"lead {lead_id} is {n} people" for lead_id, n in taken.items() if n > 1]

    def _rows(self, query: str, values: tuple = ()) -> list[tuple]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            return connection.execute(query, values or None).fetchall()
