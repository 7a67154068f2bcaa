"""A list without pages, read window by window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from connector.sources.windows import TICK, NoProgressError, TooHeavyError, Window, Windows

NOON = datetime(2026, 4, 22, 12, tzinfo=UTC)
Made = tuple[str, datetime]


def made(*seconds: float) -> list[Made]:
    return [(f"c{number}", NOON + timedelta(seconds=second)) for number, second in enumerate(seconds)]


class Listed:
    """A list as a platform gives it: what lies in the window, in its order, at most so many."""

    def __init__(self, elements: Sequence[Made]) -> None:
        self.elements = elements
        self.asked = 0

    def ask(self, window: Window, limit: int) -> Sequence[Made]:
        self.asked += 1
        assert self.asked < 10_000
        low, high = window.low, window.high
        found = [each for each in self.elements if (not low or each[1] >= low) and (not high or each[1] < high)]
        return found[:limit]

    def read(self, *, size: int = 5, size_max: int = 20) -> list[str]:
        windows = Windows(self.ask, lambda each: _to_the_millisecond(each[1]), size=size, size_max=size_max)
        return [name for name, _ in windows.read()]


def _to_the_millisecond(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


ORDERS = {
    "newest first": lambda found: sorted(found, key=lambda each: each[1], reverse=True),
    "oldest first": lambda found: sorted(found, key=lambda each: each[1]),
    "none": lambda found: Random(7).sample(found, len(found)),
}
LISTS = {
    "nothing": (),
    "one page": range(4),
    "a full page": range(5),
    "many pages": range(93),
    "ties at every edge": [number // 4 for number in range(80)],
    "a tie of more than a page": [*range(7), *[7] * 12, *range(8, 20)],
    "nothing but a tie": [3] * 19,
    "times finer than a bound": [number / 10_000 for number in range(150)],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("seconds", LISTS.values(), ids=LISTS)
def test_every_element_comes_once_whatever_the_order(seconds, order):
    elements = made(*seconds)
    names = Listed(order(elements)).read()
    assert sorted(names) == sorted(name for name, _ in elements)


def test_a_list_in_order_costs_a_request_per_page_and_stays_in_order():
    listed = Listed(ORDERS["newest first"](made(*range(100))))
    assert listed.read() == [f"c{number}" for number in range(99, -1, -1)]
    # Of each full page the last moment is read once more.
    assert listed.asked <= 26


@pytest.mark.parametrize(
    ("seconds", "asked"),
    [
        pytest.param(range(100), 25, id="all at different times"),
        pytest.param([number // 3 for number in range(100)], 33, id="in threes"),
        pytest.param([3] * 19, 4, id="all at once"),
        pytest.param([*range(7), *[7] * 12, *range(8, 20)], 7, id="more than a page at once among others"),
    ],
)
def test_what_a_list_in_order_costs(seconds, asked):
    listed = Listed(ORDERS["newest first"](made(*seconds)))
    names = listed.read()
    times = dict(listed.elements)
    assert [times[name] for name in names] == sorted(times.values(), reverse=True)
    assert listed.asked == asked


@pytest.mark.parametrize(("order", "asked"), [("oldest first", 97), ("none", 67)])
def test_a_list_in_another_order_is_cut_in_the_middle_of_what_came(order, asked):
    listed = Listed(ORDERS[order](made(*range(100))))
    assert len(listed.read()) == 100
    assert listed.asked == asked


@pytest.mark.parametrize(("ticks", "may"), [(-1.5, False), (-1, True), (0, True), (9, True), (10, True), (10.5, False)])
def test_a_platform_may_round_what_it_answers_with_to_a_tick(ticks, may):
    window = Window(NOON, NOON + 10 * TICK)
    assert window.may_hold(NOON + ticks * TICK) is may
    assert Window(None, window.high).may_hold(NOON + ticks * TICK) is (ticks <= 10)
    assert Window(window.low, None).may_hold(NOON + ticks * TICK) is (ticks >= -1)


def test_more_of_one_moment_than_can_be_asked_for():
    with pytest.raises(NoProgressError, match=r"^has 20 calls or more of one moment, and gives no more at once$"):
        Listed(made(*[3] * 20)).read()


def test_a_platform_that_takes_no_bounds():
    elements = ORDERS["newest first"](made(*range(10)))
    windows = Windows(lambda window, limit: elements[:limit], lambda each: each[1], size=5, size_max=20)
    with pytest.raises(NoProgressError, match=r"^gives calls that it was not asked for: it takes no bounds$"):
        list(windows.read())


def test_a_full_page_that_tells_no_times():
    windows = Windows(lambda window, limit: ["?"] * limit, lambda each: None, size=5, size_max=20)
    with pytest.raises(NoProgressError, match=r"^does not say when its calls were made$"):
        list(windows.read())


def test_elements_without_a_time_are_read_with_the_page_that_has_them():
    elements = [("odd", None), *ORDERS["newest first"](made(*range(8)))]

    def ask(window: Window, limit: int) -> Sequence[tuple[str, datetime | None]]:
        found = [each for each in elements if (each[1] is None and not window.high) or _lies_in(window, each[1])]
        return found[:limit]

    windows = Windows(ask, lambda each: each[1], size=5, size_max=20)
    assert sorted(name for name, _ in windows.read()) == ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "odd"]


def _lies_in(window: Window, at: datetime | None) -> bool:
    return at is not None and (not window.low or at >= window.low) and (not window.high or at < window.high)


@pytest.mark.parametrize(("most", "sizes"), [(100, [100]), (10, [100, 10]), (3, [100, 10, 1, 1000])])
def test_of_heavy_elements_fewer_are_asked_for_from_then_on(most, sizes):
    listed, asked = Listed(made(*range(30))), []

    def ask(window: Window, limit: int) -> Sequence[Made]:
        asked.append(limit)
        if len(found := listed.ask(window, limit)) > most:
            raise TooHeavyError
        return found

    windows = Windows(ask, lambda each: each[1], size=100, size_max=1000)
    assert sorted(windows.read()) == sorted(listed.elements)
    assert list(dict.fromkeys(asked)) == sizes


def test_a_single_one_that_is_too_heavy_ends_the_list():
    def ask(window: Window, limit: int) -> Sequence[Made]:
        raise TooHeavyError

    with pytest.raises(TooHeavyError):
        list(Windows(ask, lambda each: each[1], size=100, size_max=1000).read())
