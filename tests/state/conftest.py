"""How do state handlers run in tests? As coroutines of a fresh loop, in the context that holds the test's database."""

import asyncio
import inspect
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an `async` test to its end."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    # In a thread, because the browser of the browser tests keeps a loop of its own running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(copy_context().run, asyncio.run, pyfuncitem.obj(**wanted)).result()
    return True
