"""Phone numbers: reading what a platform or a person wrote, and telling whether two texts are one number.

libphonenumber does the reading. Nothing is guessed: a text that is not plainly one number is no number, and only
a *usable* number is ever matched or written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

TEXT_LENGTH_MAX = 250
"""Characters; libphonenumber reads no longer text either. Of a longer one nothing is read: a part is another number."""

_CACHE_SIZE = 2_048

_NOWHERE = "ZZ"
"""ISO 3166's code for no country."""

_WITHHELD = frozenset(
    ["anonymous", "private", "restricted", "unavailable", "unknown", "blocked", "withheld", "hidden", "unlisted"]
)
_BESIDE_WITHHELD = frozenset(
    ["caller", "call", "id", "number", "name", "phone", "no", "not", "n", "a", "none", "null", "is", "the"]
)
_SAYS_NOTHING = ("no caller id", "no number", "no phone number", "not available", "n a", "none", "null", "undefined")

# Carriers hand a withheld number on as its word typed on a phone's keypad: +266696687 is ANONYMOUS.
_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_WITHHELD_TYPED = frozenset("+" + word.translate(_KEYPAD) for word in _WITHHELD)

_SIP = re.compile(r"^[^<]*?<?\s*sips?:(?P<user>[^@>]*)(?P<host>@[^;>]*)?", re.IGNORECASE)
_SIP_PARAMETER = re.compile(r";(?!ext=)[^;]*", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_NOT_A_WORD = re.compile(r"[\W_]+")


class Number(Struct, frozen=True, kw_only=True):
    """A number as libphonenumber reads it.

    Only a `usable` one may be matched or written: possible, with at least 7 national digits and no extension.
    Fictional numbers (+447700900123) are usable though not `valid`; emergency numbers and short codes are not usable.
    """

    e164: str
    valid: bool
    usable: bool
    national_digits: str
    """The national significant number, with its leading zero where a country keeps one (Italy)."""
    all_digits: str
    """Country code and national digits."""
    extension: str | None = None


def is_withheld(text: str | None) -> bool:
    """Whether this says that the caller's number was kept back: empty, `anonymous`, `sip:anonymous@…`, `+266696687`."""
    text = _plain((text or "")[:TEXT_LENGTH_MAX])
    sip = _SIP.match(text)
    if sip:
        text = unquote(sip["user"])
    if text.replace(" ", "") in _WITHHELD_TYPED:
        return True
    if any(character.isdigit() for character in text):
        return False
    words = _NOT_A_WORD.sub(" ", text.lower()).split()
    if not words or " ".join(words) in _SAYS_NOTHING:
        return True
    return not _WITHHELD.isdisjoint(words) and _BESIDE_WITHHELD.issuperset(set(words) - _WITHHELD)


def read_number(text: str, region: str) -> Number | None:
    """Read one number, in `region` (ISO 3166 code) where the text names no country; None when there is none to read.

    Understands `tel:` and `sip:` addresses, extensions, full-width digits and a word behind the number; never raises.
    """
    if len(text) > TEXT_LENGTH_MAX:
        return None
    # A number with its country is the same wherever it is read: read once, it is known to every region.
    number = _read(text, _NOWHERE) if text.startswith("+") else None
    return number or _read(text, region)


@lru_cache(maxsize=_CACHE_SIZE)
def _read(text: str, region: str) -> Number | None:
    text = _plain(text)
    if is_withheld(text):
        return None
    sip = _SIP.match(text)
    if sip:
        text = _SIP_PARAMETER.sub("", unquote(sip["user"]))
    # Loaded with the first number: a quiet run reads none.
    from connector.mapping import libphone

    return libphone.read(text, region)


def search_forms(e164: str) -> tuple[str, ...]:
    """The values under which HubSpot's searchable calculated phone properties may hold this number.

    HubSpot keeps the national significant number of a text that libphonenumber calls valid, else all its digits
    without leading zeros (seen in recorded answers). So a valid number has one form. One that is not valid has two:
    the stored text may or may not carry the country code. Best guess first.
    """
    number = read_number(e164, _NOWHERE)
    if number is None:
        digits = "".join(character for character in e164 if character.isdecimal()).lstrip("0")
        return (digits,) if digits else ()
    bare = number.national_digits.lstrip("0")
    forms = (number.national_digits, bare) if number.valid else (number.all_digits, bare)
    return tuple(dict.fromkeys(form for form in forms if form))


def same_number(a: str | None, e164: str, region: str) -> bool:
    """Whether a stored text is this number, read in `region` where it names no country.

    A text with an extension is someone behind a switchboard and never equal. An international number stored without
    its `+` is recognised when the text is no valid number of the region.
    """
    if not a:
        return False
    if a == e164:
        return True
    stored = read_number(a, region)
    if stored is None or stored.extension:
        return False
    if stored.e164 == e164:
        return stored.usable
    if stored.valid:
        return False
    return _bare_digits(a) == e164.removeprefix("+")


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def _bare_digits(text: str) -> str:
    digits = "".join(str(unicodedata.digit(character)) for character in _plain(text) if character.isdecimal())
    return digits.removeprefix("00")
