"""How does a command get at the database of this installation? Running, migrated or not, and known to the settings."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from zrg_app.kit import db
from zrg_app.kit.settings import settings
from zrg_app.runtime.database import running_database
from zrg_app.runtime.home import Home


@contextmanager
def command_database(home: Home, say: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """Give the address of the live database for the block, and let `kit.db` and the vault of this process use it and `home`.

    Raises RuntimeRefused when the embedded one cannot be started.
    """
    with running_database(home, say) as url:
        os.environ.update(DATABASE_URL=url, ZRG_HOME=str(home.root))  # fence: environ because the database is started for us
        settings.cache_clear()
        db.dispose()
        try:
            yield url
        finally:
            db.dispose()
