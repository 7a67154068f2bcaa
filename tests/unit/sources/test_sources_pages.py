"""A list by pages, in any order, while rows come and go: every row that stays is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

import pytest

from connector.sources.pages import SLACK, Page, Pages, StuckError, order_of, sorted_within

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Row = tuple[int, datetime | None]


def rows(count: int) -> list[Row]:
    """The newest first, one each two hours."""
    return [(number, NOW - 2 * number * HOUR) for number in range(count)]


class Listed:
    """A platform's list; `before` happens before the request of that number is answered."""

    def __init__(self, held: list[Row], *, size: int = 10, before: dict[int, Callable[[list[Row]], Any]] | None = None):
        self.held = held
        self.size = size
        self.before = before or {}
        self.asked: list[int] = []

    def ask(self, number: int) -> Page:
        self.asked.append(number)
        self.before.get(len(self.asked), lambda held: None)(self.held)
        start = (number - 1) * self.size
        pages = -(-len(self.held) // self.size) or 1
        return Page(number=number, items=self.held[start : start + self.size], count=len(self.held), pages=pages)

    def pages(self) -> Pages:
        return Pages(self.ask, at=lambda row: row[1], name=lambda row: row[0], now=NOW)

    def read(self) -> list[Row]:
        return list(self.pages().rows())


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 20, 21, 95])
@pytest.mark.parametrize("turned", [False, True], ids=["newest first", "oldest first"])
def test_every_row_comes_once_the_newest_first(count: int, turned: bool) -> None:
    expected = rows(count)
    assert Listed(expected[::-1] if turned else list(expected)).read() == expected


def test_a_list_in_no_order_is_read_whole_and_put_in_order():
    held = rows(95)
    Random(3).shuffle(held)
    listed = Listed(held)
    pages = listed.pages()
    assert list(pages.rows()) == rows(95)
    assert pages.order == "unsorted"
    assert len(listed.asked) == 11, "the ends, and every page"


@pytest.mark.parametrize(
    ("pages", "newest_first", "oldest_first"),
    [(1, [1], [1]), (2, [1, 2], [1, 2]), (3, [1, 3, 2, 3], [1, 3, 2, 1]), (4, [1, 4, 2, 3, 4], [1, 4, 3, 2, 1])],
)
def test_a_page_that_is_still_at_hand_is_not_asked_for_again(pages, newest_first, oldest_first):
    """What lay at the other end is asked for again, for it may have moved meanwhile."""
    for held, asked in ((rows(10 * pages), newest_first), (rows(10 * pages)[::-1], oldest_first)):
        listed = Listed(held)
        assert listed.read() == rows(10 * pages)
        assert listed.asked == asked


def test_two_pages_of_which_each_is_in_order_are_not_when_they_are_turned_about():
    newest_first = rows(20)
    assert Listed(newest_first[10:] + newest_first[:10]).read() == newest_first


def test_of_equal_times_the_one_that_is_listed_as_newer_comes_first():
    at: list[datetime | None] = [NOW - hours * HOUR for hours in (0, 3, 3, 3, 6)]
    held: list[Row] = list(enumerate(at))
    assert Listed(list(held)).read() == held
    assert Listed(held[::-1]).read() == held


def test_both_ends_are_looked_at_and_an_early_stop_asks_for_no_more():
    listed = Listed(rows(950))
    assert list(islice(listed.pages().rows(), 12)) == rows(12)
    assert listed.asked == [1, 95, 2]


def test_of_the_oldest_first_an_early_stop_asks_for_the_last_pages_alone():
    listed = Listed(rows(950)[::-1])
    assert list(islice(listed.pages().rows(), 12)) == rows(12)
    assert listed.asked == [1, 95, 94]


@pytest.mark.parametrize("turned", [False, True], ids=["newest first", "oldest first"])
def test_rows_a_little_out_of_order_are_put_right(turned: bool) -> None:
    luck = Random(1)
    listed_at = [NOW - number * timedelta(minutes=7) for number in range(200)]
    held: list[Row] = [(at, listed + luck.random() * SLACK) for at, listed in enumerate(listed_at)]
    found = Listed(held[::-1] if turned else list(held)).read()
    assert found == sorted(held, key=lambda row: row[1] or NOW, reverse=True)


def test_equal_times_at_a_pages_edge_lose_nothing():
    held: list[Row] = [(number, NOW) for number in range(35)]
    assert sorted(Listed(list(held)).read()) == held


def test_rows_without_a_time_come_too():
    held = rows(40)
    held[3:5] = [(3, None), (4, None)]
    held[25] = (25, None)
    assert sorted(row[0] for row in Listed(held).read()) == list(range(40))


