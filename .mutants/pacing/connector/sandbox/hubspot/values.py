"""Reading the value of a property: from what a client may send to the string that HubSpot stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from connector.sandbox.hubspot.definitions import Definition
from connector.sandbox.hubspot.emails import is_accepted

TEXT_LENGTH_MAX: Final = 65_536
OPTIONS_SHOWN: Final = 20
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - its text gets the Z itself
_EPOCH_MS_MAX: Final = 253_402_300_799_999
"""The last millisecond of the year 9999."""


class InvalidValue(Exception):
    """HubSpot does not take this value: its code and its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def iso(at: datetime) -> str:
    """A time as HubSpot writes it: UTC, milliseconds, `Z`."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def as_text(raw: Any) -> str:
    """A raw JSON value as text: numbers and booleans are taken, null clears. Raises TypeError for anything else."""
    match raw:
        case str():
            return raw
        case None:
            return ""
        case bool():
            return "true" if raw else "false"
        case int():
            return str(raw)
        case float():
            return str(int(raw)) if raw.is_integer() else repr(raw)
    raise TypeError(type(raw).__name__)


def read_value(definition: Definition, text: str) -> str:
    """The value as it is stored. Raises InvalidValue."""
    if text == "":
        return ""
    if definition.name == "email" and definition.validated_email:
        return _read_email(text)
    return _READERS[definition.type](definition, text)


def epoch_ms(text: str) -> int | None:
    """Milliseconds since 1970 of a time given so, or as ISO 8601; None when it is neither."""
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit():
        number = int(text)
        return number if abs(number) <= _EPOCH_MS_MAX else None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _read_email(text: str) -> str:
    address = text.lower()
    if not is_accepted(address):
        raise InvalidValue("INVALID_EMAIL", f"Email address {text} is invalid")
    return address


def _read_string(definition: Definition, text: str) -> str:
    if len(text) > TEXT_LENGTH_MAX:
        message = f'Property "{definition.name}" is too long: at most {TEXT_LENGTH_MAX} characters are allowed.'
        raise InvalidValue("PROPERTY_VALUE_TOO_LONG", message)
    return text


def _read_number(definition: Definition, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if number - number != 0 or "_" in text:
        raise InvalidValue("INVALID_INTEGER", f"{text} was not a valid number.")
    return text.strip()


def _read_datetime(definition: Definition, text: str) -> str:
    at = epoch_ms(text)
    if at is None:
        raise InvalidValue("INVALID_LONG", f"{text} was not a valid long.")
    try:
        moment = _NAIVE_EPOCH + timedelta(milliseconds=at)
    except OverflowError as error:
        raise InvalidValue("INVALID_LONG", f"{text} was not a valid long.") from error
    return moment.isoformat(timespec="milliseconds") + "Z"


def _read_date(definition: Definition, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        moment = _read_datetime(definition, text)
    day, _, hour = moment.partition("T")
    if hour != "00:00:00.000Z":
        raise InvalidValue("INVALID_DATE", f"{text} is at {hour} UTC, not midnight!")
    return day


def _read_choice(definition: Definition, text: str) -> str:
    allowed = definition.option_values
    parts = text.split(";") if definition.field_type == "checkbox" else [text]
    for part in parts:
        if part not in allowed:
            shown = ", ".join(list(allowed)[:OPTIONS_SHOWN]) + ("..." if len(allowed) > OPTIONS_SHOWN else "")
            raise InvalidValue("INVALID_OPTION", f"{part} was not one of the allowed options: [{shown}]")
    return text


_READERS: Final[dict[str, Callable[[Definition, str], str]]] = {
    "string": _read_string,
    "phone_number": _read_string,
    "number": _read_number,
    "datetime": _read_datetime,
    "date": _read_date,
    "enumeration": _read_choice,
    "bool": _read_choice,
}
