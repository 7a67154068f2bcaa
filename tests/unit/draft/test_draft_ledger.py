"""A draft over a real ledger: it reads what is there, writes nothing to it, and hides what it replaced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.draft.ledger import DraftLedger
from connector.errors import InputError
from connector.ledger.open import open_ledger
from connector.model import ConnectionState, Entry, Lane, RunSummary, State
from connector.ports import Ledger

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PORTAL = "50001"

READS = frozenset({
    "secret", "connections", "entries", "people", "unfinished", "list_entries", "count_entries", "runs",
    "run", "recall",
})  # fmt: skip


class ReadOnly:
    """A ledger that raises on every call that could write, `connection` among them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getattr__(self, name: str) -> Any:
        if name not in READS:
            raise AssertionError(f"the draft called {name} of its base")
        return getattr(self._ledger, name)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Ledger]:
    """Three calls, one run, one contact, one fact, and a lane that another run holds."""
    ledger = open_ledger(f"sqlite:///{tmp_path}/connector.db", secret=None)
    ledger.connection("default", source="reception_ai")
    ledger.pin("default", account="org_1", started_from=at(-60))
    ledger.advance("default", at(-10))
    lane = a_lane(ledger, "another run")
    ledger.settle("default", [an_entry("c1", State.DONE, 1), an_entry("c2", State.FAILED, 2)], lane=lane)
    ledger.claim("default", [an_entry("c3", State.INTENT, 3)], lane=lane)
    ledger.remember_people(PORTAL, {"h1": "501", "h2": "502"}, lane=lane)
    ledger.start_run(a_run("0195-a", 0))
    ledger.start_run(a_run("0195-b", 1))
    ledger.remember("portal", b"facts", now=NOW)
    yield ledger
    ledger.close()


@pytest.fixture
def draft(base: Ledger) -> DraftLedger:
    read_only: Any = ReadOnly(base)
    return DraftLedger(read_only)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def a_lane(ledger: Ledger, owner: str = "the draft") -> Lane:
    lane = ledger.take_lane(PORTAL, owner, lease_seconds=300)
    assert lane is not None
    return lane


def an_entry(call_id: str, state: State, minutes: float) -> Entry:
    return Entry(call_id=call_id, state=state, ended_at=at(minutes), account="org_1")


def a_run(run_id: str, minutes: float) -> RunSummary:
    return RunSummary(run_id=run_id, connection="default", kind="sync", started_at=at(minutes))


def ids(entries: list[Entry]) -> list[str]:
    return [entry.call_id for entry in entries]


def test_it_reads_what_is_there(draft: DraftLedger, base: Ledger) -> None:
    expected = ConnectionState(
        name="default", source="reception_ai", account="org_1", started_from=at(-60), watermark=at(-10)
    )
    assert draft.secret == base.secret
    assert draft.connection("default", source="reception_ai") == expected
    assert draft.entries("default", ["c1", "c9"]) == {"c1": an_entry("c1", State.DONE, 1)}
    assert draft.count_entries("default") == {State.DONE: 1, State.FAILED: 1, State.INTENT: 1}
    assert ids(draft.unfinished("default", now=NOW, limit=9)) == ["c2", "c3"]
    assert ids(draft.list_entries("default")) == ["c3", "c2", "c1"]
    assert draft.people(PORTAL, ["h1", "h9"]) == {"h1": "501"}
    assert [run.run_id for run in draft.runs("default")] == ["0195-b", "0195-a"]
    assert draft.run("0195-a") == a_run("0195-a", 0)
    assert draft.recall("portal", now=NOW, age_seconds_max=1) == b"facts"


def test_its_lanes_are_its_own(draft: DraftLedger) -> None:
    lane = a_lane(draft)
    draft.check_lane(lane)
    draft.renew_lane(lane, lease_seconds=300)
    draft.release_lane(lane)


