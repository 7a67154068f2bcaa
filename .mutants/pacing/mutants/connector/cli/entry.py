"""Where the process begins: signals first, since loading the rest takes a moment in which Ctrl-C may come."""

from __future__ import annotations

import sys

from connector.cli.stopping import Stopped, stop_on_signals


def main() -> None:
    """Run the command of `sys.argv` and end the process with its exit code."""
    stop_on_signals()
    try:
        from connector.cli import output
        from connector.cli.main import run

        output.watch_stdout()
        output.tolerate_narrow_encodings()
        code = run(sys.argv[1:])
        output.close_quietly()
    except Stopped as stopped:
        # Before the command began or after it ended: there is nothing to say about its state.
        code = stopped.exit_code
    sys.exit(code)
