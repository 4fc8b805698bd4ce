"""Of several first set-ups at the same time exactly one wins. Commits for real: it is about a lock."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import func, select

from zrg_app.kit import db
from zrg_app.kit.errors import Conflict
from zrg_app.kit.scope import system
from zrg_app.models import User, Workspace
from zrg_app.services import access


def try_set_up(number: int) -> bool:
    """Whether this one won."""
    try:
        access.set_up(email=f"owner{number}@agency.example", name=f"Owner {number}", password="a plain long password",
                      workspace_name="Acme Growth")
    except Conflict:
        return False
    return True


def test_of_concurrent_first_runs_exactly_one_wins(committed_database: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(try_set_up, range(6)))
    assert sum(won) == 1
    with db.transaction(system("count")) as tx:
        assert tx.scalar(select(func.count()).select_from(User)) == 1
        assert tx.scalar(select(func.count()).select_from(Workspace)) == 1
