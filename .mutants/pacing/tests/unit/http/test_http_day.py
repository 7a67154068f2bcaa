from __future__ import annotations

import pytest

from connector.http import DaySpentError, Pacing
from connector.http.day import BELIEVED_SECONDS, Day
from tests.stubs.clock import VirtualClock


@pytest.mark.parametrize(
    ("share", "part", "answers", "left", "is_open"),
    [
        pytest.param(1.0, 1.0, [(1000, 1)], 1, True, id="one left"),
        pytest.param(1.0, 1.0, [(1000, 0)], 0, False, id="none left"),
        pytest.param(0.9, 1.0, [(1000, 101)], 1, True, id="one left of our share"),
        pytest.param(0.9, 1.0, [(1000, 100)], 0, False, id="our share is used, by whomever"),
        pytest.param(0.9, 1.0, [(1000, 5)], 0, False, id="others went into their own part"),
        pytest.param(1.0, 0.5, [(1000, 800), (1000, 401)], 401, True, id="not yet half of what was left"),
        pytest.param(1.0, 0.5, [(1000, 800), (1000, 400)], 400, False, id="half of what was left"),
        pytest.param(1.0, 0.5, [(1000, 800), (1000, 400), (1000, 999)], 999, True, id="a new day"),
        pytest.param(1.0, 0.5, [(1000, 800), (1000, 400), (1000, 999), (1000, 499)], 499, False, id="and its half"),
        pytest.param(1.0, 0.5, [(1000, 1)], 1, False, id="half of one is none"),
        pytest.param(0.9, 0.5, [(1000, 900), (1000, 501)], 401, True, id="a part of the share"),
        pytest.param(0.9, 0.5, [(1000, 900), (1000, 500)], 400, False, id="half of the share"),
    ],
)
def test_what_of_a_day_is_left(share, part, answers, left, is_open):
    day = Day(share)
    day.take_part(part)
    for limit, remaining in answers:
        day.learn(limit, remaining, now=7.0)
    assert (day.remaining, day.seconds_until_open(7.0) == 0) == (left, is_open)
    assert day.seconds_until_open(7.0) in (0.0, BELIEVED_SECONDS)


def test_before_an_answer_told_anything_the_day_is_open():
    day = Day(0.9)
    assert (day.remaining, day.seconds_until_open(0.0)) == (None, 0.0)


@pytest.mark.parametrize(("remaining", "part", "keeps"), [(0, 1.0, False), (10, 0.0, True)])
def test_a_closed_day_says_whether_anything_is_kept_for_others(remaining, part, keeps):
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=1.0)
    pacing.take_part_of_day(part)
    headers = {"x-hubspot-ratelimit-daily": "1000", "x-hubspot-ratelimit-daily-remaining": str(remaining)}
    pacing.learn("interval", headers)
    with pytest.raises(DaySpentError) as spent:
        pacing.acquire("search", seconds_max=1e9)
    assert (spent.value.keeps_part, clock.slept) == (keeps, [])
