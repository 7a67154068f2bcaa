"""Why a property of the portal cannot take a value, as far as its definition tells.

Only what HubSpot is certain to refuse is said not to fit: whatever else it refuses, it says itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from connector.mapping.markup import units
from connector.model import Property

TEXT_LENGTH_MAX = 65_536
"""UTF-16 units. HubSpot takes as many characters and does not say of which kind (developer docs "properties")."""

WHY = {
    "W231": "the portal has no such property",
    "W232": "the portal does not let it be written",
    "W233": "the value is not one of the portal's options",
    "W234": f"the text is longer than the {TEXT_LENGTH_MAX:,} characters that HubSpot takes",
    "W235": "the value is not of the property's type",
}
"""The codes of `misfit` in words."""

_DIGITS = re.compile(r"-?\d+", re.ASCII)


def misfit(definition: Property | None, value: str) -> str | None:
    """The code of the reason, None when the value may well be taken. Options are compared by their internal values."""
    if definition is None:
        return "W231"
    if definition.read_only or definition.calculated:
        return "W232"
    if not value:
        return None
    if definition.type == "enumeration" and definition.options:
        values = {option.value for option in definition.options}
        is_option = value in values or all(part in values for part in value.split(";"))
        return None if is_option else "W233"
    if units(value) > TEXT_LENGTH_MAX:
        return "W234"
    is_of_type = _TYPES.get(definition.type)
    return None if is_of_type is None or is_of_type(value) else "W235"


def _is_number(text: str) -> bool:
    return _reads(float, text)


def _is_truth(text: str) -> bool:
    return text.lower() in ("true", "false")


def _is_time(text: str) -> bool:
    return _DIGITS.fullmatch(text) is not None or _reads(datetime.fromisoformat, text)


def _is_date(text: str) -> bool:
    return _is_time(text) or _reads(date.fromisoformat, text)


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text.strip())
    except ValueError:
        return False
    return True


_TYPES = {"number": _is_number, "bool": _is_truth, "datetime": _is_time, "date": _is_date}
