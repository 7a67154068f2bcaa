"""Reading JSON from a platform: strict about what it is, forgiving about what text may hold."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import msgspec

UNSTORABLE = 2**64
"""What stands for a number that no store takes: larger than any that one does."""
DIGITS_MAX = 40

_DECODER = msgspec.json.Decoder()
_NUL = b"\\u0000"
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


class MalformedJsonError(Exception):
    """These bytes are no JSON that can be stored and sent on. The text says why, without repeating them."""


def decode(raw: bytes) -> Any:
    """The value, its text freed of NUL, lone surrogates replaced by U+FFFD. Raises MalformedJsonError."""
    try:
        value = _DECODER.decode(raw)
        return _clean(value) if _NUL in raw else value
    except UnicodeDecodeError as error:
        raise MalformedJsonError("text that is not UTF-8") from error
    except RecursionError as error:
        raise MalformedJsonError("nested too deeply") from error
    except msgspec.ValidationError as error:
        raise MalformedJsonError("a number out of range") from error
    except msgspec.DecodeError as error:
        if _SURROGATE.search(raw):
            return _decode_with_surrogates(raw)
        raise MalformedJsonError("no valid JSON") from error


def decode_page(raw: bytes) -> Any:
    """As `decode`, for many records in one answer: what cannot be kept costs its record, and not its neighbours.

    A number that is none, or out of range, becomes `UNSTORABLE`; bytes that are no text become U+FFFD.
    """
    try:
        return decode(raw)
    except MalformedJsonError:
        try:
            text = raw.decode("utf-8-sig", "replace")
            return _clean(json.loads(text, parse_constant=_unstorable, parse_float=_kept_float, parse_int=_kept_whole))
        except (ValueError, RecursionError):
            pass
        raise


def _unstorable(_: str) -> int:
    return UNSTORABLE


def _kept_float(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else UNSTORABLE


def _kept_whole(digits: str) -> int:
    return int(digits) if len(digits) <= DIGITS_MAX else UNSTORABLE


def _decode_with_surrogates(raw: bytes) -> Any:
    """JSON can write half of a surrogate pair (RFC 8259, 8.2), no database can store it, and msgspec refuses it."""
    try:
        return _clean(json.loads(raw.decode(), parse_constant=_refuse, parse_float=_finite))
    except RecursionError as error:
        raise MalformedJsonError("nested too deeply") from error
    except ValueError as error:
        raise MalformedJsonError("no valid JSON") from error


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _NOT_TEXT.sub(lambda match: "" if match[0] == "\0" else "\ufffd", value)
        case dict():
            return {_clean(name): _clean(item) for name, item in value.items()}
        case list():
            return [_clean(item) for item in value]
        case _:
            return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number out of range")
    return number
