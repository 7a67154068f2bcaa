from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest

from connector.hubspot.lag import EXCHANGE_SECONDS, SEARCH_LAG_SECONDS, doubt_seconds, pauses

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)
LONGEST = EXCHANGE_SECONDS + SEARCH_LAG_SECONDS


@pytest.mark.parametrize(
    ("age_seconds", "expected"),
    [
        pytest.param(0, LONGEST, id="just now"),
        pytest.param(30, LONGEST - 30, id="half a minute ago"),
        pytest.param(LONGEST - 0.5, 0.5, id="almost over"),
        pytest.param(LONGEST, 0, id="just over"),
        pytest.param(86_400, 0, id="yesterday"),
        pytest.param(-1, LONGEST, id="by a clock that runs ahead"),
        pytest.param(-86_400, LONGEST, id="by a clock that is wrong"),
    ],
)
def test_for_how_long_a_look_proves_nothing(age_seconds: float, expected: float):
    assert doubt_seconds(NOW - timedelta(seconds=age_seconds), NOW) == expected


def test_a_time_that_nobody_knows_is_long_ago():
    assert doubt_seconds(datetime.min.replace(tzinfo=UTC), NOW) == 0


def test_the_bounds():
    assert (EXCHANGE_SECONDS, SEARCH_LAG_SECONDS) == (60, 300)


@pytest.mark.parametrize(
    ("seconds", "looks_at"),
    [
        pytest.param(0, [0], id="nothing to wait for"),
        pytest.param(0.5, [0, 0.5], id="almost nothing"),
        pytest.param(2, [0, 2], id="one pause"),
        pytest.param(7, [0, 2, 6, 7], id="the last look is due at the end"),
        pytest.param(300, [0, 2, 6, 14, 30, 62, 126, 254, 300], id="the whole bound"),
    ],
)
def test_when_is_looked(seconds: float, looks_at: list[float]):
    assert list(accumulate(pauses(seconds))) == looks_at