def test_the_base_never_learns_of_what_is_drafted(draft: DraftLedger, base: Ledger, tmp_path: Path) -> None:
    before = _content(tmp_path)
    draft.connection("default", source="reception_ai")
    draft.connection("new", source="klen")
    draft.pin("default", portal_id=PORTAL)
    draft.advance("default", at(9))
    lane = a_lane(draft)
    draft.claim("default", [an_entry("c9", State.INTENT, 9)], lane=lane)
    draft.settle("default", [an_entry("c1", State.GONE, 1)], lane=lane, people={"h9": "509"})
    draft.remember_people(PORTAL, {"h1": "999"}, lane=lane)
    draft.start_run(a_run("0196", 5))
    draft.finish_run(a_run("0196", 5))
    draft.remember("portal", b"newer", now=NOW)
    draft.release_lane(lane)
    draft.close()
    assert _content(tmp_path) == before
    assert base.count_entries("default")


def _content(folder: Path) -> dict[str, bytes]:
    """All that is stored: the third file, `-shm`, holds the locks of readers."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}


def test_a_changed_source_is_noticed(draft: DraftLedger) -> None:
    with pytest.raises(InputError) as caught:
        draft.connection("default", source="klen")
    assert caught.value.code == "E531"


def test_what_is_pinned_stays(draft: DraftLedger) -> None:
    state = draft.pin("default", account="org_2", portal_id=PORTAL)
    assert (state.account, state.portal_id, state.watermark) == ("org_1", PORTAL, at(-10))
    draft.advance("default", at(-20))
    assert draft.connection("default", source="reception_ai").watermark == at(-10)
    draft.advance("default", at(-5))
    assert draft.connection("default", source="reception_ai").watermark == at(-5)


def test_its_own_entries_hide_those_below(draft: DraftLedger) -> None:
    lane = a_lane(draft)
    draft.settle("default", [an_entry("c2", State.DONE, 2), an_entry("c0", State.FAILED, 0)], lane=lane)
    draft.settle("default", [an_entry("c4", State.HELD, 4)], lane=lane)
    assert draft.entries("default", ["c2"])["c2"].state is State.DONE
    assert ids(draft.unfinished("default", now=NOW, limit=9)) == ["c0", "c3"]
    assert ids(draft.list_entries("default")) == ["c4", "c3", "c2", "c1", "c0"]
    assert ids(draft.list_entries("default", states=[State.FAILED])) == ["c0"]
    assert draft.count_entries("default") == {State.DONE: 2, State.FAILED: 1, State.INTENT: 1, State.HELD: 1}


def test_a_limit_is_met_although_entries_below_are_hidden(draft: DraftLedger) -> None:
    draft.settle("default", [an_entry("c3", State.DONE, -9), an_entry("c2", State.DONE, -8)], lane=a_lane(draft))
    assert ids(draft.list_entries("default", limit=1)) == ["c1"]
    assert ids(draft.list_entries("default", limit=2)) == ["c1", "c2"]


def test_its_own_people_come_first(draft: DraftLedger) -> None:
    draft.remember_people(PORTAL, {"h1": "999", "h3": "503"}, lane=a_lane(draft))
    assert draft.people(PORTAL, ["h1", "h2", "h3"]) == {"h1": "999", "h2": "502", "h3": "503"}


def test_its_own_runs_stand_among_those_below(draft: DraftLedger) -> None:
    draft.start_run(a_run("0195-c", 0.5))
    draft.start_run(a_run("0195-b", 7))
    assert [run.run_id for run in draft.runs("default")] == ["0195-b", "0195-c", "0195-a"]
    assert [run.run_id for run in draft.runs("default", limit=1)] == ["0195-b"]
    assert draft.run("0195-b") == a_run("0195-b", 7)
    assert draft.run("0195-a") == a_run("0195-a", 0)
    with pytest.raises(InputError):
        draft.run("0195-")


def test_its_own_facts_come_first(draft: DraftLedger) -> None:
    draft.remember("portal", b"newer", now=at(1))
    assert draft.recall("portal", now=at(1), age_seconds_max=1) == b"newer"
    assert draft.recall("portal", now=at(9), age_seconds_max=1) is None


def test_drafts_can_lie_on_drafts(draft: DraftLedger) -> None:
    draft.settle("default", [an_entry("c2", State.DONE, 2)], lane=a_lane(draft))
    read_only: Any = ReadOnly(draft)
    upper = DraftLedger(read_only)
    upper.settle("default", [an_entry("c1", State.GONE, 1)], lane=a_lane(upper))
    assert upper.count_entries("default") == {State.GONE: 1, State.DONE: 1, State.INTENT: 1}
    assert draft.entries("default", ["c1"])["c1"].state is State.DONE
