"""`plan` writes nothing anywhere, and then `sync` writes what it said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connector.reports import PlannedRecord, PlanReport
from tests.stubs.frozen import prepared
from tests.stubs.world import World

READS = ("/search", "/batch/read")


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = prepared(tmp_path, calls=200, search_lag_seconds=3.0)
    world.wait(minutes=5)
    world.forget_requests()
    return world


def plan(world: World) -> PlanReport:
    with world.app() as app:
        return app.plan()


def writes(world: World) -> list[Any]:
    """Every body sent with a request that writes."""
    return [
        json.loads(exchange.body or b"{}")
        for exchange in world.sandbox.journal.exchanges("hubspot")
        if exchange.method != "GET" and not exchange.path.endswith(READS)
    ]


def test_writes_nothing_anywhere(world: World) -> None:
    before, ledger = world.export(), world.ledger.read_bytes()
    assert plan(world).has_changes
    assert writes(world) == []
    assert world.export() == before
    assert world.ledger.read_bytes() == ledger


def test_makes_no_ledger_where_there_is_none(world: World) -> None:
    world.lose_the_ledger()
    plan(world)
    assert not world.ledger.exists()


def test_says_what_sync_then_does(world: World) -> None:
    planned = plan(world)
    assert writes(world) == []
    world.forget_requests()
    done = world.sync()
    assert planned.summary.calls == done.calls
    assert planned.summary.contacts == done.contacts
    assert planned.summary.records == done.records
    assert planned.summary.requests == done.requests


def test_says_every_value_that_sync_then_writes(world: World) -> None:
    planned = plan(world)
    world.forget_requests()
    world.sync()
    sent = [
        {name: value for name, value in record["properties"].items() if name not in BOOKKEEPING}
        for body in writes(world)
        for record in body["inputs"]
    ]
    said = [values(record) for call in planned.calls for record in (call.engagement, *call.records) if record]
    calls_and_records = [record for record in sent if "hs_timestamp" in record]
    assert sorted(map(canonical, calls_and_records)) == sorted(map(canonical, said))

    contacts: dict[str, dict[str, str]] = {}
    for call in planned.calls:
        if call.contact is not None and call.contact.changes:
            name = call.contact.key or call.contact.id or ""
            contacts.setdefault(name, {}).update(values(call.contact))
    sent_contacts = [record for record in sent if "hs_timestamp" not in record]
    assert sorted(map(canonical, sent_contacts)) == sorted(map(canonical, contacts.values()))


def test_again_after_the_sync_there_is_nothing_to_do(world: World) -> None:
    world.sync()
    world.forget_requests()
    planned = plan(world)
    assert not planned.has_changes
    assert world.requests() == []


BOOKKEEPING = {"call_connector_fingerprint", "call_connector_written"}


def values(record: PlannedRecord) -> dict[str, str]:
    return {change.property: change.after for change in record.changes if change.after}


def canonical(record: dict[str, str]) -> str:
    return json.dumps(record, sort_keys=True)
