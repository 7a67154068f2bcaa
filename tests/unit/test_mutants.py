"""The guards that `make torture` takes away one by one are where its list says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.guard import Guard
from tests.mutants.guards import GUARDS

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize("guard", GUARDS, ids=[guard.name for guard in GUARDS])
def test_a_guard_stands_once_in_its_file(guard: Guard) -> None:
    assert (CHECKOUT / guard.file).read_text().count(guard.old) == 1
    assert all((CHECKOUT / test.partition("::")[0]).is_file() for test in guard.tests.split())
