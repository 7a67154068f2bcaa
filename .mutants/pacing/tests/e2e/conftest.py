"""What the tests of the whole product share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stubs.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A platform with no calls but those that a test rings up, and a prepared portal."""
    world = World(tmp_path, calls=0, search_lag_seconds=3.0)
    world.setup()
    return world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a plan is kept."""
    return tmp_path / "a.plan.json"
