from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from connector.mapping.hours import BusinessHours, business_hours, read_clock

WEEK = ("mon", "tue", "wed", "thu", "fri")
HOUR = timedelta(hours=1)


def london(*, days=WEEK, opens="09:00", closes="17:30", holidays=()) -> BusinessHours:
    return business_hours(days=days, opens=opens, closes=closes, holidays=holidays, timezone="Europe/London")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "duration", "expected"),
    [
        # 2026-04-22 is a Wednesday; London is an hour ahead of UTC.
        pytest.param("2026-04-22T10:14:07", HOUR, "2026-04-22T11:14:07", id="within the day"),
        pytest.param("2026-04-22T16:00:00", HOUR, "2026-04-23T08:30:00", id="across a night"),
        pytest.param("2026-04-22T15:30:00", HOUR, "2026-04-22T16:30:00", id="to the minute of closing"),
        pytest.param("2026-04-22T16:30:00", HOUR, "2026-04-23T09:00:00", id="at closing time"),
        pytest.param("2026-04-22T03:00:00", HOUR, "2026-04-22T09:00:00", id="before opening"),
        pytest.param("2026-04-24T16:00:00", HOUR, "2026-04-27T08:30:00", id="across a weekend"),
        pytest.param("2026-04-25T12:00:00", HOUR, "2026-04-27T09:00:00", id="on a Saturday"),
        pytest.param("2026-04-22T10:00:00", 17 * HOUR, "2026-04-24T10:00:00", id="two days of work"),
        pytest.param("2026-04-22T10:00:00", timedelta(0), "2026-04-22T10:00:00", id="no time, while open"),
        pytest.param("2026-04-22T20:00:00", timedelta(0), "2026-04-23T08:00:00", id="no time, while closed"),
        pytest.param("2026-04-22T16:30:00", timedelta(0), "2026-04-23T08:00:00", id="no time, at closing time"),
        pytest.param("2026-03-27T17:00:00", HOUR, "2026-03-30T08:30:00", id="across the change to summer time"),
        pytest.param("2026-10-23T16:00:00", HOUR, "2026-10-26T09:30:00", id="across the change to winter time"),
        pytest.param("2026-04-22T23:30:00", HOUR, "2026-04-23T09:00:00", id="already tomorrow in London"),
    ],
)
def test_after_counts_working_time(at, duration, expected):
    assert london().after(utc(at), duration) == utc(expected)


def test_after_skips_holidays():
    hours = london(holidays=["2026-12-25", "2026-12-28"])
    assert hours.after(utc("2026-12-24T17:00:00"), HOUR) == utc("2026-12-29T09:30:00")


def test_an_hour_is_an_hour_in_the_night_when_clocks_change():
    always = london(days=("sat", "sun"), opens="00:00", closes="24:00")
    assert always.after(utc("2026-10-24T23:30:00"), 3 * HOUR) == utc("2026-10-25T02:30:00")
    assert always.after(utc("2026-03-28T23:30:00"), 3 * HOUR) == utc("2026-03-29T02:30:00")


def test_the_day_with_a_change_is_as_long_as_it_is():
    sundays = london(days=("sun",), opens="00:00", closes="24:00")
    assert sundays.after(utc("2026-03-29T00:00:00"), 23 * HOUR) == utc("2026-03-29T23:00:00")
    assert sundays.after(utc("2026-10-24T23:00:00"), 25 * HOUR) == utc("2026-10-26T00:00:00")


def test_after_gives_utc_from_any_zone():
    due = london().after(datetime.fromisoformat("2026-04-22T12:14:07+02:00"), HOUR)
    assert (due, due.tzinfo) == (utc("2026-04-22T11:14:07"), UTC)


def test_hours_are_those_of_their_zone_wherever_the_machine_stands(far_from_utc):
    due = london().after(utc("2026-04-22T16:00:00"), HOUR)
    assert (due, due.tzinfo) == (utc("2026-04-23T08:30:00"), UTC)
    due = london().same_day_else(utc("2026-04-22T21:30:00"), time(9))
    assert (due, due.tzinfo) == (utc("2026-04-23T08:00:00"), UTC)


def test_the_day_is_that_of_the_zone():
    # A quarter past five in the afternoon of Wednesday in California.
    at = utc("2026-04-23T00:15:00")
    hours = business_hours(days=("wed",), opens="09:00", closes="17:30", timezone="America/Los_Angeles")
    assert hours.after(at, timedelta(0)) == at
    assert hours.same_day_else(at, time(9)) == utc("2026-04-23T00:30:00")


def test_working_time_is_not_counted_backwards():
    with pytest.raises(ValueError, match=r"^working time is counted forward only$"):
        london().after(utc("2026-04-22T10:00:00"), -HOUR)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-04-22T10:14:07", "2026-04-22T16:30:00", id="open: closing time today"),
        pytest.param("2026-04-22T08:00:00", "2026-04-22T16:30:00", id="just opened"),
        pytest.param("2026-04-22T16:30:00", "2026-04-23T08:00:00", id="just closed: next morning"),
        pytest.param("2026-04-22T21:00:00", "2026-04-23T08:00:00", id="evening"),
        pytest.param("2026-04-23T03:00:00", "2026-04-23T08:00:00", id="night: this morning"),
        pytest.param("2026-04-24T18:00:00", "2026-04-27T08:00:00", id="Friday evening"),
        pytest.param("2026-04-26T12:00:00", "2026-04-27T08:00:00", id="Sunday"),
    ],
)
def test_same_day_else(at, expected):
    assert london().same_day_else(utc(at), time(9)) == utc(expected)


def test_same_day_else_skips_holidays():
    assert london(holidays=[date(2026, 4, 27)]).same_day_else(utc("2026-04-26T12:00:00"), time(9)) == utc(
        "2026-04-28T08:00:00"
    )


@pytest.mark.parametrize("morning", [time(8), time(8, 30)])
def test_a_morning_that_is_past_or_now_gives_the_opening(morning):
    assert london().same_day_else(utc("2026-04-22T07:30:00"), morning) == utc("2026-04-22T08:00:00")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"days": ()}, "^business hours need at least one day$"),
        ({"days": ("monday",)}, "'monday' is no day; expected one of mon, tue"),
        ({"opens": "9"}, "'9' is no time of day; expected HH:MM"),
        ({"opens": "25:00"}, "no time of day"),
        ({"opens": "09:60"}, "no time of day"),
        ({"opens": "24:00"}, "no time of day"),
        ({"opens": "18:00"}, "before they begin"),
        ({"opens": "17:30"}, "before they begin"),
        ({"holidays": ["2026-02-30"]}, "'2026-02-30' is no day of the calendar"),
    ],
)
def test_hours_that_cannot_be_meant(arguments, message):
    with pytest.raises(ValueError, match=message):
        london(**arguments)


@pytest.mark.parametrize("timezone", ["Europe/Nowhere", "", "../etc/passwd", "\x00"])
def test_an_unknown_time_zone(timezone):
    with pytest.raises(ValueError, match="is no time zone"):
        business_hours(days=WEEK, opens="09:00", closes="17:30", timezone=timezone)


def test_clock():
    assert read_clock("9:05") == time(9, 5)
