"""The phone properties that HubSpot calculates, as its recorded answers show them.

A number that libphonenumber calls valid is searchable by its national digits; any other by all its digits without the
leading zeros. `phone` itself is kept as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import phonenumbers
from msgspec import Struct


class _Names(Struct, frozen=True):
    calculated: str
    searchable: str
    international: str
    country_code: str
    area_code: str
    region_code: str


SOURCES: Final = {
    "phone": _Names(
        "hs_calculated_phone_number",
        "hs_searchable_calculated_phone_number",
        "hs_searchable_calculated_international_phone_number",
        "hs_calculated_phone_number_country_code",
        "hs_calculated_phone_number_area_code",
        "hs_calculated_phone_number_region_code",
    ),
    "mobilephone": _Names(
        "hs_calculated_mobile_number",
        "hs_searchable_calculated_mobile_number",
        "hs_searchable_calculated_international_mobile_number",
        "hs_calculated_mobile_number_country_code",
        "hs_calculated_mobile_number_area_code",
        "hs_calculated_mobile_number_region_code",
    ),
}
"""Property → the properties calculated from it."""
NAMES: Final = frozenset(
    name
    for names in SOURCES.values()
    for name in (
        names.calculated,
        names.searchable,
        names.international,
        names.country_code,
        names.area_code,
        names.region_code,
    )
)


def calculated(properties: Mapping[str, str], region: str) -> dict[str, str]:
    """What HubSpot calculates from the numbers of this record; what it has no value for is absent."""
    values: dict[str, str] = {}
    for source in SOURCES:
        text = properties.get(source)
        if text:
            values.update(_calculate(source, text, region))
    return values


@lru_cache(maxsize=20_000)
def _calculate(source: str, text: str, region: str) -> tuple[tuple[str, str], ...]:
    names = SOURCES[source]
    digits = "".join(str(int(char)) for char in text if char.isdecimal()).lstrip("0")
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        number = phonenumbers.PhoneNumber()
    if not phonenumbers.is_valid_number(number):
        return ((names.searchable, digits),) if digits else ()
    national = phonenumbers.national_significant_number(number)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    area = national[: phonenumbers.length_of_geographical_area_code(number)]
    values = (
        (names.calculated, e164),
        (names.searchable, national),
        (names.international, e164.removeprefix("+")),
        (names.country_code, str(number.country_code)),
        (names.area_code, area),
        (names.region_code, phonenumbers.region_code_for_number(number) or ""),
    )
    return tuple((name, value) for name, value in values if value)
