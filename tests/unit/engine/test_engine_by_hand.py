"""What a person's word makes of a call: all of its entry, since whatever is left of what was there decides later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.by_hand import to_be_left, to_be_tried
from connector.model import Entry, State

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)
BEFORE = Entry(
    call_id="c1",
    account="org",
    state=State.DEAD,
    ended_at=NOW - timedelta(days=1),
    fingerprint="v-1",
    mapping_version="v",
    decision="matched",
    reason="phone",
    contact_id="7",
    engagement_id="8",
    records={"callback": "9"},
    attempts=3,
    code="E231",
    message="HubSpot refused it",
    notes=("W236 call x: left out",),
    run_id="r1",
    updated_at=NOW - timedelta(days=1),
    listed="l-1",
    look_again_at=NOW + timedelta(days=1),
)
TRIED: dict[str, Any] = {"state": State.FAILED, "attempts": 0, "look_again_at": None, "updated_at": NOW}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, TRIED, id="a dead letter"),
        pytest.param({"state": State.DONE}, TRIED, id="a call that is done"),
        pytest.param({"state": State.FAILED}, TRIED, id="one that has failed"),
        pytest.param({"state": State.GONE}, TRIED, id="one that a person deleted"),
        pytest.param({"state": State.HELD, "decision": "held"}, TRIED, id="a held one"),
        pytest.param({"state": State.DONE, "decision": "logged"}, TRIED, id="a logged one"),
        pytest.param({"state": State.SKIPPED}, {**TRIED, "reason": "", "message": ""}, id="a skipped one"),
        pytest.param({"state": State.INTENT}, {}, id="an interrupted run's"),
        pytest.param({"state": State.ONGOING}, {}, id="one that goes on"),
    ],
)
def test_to_be_tried(before: dict[str, Any], after: dict[str, Any]) -> None:
    entry = replace(BEFORE, **before)
    assert to_be_tried(entry, now=NOW) == replace(entry, **after)


@pytest.mark.parametrize("state", State)
def test_to_be_left(state: State) -> None:
    left = to_be_left(replace(BEFORE, state=state), "not a customer", now=NOW)
    assert left.is_left_by_hand
    assert left == replace(
        BEFORE,
        state=State.SKIPPED,
        reason="by_hand",
        code="",
        message="not a customer",
        attempts=0,
        look_again_at=None,
        updated_at=NOW,
    )
