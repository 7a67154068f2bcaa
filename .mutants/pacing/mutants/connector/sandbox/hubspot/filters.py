"""Search filters: what they may look like, and whether a document of the index matches one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from msgspec import Struct

from connector.sandbox.hubspot.answers import bad_request
from connector.sandbox.hubspot.definitions import Schema
from connector.sandbox.hubspot.values import epoch_ms

GROUP_COUNT_MAX: Final = 5
FILTERS_PER_GROUP_MAX: Final = 6
FILTER_COUNT_MAX: Final = 18
LISTS: Final = ("IN", "NOT_IN")
NEEDS_VALUE: Final = ("EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN")
OPERATORS: Final = (*NEEDS_VALUE, *LISTS, "HAS_PROPERTY", "NOT_HAS_PROPERTY")
ASSOCIATION: Final = "associations."
_WORD: Final = re.compile(r"\w+")


class Filter(Struct, frozen=True, kw_only=True):
    """One condition on one property. `type` is the property's; values are given as text."""

    name: str
    operator: str
    type: str
    value: str = ""
    high_value: str = ""
    values: tuple[str, ...] = ()


Group = tuple[Filter, ...]


def read_groups(raw: Any, schema: Schema) -> list[Group]:
    """The filter groups of a search. Raises a 400 that says what is wrong."""
    groups = [_read_group(group, schema) for group in _list(raw)]
    too_many = (
        len(groups) > GROUP_COUNT_MAX
        or any(len(group) > FILTERS_PER_GROUP_MAX for group in groups)
        or sum(map(len, groups)) > FILTER_COUNT_MAX
    )
    if too_many:
        raise bad_request(
            f"There was a problem with the request: at most {GROUP_COUNT_MAX} filter groups of "
            f"{FILTERS_PER_GROUP_MAX} filters, {FILTER_COUNT_MAX} in all, are allowed."
        )
    return groups


def matches(condition: Filter, value: str | None) -> bool:
    """Whether a property with this value (None: unset) meets the condition."""
    opposite = _OPPOSITES.get(condition.operator)
    if opposite is not None:
        return not (value and _TESTS[opposite](condition, value))
    return bool(value) and _TESTS[condition.operator](condition, value or "")


def _read_group(raw: Any, schema: Schema) -> Group:
    filters = raw.get("filters") if isinstance(raw, dict) else None
    if not isinstance(filters, list):
        raise bad_request("A filter group needs `filters`")
    return tuple(_read_filter(item, schema) for item in filters)


def _read_filter(raw: Any, schema: Schema) -> Filter:
    if not isinstance(raw, dict):
        raise bad_request("A filter must be an object")
    name, operator = str(raw.get("propertyName", "")), str(raw.get("operator", ""))
    if operator not in OPERATORS:
        raise bad_request(f"{operator} is not a valid operator")
    definition = schema.get(name)
    if definition is None and not name.startswith(ASSOCIATION):
        raise bad_request(f'There was a problem with the request: property "{name}" does not exist')
    values = tuple(str(value) for value in _list(raw.get("values")))
    value = raw.get("value")
    if (operator in LISTS and not values) or (operator in NEEDS_VALUE and value is None):
        raise bad_request(f"operator {operator} requires {'values' if operator in LISTS else 'a value'}")
    if operator == "BETWEEN" and raw.get("highValue") is None:
        raise bad_request("operator BETWEEN requires a highValue")
    return Filter(
        name=name,
        operator=operator,
        # Ids of associated records are matched as one of several values are.
        type=definition.type if definition else "enumeration",
        value="" if value is None else str(value),
        high_value=str(raw.get("highValue", "")),
        values=values,
    )


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _equals(condition: Filter, value: str, wanted: str) -> bool:
    if condition.type in ("number", "datetime", "date"):
        return rank(condition.type, value) == rank(condition.type, wanted)
    if condition.type in ("enumeration", "bool"):
        return wanted == value or wanted in value.split(";")
    return value.lower() == wanted.lower()


def _is_in(condition: Filter, value: str, wanted: str) -> bool:
    # The index holds text in lower case and takes the values of IN as they come, so that `Jane` finds nobody.
    if condition.type == "string":
        return value.lower() == wanted
    return _equals(condition, value, wanted)


def _contains_token(value: str, wanted: str) -> bool:
    lower, pattern = value.lower(), wanted.lower()
    if "*" in pattern:
        tokens = {*re.split(r"[\s;,]+", lower), *_WORD.findall(lower)}
        literal = pattern.replace("[", "[[]").replace("?", "[?]")
        return any(fnmatchcase(token, literal) for token in tokens)
    tokens_of, sought = _WORD.findall(lower), _WORD.findall(pattern)
    width = len(sought)
    return bool(sought) and any(tokens_of[at : at + width] == sought for at in range(len(tokens_of) - width + 1))


def rank(kind: str, value: str) -> tuple[int, float, str]:
    """Where a value of this type stands among others, for comparing and sorting."""
    if kind == "number":
        try:
            return (0, float(value), "")
        except ValueError:
            return (1, 0.0, value)
    if kind in ("datetime", "date"):
        at = epoch_ms(value)
        return (0, float(at), "") if at is not None else (1, 0.0, value)
    return (1, 0.0, value.lower())


def _is_between(condition: Filter, value: str) -> bool:
    low, high = rank(condition.type, condition.value), rank(condition.type, condition.high_value)
    return low <= rank(condition.type, value) <= high


def _compare(condition: Filter, value: str) -> int:
    """-1, 0 or 1: the value stands before, at or after the condition's."""
    mine, theirs = rank(condition.type, value), rank(condition.type, condition.value)
    return (mine > theirs) - (mine < theirs)


_OPPOSITES: Final = {
    "NEQ": "EQ",
    "NOT_IN": "IN",
    "NOT_CONTAINS_TOKEN": "CONTAINS_TOKEN",
    "NOT_HAS_PROPERTY": "HAS_PROPERTY",
}
"""Operators that are met where the other one is not, unset properties included."""
_TESTS: Final[Mapping[str, Callable[[Filter, str], bool]]] = {
    "EQ": lambda condition, value: _equals(condition, value, condition.value),
    "IN": lambda condition, value: any(_is_in(condition, value, wanted) for wanted in condition.values),
    "CONTAINS_TOKEN": lambda condition, value: _contains_token(value, condition.value),
    "HAS_PROPERTY": lambda _condition, _value: True,
    "BETWEEN": _is_between,
    "LT": lambda condition, value: _compare(condition, value) < 0,
    "LTE": lambda condition, value: _compare(condition, value) <= 0,
    "GT": lambda condition, value: _compare(condition, value) > 0,
    "GTE": lambda condition, value: _compare(condition, value) >= 0,
}
