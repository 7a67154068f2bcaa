"""Weeks of a connection's life made up from a seed: who rings, what people do meanwhile, and which runs there are.

The clock of a world where a run died runs a little ahead of that of an undisturbed one. So that the two may be
compared, calls come in the first third of an hour and runs begin in the last: nothing falls due in between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from connector.model import RunSummary
from connector.sandbox.hubspot import Choices
from tests.stubs import acts
from tests.stubs.acts import CALLERS, EDITS, Caller, Scene
from tests.stubs.clock import START

Act = Callable[[Scene], Any]
HOURS_LATER = (1, 1, 2, 3, 25, 26, 49, 200)
"""After an hour and after a day held calls are due; after a week nobody is reminded of a call any more."""
RUN_AT_MINUTE = 40
SECOND_RUN_AT_MINUTE = 50
LONG_AGO = START - timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """Something that people or the platform do."""

    words: str
    act: Act


@dataclass(frozen=True)
class Run:
    """A run of the product, and what goes on with it when it died."""

    words: str
    first: Callable[[Scene], RunSummary]
    again: Callable[[Scene], RunSummary]


def sync(scene: Scene) -> RunSummary:
    return scene.world.sync()


def backfill(scene: Scene, *, resume: bool = False) -> RunSummary:
    with scene.world.app() as app:
        return app.backfill(since=LONG_AGO, resume=resume)


def retry(scene: Scene, which: int) -> RunSummary:
    with scene.world.app() as app:
        known = {entry.call_id for entry in app.calls_list(limit=1000)}
        return app.calls_retry([call_id for call_id in scene.rung[which:] if call_id in known])


def habits(seed: int) -> Choices:
    """How the portal of this story behaves where HubSpot's documents leave it open."""
    luck = Random(f"habits {seed}")
    return Choices(
        merge_keeps_primary_id=luck.random() < 0.5,
        merged_ids_resolve=luck.random() < 0.5,
        secondary_email_resolves=luck.random() < 0.5,
        echo_trace_ids=luck.random() < 0.5,
        archived_keeps_unique=luck.random() < 0.5,
        all_missing_status=luck.choice([207, 404]),
        missing_are_named=luck.random() < 0.5,
        default_lifecyclestage=luck.choice(["", "lead"]),
    )


def tell(seed: int) -> list[Step | Run]:
    """The story of this seed, the same each time."""
    return _Teller(Random(seed)).tell()


