from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connector.errors import InputError
from connector.when import read_duration, read_moment, resolve

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5m", timedelta(minutes=5)),
        ("24h", timedelta(hours=24)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        ("30s", timedelta(seconds=30)),
        (" 7 D ", timedelta(days=7)),
        ("0d", timedelta(0)),
        ("7", None),
        ("d", None),
        ("-7d", None),
        ("1.5h", None),
        ("7days", None),
        ("99999999d", None),
        ("", None),
    ],
)
def test_read_duration(text, expected):
    assert read_duration(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2026-03-01", datetime(2026, 3, 1), id="a date"),  # noqa: DTZ001 - still without its zone
        pytest.param("2026-03-01T09:30Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC), id="a moment"),
        pytest.param("7d", timedelta(days=7), id="an age"),
        pytest.param("yesterday", None, id="words"),
        pytest.param("2026-02-30", None, id="no such day"),
        pytest.param("01/03/2026", None, id="a date that reads two ways"),
        pytest.param("10000-01-01", None, id="five figures"),
    ],
)
def test_read_moment(text, expected):
    assert read_moment(text) == expected


@pytest.mark.parametrize(
    ("text", "zone", "fold", "expected"),
    [
        pytest.param("7d", UTC, 0, "2026-11-13T12:00:00+00:00", id="an age counts back"),
        pytest.param("2026-07-01", LONDON, 0, "2026-06-30T23:00:00+00:00", id="midnight there"),
        pytest.param("2026-07-01", UTC, 0, "2026-07-01T00:00:00+00:00", id="midnight UTC"),
        pytest.param("2026-07-01T00:00+05:30", LONDON, 0, "2026-06-30T18:30:00+00:00", id="its own zone wins"),
        pytest.param("2026-10-25T01:30", LONDON, 0, "2026-10-25T00:30:00+00:00", id="a repeated hour: the first"),
        pytest.param("2026-10-25T01:30", LONDON, 1, "2026-10-25T01:30:00+00:00", id="a repeated hour: the second"),
        pytest.param("2026-03-29T01:30", LONDON, 0, "2026-03-29T01:30:00+00:00", id="an hour that never was"),
    ],
)
def test_resolve(text, zone, fold, expected):
    moment = read_moment(text)
    assert moment is not None
    assert resolve(moment, now=NOW, zone=zone, where="--since", fold=fold).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["9999-12-31", "0001-01-01", "1999-12-31", "2026-11-22", "999999d", "9999-12-31T23:59-14:00"]
)
def test_resolve_refuses_what_no_call_can_be(text):
    moment = read_moment(text)
    assert moment is not None
    with pytest.raises(InputError) as caught:
        resolve(moment, now=NOW, zone=LONDON, where="--since")
    assert (caught.value.code, caught.value.where) == ("E105", "--since")
