"""The same calls give the same CRM, however they are carried."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.stubs.frozen import prepared
from tests.stubs.world import World

CALLS = 400


def carried(folder: Path, **settings: Any) -> World:
    folder.mkdir()
    world = prepared(folder, calls=CALLS, search_lag_seconds=3.0)
    summary = world.sync(**settings)
    assert summary.status == "ok"
    look_again_at_held_calls(world, **settings)
    return world


def look_again_at_held_calls(world: World, **settings: Any) -> None:
    """A week later every held call was looked up again, also by who called later from its number."""
    world.wait(days=8)
    assert world.sync(**settings).status == "ok"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return carried(tmp_path_factory.mktemp("reference") / "world").export()


@pytest.mark.parametrize("concurrency", [1, 16])
def test_for_every_concurrency(tmp_path: Path, reference: bytes, concurrency: int) -> None:
    assert carried(tmp_path / "world", concurrency=concurrency).export() == reference


@pytest.mark.parametrize("version", ["v3", "2026-09"])
def test_for_every_api_version(tmp_path: Path, reference: bytes, version: str) -> None:
    world = carried(tmp_path / "world", hubspot_api_version=version)
    assert world.export() == reference
    batches = [request for request in world.requests() if "/objects/" in request and "/batch/" in request]
    assert batches
    assert all(("/crm/objects/2026-09/" if version == "2026-09" else "/crm/v3/") in request for request in batches)


def test_for_one_sync_and_for_ten_with_calls_arriving_between(tmp_path: Path, reference: bytes) -> None:
    world = prepared(tmp_path, calls=CALLS, search_lag_seconds=3.0)
    # Back to before the first call, then forward again: calls appear when they have ended.
    span = timedelta(days=6)
    world.wait(seconds=-span.total_seconds())
    read = []
    for _ in range(10):
        world.wait(seconds=span.total_seconds() / 10)
        summary = world.sync()
        assert summary.status == "ok"
        read.append(summary.calls.created + summary.calls.held + summary.calls.skipped)
    assert sum(read) == CALLS
    assert sum(count > 0 for count in read) >= 8
    look_again_at_held_calls(world)
    assert world.export() == reference
