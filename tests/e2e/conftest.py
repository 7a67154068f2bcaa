"""What the tests of the whole product share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connector.app import App
from connector.cli.main import run
from tests.stubs.frozen import a_prepared_world
from tests.stubs.world import Command, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A platform with no calls but those that a test rings up, and a prepared portal."""
    return a_prepared_world(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a plan is kept."""
    return tmp_path / "a.plan.json"


@pytest.fixture
def command(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> Command:
    """Run one command with `--json`; answers its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)

    def command(*argv: str, **changes: Any) -> tuple[int, Any]:
        def open_app(settings: Any, clock: Any) -> App:
            return App.from_settings(
                world.settings(**changes),
                clock=world.clock,
                hubspot_transport=world.transport,
                source_transport=world.transport,
            )

        code = run([*argv, "--json"], open_app=open_app, clock=world.clock)
        return code, json.loads(capfd.readouterr().out)

    return command
