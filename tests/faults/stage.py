"""An afternoon of a connection, as it stands before a fault strikes: to be played from there as often as one likes."""

from __future__ import annotations

import functools
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from connector.app import App
from connector.sandbox.site import Sandbox
from connector.sandbox.transport import SandboxTransport
from tests.badinput.room import Room
from tests.stubs.crash import Crashed, CrashPoints
from tests.stubs.portal import SEARCH_LAG_SECONDS, STEPS
from tests.stubs.world import WITH_OUR_KEY, key_of

LEDGER = "connector.db"
LONG = 12_000
"""Characters of what the further calls are about: enough for them to fill a disk, or a temporary folder."""
EVERY_SECONDS = 15 * 60.0
"""A schedule of a quarter of an hour."""
KILLED = 128 + signal.SIGKILL
"""As a shell tells of it."""
Opener = Callable[..., Any]


class Ended(NamedTuple):
    """One run as who started it sees it."""

    exit_status: int
    code: str
    says: str
    waited_seconds: float
    """By the clock of the run."""


class Stage(Room):
    """A portal and a platform at the moment before a run; `requests` counts HubSpot's from there.

    What the run finds: a call carried before that changed since, and new ones of somebody unknown, of a contact that a
    person made, and of the first caller.
    """

    def __init__(self, folder: Path, *, step: str = "unique") -> None:
        super().__init__(folder)
        self.step = step
        self.sandbox = Sandbox(
            now=self.clock.now,
            calls=0,
            **{"limits": False, "search_lag_seconds": SEARCH_LAG_SECONDS[step], **STEPS[step]},
        )
        self.crash = CrashPoints()
        """Where the process dies, and who watches the points that it passes."""
        self._source = self._hubspot = self.crash.transport(SandboxTransport(self.sandbox))
        self.opener: Opener = self.crash.ledger_opener
        self.ends = ExitStack()
        """What is undone when a fault is over."""
        self.set(concurrency="1")

    @property
    def requests(self) -> int:
        return len(self.sandbox.journal.exchanges("hubspot"))

    def calm(self) -> None:
        """The fault is over."""
        self.sandbox.faults.set([])
        self.crash.arm(None)
        self.opener = self.crash.ledger_opener
        self.ends.close()

    def at(self, point: str, act: Callable[[], object]) -> None:
        """Have this done once, when the run passes the point of this name, such as `after POST /crm/…/create`."""
        acts = [act]

        def watch(name: str) -> None:
            if name == point and acts:
                acts.pop()()

        self.crash.watch = watch

    def dies_at(self, point: str) -> None:
        """The process dies there."""

        def die() -> None:
            self.crash.is_dead = True
            raise Crashed(point)

        self.at(point, die)

    def run(self, *argv: str) -> Ended:
        """Run one command, `sync` unless told otherwise."""
        began = self.clock.monotonic()
        try:
            seen = self.connector(*(argv or ("sync",)), "--json")
        except Crashed:
            return Ended(KILLED, "–", "the process is gone", self.clock.monotonic() - began)
        return Ended(seen.exit_status, seen.code, seen.message, self.clock.monotonic() - began)

    def audit(self) -> int:
        """The exit status of a `reconcile` over everything."""
        return self.connector("reconcile", "--since", "30d", "--json").exit_status

    def keys_stand_once(self) -> bool:
        """Whether no two records carry one key."""
        keys = Counter(
            (object_type, key)
            for object_type in WITH_OUR_KEY
            for record in self.sandbox.hubspot.records(object_type)
            if (key := key_of(record))
        )
        return set(keys.values()) <= {1}

    def _open_app(self, settings: Any, clock: Any) -> App:
        return App.from_settings(
            settings,
            clock=clock,
            hubspot_transport=self._hubspot,
            source_transport=self._source,
            ledger_opener=self.opener,
        )


class _Kept(NamedTuple):
    sandbox: bytes
    ledger: bytes
    seconds: float


def afternoon(folder: Path, *, step: str = "unique", calls: int = 0) -> Stage:
    """The stage before its run, with so many more new calls of as many callers."""
    kept = _afternoon(step, calls)
    stage = Stage(folder, step=step)
    stage.sandbox.restore(msgspec.json.decode(kept.sandbox))
    (folder / LEDGER).write_bytes(kept.ledger)
    stage.clock.sleep(kept.seconds)
    return stage


@functools.cache
def _afternoon(step: str, calls: int) -> _Kept:
    with tempfile.TemporaryDirectory() as name, Stage(Path(name).resolve(), step=step) as stage:
        began = stage.clock.monotonic()
        stage.set_up()
        stage.ring("old", callerNumber="+447700900111", leadData={"name": "Di Holm", "email": "di.holm@example.com"})
        stage.sync()
        stage.sandbox.hubspot.seed_contacts([{"firstname": "Bo", "lastname": "Lind", "phone": "+447700900112"}])
        stage.clock.sleep(3600)
        stage.sandbox.history.put({"id": "old", "summary": "It came out differently."})
        for number, (caller, says) in enumerate(CALLERS):
            stage.ring(f"new{number}", callerNumber=caller, callerName=says["name"], leadData=says)
        for number in range(calls):
            who = {"callerNumber": f"+4477009002{number:02d}", "callerName": None, "leadData": None}
            stage.ring(f"more{number}", **who, summary=f"{number} " * (LONG // 3))
        stage.clock.sleep(600)
        ledger = (stage.folder / LEDGER).read_bytes()
        return _Kept(msgspec.json.encode(stage.sandbox.dump()), ledger, stage.clock.monotonic() - began)


CALLERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("+447700900113", {"name": "Ada Fern", "email": "ada.fern@example.com"}),
    ("+447700900112", {"name": "Bo Lind", "email": None}),
    ("+447700900111", {"name": "Di Holm", "email": "di.holm@example.com"}),
    ("+447700900114", {"name": "Cy Marsh", "email": "cy.marsh@example.com"}),
)


class Undisturbed(NamedTuple):
    export: bytes
    requests: int


@functools.cache
def undisturbed(step: str, calls: int) -> Undisturbed:
    """What becomes of the afternoon when nothing strikes."""
    with tempfile.TemporaryDirectory() as name, afternoon(Path(name).resolve(), step=step, calls=calls) as stage:
        ended = stage.run()
        assert ended.exit_status == 0, ended
        asked = stage.requests
        assert stage.audit() == 0
        return Undisturbed(stage.sandbox.hubspot.export(), asked)
