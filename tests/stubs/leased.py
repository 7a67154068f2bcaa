"""The command line with other lengths of time: `python -m tests.stubs.leased LEASE DOUBT COMMAND…`.

Both in seconds: how long a lease lasts, and how long a look by HubSpot's search that finds nothing proves nothing.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from connector.app import App
from connector.cli.main import run
from connector.hubspot import lag


def open_app(settings: Any, clock: Any, *, lease_seconds: float) -> App:
    return App.from_settings(settings, clock=clock, lease_seconds=lease_seconds)


if __name__ == "__main__":
    lease_seconds, doubt_seconds, *argv = sys.argv[1:]
    lag.DOUBT_SECONDS = float(doubt_seconds)
    sys.exit(run(argv, open_app=partial(open_app, lease_seconds=float(lease_seconds))))