class _Teller:
    def __init__(self, luck: Random) -> None:
        self._luck = luck
        self._steps: list[Step | Run] = []
        self._minutes = 0.0
        self._rung = 0
        self._edits: set[str] = set()

    def tell(self) -> list[Step | Run]:
        luck = self._luck
        self._step("edits the mapping", partial(_edit, names=frozenset()))
        for caller in CALLERS:
            if luck.random() < 0.5:
                self._in_the_crm_before(caller)
        for chapter in range(luck.randint(2, 3)):
            self._minutes = -(-(self._minutes + 1) // 60) * 60 + 60 * (luck.choice(HOURS_LATER) - 1 if chapter else 0)
            self._step(f"{self._minutes / 60:.0f} hours after the beginning", partial(_wait_until, self._minutes))
            for _ in range(luck.randint(0, 4) if chapter else 0):
                self._meanwhile()
            for _ in range(luck.randint(1, 5)):
                self._call()
            self._run()
        return self._steps

    # --- chapters

    def _in_the_crm_before(self, caller: Caller) -> None:
        how = self._luck.choice(["number", "email", "both", "two of a number", "namesake"])
        match how:
            case "two of a number":
                self._add(caller, by_number=True, by_email=True)
                self._add(caller, by_number=True, by_email=False, name="Zoe Other")
            case "namesake":
                self._add(caller, by_number=True, by_email=False, name="Yan Stranger")
            case _:
                self._add(caller, by_number=how != "email", by_email=how != "number")

    def _meanwhile(self) -> None:
        luck, which = self._luck, self._luck.randrange(max(self._rung, 1))
        caller = luck.choice(CALLERS)
        match luck.choice(["late"] * 6 + ["writes", "deletes", "merges", "links", "unlinks", "adds", "edits"] * 2):
            case "late":
                self._late(which)
            case "writes":
                self._writes(which, caller)
            case "deletes":
                self._deletes(which, caller)
            case "merges":
                others = [each for each in CALLERS if each is not caller]
                self._step("merges", partial(_merge, caller=caller, other=luck.choice(others)))
            case "links":
                self._step("links", partial(_link, which=which, caller=caller))
            case "unlinks":
                self._step("unlinks", lambda scene: acts.unlinks(scene, acts.engagement_of(scene, which)))
            case "adds":
                self._in_the_crm_before(caller)
            case "edits":
                self._edits ^= {luck.choice(sorted(EDITS))}
                self._edits -= {"note"} if "inline" in self._edits else set()
                names = frozenset(self._edits)
                self._step(f"edits the mapping: {', '.join(sorted(names))}", partial(_edit, names=names))

    def _late(self, which: int) -> None:
        luck, caller = self._luck, self._luck.choice(CALLERS)
        changes: dict[str, Any] = luck.choice(
            [
                {"summary": f"It came out differently, {luck.randint(1, 99)}."},
                {"transcript": f"Caller: hello {luck.randint(1, 99)}"},
                {"leadData": {"name": caller.name, "email": caller.email}},
                {"leadData": None, "callerName": None},
                {"outcome": luck.choice(OUTCOMES)},
                {"callType": luck.choice(CALL_TYPES)},
                {"duration": "soon"},
                {"duration": 60},
            ]
        )
        self._step(f"call {which} changes: {changes}", lambda scene: acts.changes_late(scene, which, **changes))

    def _writes(self, which: int, caller: Caller) -> None:
        kind, words = self._luck.choice(["contact", "call", "body", "task"]), f"By hand {self._luck.randint(1, 99)}"
        act = partial(_write, kind=kind, which=which, caller=caller, words=words)
        self._step(f"writes on the {kind} of {which} or {caller.name}", act)

    def _deletes(self, which: int, caller: Caller) -> None:
        kind = self._luck.choice(["contact", "call", "task"])
        act = partial(_delete, kind=kind, which=which, caller=caller)
        self._step(f"deletes the {kind} of {which} or {caller.name}", act)

    def _call(self) -> None:
        luck = self._luck
        # Now and then the same caller again within seconds.
        self._minutes += luck.choice([0.05, 0.1, 1, 2])
        caller = luck.choice([*CALLERS, *CALLERS[:2], None])
        fields: dict[str, Any] = {"callType": luck.choice(CALL_TYPES), "outcome": luck.choice(OUTCOMES)}
        match luck.choice(["all", "all", "all", "number", "email", "nothing"]) if caller else "":
            case "number":
                fields |= {"leadData": None, "callerName": None}
            case "email":
                fields |= {"callerNumber": "withheld"}
            case "nothing":
                fields |= {"leadData": {"name": caller.name if caller else None}}
        ended_at = START + timedelta(minutes=self._minutes)
        self._rung += 1
        words = f"{caller.name if caller else 'nobody'} rings: {fields}"
        self._step(words, lambda scene: acts.rings(scene, caller, ended_at=ended_at, **fields))

    def _run(self) -> None:
        luck, hour = self._luck, self._minutes // 60 * 60
        self._step("waits", partial(_wait_until, hour + RUN_AT_MINUTE))
        if luck.random() < 0.15:
            self._step("loses the ledger", acts.loses_the_ledger)
        self._steps.append(luck.choice([SYNC, SYNC, SYNC, BACKFILL]))
        if luck.random() < 0.4:
            self._step("waits", partial(_wait_until, hour + SECOND_RUN_AT_MINUTE))
            which = luck.randrange(self._rung)
            tried = partial(retry, which=which)
            self._steps.append(luck.choice([SYNC, BACKFILL, Run(f"retry of {which} and later", tried, tried)]))

    # --- words

    def _add(self, caller: Caller, **how: Any) -> None:
        self._step(f"adds {caller.name} {how}", lambda scene: acts.adds_contact(scene, caller, **how))

    def _step(self, words: str, act: Act) -> None:
        self._steps.append(Step(words, act))


SYNC = Run("sync", sync, sync)
BACKFILL = Run("backfill", backfill, partial(backfill, resume=True))
OUTCOMES = ("lead_captured", "lead_captured", "callback_scheduled", "message_taken", "transferred", "resolved")
CALL_TYPES = ("new_enquiry", "new_enquiry", "referral", "existing_client", "unknown", "staff")


def _wait_until(minutes: float, scene: Scene) -> None:
    acts.at(scene, minutes)


def _edit(scene: Scene, *, names: frozenset[str]) -> None:
    acts.edits_mapping(scene, *sorted(names))


def _contact(scene: Scene, caller: Caller) -> Any:
    return next(iter(acts.contacts_of(scene, caller)), None)


def _task(scene: Scene, which: int) -> Any:
    tasks = acts.records(scene, "tasks")
    return tasks[which % len(tasks)] if tasks else None


def _write(scene: Scene, *, kind: str, which: int, caller: Caller, words: str) -> None:
    match kind:
        case "contact":
            acts.writes(scene, _contact(scene, caller), firstname=words, hs_lead_status="OPEN")
        case "call":
            acts.writes(scene, acts.engagement_of(scene, which), hs_call_title=words)
        case "body":
            acts.writes(scene, acts.engagement_of(scene, which), hs_call_body=words)
        case _:
            acts.writes(scene, _task(scene, which), hs_task_subject=words, hs_task_status="COMPLETED")


def _merge(scene: Scene, *, caller: Caller, other: Caller) -> None:
    acts.merges(scene, _contact(scene, caller), _contact(scene, other))


def _link(scene: Scene, *, which: int, caller: Caller) -> None:
    acts.links(scene, acts.engagement_of(scene, which), _contact(scene, caller))


def _delete(scene: Scene, *, kind: str, which: int, caller: Caller) -> None:
    match kind:
        case "contact":
            acts.deletes(scene, _contact(scene, caller))
        case "call":
            acts.deletes(scene, acts.engagement_of(scene, which))
        case _:
            acts.deletes(scene, _task(scene, which))
