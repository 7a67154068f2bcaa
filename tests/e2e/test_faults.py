"""Every line of `docs/faults.md`, played; and the page, compared with what was seen."""

from __future__ import annotations

import pytest

from connector.codes import CODES
from tests.faults.page import GROUPS, PAGE, kept, line, page
from tests.faults.stage import undisturbed
from tests.faults.terms import Fault, play

FAULTS = [fault for faults in GROUPS.values() for fault in faults]
EXITS = {0, 1, 2, 3, 4, 5, 137, 143}


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{fault.name} ({fault.step})" for fault in FAULTS])
def test_after_a_fault_all_is_as_if_there_had_been_none(fault: Fault) -> None:
    outcome = play(fault)
    assert outcome.is_accounted_for
    assert outcome.is_as_undisturbed or fault.is_by_hand
    assert outcome.first.exit_status in EXITS, outcome.first
    assert outcome.first.code in {*CODES, "–"}
    assert line(fault, outcome) == kept(fault), "docs/faults.md is stale: make fix"


def test_the_page_holds_these_faults_and_no_others() -> None:
    assert page(kept) == PAGE.read_text(encoding="utf-8")


def test_no_two_lines_are_of_one_fault() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))


def test_an_undisturbed_run_takes_as_many_requests_as_the_page_says() -> None:
    assert f"it takes {undisturbed('unique', 0).requests} requests" in PAGE.read_text(encoding="utf-8")
