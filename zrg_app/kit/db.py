"""How do we reach the database, and where is it committed? Here, and nowhere else.

`transaction(scope)` gives a SQLAlchemy session; `fast_transaction(scope)` the bare psycopg connection for the few
hot paths (PERFORMANCE: the ORM costs a factor of ten there). Both run under a role without BYPASSRLS with the
workspace set for the transaction, so an unscoped read sees nothing. A transaction never spans a network call.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from zrg_app.kit.errors import Broken
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings

Tx = Session

APP_ROLE = "zrg_app"
SYSTEM_ROLE = "zrg_system"
_ENTER = ("select set_config('role', %s, true), set_config('zrg.workspace_id', %s, true), "
          "set_config('zrg.only_assigned_to', %s, true)")
_LIMIT = "select set_config('zrg.only_assigned_to', %s, true)"

_engine: Engine | None = None
_engine_lock = threading.Lock()
_bound: ContextVar[Connection | None] = ContextVar("bound_connection", default=None)


def driver_url(url: str) -> str:
    """`url` as SQLAlchemy wants it: the psycopg driver, whatever spelling of postgres came in."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def plain_url(url: str) -> str:
    """`url` as psycopg and PostgreSQL's own tools want it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def engine() -> Engine:
    """The engine of this process, made at first use from `DATABASE_URL`."""
    global _engine
    with _engine_lock:
        if _engine is None:
            if not settings().database_url:
                raise Broken("DATABASE_URL is not set; start the product with ./zrg up, which sets it.")
            # Parameters are people's words and sealed secrets: an error that is logged or kept must not carry them.
            _engine = create_engine(
                driver_url(settings().database_url), hide_parameters=True, pool_size=settings().database_pool_size, max_overflow=8,
                pool_pre_ping=False, pool_recycle=1800, connect_args={"connect_timeout": 10, "prepare_threshold": 3,
                "options": "-c jit=off -c idle_in_transaction_session_timeout=120000"})
        return _engine


def dispose() -> None:
    """Close all connections of this process, for example after a fork or a database restart."""
    global _engine
    with _engine_lock:
        if _engine is not None:
            _engine.dispose()
            _engine = None


def _identity(scope: Scope) -> tuple[str, str, str]:
    return APP_ROLE if scope.workspace_id else SYSTEM_ROLE, str(scope.workspace_id or ""), str(scope.only_assigned_to or "")


@contextmanager
def transaction(scope: Scope) -> Iterator[Tx]:
    """One unit of work seen as `scope`: committed when the block ends, rolled back when it raises."""
    bound = _bound.get()
    target = bound if bound is not None else engine()
    mode = "create_savepoint" if bound is not None else "conditional_savepoint"
    with Session(target, expire_on_commit=False, join_transaction_mode=mode) as session:
        _enter(session.connection().connection.driver_connection, scope)
        yield session
        session.commit()


@contextmanager
def fast_transaction(scope: Scope) -> Iterator[psycopg.Connection]:
    """The same promise on the bare psycopg connection, for named SQL on hot paths."""
    if _bound.get() is not None:
        with transaction(scope) as session:
            session.flush()
            yield session.connection().connection.driver_connection
        return
    with engine().connect() as connection:
        driver = connection.connection.driver_connection
        try:
            _enter(driver, scope)
            yield driver
            driver.commit()
        except BaseException:
            driver.rollback()
            raise


def at_once(scope: Scope, *statements: tuple[str, dict | tuple]) -> list[tuple]:
    """Run `statements` (named SQL and parameters) as one transaction in one round trip; the rows of the last one.

    For hot paths that need no answer before the next statement: begin, identity, work and commit are sent together, and
    the server still runs each after the other. Committed when this returns; nothing is kept when it raises.
    """
    if _bound.get() is not None:
        with fast_transaction(scope) as driver:
            return [driver.execute(*each) for each in statements][-1].fetchall()
    with engine().connect() as connection:
        driver, identity = connection.connection.driver_connection, _identity(scope)
        try:
            with driver.pipeline():
                driver.execute(_ENTER, identity)
                answers = [driver.execute(*each) for each in statements]
                driver.commit()
            return answers[-1].fetchall()
        except BaseException:
            driver.rollback()
            raise


def _enter(driver: psycopg.Connection, scope: Scope) -> None:
    """Begin and take the scope's identity; the pipeline makes one round trip of the two."""
    with driver.pipeline():
        driver.execute(_ENTER, _identity(scope))


@contextmanager
def whole_workspace(tx: Tx, scope: Scope) -> Iterator[None]:
    """Let the rest of a step that began with the person's own lead see the workspace, although they are limited to their own.

    For what leads away from them (a lead that is given to a colleague) or brings somebody else's back (a merge that is undone): the
    caller has found and locked their own lead before. Nothing happens for those who see everything anyway.
    """
    if scope.only_assigned_to is None:
        yield
        return
    connection = driver(tx)
    (former,) = connection.execute("select current_setting('zrg.only_assigned_to', true)").fetchone()
    connection.execute(_LIMIT, ("",))
    try:
        yield
        tx.flush()
    finally:
        # A transaction that failed in the database is rolled back, and what was set in it with it.
        if connection.info.transaction_status is not TransactionStatus.INERROR:
            connection.execute(_LIMIT, (former,))


def driver(tx: Tx) -> psycopg.Connection:
    """The psycopg connection under `tx`, for named SQL in the same transaction."""
    tx.flush()
    return tx.connection().connection.driver_connection


@contextmanager
def bound_to(connection: Connection) -> Iterator[None]:
    """Let every transaction of this context become a savepoint of `connection`; tests roll it back."""
    token = _bound.set(connection)
    try:
        yield
    finally:
        _bound.reset(token)


def is_unstorable(error: Exception) -> bool:
    """Whether the database could not take a value for what it is: a NUL, half a character, a number out of its range."""
    return isinstance(error, psycopg.DataError | DataError | UnicodeEncodeError)


def fetch_all(tx: Tx, statement: str, parameters: dict | tuple = ()) -> list[dict]:
    """All rows of a named SQL statement (psycopg style parameters) as dictionaries."""
    with driver(tx).cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def fetch_one(tx: Tx, statement: str, parameters: dict | tuple = ()) -> dict | None:
    """The first row of a named SQL statement, or None."""
    with driver(tx).cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement, parameters).fetchone()
