"""What befalls a run from outside: it dies, HubSpot's answers are lost, or it stalls and another run overtakes it.

Each is drawn from luck, and the run is started again until it comes to its end, as a schedule would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

from connector.engine.lane import LEASE_SECONDS
from connector.errors import ConnectorError, FatalError, TransientError
from connector.sandbox.faults import Fault
from tests.stubs import promises
from tests.stubs.acts import Scene
from tests.stubs.crash import COMMITS, Crashed
from tests.stubs.story import Run

ATTEMPTS_MAX = 12
BATCH_WRITE = "batch/(create|update)"
LOST: tuple[dict[str, Any], ...] = (
    {"action": "drop", "when": "before"},
    {"action": "drop", "when": "after"},
    {"action": "status", "status": 502, "when": "after"},
    {"action": "status", "status": 503, "when": "before"},
    {"action": "refuse", "status": 429, "policy": "TEN_SECONDLY_ROLLING", "retry_after": "1"},
    {"action": "truncate", "at": 20},
    # An update that comes too late would put older values back: there nothing helps.
    {"action": "late", "seconds": 20.0, "path": "batch/create"},
)
PAGE = "<!doctype html><title>Just a moment…</title>"
GARBLED: tuple[dict[str, Any], ...] = (
    # Some inputs of a batch are in neither list of its answer, carried out or not.
    *({"action": "omit", "when": when, "count": 1, "path": BATCH_WRITE} for when in ("before", "after")),
    {"action": "omit", "when": "after", "count": 0, "path": BATCH_WRITE},
    {"action": "strip", "fields": ("objectWriteTraceId",), "path": BATCH_WRITE},
    # A gateway answers in HubSpot's place, and says that all is well.
    *({"action": "body", "body": {}, "when": when} for when in ("before", "after")),
    *({"action": "body", "body": PAGE, "when": when} for when in ("before", "after")),
)
STALLED_SECONDS = LEASE_SECONDS + 5
OTHERWISE: tuple[dict[str, Any], ...] = ({"duration": "soon"}, {"callType": "staff"}, {"outcome": "resolved"})
"""What makes calls unreadable, skipped by a rule, or no occasion for a task."""


class Deaths:
    """Dies at these points of one run and of the runs that go on with it."""

    def __init__(self, points: list[int]) -> None:
        self._points = points
        self.happened = [f"to die at {point}" for point in points]

    def ride_out(self, scene: Scene, step: Run, status: str = "ok") -> None:
        """Start the run, and again after each death."""
        run, where = step.first, "nowhere"
        for point in self._points:
            if where := died_at(scene, run, point):
                self.happened.append(where)
                run = step.again
        if where:
            run(scene)


class Detour:
    """Dies, and then the calls are something else for a run before they are again what they were."""

    def __init__(self, luck: Random, points: int) -> None:
        self._point = luck.randrange(max(points, 1))
        self._otherwise = luck.choice(OTHERWISE)
        self.happened = [f"to die at {self._point}, and all calls {self._otherwise} for a while"]

    def ride_out(self, scene: Scene, step: Run, status: str = "ok") -> None:
        world, history = scene.world, scene.world.sandbox.history
        self.happened.append(died_at(scene, step.first, self._point))
        as_it_was = [json.loads(history.find(call_id) or b"") for call_id in scene.rung]
        for call in as_it_was:
            history.put({**call, **self._otherwise})
        promises.adds_up(world.sync(), calls=len(scene.rung))
        promises.kept(scene)
        for call in as_it_was:
            history.put(call)
        step.again(scene)
        world.sync()


class Storm:
    """Rides one run out. `happened` says in words what befell it."""

    def __init__(self, luck: Random, points: int) -> None:
        self._luck = luck
        self._points = max(points, 1)
        self.happened: list[str] = []

    def ride_out(self, scene: Scene, step: Run, status: str = "ok") -> None:
        """Start the run, and again until it has come to its end; from the third start on nothing befalls it.

        `status` is the undisturbed run's: of a call that cannot be carried a retry fails however often it is made.
        """
        run = step.first
        for attempt in range(ATTEMPTS_MAX):
            scene.world.crash.arm(None)
            if attempt < 2:
                self._prepare(scene)
            try:
                summary = run(scene)
            except (Crashed, ConnectorError) as error:
                self.happened.append(f"ended by {error!r}")
                summary = None
            scene.world.crash.arm(None)
            scene.world.sandbox.faults.set(())
            promises.kept(scene)
            if summary is not None and (summary.status == "ok" or (summary.status == status and attempt >= 2)):
                return
            run = step.again
            scene.world.wait(seconds=LEASE_SECONDS)
        raise promises.BrokenPromise(f"after {ATTEMPTS_MAX} runs it is not over: {self.happened}")

    def _prepare(self, scene: Scene) -> None:
        luck = self._luck
        faults = [self._fault() for _ in range(luck.randint(0, 2))]
        if luck.random() < 0.1:
            faults.append(Fault(side="source", **luck.choice(LOST[:4])))
        scene.world.sandbox.faults.set(faults)
        self.happened += [f"{fault.side}: {fault.action} {fault.when} {fault.nth}" for fault in faults]
        match luck.choice(["dies", "dies", "overtaken", "full", "unsure", ""]):
            case "dies":
                scene.world.crash.arm(point := luck.randrange(self._points))
                self.happened.append(f"dies at {point}")
            case "overtaken":
                self.happened.append(f"overtaken at {(point := luck.randrange(self._points))}")
                at_point(scene, point, lambda: overtake(scene), spares=never_stalls_before(scene.world.step))
            case "full":
                self.happened.append(f"the ledger's disk is full from {(point := luck.randrange(self._points))}")
                from_commit(scene, point, "before", FatalError("E513", "the disk is full"), times=None)
            case "unsure":
                self.happened.append(f"a commit goes unanswered after {(point := luck.randrange(self._points))}")
                from_commit(scene, point, "after", TransientError("E517", "the connection broke"), times=1)

    def _fault(self) -> Fault:
        luck = self._luck
        kind = luck.choice(LOST + GARBLED)
        # A run makes few batch writes.
        nth = luck.randint(1, 3 if "path" in kind else 12)
        return Fault(side="hubspot", nth=nth, times=luck.choice([1, 1, 2]), **kind)


def died_at(scene: Scene, run: Callable[[Scene], object], point: int) -> str:
    """Run until this point. Where it died, blank when it came to its end before."""
    crash, where = scene.world.crash, ""
    crash.arm(point)
    try:
        run(scene)
    except Crashed:
        where = crash.names[-1]
        scene.world.wait(seconds=LEASE_SECONDS)
    crash.arm(None)
    promises.kept(scene)
    return where


def never_stalls_before(step: str) -> re.Pattern[str]:
    """The points at which no run of a story stalls past its lease, on a portal of this step.

    Between the last check of its lane and the request only a portal that refuses a second key helps, and nothing helps
    against an update that comes too late: HubSpot knows no conditional write. The last check may have been a renewal.
    """
    write = "/crm/.*/batch/update" if step == "unique" else "/crm"
    return re.compile(f"before POST {write}|after renew_lane")


def at_point(scene: Scene, point: int, act: Callable[[], object], *, spares: re.Pattern[str] | None = None) -> None:
    """Have this done once, in the midst of the next run, when it passes the point of this number, or the first one
    after it that is not spared."""
    passed, is_done = 0, False

    def watch(name: str) -> None:
        nonlocal passed, is_done
        passed += 1
        if passed > point and not is_done and not (spares and spares.match(name)):
            is_done = True
            act()

    scene.world.crash.watch = watch


def from_commit(scene: Scene, point: int, when: str, error: ConnectorError, *, times: int | None) -> None:
    """Have this error come before or after commits of the ledger, so many times, from the point of this number on."""
    commits = {f"{when} {name}" for name in COMMITS}
    passed, raised = 0, 0

    def watch(name: str) -> None:
        nonlocal passed, raised
        passed += 1
        if passed > point and name in commits and raised != times:
            raised += 1
            raise error

    scene.world.crash.watch = watch


def overtake(scene: Scene) -> None:
    """The run that is under way stalls past its lease, and another one does the work meanwhile."""
    scene.world.wait(seconds=STALLED_SECONDS)
    try:
        scene.world.sync()
    except ConnectorError:
        # HubSpot is unwell for this one, too.
        return
