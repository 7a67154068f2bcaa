"""Paging by time: what may follow a page, and what says that the platform means something else by its cursor."""

from __future__ import annotations

from typing import Any

import pytest

from connector.errors import TransientError
from connector.sources.trail import Trail


def item(name: str, at: str) -> dict[str, Any]:
    return {"id": name, "created_at": f"2026-04-18T14:{at}Z"}


def trail(*, page_items: int = 3) -> Trail:
    return Trail("/calls", "KaiCalls", page_items=page_items)


FIRST = [item("a", "30:00"), item("b", "20:00.123456"), item("c", "20:00.123456")]


def test_the_cursor_is_the_last_items_time_word_for_word():
    walk = trail()
    assert walk.take(FIRST, has_more=True) == FIRST
    assert (walk.cursor, walk.before_edge) == ("2026-04-18T14:20:00.123456Z", "2026-04-18T14:30:00Z")


def test_what_comes_twice_is_told_once():
    walk = trail()
    walk.take(FIRST, has_more=True)
    older = item("d", "10:00")
    assert walk.take([FIRST[-1], older], has_more=True) == [older]


@pytest.mark.parametrize(
    ("items", "has_more", "goes_on"),
    [
        pytest.param([], True, False, id="nothing, although there was to be more"),
        pytest.param([item("d", "10:00")], False, False, id="the last page"),
        pytest.param([item("d", "10:00")], True, True, id="a short page before others"),
        pytest.param(
            [item(name, f"1{at}:00") for at, name in enumerate("fed")][::-1],
            False,
            True,
            id="a full page that claims to be the last",
        ),
        pytest.param([FIRST[-1]], True, False, id="the last item again and again"),
    ],
)
def test_where_a_walk_ends(items, has_more, goes_on):
    walk = trail()
    walk.take(FIRST, has_more=True)
    walk.take(items, has_more=has_more)
    assert walk.goes_on is goes_on


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([item("new", "40:00")], id="newer than the first page: the cursor is turned"),
        pytest.param(FIRST, id="the first page again: the cursor is not read"),
        pytest.param([item("d", "10:00"), item("e", "20:00.123457")], id="a microsecond too new"),
    ],
)
def test_an_item_newer_than_the_cursor_stops_the_walk(items):
    walk = trail()
    walk.take(FIRST, has_more=True)
    with pytest.raises(TransientError, match="cursor semantics changed") as failure:
        walk.take(items, has_more=True)
    assert failure.value.code == "E316"


def test_a_page_that_adds_nothing_stops_the_walk():
    walk = trail()
    page = [item("a", "30:00"), item("b", "20:00"), item("c", "25:00")]
    walk.take(page, has_more=True)
    with pytest.raises(TransientError, match="same page again"):
        walk.take([page[1]], has_more=True)


def test_what_stands_at_the_edge_at_the_same_moment_is_not_lost():
    walk = trail(page_items=4)
    walk.take(FIRST, has_more=True)
    hidden = item("hidden", "20:00.123456")
    assert walk.take_edge([FIRST[1], FIRST[2], hidden, item("d", "10:00")]) == [hidden]


def test_more_of_one_moment_than_a_page_holds_is_refused_and_not_lost():
    walk = trail()
    walk.take([item("a", "30:00"), item("b", "20:00"), item("c", "20:00")], has_more=True)
    with pytest.raises(TransientError, match="more of one moment than a page holds"):
        walk.take_edge([item(name, "20:00") for name in "bcd"])


def test_a_page_of_one_moment_alone_is_refused_when_there_is_more():
    walk = trail()
    with pytest.raises(TransientError, match="more of one moment"):
        walk.take([item(name, "20:00") for name in "abc"], has_more=True)


def test_a_page_without_times_leads_nowhere():
    with pytest.raises(TransientError, match="without a single time"):
        trail().take([{"id": "a"}, {"id": "b", "created_at": "soon"}], has_more=True)


def test_memory_does_not_grow_with_the_walk():
    walk = trail(page_items=2)
    for number in range(59, 1, -1):
        walk.take([item(f"x{number}", f"{number:02}:30"), item(f"y{number}", f"{number:02}:00")], has_more=True)
    assert sum(map(len, walk._seen)) <= 6
