"""What may be shown of a person where the whole is not asked for: logs, tables, titles.

The masks never need libphonenumber, so that a quiet run does not load it.
"""

from __future__ import annotations

import unicodedata

DOT = "•"
HIDDEN = DOT * 3

_HIDDEN_DIGITS_MIN = 4

# ITU-T E.164 country codes of one and of two digits; all the others have three.
_COUNTRY_CODES = frozenset(
    str(code)
    for codes in ((1, 7, 20, 27, 36, 39, 98), (30, 31, 32, 33, 34), (40, 41), range(43, 50), range(51, 59))
    for code in codes
) | frozenset(str(code) for codes in (range(60, 67), (81, 82, 84, 86), range(90, 96)) for code in codes)


def phone(text: str | None) -> str:
    """`+447700900123` → `+44 77•• •••123`: at most two leading and three last national digits, four hidden at least.

    A text without a country code shows its last three digits; one without digits shows nothing; a blank stays blank.
    """
    text = (text or "").strip()
    if not text:
        return ""
    digits = "".join(filter(str.isdecimal, text if text.isascii() else unicodedata.normalize("NFKC", text)))
    if not text.startswith("+"):
        return _masked(digits, leading=0)
    country = next((digits[:size] for size in (1, 2) if digits[:size] in _COUNTRY_CODES), digits[:3])
    national = digits[len(country) :]
    return f"+{country} {_masked(national, leading=2)}" if national else HIDDEN


def email(text: str | None) -> str:
    """`jane@example.com` → `j•••@example.com`; what is not plainly one address is hidden whole; a blank stays blank."""
    text = (text or "").strip()
    if not text:
        return ""
    local, at, domain = text.partition("@")
    if not at or "@" in domain or not domain or not _host_like(domain):
        return HIDDEN
    return f"{local[:1] if len(local) > 1 else ''}{HIDDEN}@{domain}"


def name(text: str | None) -> str:
    """`Jane Doe` → `J•••`; a single character is hidden; a blank stays blank."""
    text = unicodedata.normalize("NFC", text or "").strip()
    if not text:
        return ""
    return (text[0] if len(text) > 1 and text[0].isalpha() else "") + HIDDEN


def _masked(digits: str, *, leading: int) -> str:
    last = 3
    if len(digits) < leading + last + _HIDDEN_DIGITS_MIN:
        leading = 0
    if len(digits) < last + _HIDDEN_DIGITS_MIN:
        return HIDDEN
    shown = digits[:leading] + DOT * (len(digits) - leading - last) + digits[-last:]
    return f"{shown[:4]} {shown[4:]}"


def _host_like(domain: str) -> bool:
    return "." in domain and all(character.isalnum() or character in "-." for character in domain)
