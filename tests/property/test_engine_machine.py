"""Any sequence of calls, people's work, runs, deaths and races: the promises hold, and at the end it is quiet.

The real engine, ledger and HubSpot adapter against the sandbox, on a clock that stands still. Unlike in a story, people
work in HubSpot while a run is under way. Half of the lives go into a portal that refuses no second key. `make torture`
takes as many examples as `MACHINE_EXAMPLES` says; hypothesis prints what to put on top of the machine to play a failure
again.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from connector.engine import spool
from connector.engine.lane import LEASE_SECONDS
from connector.errors import ConnectorError
from connector.sandbox.hubspot import Record
from tests.stubs import acts, promises, story
from tests.stubs.acts import CALLERS, EDITS, Scene
from tests.stubs.crash import Crashed
from tests.stubs.frozen import a_prepared_world
from tests.stubs.jumbled import Jumbled
from tests.stubs.ordeals import at_point, never_stalls_before, overtake
from tests.stubs.portal import SEARCH_LAG_SECONDS
from tests.stubs.story import CALL_TYPES, OUTCOMES, Run

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "8"))
PHASES = [phase for phase in Phase if phase is not Phase.shrink or "MACHINE_SHRINKS" in os.environ]
"""Making a failure small takes minutes, for who wants to read it."""
RUNS_UNTIL_OVER = 4
POINTS_MAX = 120
AFTER_WRITE = re.compile("after POST /crm/.*/batch/(create|update)")

callers = st.sampled_from(CALLERS[:3])
which = st.integers(0, 5)
points = st.integers(0, POINTS_MAX // 3) | st.integers(0, POINTS_MAX)
run_kinds = st.sampled_from([story.SYNC, story.SYNC, story.BACKFILL])
late = st.sampled_from(
    [
        *({"summary": f"Otherwise, {number}."} for number in range(3)),
        {"leadData": None, "callerName": None},
        *({"leadData": {"name": caller.name, "email": caller.email}} for caller in CALLERS[:3]),
        *({"outcome": outcome} for outcome in ("callback_scheduled", "resolved")),
        {"callType": "staff"},
        {"callType": "new_enquiry"},
        {"duration": "soon"},
    ]
)
kinds = st.sampled_from(["contact", "call", "task"])


class Connection(RuleBasedStateMachine):
    """One connection's life, into a portal that refuses a second key."""

    step = "unique"
    never_stalls_before: re.Pattern[str] | None = None

    @initialize(window=st.sampled_from([2, 1000]), seed=st.none() | st.integers(0, 99))
    def begin(self, window: int, seed: int | None) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.window, spool.WINDOW_CALLS_MAX = spool.WINDOW_CALLS_MAX, window
        self.scene = Scene(a_prepared_world(self.folder, step=self.step))
        if seed is not None:
            self.scene.world.between = partial(Jumbled, seed=seed)
        acts.edits_mapping(self.scene)

    def teardown(self) -> None:
        if not hasattr(self, "scene"):
            return
        try:
            self._comes_to_rest()
        finally:
            spool.WINDOW_CALLS_MAX = self.window
            shutil.rmtree(self.folder)

    def _comes_to_rest(self) -> None:
        self.scene.world.wait(seconds=LEASE_SECONDS)
        for _ in range(RUNS_UNTIL_OVER):
            if self.scene.world.sync().status == "ok":
                break
        promises.settled(self.scene)
        promises.quiet(self.scene)

    @invariant()
    def keeps_its_promises(self) -> None:
        if hasattr(self, "scene"):
            promises.kept(self.scene)

    # --- the platform

    @rule(caller=st.none() | callers, call_type=st.sampled_from(CALL_TYPES), outcome=st.sampled_from(OUTCOMES),
          says=st.sampled_from(["all", "all", "number", "address"]), seconds=st.sampled_from([1, 60]))  # fmt: skip
    def rings(self, caller: Any, call_type: str, outcome: str, says: str, seconds: int) -> None:
        fields: dict[str, Any] = {"callType": call_type, "outcome": outcome}
        if says == "number":
            fields |= {"leadData": None, "callerName": None}
        elif says == "address":
            fields |= {"callerNumber": "withheld"}
        acts.rings(self.scene, caller, ended_at=self.scene.world.clock.now(), **fields)
        self.scene.world.wait(seconds=seconds)

    @rule(which=which, changes=late)
    def changes_late(self, which: int, changes: dict[str, Any]) -> None:
        acts.changes_late(self.scene, which, **changes)

    @rule(hours=st.sampled_from([0.1, 1, 25, 200]))
    def passes_time(self, hours: float) -> None:
        self.scene.world.wait(hours=hours)

    # --- people

    @rule(caller=callers, by_number=st.booleans(), name=st.sampled_from(["", "Yan Stranger"]))
    def adds(self, caller: Any, by_number: bool, name: str) -> None:
        acts.adds_contact(self.scene, caller, by_number=by_number, by_email=not by_number or not name, name=name)

    @rule(kind=kinds, which=which, caller=callers, number=st.integers(0, 9))
    def writes(self, kind: str, which: int, caller: Any, number: int) -> None:
        names = {"contact": "firstname", "call": "hs_call_title", "task": "hs_task_subject"}
        acts.writes(self.scene, self._record(kind, which, caller), **{names[kind]: f"By hand {number}"})

    @rule(kind=kinds, which=which, caller=callers)
    def deletes(self, kind: str, which: int, caller: Any) -> None:
        record = self._record(kind, which, caller)
        if record is not None and self._stays_deleted(record):
            acts.deletes(self.scene, record)

    @rule(caller=callers, other=callers)
    def merges(self, caller: Any, other: Any) -> None:
        acts.merges(self.scene, self._record("contact", 0, caller), self._record("contact", 0, other))

    @rule(which=which, caller=callers)
    def links(self, which: int, caller: Any) -> None:
        acts.links(self.scene, self._record("call", which, caller), self._record("contact", which, caller))

    @rule(names=st.sets(st.sampled_from(sorted(set(EDITS) - {"note"})), max_size=2))
    def edits_mapping(self, names: set[str]) -> None:
        acts.edits_mapping(self.scene, *sorted(names))

    # --- runs

    @rule(run=run_kinds)
    def runs(self, run: Run) -> None:
        summary = run.first(self.scene)
        promises.adds_up(summary, calls=len(self.scene.rung))
        if summary.status == "ok":
            promises.settled(self.scene)

    @rule(run=run_kinds, point=points, caller=callers)
    def dies(self, run: Run, point: int, caller: Any) -> None:
        self._rings_just_now(caller)
        self.scene.world.crash.arm(point)
        self._runs_as_far_as_it_gets(run)

    @rule(run=run_kinds, nth=st.integers(0, 3), caller=callers)
    def dies_after_a_write(self, run: Run, nth: int, caller: Any) -> None:
        """HubSpot has then what the ledger does not know yet; few of all points are such."""
        self._rings_just_now(caller)
        crash, written = self.scene.world.crash, count()

        def watch(name: str) -> None:
            if AFTER_WRITE.match(name) and next(written) == nth:
                crash.is_dead = True
                raise Crashed(name)

        crash.watch = watch
        self._runs_as_far_as_it_gets(run)

    @rule(run=run_kinds, point=points, caller=callers)
    def is_overtaken(self, run: Run, point: int, caller: Any) -> None:
        self._rings_just_now(caller)
        self._meanwhile(run, point, lambda: overtake(self.scene), spares=self.never_stalls_before)

    @rule(run=run_kinds, point=points, kind=kinds, which=which, caller=callers)
    def runs_while_somebody_deletes(self, run: Run, point: int, kind: str, which: int, caller: Any) -> None:
        self._meanwhile(run, point, lambda: self.deletes(kind, which, caller))

    @rule(run=run_kinds, point=points, caller=callers, other=callers)
    def runs_while_somebody_merges(self, run: Run, point: int, caller: Any, other: Any) -> None:
        self._meanwhile(run, point, lambda: self.merges(caller, other))

    @rule(run=run_kinds, point=points, which=which, changes=late)
    def runs_while_a_call_changes(self, run: Run, point: int, which: int, changes: dict[str, Any]) -> None:
        self._meanwhile(run, point, lambda: self.changes_late(which, changes))

    @precondition(lambda self: self.scene.rung)
    @rule(count=st.integers(1, 3))
    def retries(self, count: int) -> None:
        rung = len(self.scene.rung)
        promises.adds_up(story.retry(self.scene, rung - count), calls=rung)

    @rule()
    def loses_the_ledger(self) -> None:
        self._wait_for_the_search()
        acts.loses_the_ledger(self.scene)

    # --- how

    def _rings_just_now(self, caller: Any) -> None:
        """A run that has nothing to write has nothing to fear."""
        self.rings(caller, call_type="new_enquiry", outcome="lead_captured", says="all", seconds=60)

    def _record(self, kind: str, which: int, caller: Any) -> Record | None:
        match kind:
            case "contact":
                return next(iter(acts.contacts_of(self.scene, caller)), None)
            case "call":
                return acts.engagement_of(self.scene, which)
            case _:
                tasks = acts.records(self.scene, "tasks")
                return tasks[which % len(tasks)] if tasks else None

    def _stays_deleted(self, record: Record) -> bool:
        """Whether it is promised that this record is not made again when a person deletes it now."""
        return True

    def _wait_for_the_search(self) -> None:
        """HubSpot itself refuses what its search does not show yet."""

    def _meanwhile(
        self, run: Run, point: int, act: Callable[[], object], *, spares: re.Pattern[str] | None = None
    ) -> None:
        at_point(self.scene, point, act, spares=spares)
        self._runs_as_far_as_it_gets(run)

    def _runs_as_far_as_it_gets(self, run: Run) -> None:
        try:
            promises.adds_up(run.first(self.scene), calls=len(self.scene.rung))
        except (Crashed, ConnectorError):
            self.scene.world.wait(seconds=LEASE_SECONDS)
        finally:
            self.scene.world.crash.arm(None)


class ConnectionWithoutUniqueKeys(Connection):
    """The same life where HubSpot refuses no second key. What nothing holds off there is not tried (known-limits.md):

    no run stalls past its lease between the last check of its lane and a write; nobody deletes a call or a task that
    the ledger does not know yet, or any more, since the search shows no archived records; and no ledger is lost within
    the search's delay, nor after somebody deleted something.
    """

    step = "plain"
    never_stalls_before = never_stalls_before("plain")

    def _stays_deleted(self, record: Record) -> bool:
        known = promises.ledger(self.scene).values()
        return record.object_type == "contacts" or any(
            record.id in (entry.engagement_id, *entry.records.values()) for entry in known
        )

    def _wait_for_the_search(self) -> None:
        self.scene.world.wait(seconds=SEARCH_LAG_SECONDS[self.step])


def _played(machine: type[Connection]) -> type[Any]:
    case: type[Any] = machine.TestCase
    case.settings = settings(
        max_examples=-(-EXAMPLES // 2), stateful_step_count=20, suppress_health_check=list(HealthCheck), phases=PHASES
    )
    return case


TestConnection = _played(Connection)
TestConnectionWithoutUniqueKeys = _played(ConnectionWithoutUniqueKeys)
