"""Does `./zrg connect` print the id alone and refuse with one sentence?"""

import typer
from sqlalchemy import text
from typer.testing import CliRunner

from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.cli import connect
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid


def _run(*arguments: str):  # noqa: ANN202 because typer's result type is private
    application = typer.Typer()
    connect.register(application)
    return CliRunner().invoke(application, list(arguments))


def test_the_id_stands_alone_on_standard_output_and_the_address_beside_it(committed_world: World) -> None:
    result = _run("acme growth", "ghl", "location_id=loc_9", "access_token=pit-1", "--secret")
    assert result.exit_code == 0
    row, = rows(committed_world.acme, "select id, external_id from connection where provider = 'ghl'")
    assert result.stdout.strip() == str(row.id) and row.external_id == "loc_9"
    assert "/api/webhooks/ghl/sms/" in result.stderr and "pit-1" not in result.output


def test_what_cannot_be_is_refused(committed_world: World) -> None:
    assert isinstance(_run("acme growth", "ghl", "nonsense").exception, Invalid)
    assert _run("acme growth", "ghl", "location_id=loc_9", "access_token=pit-1").exit_code == 0
    assert isinstance(_run("Birch Labs", "ghl", "location_id=loc_9", "access_token=x").exception, Conflict)
    assert rows(committed_world.birch, "select id from connection") == []


def test_a_switch_of_the_mail_provider_needs_to_be_wanted(committed_world: World) -> None:
    with db.transaction(committed_world.as_mara) as tx:
        tx.execute(text("delete from connection where provider = 'emailbison'"))
        tx.execute(text("update workspace_settings set email_provider = 'smartlead'"))
    words = ("acme growth", "emailbison", "workspace_id=4711", "api_key=k")
    refused = _run(*words)
    assert isinstance(refused.exception, Conflict) and refused.exception.reason == "other_email_provider"
    assert _run(*words, "--replace").exit_code == 0
    assert rows(committed_world.acme, "select email_provider from workspace_settings")[0].email_provider == "emailbison"
