"""Trials are played on the stage of drafting, with the sandbox's model; their jobs run when a test says so."""

from uuid import UUID

import pytest

from tests.services.drafting.conftest import desk, providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.services.jobs import registered


class Bench:
    """The stage with its queue of trials."""

    def __init__(self, desk: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
        """Nothing was tried yet."""
        self.desk = desk

    def work(self, most: int = 20) -> int:
        """Run the waiting jobs of trials, also those they cause; returns how many."""
        for done in range(most):
            waiting = self.desk.sql("select id, payload from background_job where kind = 'trials.run' and status = 'PENDING' order by id")
            if not waiting:
                return done
            job = registered("trials.run")
            job.function(self.desk.as_job, **job.arguments(waiting[0].payload))
            self.desk.finish(waiting[0].id)
        raise AssertionError("The trials do not come to an end.")

    def trial(self, trial_id: UUID):
        """The row of a trial."""
        return self.desk.sql("select * from ai_trial where id = :id", id=trial_id)[0]

    def kept(self) -> tuple:
        """How much there is of what a trial must never leave behind."""
        return tuple(self.desk.sql("select (select count(*) from lead), (select count(*) from message), (select count(*) from draft), "
                                   "(select count(*) from conversation), (select count(*) from outbound_message), "
                                   "(select count(*) from auto_send_decision), (select count(*) from audit_event), "
                                   "(select coalesce(sum(n), 0) from inbox_count_delta)")[0])


@pytest.fixture
def bench(desk: Stage) -> Bench:  # noqa: F811 because a fixture is asked for by its name
    """A stage on which trials run."""
    return Bench(desk)
