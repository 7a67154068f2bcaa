"""A plugin of pytest: what a fixture of several tests reached, each of them reached.

mutmut asks which functions each test reached, to run no others against a mutant, and holds what a fixture of a whole
file calls to the first of its tests alone: all others would never judge it.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from mutmut.state import state

_reached: dict[str, set[str]] = {}
"""By the place and name of a fixture."""


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    if fixturedef.scope == "function":
        return (yield)
    before = set(state()._stats)
    state()._stats.clear()
    try:
        return (yield)
    finally:
        _reached[_name(fixturedef)] = set(state()._stats)
        state()._stats |= before


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Function) -> None:
    for fixturedefs in item._fixtureinfo.name2fixturedefs.values():
        for fixturedef in fixturedefs:
            state()._stats |= _reached.get(_name(fixturedef), set())


def _name(fixturedef: pytest.FixtureDef[Any]) -> str:
    return f"{fixturedef.baseid}::{fixturedef.argname}"
