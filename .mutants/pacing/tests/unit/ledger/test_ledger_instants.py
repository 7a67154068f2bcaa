"""Times to milliseconds and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from connector.ledger.instants import from_ms, from_ms_if_set, to_ms, to_ms_if_set


@pytest.mark.parametrize(
    ("at", "ms"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1970, 1, 1, 0, 0, 0, 1_999, tzinfo=UTC), 1),
        (datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), -1),
        (datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), 2_147_483_648_000),
        (datetime(2026, 3, 1, 10, 0, tzinfo=timezone(timedelta(hours=1))), 1_772_355_600_000),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), 253_402_300_799_999),
    ],
)
def test_times_round_down(at: datetime, ms: int) -> None:
    assert to_ms(at) == ms
    assert timedelta(0) <= at - from_ms(ms) < timedelta(milliseconds=1)
    assert from_ms(ms).tzinfo is UTC


def test_nothing_stays_nothing() -> None:
    assert to_ms_if_set(None) is None
    assert from_ms_if_set(None) is None
    assert from_ms_if_set(0) == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_time_without_a_zone_is_a_bug() -> None:
    with pytest.raises(TypeError):
        to_ms(datetime(2026, 3, 1))  # noqa: DTZ001