@pytest.mark.parametrize("turned", [False, True], ids=["newest first", "oldest first"])
@pytest.mark.parametrize("request_number", [2, 3, 4, 6])
@pytest.mark.parametrize("victims", [[0], [5, 6, 7], [12], [31], list(range(10, 20)), list(range(25))])
def test_nothing_that_stays_is_lost_to_deleted_rows(turned: bool, request_number: int, victims: list[int]) -> None:
    def delete(held: list[Row]) -> None:
        held[:] = [row for row in held if row[0] not in victims]

    held = rows(60)[::-1] if turned else rows(60)
    found = [row[0] for row in Listed(held, before={request_number: delete}).read()]
    assert len(found) == len(set(found))
    assert set(range(60)) - set(victims) <= set(found)


def test_a_row_that_slipped_over_an_edge_comes_in_its_place_for_who_stops_early():
    listed = Listed(rows(60), before={3: lambda held: held.pop(0)})
    assert list(islice(listed.pages().rows(), 25)) == rows(25)
    assert listed.asked == [1, 6, 2, 1, 3]


@pytest.mark.parametrize("turned", [False, True], ids=["newest first", "oldest first"])
def test_what_began_meanwhile_is_left_to_the_next_reading_and_nothing_comes_twice(turned: bool) -> None:
    def add(held: list[Row]) -> None:
        new = (1000 + len(held), NOW + HOUR)
        held[:] = [*held, new] if turned else [new, *held]

    held = rows(60)[::-1] if turned else rows(60)
    listed = Listed(held, before=dict.fromkeys(range(3, 9), add))
    assert listed.read() == rows(60)


def test_an_old_row_that_came_meanwhile_is_found_by_the_second_pass():
    def add(held: list[Row]) -> None:
        held.insert(1, (77, NOW - HOUR))

    listed = Listed(rows(60), before={5: add})
    found = listed.read()
    assert found[-1] == (77, NOW - HOUR)
    assert len(found) == 61


def test_the_list_is_gone_through_again_once_and_no_more():
    def add(held: list[Row]) -> None:
        held.insert(0, (1000 + len(held), NOW + HOUR))

    listed = Listed(rows(60), before=dict.fromkeys(range(1, 1000), add))
    listed.read()
    # The ends, and in each pass every page with one of overlap before it.
    assert len(listed.asked) < 2 + 2 * 2 * 9


def test_a_platform_that_does_not_turn_its_pages_is_no_endless_list():
    def ask(number: int) -> Page:
        return Page(number=number, items=rows(10), count=60, pages=6)

    with pytest.raises(StuckError, match=r"^page 2 holds nothing but what stood on the pages before it$"):
        list(Pages(ask, at=lambda row: row[1], name=lambda row: row[0], now=NOW).rows())


def test_pages_that_are_announced_and_empty_end_the_list():
    asked = []

    def ask(number: int) -> Page:
        asked.append(number)
        return Page(number=number, items=rows(10) if number == 1 else [], count=None, pages=10**9)

    assert list(Pages(ask, at=lambda row: row[1], name=lambda row: row[0], now=NOW).rows()) == rows(10)
    assert len(asked) <= 3


@pytest.mark.parametrize(
    ("hours", "order"),
    [
        ([], "newest_first"),
        ([0], "newest_first"),
        ([0, 0], "newest_first"),
        ([9, 5, 1], "newest_first"),
        ([1, 5, 9], "oldest_first"),
        ([5, 5.5, 5, 4], "newest_first"),
        ([4, 5, 4.5, 6], "oldest_first"),
        ([0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8], "oldest_first"),
        ([5, 9, 1], "unsorted"),
        ([0.1, 0.9, 0.2], "oldest_first"),
        ([5, 6, 4], "newest_first"),
        ([4, 3, 6], "oldest_first"),
    ],
)
def test_the_order_is_what_the_ends_show(hours: list[float], order: str) -> None:
    assert order_of([NOW + each * HOUR for each in hours], lambda at: at) == order


def test_what_is_held_for_the_order_comes_at_the_end():
    batches = [[NOW, NOW - HOUR / 2], [NOW - HOUR / 4]]
    assert list(sorted_within(batches, lambda at: at, HOUR)) == [NOW, NOW - HOUR / 4, NOW - HOUR / 2]


@pytest.mark.parametrize(
    "batches",
    [
        pytest.param([[-0.5], [0]], id="the first may be older than the next"),
        pytest.param([[0, -0.5, -1.2], [-0.4]], id="only what is a slack newer than the oldest may go"),
        pytest.param([[0, -0.5, -1, -3], [-2.5, -4]], id="several may go"),
    ],
)
def test_nothing_goes_before_what_is_newer_may_have_come(batches):
    times = [[NOW + each * HOUR for each in batch] for batch in batches]
    expected = sorted((at for batch in times for at in batch), reverse=True)
    assert list(sorted_within(times, lambda at: at, HOUR)) == expected


def test_what_is_a_slack_newer_than_the_oldest_goes_at_once():
    taken = []

    def batches() -> Iterator[list[datetime]]:
        for hours in (0, -1, -2, -3, -4, -5):
            taken.append(hours)
            yield [NOW + hours * HOUR]

    assert next(sorted_within(batches(), lambda at: at, HOUR)) == NOW
    assert taken == [0, -1, -2]
