from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from connector.mapping.hours import business_hours
from connector.mapping.transforms import TRANSFORMS, Context, Unreadable

CONTEXT = Context(
    region="GB",
    timezone="Europe/London",
    hours=business_hours(
        days=("mon", "tue", "wed", "thu", "fri"), opens="09:00", closes="17:30", timezone="Europe/London"
    ),
)


def applied(name, value, argument=None):
    transform = TRANSFORMS[name]
    return transform.apply(value, transform.read_argument(argument), CONTEXT)


def utc(*parts: int) -> datetime:
    year, month, day, hour, minute, second, micros = (*parts, 0, 0, 0, 0)[:7]
    return datetime(year, month, day, hour, minute, second, micros, tzinfo=UTC)


def test_the_transforms_of_the_language_are_all_there():
    assert " ".join(TRANSFORMS) == (
        "trim lower upper title collapse_spaces digits e164 email spoken_email clean_name first_name last_name "
        "seconds_to_ms epoch_ms datetime truncate join html plain_text redact number boolean business_hours"
    )
    assert all(transform.name == name and transform.does for name, transform in TRANSFORMS.items())


@pytest.mark.parametrize(
    ("name", "value", "argument", "expected"),
    [
        ("trim", "  a b ", None, "a b"),
        ("trim", 12, None, "12"),
        ("lower", "ABC", None, "abc"),
        ("lower", True, None, "true"),
        ("upper", "straße", None, "STRASSE"),
        ("title", "new ENQUIRY: o'brien's", None, "New Enquiry: O'brien's"),
        ("collapse_spaces", " a \n\t b ", None, "a b"),
        ("digits", "+44 (0)7700-900.123", None, "4407700900123"),
        ("digits", "٠١٢", None, "012"),
        ("digits", "none", None, ""),
        ("e164", "07700 900123", None, "+447700900123"),
        ("e164", 447700900123, None, "+447700900123"),
        ("email", "Jane@Example.com.", None, "jane@example.com"),
        ("spoken_email", "jane at example dot com", None, "jane@example.com"),
        ("clean_name", "JANE DOE", None, "Jane Doe"),
        ("first_name", "Doe, Jane", None, "Jane"),
        ("last_name", "Doe, Jane", None, "Doe"),
        ("seconds_to_ms", 12, None, 12000),
        ("seconds_to_ms", 0, None, 0),
        ("seconds_to_ms", "12.5", None, 12500),
        ("seconds_to_ms", 10**9, None, 10**12),
        ("seconds_to_ms", 0.0004, None, 0),
        ("epoch_ms", "2026-04-22T10:14:07.123Z", None, 1776852847123),
        ("epoch_ms", 1776852847, None, 1776852847000),
        ("truncate", "Phone calls", 10, "Phone cal…"),
        ("join", ["a", "", None, " b ", 3, True], "; ", "a; b; 3; true"),
        ("join", ["a", "b"], None, "a; b"),
        ("join", ("a", "b"), ", ", "a, b"),
        ("join", "a", ", ", "a"),
        ("join", [], ", ", ""),
        ("html", "<b>a</b>\nb", None, "&lt;b&gt;a&lt;/b&gt;<br>b"),
        ("plain_text", "<b>a</b> &amp; b", None, "a & b"),
        ("number", "1,234.50", None, 1234.5),
        ("number", "0.10", None, 0.1),
        ("number", "-12", None, -12),
        ("number", " 1,234,567 ", None, 1234567),
        ("number", 3, None, 3),
        ("number", 2.5, None, 2.5),
        ("boolean", "Yes", None, True),
        ("boolean", "false", None, False),
        ("boolean", 0, None, False),
        ("boolean", 1.0, None, True),
        ("boolean", True, None, True),
        ("business_hours", utc(2026, 4, 22, 16, 0), {"after": "1h"}, utc(2026, 4, 23, 8, 30)),
        ("business_hours", "2026-04-22T16:00:00Z", {"after": "1h30m"}, utc(2026, 4, 23, 9, 0)),
        ("business_hours", utc(2026, 4, 22, 10, 0), {"after": "30m"}, utc(2026, 4, 22, 10, 30)),
        ("business_hours", utc(2026, 4, 22, 20, 0), {"same_day_else": "09:00"}, utc(2026, 4, 23, 8, 0)),
        ("business_hours", utc(2026, 4, 22, 10, 0), {"same_day_else": "09:00"}, utc(2026, 4, 22, 16, 30)),
    ],
)
def test_a_transform(name, value, argument, expected):
    result = applied(name, value, argument)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.parametrize("blank", [None, "", " \t\n"])
