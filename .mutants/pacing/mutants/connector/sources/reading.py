"""Reading single fields of a platform's record: what every platform writes a little differently."""

from __future__ import annotations

import hashlib
import math
import re
from datetime import UTC, datetime, timedelta
from types import NoneType
from typing import Any

import msgspec

from connector.sources.decoding import MalformedJsonError, decode

DURATION_SECONDS_MAX = 86_400
"""No call lasts longer than a day; a platform that says so has counted wrong."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
DEPTH_MAX = 100
"""How deeply a record may be nested."""

_INTEGER_MAX = 2**63
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = re.compile(r"\d{9,17}", re.ASCII)
# What Python's reader of ISO 8601 refuses: the leap second, and the end of a day written as 24:00.
_LEAP_SECOND = re.compile(r"(T\d\d:\d\d):60(?!\d)")
_DAY_END = re.compile(r"T24:00(:00(\.0+)?)?(?![\d:.])")
_FIRST_ID = re.compile(rb'\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d{1,40}(?![\d.eE]))')


class _OnlyId(msgspec.Struct):
    id: Any = None


_ID_DECODER = msgspec.json.Decoder(_OnlyId)


def read_id(value: Any) -> str | None:
    """The id as text: a whole number is one, the text is kept byte for byte; None when there is none."""
    match value:
        case str():
            return value if value.strip() else None
        case bool():
            return None
        case int():
            return str(value)
        case _:
            return None


def find_id(raw: bytes) -> str | None:
    """The id of a record that cannot be decoded as a whole, if it stands where it can be told for certain."""
    try:
        value = _ID_DECODER.decode(raw).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        found = _FIRST_ID.match(raw)
        value = None if found is None else found[1]
        if value is None:
            return None
    else:
        # Decoded once more as JSON, for the same cleaning as everywhere.
        value = msgspec.json.encode(value)
    try:
        return read_id(decode(value))
    except MalformedJsonError:
        return None


def unreadable_id(raw: bytes) -> str:
    """What stands in for the id of a record without one: the same bytes always give the same."""
    return f"unreadable-{hashlib.blake2b(raw, digest_size=16).hexdigest()}"


def read_time(value: Any) -> datetime | None:
    """The moment in UTC, from ISO 8601 (without a zone: UTC) or an epoch in seconds, milliseconds or microseconds.

    None for what cannot be read and for years before 2000 or after 2099.
    """
    try:
        match value:
            case str():
                at = _read_text_time(value.strip())
            case bool():
                return None
            case int() | float():
                at = _read_epoch(value)
            case _:
                return None
    except (ValueError, OverflowError):
        return None
    return at if EARLIEST <= at < LATEST else None


def _read_text_time(text: str) -> datetime:
    if _DIGITS.fullmatch(text):
        return _read_epoch(int(text))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = _read_unusual_time(text)
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _read_unusual_time(text: str) -> datetime:
    if _LEAP_SECOND.search(text):
        return datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", text)) + timedelta(seconds=1)
    if _DAY_END.search(text):
        return datetime.fromisoformat(_DAY_END.sub("T00:00", text)) + timedelta(days=1)
    raise ValueError("no ISO 8601")


def _read_epoch(number: float) -> datetime:
    """The unit shows in the size: seconds of our age have ten digits, milliseconds thirteen, microseconds sixteen."""
    if abs(number) < 1e11:
        return _EPOCH + timedelta(seconds=number)
    if abs(number) < 1e14:
        return _EPOCH + timedelta(milliseconds=number)
    return _EPOCH + timedelta(microseconds=number)


def read_seconds(value: Any) -> int | None:
    """Whole seconds between 0 and a day; nothing at all is 0; None for what is no number."""
    match value:
        case None:
            return 0
        case bool():
            return None
        case int() | float():
            seconds = value
        case str():
            try:
                seconds = float(value)
            except ValueError:
                return None
        case _:
            return None
    if isinstance(seconds, float) and math.isnan(seconds):
        return None
    return round(min(max(seconds, 0), DURATION_SECONDS_MAX))


def read_count(value: Any) -> int | None:
    """How many there are; None for what counts nothing."""
    return value if type(value) is int and value >= 0 else None


def read_text(value: Any) -> str | None:
    """Text that says something; None for anything else."""
    return value if isinstance(value, str) and value.strip() else None


def read_word(value: Any) -> str | None:
    """A platform's word for something, without spaces around it; None where there is none."""
    text = read_text(value)
    return text.strip() if text else None


def is_storable(value: Any, *, depth: int = DEPTH_MAX) -> bool:
    """Whether it can be kept and passed on: no whole number of more than 64 bits, nothing nested too deeply."""
    kind = type(value)
    if kind is int:
        return bool(-_INTEGER_MAX <= value < _INTEGER_MAX)
    if kind is dict:
        value = value.values()
    elif kind is not list:
        return True
    if depth == 0:
        return False
    for item in value:
        # Most values are text: those cost no call.
        kind = type(item)
        if kind is not str and kind is not NoneType and not is_storable(item, depth=depth - 1):
            return False
    return True
