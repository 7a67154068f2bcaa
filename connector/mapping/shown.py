"""Values as conditions and templates see them: what is blank, what is printed, and how order is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from connector.mapping.text import as_hubspot


class Fields:
    """An object of the platform's record as templates see it: its fields that are not blank."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getitem__(self, key: str) -> Any:
        value = shown(self._values[key])
        if value is None:
            raise KeyError(key)
        return value

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        return (key for key, value in self._values.items() if shown(value) is not None)


def shown(value: Any) -> Any:
    """A value as expressions see it: None for a blank, objects and lists behind wrappers."""
    if isinstance(value, str):
        return None if not value or value.isspace() else value
    if isinstance(value, Mapping):
        return Fields(value) if value else None
    if isinstance(value, list | tuple):
        return [visible for item in value if (visible := shown(item)) is not None] or None
    return value


def printed(value: Any, zone: ZoneInfo) -> str:
    """What `{{ … }}` prints. A method that a name happened to reach prints nothing."""
    if value is None or callable(value):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Fields):
        return "; ".join(f"{key}: {printed(value[key], zone)}" for key in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {printed(item, zone)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(text for item in value if (text := printed(item, zone)))
    return as_hubspot(value)


def _items(value: Any) -> list[tuple[str, Any]]:
    return [(key, value[key]) for key in value] if isinstance(value, Fields | Mapping) else []


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | Fields | Mapping) else 0


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, str | list | tuple | Fields | Mapping) else None


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, str | list | tuple) and value else None


def _round(value: Any, digits: int = 0) -> Any:
    return None if _is_blank(value) else round(_number(value), digits)


def _split(value: Any, separator: str | None = None) -> list[str]:
    return value.split(separator) if isinstance(value, str) else []


FILTERS: dict[str, Callable[..., Any]] = {
    "items": _items,
    "length": _length,
    "count": _length,
    "first": _first,
    "last": _last,
    "round": _round,
    "split": _split,
}
"""Filters that minijinja has too, but which fail there for a missing value, or do not know `Fields`."""


def is_divisible(value: Any, by: Any) -> bool:
    """Whether a number is a multiple of another. minijinja's own test ends the whole run where `by` is nought."""
    return isinstance(value, int | float) and isinstance(by, int | float) and by != 0 and value % by == 0


def order(operator: str, a: Any, b: Any) -> bool:
    """Compare order. With a blank it is false; numbers in texts count as numbers; else both are of one kind."""
    if _is_blank(a) or _is_blank(b):
        return False
    a, b = _comparable(a, b)
    match operator:
        case "<":
            return bool(a < b)
        case "<=":
            return bool(a <= b)
        case ">":
            return bool(a > b)
        case _:
            return bool(a >= b)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _comparable(a: Any, b: Any) -> tuple[Any, Any]:
    if isinstance(a, datetime) or isinstance(b, datetime):
        return _time(a), _time(b)
    if isinstance(a, str) and isinstance(b, str):
        return a, b
    return _number(a), _number(b)


def _time(value: Any) -> datetime:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError("not a number") from None
    if number.is_nan():
        raise ValueError("not a number")
    return number
