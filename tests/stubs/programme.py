"""Which stories are played, on which portals and with which ledgers.

By default the steps of the ladder of keys take turns, and where there is a database server one story in ten keeps its
ledger there. `STORY_STEPS` and `STORY_LEDGERS` name some of them, separated by commas: then each story is played with
each of these.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.stubs.portal import STEPS
from tests.stubs.postgresql import SERVER, Databases, forget_everything

FILE, DATABASE = "sqlite", "postgresql"
TURNS = ("unique", "plain", "unique", "external")
ONE_IN = 10
"""Stories of which one keeps its ledger in a database."""

Addresses = tuple[str, str]
"""Of two databases for two worlds at a time; blank where the ledgers are files."""


def stories(first: int, count: int) -> list[Any]:
    """The parameters `seed`, `step` and `ledger` of so many stories."""
    steps, ledgers = _named("STORY_STEPS", STEPS), _named("STORY_LEDGERS", (FILE, DATABASE))
    return [
        pytest.param(seed, step, ledger, id=f"{seed}-{step}-{ledger}")
        for seed in range(first, first + count)
        for step, ledger in product(steps or [TURNS[seed % len(TURNS)]], ledgers or [_ledger_in_turn(seed)])
    ]


def _ledger_in_turn(seed: int) -> str:
    return DATABASE if SERVER and seed % ONE_IN == 0 else FILE


def _named(variable: str, known: Any) -> list[str]:
    names = [name for name in os.environ.get(variable, "").split(",") if name]
    assert set(names) <= set(known), f"{variable}={','.join(names)}: known are {', '.join(known)}"
    return names


@pytest.fixture(scope="session")
def _two_databases(databases: Databases) -> Addresses:
    return databases.prepared(), databases.prepared()


@pytest.fixture
def addresses(request: pytest.FixtureRequest) -> Callable[[str], Addresses]:
    """Where two ledgers of this kind are that remember nothing yet."""

    def addresses(ledger: str) -> Addresses:
        if ledger == FILE:
            return "", ""
        two: Addresses = request.getfixturevalue("_two_databases")
        for url in two:
            forget_everything(url)
        return two

    return addresses
