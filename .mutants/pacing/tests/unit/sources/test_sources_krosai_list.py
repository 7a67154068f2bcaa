from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from connector.errors import ConnectorError, FatalError, TransientError
from connector.http import Answer
from connector.sources.krosai_list import Book, Listed, Unreadable, created_from, name_of, parameters, read_list


def an_answer(body: Any, status: int = 200, content_type: str = "application/json") -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {"content-type": content_type}, raw)


@pytest.mark.parametrize(
    ("body", "document", "total"),
    [
        ({"calls": [{"id": "a"}], "total": 7, "limit": 50}, "guide", 7),
        ({"data": [{"id": "a"}], "total": 7, "page": 1, "limit": 20, "total_pages": 1}, "reference", 7),
        ([{"id": "a"}], None, None),
        ({"calls": [{"id": "a"}]}, "guide", None),
        ({"calls": None, "data": [{"id": "a"}]}, "reference", None),
        ({"calls": [{"id": "a"}], "total": "7"}, "guide", None),
    ],
)
def test_either_envelope_is_read(body, document, total):
    listed = read_list(an_answer(body))
    assert (listed.rows, listed.document, listed.total) == ([{"id": "a"}], document, total)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "E313"),
        (b"  ", "E313"),
        (b"<html>Log in</html>", "E313"),
        (b"no", "E313"),
        (b'{"calls":[{"id":"a"}', "E315"),
        (b'[{"id":"a"},', "E315"),
        (b"{}", "E314"),
        (b"null", "E314"),
        (b"17", "E314"),
        (b'"calls"', "E314"),
        (b'{"calls":{}}', "E314"),
        (b'{"items":[]}', "E314"),
    ],
)
def test_what_is_no_list_is_never_an_empty_one(body, code):
    with pytest.raises(ConnectorError) as failure:
        read_list(an_answer(body))
    assert failure.value.code == code


def test_a_list_that_was_cut_short_may_be_whole_next_time():
    with pytest.raises(TransientError):
        read_list(an_answer(b'{"calls":[{"id":"a"}'))
    with pytest.raises(FatalError):
        read_list(an_answer({"calls": []}, content_type="text/html"))


def test_one_row_that_cannot_be_read_costs_the_others_nothing():
    listed = read_list(an_answer(b'{"calls":[{"id":"a"},{"id":"b","cost":1e999},17,{"id":"c"}]}'))
    assert listed.rows == [{"id": "a"}, Unreadable("b", "a number out of range"), 17, {"id": "c"}]
    assert [name_of(row) for row in listed.rows] == ["a", "b", name_of(17), "c"]


# --- what is asked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "rows"), [(1, 100), (3, 100), (4, 20)])
def test_both_pagings_name_the_same_rows(number, rows):
    query = parameters(0, number=number, rows=rows, created_from=None)
    assert int(query["offset"]) == (int(query["page"]) - 1) * int(query["limit"])
    assert int(query["limit"]) == rows


def test_each_style_says_less():
    at = datetime(2026, 4, 22, tzinfo=UTC)
    queries = [parameters(style, number=2, rows=100, created_from=at) for style in range(4)]
    assert [sorted(query) for query in queries] == [
        ["from_date", "limit", "offset", "page"],
        ["from_date", "limit", "offset"],
        ["limit", "page"],
        ["limit", "offset"],
    ]
    assert queries[0]["from_date"] == "2026-04-22T00:00:00Z"


@pytest.mark.parametrize(
    ("since", "day"),
    [
        (datetime(2026, 4, 22, 12, 30, tzinfo=UTC), datetime(2026, 4, 21, tzinfo=UTC)),
        (datetime(2026, 4, 22, tzinfo=UTC), datetime(2026, 4, 21, tzinfo=UTC)),
        (datetime.min.replace(tzinfo=UTC), None),
    ],
)
def test_calls_are_asked_for_from_a_day_earlier_and_a_whole_one(since, day):
    assert created_from(since) == day


# --- how many rows a page has ----------------------------------------------------------------------------------


def rows(first: int, last: int) -> list[Any]:
    return [{"id": str(number)} for number in range(first, last)]


class Told:
    """Answers each page as it is told, and notes what was asked."""

    def __init__(self, *answers: Listed) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, int]] = []

    def __call__(self, number: int, count: int) -> Listed:
        self.asked.append((number, count))
        return self.answers.pop(0)


def listed(found: list[Any], *, total: int | None = None, limit: int | None = None) -> Listed:
    return Listed(rows=found, total=total, limit=limit, document=None)


def test_the_number_of_pages_is_told_by_the_total():
    page = Book(Told(listed(rows(0, 100), total=250, limit=100))).page(1)
    assert (page.count, page.pages) == (250, 3)


@pytest.mark.parametrize("limit", [20, None, 100])
def test_a_platform_that_gives_less_than_it_was_asked_for_is_followed(limit):
    told = Told(listed(rows(0, 20), total=50, limit=limit), *[listed(rows(20, 40), total=50)] * 2)
    book = Book(told)
    assert book.page(1).pages == 3
    book.page(2)
    assert told.asked[-1] == (2, 20)


def test_a_total_that_counts_what_was_filtered_out_is_not_believed():
    told = Told(listed(rows(0, 20), total=5000, limit=100), listed([], total=5000))
    page = Book(told).page(1)
    assert (page.count, page.pages) == (None, 1)
    assert told.asked == [(1, 100), (2, 20)]


def test_a_short_bare_list_is_only_whole_when_nothing_follows():
    told = Told(listed(rows(0, 20)), listed([]))
    assert Book(told).page(1).pages == 1
    told = Told(listed(rows(0, 20)), listed(rows(20, 40)), listed(rows(20, 40)))
    book = Book(told)
    assert book.page(1).pages == 2
    assert book.page(2).pages == 3


def test_an_empty_page_is_the_end():
    told = Told(listed(rows(0, 100)), listed([]))
    book = Book(told)
    assert book.page(1).pages == 2
    assert book.page(2).pages == 1
