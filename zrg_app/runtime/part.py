"""How does a part end when its supervisor is gone? It reads a pipe only the supervisor holds and stops at its end."""

import os
import runpy
import signal
import sys
import threading
import time

_GRACE_SECONDS = 15


def _follow(lifeline: int) -> None:
    """Wait until the other end of `lifeline` closes, then stop this process, by force if it does not."""
    while os.read(lifeline, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def main() -> None:
    """Run the module named on the command line as a program, tied to the given pipe."""
    lifeline, module, *arguments = sys.argv[1:]
    threading.Thread(target=_follow, args=(int(lifeline),), daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
