"""The command line with leases of another length: `python -m tests.stubs.leased SECONDS COMMAND…`."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from connector.app import App
from connector.cli.main import run


def open_app(settings: Any, clock: Any, *, lease_seconds: float) -> App:
    return App.from_settings(settings, clock=clock, lease_seconds=lease_seconds)


if __name__ == "__main__":
    seconds, *argv = sys.argv[1:]
    sys.exit(run(argv, open_app=partial(open_app, lease_seconds=float(seconds))))
