"""libphonenumber's reading of one number, and where we do not follow it. Its tables take a moment to load."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from connector.mapping.phone import Number

NATIONAL_DIGITS_MIN = 7
DIGITS_MAX = 15
"""The most digits an international number has (ITU-T E.164)."""

_LETTERS = re.compile(r"[^\W\d_]")


def read(text: str, region: str) -> Number | None:
    """The number in a text without address and invisible characters; None when there is none to read."""
    parsed = _parse(text, region)
    return None if parsed is None else _number(parsed)


def _parse(text: str, region: str) -> PhoneNumber | None:
    """libphonenumber's reading, but for texts where it would turn letters into digits or pass over them."""
    try:
        parsed = phonenumbers.parse(text, region, keep_raw_input=True)
    except NumberParseException:
        return None
    start = next((at for at, character in enumerate(text) if character == "+" or character.isdecimal()), 0)
    written = text.partition(";")[0]  # `;ext=`, `;phone-context=`: libphonenumber knows them
    letters = list(_LETTERS.finditer(written, start))
    if not letters or parsed.extension:
        return parsed
    spelled_out = len(letters) >= 3 and phonenumbers.is_valid_number(parsed)  # 1-800-FLOWERS
    if spelled_out:
        return parsed
    number, behind = written[: letters[0].start()], written[letters[0].start() :]
    return None if any(character.isdecimal() for character in behind) else _parse(number, region)


def _number(parsed: PhoneNumber) -> Number:
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    national_digits = phonenumbers.national_significant_number(parsed)
    usable = (
        not parsed.extension
        and len(national_digits) >= NATIONAL_DIGITS_MIN
        and len(e164) - 1 <= DIGITS_MAX
        and _possible(parsed)
        and _reads_as_itself(e164)
    )
    return Number(
        e164=e164,
        valid=phonenumbers.is_valid_number(parsed),
        usable=usable,
        national_digits=national_digits,
        all_digits=e164.removeprefix("+"),
        extension=parsed.extension or None,
    )


def _reads_as_itself(e164: str) -> bool:
    """False for nonsense such as +3100000001, of which libphonenumber drops another zero at each reading."""
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.E164) == e164


def _possible(parsed: PhoneNumber) -> bool:
    """Possible, where a number without its area code counts only if the text itself named the country."""
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return parsed.country_code_source != phonenumbers.CountryCodeSource.FROM_DEFAULT_COUNTRY
    return bool(reason == ValidationResult.IS_POSSIBLE)