def test_a_blank_stays_blank(name, blank):
    argument = {"truncate": 9, "business_hours": {"after": "1h"}}.get(name)
    assert applied(name, blank, argument) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-04-22T10:14:07Z", utc(2026, 4, 22, 10, 14, 7)),
        ("2026-04-22t10:14:07z", utc(2026, 4, 22, 10, 14, 7)),
        ("2026-04-22T10:14:07.1234567Z", utc(2026, 4, 22, 10, 14, 7, 123456)),
        ("2026-04-22T10:14:07,5+14:00", utc(2026, 4, 21, 20, 14, 7, 500000)),
        ("2026-04-22T10:14:07+0200", utc(2026, 4, 22, 8, 14, 7)),
        ("2026-04-22 10:14:07 +02", utc(2026, 4, 22, 8, 14, 7)),
        ("20260422T101407Z", utc(2026, 4, 22, 10, 14, 7)),
        ("2026-04-22T10:14:07", utc(2026, 4, 22, 9, 14, 7)),
        ("2026-04-22 10:14", utc(2026, 4, 22, 9, 14)),
        ("2026-04-22", utc(2026, 4, 21, 23)),
        ("2026-12-31T23:59:60Z", utc(2027, 1, 1)),
        ("2026-04-22T24:00:00Z", utc(2026, 4, 23)),
        ("2026-10-25T01:30:00", utc(2026, 10, 25, 0, 30)),
        ("2026-03-29T01:30:00", utc(2026, 3, 29, 1, 30)),
        (datetime(2026, 4, 22, 12, tzinfo=timezone(timedelta(hours=2))), utc(2026, 4, 22, 10)),
        (datetime(2026, 4, 22, 12), utc(2026, 4, 22, 11)),  # noqa: DTZ001 - a time without a zone is the point
        (1776852847, utc(2026, 4, 22, 10, 14, 7)),
        (1776852847.5, utc(2026, 4, 22, 10, 14, 7, 500000)),
        (1776852847123, utc(2026, 4, 22, 10, 14, 7, 123000)),
        (1776852847123456, utc(2026, 4, 22, 10, 14, 7, 123456)),
        ("1776852847", utc(2026, 4, 22, 10, 14, 7)),
        (" 1776852847000 ", utc(2026, 4, 22, 10, 14, 7)),
    ],
)
def test_a_datetime_is_read_as_utc(value, expected):
    result = applied("datetime", value)
    assert (result, result.tzinfo) == (expected, UTC)


@pytest.mark.parametrize(
    "value",
    [
        "tomorrow at 3pm",
        "15:00",
        "2026",
        "22/04/2026",
        "2026-13-01T00:00:00Z",
        "2026-02-30",
        "2026-04-22T25:00:00Z",
        "2026-04-22T24:30:00Z",
        "2026-04-22T10:14:61Z",
        "2026-04-22T10:14:07+99:00",
        "1999-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        0,
        -1,
        12,
        10**20,
        10**400,
        1e308,
        float("inf"),
        float("nan"),
        True,
        [1776852847],
        {"at": 1},
        "20260422101407",
        datetime(1, 1, 1),  # noqa: DTZ001
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-14))),
    ],
)
def test_what_is_no_datetime(value):
    with pytest.raises(Unreadable):
        applied("datetime", value)


LIST = "a list is no text; join it or take one of its fields"
OBJECT = "an object is no text; join it or take one of its fields"
NO_TIME = "it is no date and time as 2026-04-22T10:14:07Z"


