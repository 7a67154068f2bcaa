"""reconcile in a portal where everything happened: each finding is told, and mended or left to a person."""

from __future__ import annotations

import json

import pytest

from connector.audit.findings import Standing
from connector.model import KEY, STATE, State
from tests.stubs.phone_line import ends, entry
from tests.stubs.town import CALLS, FINE, UNREAD, Town, a_town, engagement, of


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return a_town(tmp_path_factory.mktemp("town"))


WRONG = {
    "unread": ("E271", "missing"),
    "dead": ("E272", "missing"),
    "changed": ("E273", "changed"),
    "edited": ("E273", "changed"),
    "stale": ("E273", "changed"),
    "unpromoted": ("E273", "changed"),
    "restored": ("E273", "changed"),
    "unlinked": ("E276", "misplaced"),
    "marked": ("E276", "misplaced"),
}
DECIDED = {
    "deleted": ("W271", "deleted"),
    "moved": ("W272", "moved"),
    "taken_off": ("W272", "moved"),
    "orphan": ("W272", "moved"),
    "given": ("W272", "moved"),
    "keyless": ("W274", "unkeyed"),
}


@pytest.mark.parametrize(("call_id", "expected"), [*WRONG.items(), *DECIDED.items()])
def test_each_finding_is_told(town: Town, call_id: str, expected: tuple[str, str]) -> None:
    [finding] = of(town.before, call_id)
    assert (finding.code, finding.kind) == expected
    assert finding.call == f"reception_ai:org_1:{call_id}"
    assert finding.ended_at is not None
    assert finding.fix


@pytest.mark.parametrize("call_id", [*FINE, "staff", "held", "left", "unread_staff"])
def test_what_is_in_order_is_no_finding(town: Town, call_id: str) -> None:
    assert of(town.before, call_id) == []


def test_every_call_stands_somewhere(town: Town) -> None:
    assert sum(town.before.calls.values()) == 2 * town.before.calls["listed"] == 2 * len([*CALLS, *UNREAD])
    assert town.before.calls == {
        "listed": len(CALLS) + len(UNREAD), "carried": 12, "held": 3, "skipped": 4, "waiting": 0, "before_start": 0,
        "deleted": 1, "missing": 2,
    }  # fmt: skip
    assert town.before.skipped == {"by_hand": 1, "staff": 3}
    assert (town.before.wrong, town.before.mendable) == (len(WRONG), len(WRONG))


def test_a_repair_leaves_what_people_decided_and_nothing_else(town: Town) -> None:
    assert {finding.call_id for finding in town.repaired.findings} == set(DECIDED)
    assert town.repaired.is_clean
    assert [run.kind for run in town.repaired.repairs] == ["backfill", "retry"]
    assert town.repaired.calls[Standing.MISSING] == 0


def test_a_second_look_finds_the_same_and_nothing_to_mend(town: Town) -> None:
    assert (town.after.calls, town.after.findings) == (town.repaired.calls, town.repaired.findings)
    assert (town.after.mendable, town.after.repairs) == (0, ())


@pytest.mark.parametrize("call_id", ["unread", "dead", "unpromoted"])
def test_what_was_missing_is_there_once_for_its_caller(town: Town, call_id: str) -> None:
    assert ends(town.world, "calls", engagement(town.world, call_id).id) == [entry(town.world, call_id).contact_id]


@pytest.mark.parametrize("call_id", ["changed", "edited"])
def test_what_had_changed_is_up_to_date(town: Town, call_id: str) -> None:
    assert "two quotes" in json.dumps(dict(engagement(town.world, call_id).properties))


def test_what_a_person_wrote_stays(town: Town) -> None:
    assert engagement(town.world, "edited").properties["hs_call_title"] == "Rang about the roof"


def test_what_a_person_deleted_stays_deleted(town: Town) -> None:
    keys = [record.properties.get(KEY) for record in town.world.sandbox.hubspot.records("calls")]
    assert "reception_ai:org_1:deleted" not in keys


@pytest.mark.parametrize(("call_id", "is_moved"), [("moved", True), ("taken_off", False), ("orphan", False)])
def test_whose_timeline_a_person_chose(town: Town, call_id: str, is_moved: bool) -> None:
    assert ends(town.world, "calls", engagement(town.world, call_id).id) == [town.moved_to] * is_moved


@pytest.mark.parametrize("call_id", ["unlinked", "marked"])
def test_a_link_that_was_never_made_is_made(town: Town, call_id: str) -> None:
    record = engagement(town.world, call_id)
    assert ends(town.world, "calls", record.id) == [entry(town.world, call_id).contact_id]
    assert not record.properties.get(STATE)
    assert entry(town.world, call_id).notes == ()


def test_a_failure_is_told_with_the_code_behind_it(town: Town) -> None:
    [finding] = of(town.before, "dead")
    assert finding.because == "E231"
    assert "forbids" in finding.message


def test_where_a_person_moved_it_is_told(town: Town) -> None:
    [finding] = of(town.after, "moved")
    assert finding.contacts == (entry(town.world, "moved").contact_id, town.moved_to)


def test_a_restored_engagement_is_known_again_and_gets_what_it_missed(town: Town) -> None:
    assert entry(town.world, "restored").state is State.DONE
    assert "while it was gone" in json.dumps(dict(engagement(town.world, "restored").properties))
