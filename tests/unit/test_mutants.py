"""The guards that `make torture` takes away one by one are where its list says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.guard import Guard
from tests.mutants.guards import GUARDS
from tests.mutants.judge import why_not_noticed

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize("guard", GUARDS, ids=[guard.name for guard in GUARDS])
def test_a_guard_stands_once_in_its_file(guard: Guard) -> None:
    assert (CHECKOUT / guard.file).read_text().count(guard.old) == 1
    assert all((CHECKOUT / test.partition("::")[0]).is_file() for test in guard.tests.split())


@pytest.mark.parametrize(
    ("exit_code", "output", "expected"),
    [
        (1, "E       assert 5 == 4\nFAILED a.py::test_it - assert 5 == 4", ""),
        (1, "E   connector.errors.FatalError: E513 the disk is full\nFAILED a.py::t - connector.errors.FatalError", ""),
        (1, "    with pytest.raises(TypeError):\nE   Failed: DID NOT RAISE <class 'TypeError'>", ""),
        (0, "1 passed", "no test failed"),
        (2, "E   SyntaxError: invalid syntax", "pytest ended with 2"),
        (5, "no tests ran", "pytest ended with 5"),
    ],
)
def test_a_guard_is_noticed_by_a_test_that_fails_for_what_it_tests(exit_code: int, output: str, expected: str) -> None:
    assert why_not_noticed(exit_code, output) == expected


@pytest.mark.parametrize("name", ["AttributeError", "NameError", "TypeError", "ImportError", "SyntaxError"])
@pytest.mark.parametrize(
    "line", ["E           {}: 'Reader' has no such thing", "FAILED a.py::t - {}: x", "ERROR a.py::t - {}", "{}: logged"]
)
def test_what_does_not_run_is_no_notice(name: str, line: str) -> None:
    why = why_not_noticed(1, f"E   assert 1 == 2\n{line.format(name)}\n1 failed")
    assert why == f"what stands in place of the guard does not run: {name}"
