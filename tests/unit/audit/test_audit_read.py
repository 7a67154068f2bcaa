"""A platform's list as `reconcile` reads it: each call as this connection's mapping sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connector.audit.compare import Listed
from connector.audit.read import ListReader
from connector.engine.spool import Spool
from connector.mapping.compile import compile_mapping
from connector.mapping.load import load_mapping
from connector.model import Call, CallKey
from tests.stubs.told_source import ToldSource

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MAPPING = Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"


@pytest.mark.parametrize(("connection", "is_skipped"), [("trial", True), ("main", False)])
def test_the_mapping_sees_the_connection(tmp_path: Path, connection: str, is_skipped: bool) -> None:
    mapping = tmp_path / "reception_ai.yaml"
    mapping.write_text(MAPPING.read_text().replace('callType == "staff"', 'connection.name == "trial"'))
    call = Call(
        key=CallKey("reception_ai", "org", "c1"),
        started_at=NOW - timedelta(hours=2),
        ended_at=NOW - timedelta(hours=1),
        duration_seconds=3600,
        payload={"id": "c1"},
    )
    source = ToldSource()
    source.listed = [call]
    reader = ListReader(
        connection=connection,
        source=source,
        mapping=compile_mapping(load_mapping(mapping)),
        account=None,
        now=NOW,
        told=lambda count: None,
    )
    with Spool(Listed) as spool:
        reader.read(spool, since=NOW - timedelta(days=1), until=NOW)
        (listed,) = next(spool.windows())
    assert (listed.skip != "") is is_skipped
