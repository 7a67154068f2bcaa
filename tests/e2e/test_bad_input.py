"""Every line of `docs/bad-input.md`, brought about; and the page, compared with what was seen."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from connector.codes import CODES
from tests.badinput.catalogue import GROUPS
from tests.badinput.page import HEAD, brought_about, name, page, row
from tests.badinput.terms import Absent, Case, Shown, Try

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "bad-input.md"
CASES = [case for cases in GROUPS.values() for case in cases]
TRIES = [case for case in CASES if isinstance(case, Try)]
SHOWN = [case for case in CASES if isinstance(case, Shown)]


@cache
def lines() -> list[str]:
    return PAGE.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", TRIES, ids=name)
def test_bad_input(case):
    seen = brought_about(case)
    assert (seen.code, seen.exit_status) == (case.code, case.exit_status), seen.message
    assert row(case, seen) in lines(), "docs/bad-input.md is stale: make fix"


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: f"{case.id}: {case.case}")
def test_what_is_shown_elsewhere_is_there(case):
    assert case.tests
    for node in case.tests:
        path, _, function = node.partition("::")
        assert function in _tests_of(ROOT / path), node
    assert row(case, None) in lines(), "docs/bad-input.md is stale: make fix"


def test_the_page_holds_these_cases_and_no_others():
    titles = [line.removeprefix("## ") for line in lines() if line.startswith("## ")]
    assert titles == list(GROUPS)
    assert "\n".join(lines()).startswith(HEAD.rstrip("\n"))
    assert sum(line.startswith("| ") for line in lines()) == len(CASES) + len(GROUPS)
    assert all(row(case, None) in lines() for case in CASES if isinstance(case, Absent))


def test_no_two_cases_have_one_name():
    names = [name(case) for case in TRIES]
    assert len(names) == len(set(names))


def test_every_code_is_in_the_registry():
    assert {case.code for case in TRIES} | {case.code for case in SHOWN} <= {*CODES, "–"}


def test_every_number_of_the_catalogue_is_there():
    assert _numbers(CASES) == set(range(1, 97))


def test_but_for_these_each_is_tried_or_shown():
    """What the product does not have, and therefore cannot get wrong: see the page for the reason of each."""
    assert set(range(1, 97)) - _numbers([*TRIES, *SHOWN]) == {35, 67}


def test_a_traceback_is_no_message():
    """The claim that the whole table makes."""
    assert not [line for line in lines() if "raceback" in line]
    assert not [case for case in TRIES if case.exit_status == 70]


def test_a_page_is_made_of_rows():
    assert page([("T", ["| a |"])]).endswith("|---|---|---|---|---|---|\n| a |\n")


def _numbers(cases: Iterable[Case]) -> set[int]:
    found: set[int] = set()
    for case in cases:
        for part in case.id.replace("B", "").split(", "):
            first, _, last = part.partition("–")
            if first.isdecimal():
                found.update(range(int(first), int(last or first) + 1))
    return found


@cache
def _tests_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
