"""Plans made and applied in a world, and what a test asks of the world afterwards."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector.plans.errors import StalePlanError
from connector.reports import Applied
from tests.stubs.crash import Crashed
from tests.stubs.phone_line import edit_mapping
from tests.stubs.world import World

READS = ("/search", "/batch/read")


def plan(world: World, path: Path, **asked: Any) -> Any:
    """Make a plan; answers what stands in its file."""
    with world.app() as app:
        app.plan(out=path, **asked)
    return json.loads(path.read_text())


def apply(world: World, path: Path, **settings: Any) -> Applied:
    with world.app(**settings) as app:
        return app.apply(path)


def writes(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Operation, object type and input of every record sent with a request that writes."""
    sent = []
    for exchange in world.sandbox.journal.exchanges("hubspot"):
        if exchange.method == "GET" or exchange.path.endswith(READS):
            continue
        *_, object_type, _batch, operation = exchange.path.split("/")
        sent += [(operation, object_type, each) for each in json.loads(exchange.body or b"{}")["inputs"]]
    return sent


def remembered(world: World) -> dict[str, list[Any]]:
    """Everything that the ledger remembers but who holds the lane, and what was learned of the portal."""
    if not world.ledger.exists():
        return {}
    with sqlite3.connect(world.ledger) as database:
        return {
            table: sorted(map(repr, database.execute(f"SELECT * FROM {table}")))  # noqa: S608
            for table in ("connection", "entry", "person", "run")
        }


def a_busy_world(folder: Path) -> World:
    world = World(folder, calls=200, search_lag_seconds=3.0)
    edit_mapping(world, folder, lambda text: text.replace("default: null}", "default: priya.shah@example.com}"))
    world.setup()
    world.wait(minutes=5)
    world.forget_requests()
    return world


def refused(world: World, path: Path, **settings: Any) -> StalePlanError:
    """Apply, and see that nothing is written anywhere."""
    world.wait(minutes=10)
    world.forget_requests()
    export, ledger = world.export(), remembered(world)
    with pytest.raises(StalePlanError) as caught:
        apply(world, path, **settings)
    assert caught.value.exit_code == 6
    assert writes(world) == []
    assert world.export() == export
    now = remembered(world)
    if not ledger or not ledger["connection"]:
        # That the connection exists is remembered with the lane; nothing is known of it.
        now["connection"] = []
    assert now == (ledger or {table: [] for table in now})
    return caught.value


def die_before_calls(world: World) -> Callable[[str], None]:
    def watch(name: str) -> None:
        if name == "before POST /crm/v3/objects/calls/batch/create":
            world.crash.is_dead = True
            raise Crashed(name)

    return watch
