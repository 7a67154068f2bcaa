"""What the tests of the whole product share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stubs.frozen import a_prepared_world
from tests.stubs.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A platform with no calls but those that a test rings up, and a prepared portal."""
    return a_prepared_world(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a plan is kept."""
    return tmp_path / "a.plan.json"
