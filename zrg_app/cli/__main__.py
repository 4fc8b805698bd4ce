"""What happens when a command fails? One clear sentence and a non-zero exit, never a traceback."""

import sys

import psycopg
from sqlalchemy.exc import OperationalError, ProgrammingError

from zrg_app.cli import build
from zrg_app.cli.console import complain
from zrg_app.kit.errors import ZrgError
from zrg_app.runtime.environment import variable
from zrg_app.runtime.home import RuntimeRefused


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def main() -> int:
    """Run the command line and return its exit code. `ZRG_DEBUG=1` lets unexpected errors show where they arose."""
    try:
        build(next(iter(sys.argv[1:]), ""))(prog_name="./zrg")
    except ZrgError as error:
        complain(error.sentence)
    except RuntimeRefused as error:
        complain(str(error))
    except (psycopg.OperationalError, OperationalError) as error:
        complain(f"The database does not answer: {_first_line(error)}. Start it with ./zrg up or mend DATABASE_URL.")
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn, ProgrammingError) as error:
        complain(f"The database has an older schema; run ./zrg migrate. ({_first_line(error)})")
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # fence: broad-except because this is the edge where errors become sentences
        if variable("ZRG_DEBUG"):
            raise
        complain(f"Unexpected {type(error).__name__}: {_first_line(error)}. Set ZRG_DEBUG=1 to see where it arose.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
