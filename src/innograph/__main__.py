"""``python -m innograph`` and the ``innograph`` command: ready for Ctrl-C before anything is imported."""

import os
import signal
import sys


def run() -> None:
    """Run the command line; an interruption exits with 130, and none undoes a command that has finished."""
    try:
        from innograph.cli import main

        status = main()
    except KeyboardInterrupt:
        sys.stderr.write("innograph: interrupted\n")
        sys.stderr.flush()
        os._exit(130)  # Python would take the interruption up again on its way out
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(status)


if __name__ == "__main__":
    run()
