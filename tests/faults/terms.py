"""A fault, and what comes of it."""

from __future__ import annotations

import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from connector.cli.stopping import stop_on_signals
from tests.faults.stage import EVERY_SECONDS, Ended, Stage, afternoon, undisturbed

RUNS_MAX = 12


class Fault(NamedTuple):
    """One line of the table: `strike` prepares what will befall the run, `mend` is what ends it."""

    fault: str
    where: str
    strike: Callable[[Stage], object]
    step: str = "unique"
    calls: int = 0
    """Further new calls that the run finds."""
    mend: Callable[[Stage], object] = Stage.calm
    next_after_seconds: float = EVERY_SECONDS
    is_by_hand: bool = False
    """Done by a person: it stays in the portal, which is then not as undisturbed."""

    @property
    def name(self) -> str:
        return f"{self.fault}: {self.where}"


class Outcome(NamedTuple):
    """What a fault came to. `runs`: until it was over, the struck one not counted."""

    first: Ended
    extra_requests: int
    """To HubSpot, over all runs, beside those of a run that nothing befell."""
    runs: int
    is_as_undisturbed: bool
    """The portal, byte by byte."""
    is_accounted_for: bool
    """Every call, by a `reconcile`, and no key stands twice."""


def play(fault: Fault) -> Outcome:
    """Strike one run, mend what is broken, and go on as a schedule does until a run ends well."""
    with (
        tempfile.TemporaryDirectory() as name,
        _luck(),
        _signals_as_before(),
        afternoon(Path(name).resolve(), step=fault.step, calls=fault.calls) as stage,
        stage.ends,
    ):
        fault.strike(stage)
        first = stage.run()
        fault.mend(stage)
        runs, ended = 0, first
        while ended.exit_status:
            assert runs < RUNS_MAX, f"it does not end: {fault.name}"
            stage.clock.sleep(fault.next_after_seconds)
            runs, ended = runs + 1, stage.run()
        expected = undisturbed(fault.step, fault.calls)
        extra = stage.requests - expected.requests
        is_same = stage.sandbox.hubspot.export() == expected.export
        return Outcome(first, extra, runs, is_same, stage.audit() == 0 and stage.keys_stand_once())


@contextmanager
def _luck() -> Iterator[None]:
    """The jitter of waits is the same each time."""
    before = random.getstate()
    random.seed(0)
    try:
        yield
    finally:
        random.setstate(before)


@contextmanager
def _signals_as_before() -> Iterator[None]:
    """A process runs one command, which takes its signals over and remembers the first; this one runs many."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    hook = sys.unraisablehook
    try:
        yield
    finally:
        stop_on_signals()  # forgets the one that came
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = hook
