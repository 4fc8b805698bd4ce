"""What does a program get, and what does the log say, while the database is away?"""

import psycopg
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from zrg_app.api.errors import door


def test_a_database_that_is_away_is_a_503_and_one_line_of_the_log() -> None:
    @door()
    def away(_call: object) -> dict:
        raise OperationalError("select 1", {}, psycopg.OperationalError("connection refused"))

    with capture_logs() as said, TestClient(Starlette(routes=[Route("/api/v1/away", away)])) as program:
        answer = program.get("/api/v1/away")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["error"]["code"] == "database_down"
    assert [(line["event"], line["error"], "exc_info" in line) for line in said] == [
        ("api.database_unavailable", "OperationalError", False)]
