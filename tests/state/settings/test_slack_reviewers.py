"""Who may choose the people in Slack who decide about drafts, and what does the list say? State handlers, real Slack answers."""

import pytest

from sandbox.server import Running
from tests.services.autosend.slack_stage import LENA, Reviews
from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from tests.state.settings.test_panels import beside, opened
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.services import access
from zrg_app.services.autosend import slack_reviewers
from zrg_app.state import visits
from zrg_app.state.settings.slack_reviewers import ReviewersState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


@pytest.fixture
def desk(stage: Stage) -> Reviews:  # noqa: F811
    return Reviews(stage)


async def test_the_list_shows_who_is_asked_and_who_is_of_another_team(desk: Reviews) -> None:
    slack_reviewers.add(desk.scope, LENA)
    panel = beside(await opened(desk.world.mara), ReviewersState)
    assert [(row.name, row.email, row.initials, row.is_away) for row in panel.rows] == [("Lena Vogt", LENA, "LV", False)]
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update connection set external_id = 'T0OTHER' where provider = 'slack'")
    assert beside(await opened(desk.world.mara), ReviewersState).rows[0].is_away


async def test_a_reviewer_is_taken_out_again(desk: Reviews, providers: Running) -> None:  # noqa: F811
    found = slack_reviewers.add(desk.scope, LENA)
    panel = beside(await opened(desk.world.mara), ReviewersState)
    for hostile in ("", None, {"id": found.id}, [], "\x00"):
        with pytest.raises(NotFound):
            await panel.remove(hostile)
    await panel.remove(found.id)
    assert panel.rows == [] and desk.chosen() == []


async def test_who_may_not_change_settings_only_looks_on(desk: Reviews) -> None:
    found = slack_reviewers.add(desk.scope, LENA)
    with db.transaction(desk.world.as_mara) as tx:
        access.change_role(tx, desk.world.as_mara, desk.world.ben, "INBOX_MANAGER")
    panel = beside(await opened(desk.world.ben), ReviewersState)
    assert len(panel.rows) == 1
    with pytest.raises(Forbidden):
        await panel.remove(found.id)
    assert len(desk.chosen()) == 1
