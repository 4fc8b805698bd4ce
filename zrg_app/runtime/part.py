"""How does a part end when its supervisor is gone? It reads a pipe only the supervisor holds and stops at its end."""

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

from zrg_app.runtime.environment import CHECKOUT

_GRACE_SECONDS = 15


def spawn(
    module: str, arguments: Sequence[str], environment: Mapping[str, str], output: int
) -> tuple[subprocess.Popen[bytes], int]:
    """Run `module` as a program in a session of its own, its output going to the file descriptor `output`.

    Returns the process and the file descriptor of its lifeline: when that is closed, by us or by our death, the
    process is asked to end and after 15 s killed with all its children.
    """
    reading, lifeline = os.pipe()
    command = [sys.executable, "-m", "zrg_app.runtime.part", str(reading), module, *arguments]
    try:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, pass_fds=(reading,), start_new_session=True,
        )  # fmt: skip
    except OSError:
        os.close(lifeline)
        raise
    finally:
        os.close(reading)
    return process, lifeline


def _follow(lifeline: int) -> None:
    """Wait until the other end of `lifeline` closes, then stop this process, by force if it does not."""
    while os.read(lifeline, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os.killpg(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Run the module named on the command line as a program, tied to the given pipe."""
    lifeline, module, *arguments = sys.argv[1:]
    threading.Thread(target=_follow, args=(int(lifeline),), daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