@pytest.mark.parametrize(
    ("name", "value", "note"),
    [
        ("trim", ["a"], LIST),
        ("upper", {"a": 1}, OBJECT),
        ("truncate", ["a"], LIST),
        ("join", [["a"]], LIST),
        ("join", {"a": 1}, OBJECT),
        ("e164", "anonymous", "the number is withheld"),
        ("e164", "999", "no such phone number is possible"),
        ("e164", "07700 900123 x12", "it has an extension"),
        ("e164", "call me", "it is no phone number"),
        ("e164", ["07700 900123"], LIST),
        ("email", "jane at example dot com", "no @ in it"),
        ("spoken_email", "jane at gmial", "nothing like .com behind the @; gmail.com may be meant"),
        ("clean_name", "Unknown", "it is no name"),
        ("first_name", "Mr Doe", "it holds no first name"),
        ("last_name", "Jane", "it holds no last name"),
        ("seconds_to_ms", "soon", "it is no number"),
        ("seconds_to_ms", -1, "it is no duration in seconds"),
        ("seconds_to_ms", 10**9 + 1, "it is no duration in seconds"),
        ("seconds_to_ms", 10**400, "it is no duration in seconds"),
        ("seconds_to_ms", float("nan"), "it is no finite number"),
        ("epoch_ms", "soon", NO_TIME),
        ("number", "twelve", "it is no number"),
        ("number", "1,5", "it is no number"),
        ("number", "1.234,56", "it is no number"),
        ("number", "12 apples", "it is no number"),
        ("number", True, "it is true or false, not a number"),
        ("number", float("inf"), "it is no finite number"),
        ("number", "1" * 5000, "it is no number"),
        ("number", "NaN", "it is no number"),
        ("number", [1], LIST),
        ("boolean", "maybe", "it is neither true nor false"),
        ("boolean", 2, "it is neither true nor false"),
        ("boolean", [True], LIST),
        ("business_hours", "soon", NO_TIME),
    ],
)
def test_what_a_transform_cannot_read_is_said_without_the_value(name, value, note):
    argument = {"truncate": 9, "business_hours": {"after": "1h"}}.get(name)
    with pytest.raises(Unreadable) as caught:
        applied(name, value, argument)
    assert caught.value.note == note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call me on 07700 900123 please", "Call me on •••• ••••123 please"),
        ("+447700900123", "+44 77•• •••123"),
        ("07700900123x12", "•••• ••••123x12"),
        ("tel:+44(0)7700-900123.", "tel:+44 07•• ••••123."),
        ("mail jane.doe@example.com, ok", "mail j•••@example.com, ok"),
        ("card 4111 1111 1111 1111 exp 12/27", "card ••• exp 12/27"),
        ("4111111111111111", "•••"),
        ("4222222222222", "•••"),
        ("1" * 60, "•••"),
        ("at 2026-04-22 10:14, room 1234", "at 2026-04-22 10:14, room 1234"),
        ("2026-04-22T10:14:07Z", "2026-04-22T10:14:07Z"),
        ("£1,234,567", "£1,234,567"),
        ("a@b", "a@b"),
    ],
)
def test_redact(text, expected):
    assert applied("redact", text) == expected


def test_redact_is_quick_on_long_text():
    assert len(applied("redact", ("a" * 300 + " 12 34 56 x@ ") * 3000)) > 0


NO_LENGTH = "expected a number of characters from 1 to 60000, such as `truncate: 120`"
EXPECTED_WORKING_TIME = "expected hours and minutes such as 1h, 30m or 1h30m"


@pytest.mark.parametrize(
    ("name", "argument", "message"),
    [
        ("trim", 3, "it takes no argument"),
        ("redact", {"a": 1}, "it takes no argument"),
        *(("truncate", argument, NO_LENGTH) for argument in (None, "80", True, 0, 60_001)),
        ("join", 3, 'expected the text to put between the elements, such as `join: "; "`'),
        *(
            ("business_hours", argument, 'expected `{after: 1h}` or `{same_day_else: "09:00"}`')
            for argument in (None, "1h", {"after": "1h", "same_day_else": "09:00"}, {"before": "1h"})
        ),
        *(
            ("business_hours", {"after": said}, f"{said!r} is no working time; {EXPECTED_WORKING_TIME}")
            for said in (1, "", "1d", "-1h")
        ),
        ("business_hours", {"after": "744h1m"}, "'744h1m' is more than 744 hours"),
        ("business_hours", {"same_day_else": "9am"}, "'9am' is no time of day; expected HH:MM such as 09:00"),
        ("business_hours", {"same_day_else": 900}, "'900' is no time of day; expected HH:MM such as 09:00"),
    ],
)
def test_a_wrong_argument_is_explained(name, argument, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below
        TRANSFORMS[name].read_argument(argument)
    assert str(caught.value) == message


def test_the_least_and_the_most_that_an_argument_may_be():
    assert applied("truncate", "ab", 1) == "…"
    assert applied("truncate", "a" * 60_001, 60_000) == "a" * 59_999 + "…"
    assert applied("business_hours", utc(2026, 4, 22, 10), {"after": "744h"}) > utc(2026, 7, 1)
