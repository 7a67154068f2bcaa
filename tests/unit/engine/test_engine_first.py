"""What a run makes sure of before its first window: the same portal, and whether the CRM knows calls already."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connector.draft.ledger import DraftLedger
from connector.engine.first import reads_keys_first, require_same_portal
from connector.errors import FatalError
from connector.model import KEY, Call, CallKey, CrmRecord, Portal

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)


class Known:
    """A CRM that knows these keys; of those that the search alone tells of, `holds`. What it was asked is kept."""

    def __init__(self, *keys: str, holds: bool = False) -> None:
        self._keys = keys
        self._holds = holds
        self.asked: list[Any] = []

    def read(self, object_type: str, by: str, values: list[str], properties: list[str]) -> dict[str, CrmRecord]:
        self.asked.append((object_type, by, values, properties))
        return {key: CrmRecord(id=key, properties={}) for key in values if key in self._keys}

    def holds_keys(self) -> bool:
        self.asked.append("holds")
        return self._holds


def calls(count: int) -> list[Call]:
    return [
        Call(key=CallKey("klen", "org", f"c{n}"), started_at=NOW, ended_at=NOW, duration_seconds=0)
        for n in range(count)
    ]


def asks(crm: Any, count: int = 1, ledger: DraftLedger | None = None, connection: str = "main") -> bool:
    return reads_keys_first(ledger or DraftLedger(), crm, connection, calls(count), now=NOW)


@pytest.mark.parametrize(
    ("keys", "holds", "expected", "searched"),
    [
        pytest.param([], False, False, True, id="neither way"),
        pytest.param(["klen:org:c0"], False, True, False, id="by key, which lags behind nothing"),
        pytest.param([], True, True, True, id="by the search"),
    ],
)
def test_whether_the_crm_knows_calls_already(keys, holds, expected, searched):
    crm = Known(*keys, holds=holds)
    assert asks(crm) is expected
    assert crm.asked == [("calls", "key", ["klen:org:c0"], [KEY]), *(["holds"] if searched else [])]


@pytest.mark.parametrize(
    ("count", "sampled", "second"), [(1, 1, None), (100, 100, "c1"), (101, 51, "c2"), (200, 100, "c2"), (250, 84, "c3")]
)
def test_a_sample_from_one_end_to_the_other_is_one_batch(count, sampled, second):
    crm = Known()
    asks(crm, count)
    keys = crm.asked[0][2]
    assert (len(keys), keys[0]) == (sampled, "klen:org:c0")
    assert keys[1:2] == ([f"klen:org:{second}"] if second else [])


@pytest.mark.parametrize("keys", [[], ["klen:org:c0"]], ids=["no", "yes"])
def test_it_is_asked_once_for_each_connection(keys):
    crm = Known(*keys)
    ledger = DraftLedger()
    first = asks(crm, ledger=ledger)
    count = len(crm.asked)
    assert asks(crm, ledger=ledger) is first
    assert len(crm.asked) == count
    asks(crm, ledger=ledger, connection="other")
    assert len(crm.asked) == 2 * count


def test_a_token_of_another_portal_is_told():
    ledger = DraftLedger()
    ledger.connection("main", source="klen")
    for _ in range(2):
        require_same_portal(ledger, "main", Portal(id="1"))
    with pytest.raises(FatalError) as raised:
        require_same_portal(ledger, "main", Portal(id="2"))
    assert (raised.value.code, raised.value.where) == ("E121", "CONNECTOR_HUBSPOT_TOKEN")
    assert raised.value.message == (
        "the token belongs to another HubSpot portal than the one this connection was first run with"
    )
