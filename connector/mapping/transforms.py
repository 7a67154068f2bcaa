"""The named transforms of a mapping: each takes a value and an argument, and gives a value or says why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from connector.mapping import email, hours, instants, mask, names, phone, text
from connector.mapping.hours import BusinessHours
from connector.mapping.text import Unreadable

__all__ = ["TRANSFORMS", "Context", "Transform", "Unreadable"]

TRUNCATE_MAX = 60_000
"""Characters; longer text is not cut by `truncate` but by the body's own limit."""

WORKING_HOURS_MAX = 24 * 31
"""The longest time that `business_hours: {after: …}` counts."""

SECONDS_MAX = 10**9
"""Some thirty years: more is no duration but a time, or nonsense."""

_WORDS_FOR_TRUE = frozenset(["true", "yes", "y", "on", "1"])
_WORDS_FOR_FALSE = frozenset(["false", "no", "n", "off", "0"])

_NUMBER = re.compile(r"[+-]?(?:\d{1,30}|\d{1,3}(?:,\d{3}){1,9})(?:\.\d{1,30})?", re.ASCII)
_DURATION = re.compile(r"(?=\d)(?:(?P<hours>\d{1,4})h)?(?:(?P<minutes>\d{1,4})m)?", re.ASCII)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMAIL_IN_TEXT = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]{1,256}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
# Seven digits or more with what may stand between the digits of phone and card numbers.
_DIGITS_IN_TEXT = re.compile(r"\+?\(?\d(?:[ ().\-/]{0,3}\d){6,}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d)?", re.ASCII)
_CARD_DIGITS_MIN = 13


class Context(Struct, frozen=True, kw_only=True):
    """What transforms know of the connection: where numbers without a country are read, and when work is done."""

    region: str
    timezone: str
    hours: BusinessHours


class Transform(Struct, frozen=True, kw_only=True):
    """One transform. A blank value stays blank and is never handed to `apply`."""

    name: str
    does: str
    """One sentence for the reference."""
    takes: str
    """Its argument in words; empty when it has none."""
    read_argument: Callable[[Any], Any]
    """The argument as `apply` wants it (None where the mapping names none); raises ValueError in words."""
    apply: Callable[[Any, Any, Context], Any]
    """The new value, None when nothing is left; raises Unreadable with a note, and nothing else."""


def _as_text(value: Any) -> str:
    return value if type(value) is str else text.as_hubspot(value)


# --- arguments ---------------------------------------------------------------------------------------------


def _none(argument: Any) -> None:
    if argument is not None:
        raise ValueError("it takes no argument")


def _length(argument: Any) -> int:
    if type(argument) is not int or not 1 <= argument <= TRUNCATE_MAX:
        raise ValueError(f"expected a number of characters from 1 to {TRUNCATE_MAX}, such as `truncate: 120`")
    return argument


def _separator(argument: Any) -> str:
    if argument is None:
        return "; "
    if isinstance(argument, str):
        return argument
    raise ValueError('expected the text to put between the elements, such as `join: "; "`')


def _schedule(argument: Any) -> Callable[[BusinessHours, datetime], datetime]:
    if isinstance(argument, dict) and len(argument) == 1:
        if "after" in argument:
            duration = _duration(argument["after"])
            return lambda business, at: business.after(at, duration)
        if "same_day_else" in argument:
            morning = hours.read_clock(str(argument["same_day_else"]))
            return lambda business, at: business.same_day_else(at, morning)
    raise ValueError('expected `{after: 1h}` or `{same_day_else: "09:00"}`')


def _duration(argument: Any) -> timedelta:
    written = _DURATION.fullmatch(argument) if isinstance(argument, str) else None
    if not written:
        raise ValueError(f"{argument!r} is no working time; expected hours and minutes such as 1h, 30m or 1h30m")
    duration = timedelta(hours=int(written["hours"] or 0), minutes=int(written["minutes"] or 0))
    if duration > timedelta(hours=WORKING_HOURS_MAX):
        raise ValueError(f"{argument!r} is more than {WORKING_HOURS_MAX} hours")
    return duration


# --- values ------------------------------------------------------------------------------------------------


def _digits(value: str) -> str:
    return "".join(str(int(character)) for character in value if character.isdecimal())


def _collapse_spaces(value: str) -> str:
    return " ".join(value.split())


def _title(value: str) -> str:
    return _WORD.sub(lambda word: word[0][:1].upper() + word[0][1:].lower(), value)


def _e164(value: Any, _: None, context: Context) -> str:
    written = _as_text(value)
    if phone.is_withheld(written):
        raise Unreadable("the number is withheld")
    number = phone.read_number(written, context.region)
    if number is None:
        raise Unreadable("it is no phone number")
    if not number.usable:
        raise Unreadable("it has an extension" if number.extension else "no such phone number is possible")
    return number.e164


def _email_by(read: Callable[[str], email.EmailReading]) -> Callable[[str], str]:
    def read_or_say(value: str) -> str:
        reading = read(value)
        if reading.value is None:
            raise Unreadable(reading.note)
        return reading.value

    return read_or_say


def _name_by(read: Callable[[str], str | None], missing: str) -> Callable[[str], str]:
    def read_or_say(value: str) -> str:
        name = read(value)
        if name is None:
            raise Unreadable(missing)
        return name

    return read_or_say


