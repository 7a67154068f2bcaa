"""When an earlier run may have sent what is about to be sent, as told by what the ledger says of the call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.engine.doubt import FRESH, LONG_AGO, Doubt
from connector.model import Entry, State

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HELD_BEFORE = NOW - timedelta(seconds=40)
A_MOMENT = timedelta(milliseconds=1)


def an_entry(sent_at: datetime | None, state: State = State.DONE) -> Entry:
    return Entry(call_id="c1", state=state, ended_at=NOW, account="org_1", perhaps_sent_at=sent_at)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("sent_at", "expected"),
    [
        pytest.param(None, None, id="never in doubt"),
        pytest.param(NOW, HELD_BEFORE, id="a moment ago"),
        pytest.param(NOW + FRESH, HELD_BEFORE, id="in the future, by another machine's clock"),
        pytest.param(NOW - FRESH, HELD_BEFORE, id="just within what a clock may be wrong"),
        pytest.param(NOW - FRESH - A_MOMENT, LONG_AGO, id="before that"),
    ],
)
def test_what_belongs_to_a_call_was_sent_before_the_lane_changed_hands_whatever_became_of_the_call(
    state: State, sent_at: datetime | None, expected: datetime | None
) -> None:
    doubt = Doubt(fresh_since=NOW - FRESH, held_before=HELD_BEFORE, reads_keys_first=False)
    assert doubt.of_call(an_entry(sent_at, state)) == expected


@pytest.mark.parametrize(
    ("is_of_contacts", "reads_keys_first", "expected"),
    [(True, False, HELD_BEFORE), (True, True, HELD_BEFORE), (False, True, LONG_AGO), (False, False, None)],
)
def test_what_is_shared(is_of_contacts: bool, reads_keys_first: bool, expected: datetime | None) -> None:
    doubt = Doubt(
        fresh_since=NOW - FRESH,
        held_before=HELD_BEFORE,
        is_of_contacts=is_of_contacts,
        reads_keys_first=reads_keys_first,
    )
    assert doubt.of_anything == expected


@pytest.mark.parametrize("entry", [None, an_entry(None)], ids=["unknown", "known"])
def test_a_lost_ledger_may_have_known_of_anything(entry: Entry | None) -> None:
    assert Doubt(fresh_since=NOW, reads_keys_first=True).of_call(entry) == LONG_AGO
    assert Doubt(fresh_since=NOW, reads_keys_first=False).of_call(entry) is None
