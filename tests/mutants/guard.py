"""What a guard in the list is."""

from __future__ import annotations

from typing import NamedTuple

E2E = "tests/e2e"
LEDGER = "tests/contract/test_ledger_contract.py"


class Guard(NamedTuple):
    """`old` stands in the file exactly once; `new` is the same code without the guard."""

    name: str
    file: str
    old: str
    new: str
    tests: str
    """Tests, as pytest names them, separated by blanks: at least one of them fails without the guard."""
