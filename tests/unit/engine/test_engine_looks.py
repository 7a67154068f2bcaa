"""When a settled call is looked at again, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.engine.looks import next_look
from connector.model import Call, CallKey, State

END = datetime(2026, 4, 22, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def a_call(*, is_partial: bool = False) -> Call:
    return Call(
        key=CallKey("klen", "acme", "c1"),
        started_at=END - MINUTE,
        ended_at=END,
        duration_seconds=60,
        is_partial=is_partial,
    )


@pytest.mark.parametrize(
    ("state", "lacks", "age", "expected"),
    [
        pytest.param(State.DONE, False, MINUTE, None, id="whole: final at once"),
        pytest.param(State.DONE, True, MINUTE, 5 * MINUTE, id="lacks something: after five minutes"),
        pytest.param(State.DONE, True, 5 * MINUTE, HOUR, id="still lacks it at five minutes: after an hour"),
        pytest.param(State.DONE, True, 2 * HOUR, DAY, id="after an hour: after a day"),
        pytest.param(State.DONE, True, DAY, None, id="after a day: final"),
        pytest.param(State.HELD, False, MINUTE, HOUR, id="held: after an hour"),
        pytest.param(State.HELD, False, HOUR, DAY, id="held, after an hour: after a day"),
        pytest.param(State.HELD, False, DAY, 7 * DAY, id="held, after a day: after a week"),
        pytest.param(State.HELD, False, 30 * DAY, 35 * DAY, id="held: weekly"),
        pytest.param(State.HELD, False, 84 * DAY, None, id="held, twelve weeks old: for good"),
        pytest.param(State.HELD, True, MINUTE, 5 * MINUTE, id="held and lacking: whichever comes first"),
        pytest.param(State.SKIPPED, False, MINUTE, None, id="skipped: final"),
        pytest.param(State.SKIPPED, True, MINUTE, 5 * MINUTE, id="skipped before its caller was named: like any other"),
        pytest.param(State.GONE, True, MINUTE, None, id="deleted in the CRM: final"),
        pytest.param(State.DEAD, True, MINUTE, None, id="dead letter: final"),
        pytest.param(State.FAILED, True, MINUTE, None, id="failed: tried again anyway"),
    ],
)
def test_next_look(state: State, lacks: bool, age: timedelta, expected: timedelta | None) -> None:
    at = next_look(a_call(), state=state, lacks=lacks, now=END + age)
    assert at == (None if expected is None else END + expected)


@pytest.mark.parametrize(("lacks", "expected"), [(True, END + 30 * DAY), (False, None)])
def test_what_a_list_gave_only_in_part_is_fetched_at_once_when_it_is_wanted(
    lacks: bool, expected: datetime | None
) -> None:
    call = a_call(is_partial=True)
    assert next_look(call, state=State.DONE, lacks=lacks, now=END + 30 * DAY) == expected
