"""The platform fails, or the machine that the connector runs on."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from typing import Any

from connector.cli.stopping import stop_on_signals
from tests.faults.limits import goes_on
from tests.faults.stage import Stage
from tests.faults.terms import Fault
from tests.stubs.ordeals import STALLED_SECONDS

Strike = Callable[[Stage], object]
CREATE_CALLS = "POST /crm/v3/objects/calls/batch/create"


def platform(action: str, **more: Any) -> Strike:
    return lambda stage: stage.fault("source", action, **more)


PLATFORM = (
    Fault("no answer in time", "listing calls", platform("stall")),
    Fault("the connection is reset", "listing calls", platform("drop")),
    Fault("the list is cut", "listing calls", platform("truncate", at=300)),
    Fault("500, once", "listing calls", platform("status")),
    Fault("429, `Retry-After: 30`", "listing calls", platform("status", status=429, headers={"Retry-After": "30"})),
    Fault("down for an hour", "listing calls", platform("status", status=503, times=0, lasts=3600), mend=goes_on),
    Fault("the key is refused with 401", "listing calls", platform("status", status=401, times=0)),
    Fault("a login page, and 200", "listing calls", platform("body", body="<html>Log in</html>", times=0)),
    Fault("200 with nothing in it", "listing calls", platform("body", times=0)),
    Fault("one element is no call", "listing calls", platform("malformed", at=1)),
    Fault("the newest call comes third", "listing calls", platform("disorder")),
)


def _terminated(point: str) -> Strike:
    def strike(stage: Stage) -> None:
        stop_on_signals()
        stage.at(point, lambda: os.kill(os.getpid(), signal.SIGTERM))

    return strike


def _killed(point: str) -> Strike:
    return lambda stage: stage.dies_at(point)


def _stalled(stage: Stage) -> None:
    """Stopped past its lease, before its request; another run does the work meanwhile."""

    def stall() -> None:
        stage.clock.sleep(STALLED_SECONDS)
        stage.run()

    stage.at("after POST /crm/v3/objects/contacts/batch/create", stall)


def _disk_full(stage: Stage) -> None:
    """The ledger's file may not grow."""

    def opened(url: str, **more: Any) -> Any:
        ledger: Any = stage.crash.ledger_opener(url, **more)
        connection = ledger.store.engine.raw_connection()
        connection.cursor().execute("PRAGMA max_page_count = 1")
        connection.close()
        return ledger

    stage.opener = opened


def _temporary_folder_full(stage: Stage) -> None:
    """As a limit of the size of files plays it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    stage.ends.callback(resource.setrlimit, resource.RLIMIT_FSIZE, before)


MACHINE = (
    Fault("SIGTERM", "before calls are created", _terminated(f"before {CREATE_CALLS}")),
    Fault("SIGTERM", "after calls were created", _terminated(f"after {CREATE_CALLS}")),
    Fault("killed", "before calls are created", _killed(f"before {CREATE_CALLS}")),
    Fault("killed", "after calls were created", _killed(f"after {CREATE_CALLS}")),
    Fault("killed", "before the ledger settles", _killed("before settle")),
    Fault("killed, no unique keys", "before calls are created", _killed(f"before {CREATE_CALLS}"), step="plain"),
    Fault("killed, no unique keys", "after calls were created", _killed(f"after {CREATE_CALLS}"), step="plain"),
    Fault("stalled past its lease, another run came", "after contacts were created", _stalled),
    Fault("the ledger's disk is full", "while calls are claimed", _disk_full, calls=60),
    Fault("the temporary folder is full", "while calls are read", _temporary_folder_full, calls=60),
)