def _number(value: Any, _: None, _context: Context) -> int | float:
    if isinstance(value, bool):
        raise Unreadable("it is true or false, not a number")
    if isinstance(value, int | float):
        return float(text.as_hubspot(value)) if isinstance(value, float) else value
    written = _as_text(value).strip()
    if not _NUMBER.fullmatch(written):
        raise Unreadable("it is no number")
    plain = written.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _seconds_to_ms(value: Any, _: None, context: Context) -> int:
    seconds = _number(value, None, context)
    if not 0 <= seconds <= SECONDS_MAX:
        raise Unreadable("it is no duration in seconds")
    return round(seconds * 1000)


def _boolean(value: Any, _: None, _context: Context) -> bool:
    if isinstance(value, bool):
        return value
    word = _as_text(value).strip().lower()
    if word not in _WORDS_FOR_TRUE | _WORDS_FOR_FALSE:
        raise Unreadable("it is neither true nor false")
    return word in _WORDS_FOR_TRUE


def _datetime(value: Any, _: None, context: Context) -> datetime:
    return instants.read_instant(value, context.timezone)


def _epoch_ms(value: Any, _: None, context: Context) -> int:
    return instants.epoch_ms(instants.read_instant(value, context.timezone))


def _business_hours(value: Any, due: Callable[[BusinessHours, datetime], datetime], context: Context) -> datetime:
    return due(context.hours, instants.read_instant(value, context.timezone))


def _truncate(value: Any, length: int, _: Context) -> str:
    return text.truncate(_as_text(value), length)


def _join(value: Any, separator: str, _: Context) -> str:
    elements = value if isinstance(value, list | tuple) else [value]
    return separator.join(written for element in elements if (written := _as_text(element).strip()))


def _html(value: str) -> str:
    return text.escape_html(value).replace("\n", "<br>")


def _redact(value: str) -> str:
    """E-mail addresses and numbers as long as a phone's masked, numbers as long as a card's hidden whole."""
    value = _EMAIL_IN_TEXT.sub(lambda found: mask.email(found[0]), value)
    return _DIGITS_IN_TEXT.sub(_redacted_digits, value)


def _redacted_digits(found: re.Match[str]) -> str:
    run = found[0]
    if _DATE.fullmatch(run):
        return run
    return mask.HIDDEN if len(_digits(run)) >= _CARD_DIGITS_MIN and not run.startswith("+") else mask.phone(run)


# --- the table ---------------------------------------------------------------------------------------------


def _of_text(name: str, does: str, change: Callable[[str], str | None]) -> Transform:
    """A transform from text to text without an argument."""

    def apply(value: Any, _: None, _context: Context) -> str | None:
        return change(_as_text(value))

    return _of_value(name, does, apply)


def _of_value(
    name: str,
    does: str,
    apply: Callable[[Any, Any, Context], Any],
    takes: str = "",
    read_argument: Callable[[Any], Any] = _none,
) -> Transform:
    def apply_unless_blank(value: Any, argument: Any, context: Context) -> Any:
        if value is None or (type(value) is str and not value.strip()):
            return None
        return apply(value, argument, context)

    return Transform(name=name, does=does, takes=takes, read_argument=read_argument, apply=apply_unless_blank)


TRANSFORMS: dict[str, Transform] = {
    transform.name: transform
    for transform in (
        _of_text("trim", "Spaces at both ends go.", str.strip),
        _of_text("lower", "Small letters.", str.lower),
        _of_text("upper", "Capital letters.", str.upper),
        _of_text("title", "Each word begins with a capital, the rest is small.", _title),
        _of_text("collapse_spaces", "Runs of spaces and line ends become one space.", _collapse_spaces),
        _of_text("digits", "Only the digits stay.", _digits),
        _of_value("e164", "A usable phone number as +441632960123, read in the region.", _e164),
        _of_text("email", "A written e-mail address, checked, in small letters.", _email_by(email.read_written_email)),
        _of_text("spoken_email", "An e-mail address, written or spoken, checked.", _email_by(email.read_email)),
        _of_text("clean_name", "A person's name; blank for what is none.", _name_by(names.clean_name, "it is no name")),
        _of_text("first_name", "The given name.", _name_by(names.first_name, "it holds no first name")),
        _of_text("last_name", "The family name.", _name_by(names.last_name, "it holds no last name")),
        _of_value("seconds_to_ms", "Seconds as whole milliseconds.", _seconds_to_ms),
        _of_value("epoch_ms", "A time as milliseconds since 1970.", _epoch_ms),
        _of_value("datetime", "A time from ISO 8601 text, or from seconds, ms or µs since 1970.", _datetime),
        _of_value("truncate", "At most so many characters, an ellipsis last.", _truncate, "characters", _length),
        _of_value("join", "The elements of a list as one text.", _join, 'what stands between them ("; ")', _separator),
        _of_text("html", "Text as HTML: escaped, line ends as breaks.", _html),
        _of_text("plain_text", "HTML as text: tags and scripts go.", text.plain_text),
        _of_text("redact", "Phone numbers, e-mail addresses and card numbers in a text are masked.", _redact),
        _of_value("number", "A number, `1,234.50` too.", _number),
        _of_value("boolean", "True or false, from yes, no, on, off, 1 and 0 too.", _boolean),
        _of_value(
            "business_hours",
            "A time moved into business hours.",
            _business_hours,
            '`{after: 1h}` counts working time; `{same_day_else: "09:00"}` is closing time while open today, else that '
            "time on the next working day",
            _schedule,
        ),
    )
}
