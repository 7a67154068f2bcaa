from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from connector.sources.decoding import MalformedJsonError, decode_page
from connector.sources.reading import (
    DEPTH_MAX,
    find_id,
    is_storable,
    read_id,
    read_seconds,
    read_text,
    read_time,
    unreadable_id,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("call_1", "call_1"),
        (" call_1 ", " call_1 "),
        ("a/b:c\nd", "a/b:c\nd"),
        ("x" * 10_000, "x" * 10_000),
        (17, "17"),
        (-1, "-1"),
        (10**30, "1" + "0" * 30),
        ("", None),
        (" \n", None),
        (None, None),
        (True, None),
        (1.0, None),
        (["a"], None),
        ({}, None),
    ],
)
def test_read_id(value, expected):
    assert read_id(value) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"id":"c1","cost":NaN}', "c1"),
        (b'{ "id" : 17 , "cost":NaN}', "17"),
        (rb'{"id":"c\u0000\ud8001","text":"', "c\ufffd1"),
        (b'{"text":"\xff","id":"c1"}', "c1"),
        (b'{"cost":1,"id":5}', "5"),
        (b'{"parts":[{"id":"nested"}],"cost":NaN}', None),
        (b'{"id":1.5,"cost":NaN}', None),
        (b'{"id":1e5,"cost":NaN}', None),
        (b'{"id":null,"cost":NaN}', None),
        (b'{"id":"","cost":NaN}', None),
        (b'{"id":"cut', None),
        (b'{"id":"\xff"}', None),
        (b"[1]", None),
        (b"", None),
        (b"[" * 5000, None),
    ],
)
def test_find_id(raw, expected):
    assert find_id(raw) == expected


def test_unreadable_id():
    assert unreadable_id(b"x") == unreadable_id(b"x") != unreadable_id(b"y")
    assert unreadable_id(b"x").startswith("unreadable-")


AT = datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-04-22T10:14:07.000Z", AT),
        ("2026-04-22T10:14:07Z", AT),
        ("2026-04-22T10:14:07", AT),
        ("2026-04-22 10:14:07", AT),
        (" 2026-04-22T10:14:07Z\n", AT),
        ("2026-04-22T10:14:07.1234567Z", AT.replace(microsecond=123456)),
        ("2026-04-22T10:14:07.5+00:00", AT.replace(microsecond=500_000)),
        ("2026-04-22T12:14:07+02:00", AT),
        ("2026-04-23T00:14:07+14:00", AT),
        ("2026-04-22T05:44:07-0430", AT),
        ("20260422T101407Z", AT),
        ("2026-04-22T23:59:60Z", datetime(2026, 4, 23, tzinfo=UTC)),
        ("2026-04-22T24:00:00Z", datetime(2026, 4, 23, tzinfo=UTC)),
        ("2026-04-22", datetime(2026, 4, 22, tzinfo=UTC)),
        (1_776_852_847, AT),
        (1_776_852_847_000, AT),
        (1_776_852_847_000_000, AT),
        (1_776_852_847.5, AT.replace(microsecond=500_000)),
        ("1776852847000", AT),
        ("2100-01-01T00:00:00+14:00", datetime(2099, 12, 31, 10, tzinfo=UTC)),
    ],
)
def test_read_time(value, expected):
    read = read_time(value)
    assert read == expected
    assert read is not None
    assert read.utcoffset() == timedelta(0)


NO_TIMES: list[object] = [
    None,
    "",
    "last week",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-04-22T25:00:00Z",
    "2026-04-22T10:61:60Z",
    "2026-04-22T24:00:01Z",
    "1999-12-31T23:59:59Z",
    "2100-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "١٧٧٦٨٥٢٨٤٧",
    "1" * 5000,
    True,
    0,
    -1_776_852_847,
    10**400,
    math.nan,
    math.inf,
    [],
    {},
]


@pytest.mark.parametrize("value", NO_TIMES, ids=[repr(value)[:30] for value in NO_TIMES])
def test_what_is_no_time(value):
    assert read_time(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (142, 142),
        (0, 0),
        (None, 0),
        (95.5, 96),
        ("142", 142),
        ("95.4", 95),
        (-5, 0),
        (-0.0, 0),
        (86_400, 86_400),
        (315_360_000, 86_400),
        (10**400, 86_400),
        (-(10**400), 0),
        ("1e999", 86_400),
        ("long", None),
        ("", None),
        ("00:02:22", None),
        ("nan", None),
        (True, None),
        ([], None),
        ({}, None),
    ],
)
def test_read_seconds(value, expected):
    assert read_seconds(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Hello", "Hello"), (" a ", " a "), ("", None), (" \n", None), (None, None), (5, None), (["a"], None), ({}, None)],
)
def test_read_text(value, expected):
    assert read_text(value) == expected


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": [1, "x", None, True, 2.5, {"b": 2**63 - 1}], "c": -(2**63)}, True),
        ({"a": 2**63}, False),
        ({"a": [{"b": -(2**63) - 1}]}, False),
        (nested(DEPTH_MAX), True),
        (nested(DEPTH_MAX + 1), False),
        (nested(900), False),
        ({}, True),
        ("x", True),
    ],
)
def test_is_storable(value, expected):
    assert is_storable(value) is expected


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1e400", b"9" * 5000])
def test_a_number_that_is_none_costs_its_record_and_not_its_page(number):
    bad, good = decode_page(b'[{"id": "a", "n": ' + number + b'}, {"id": "b", "n": 1.5}]')
    assert (bad["id"], good) == ("a", {"id": "b", "n": 1.5})
    assert not is_storable(bad)


def test_bytes_that_are_no_text_cost_a_page_nothing():
    assert decode_page(b'[{"id": "a", "name": "Ad\xe9"}]') == [{"id": "a", "name": "Ad\ufffd"}]


@pytest.mark.parametrize("raw", [b"", b"[", b"[1,]", b"<html>", b"[" * 100_000])
def test_what_is_no_json_is_no_page(raw):
    with pytest.raises(MalformedJsonError):
        decode_page(raw)
