"""Phone numbers: reading what a platform or a person wrote, and telling whether two texts are one number.

libphonenumber does the reading. Nothing is guessed: a text that is not plainly one number is no number, and only
a *usable* number is ever matched or written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

import phonenumbers
from msgspec import Struct
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

TEXT_LENGTH_MAX = 250
"""Characters; libphonenumber reads no longer text either."""

NATIONAL_DIGITS_MIN = 7
DIGITS_MAX = 15
"""The most digits an international number has (ITU-T E.164)."""

_CACHE_SIZE = 4_096

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
_LETTERS = re.compile(r"[^\W\d_]")
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
    text = _plain(text or "")
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
    return _read(text[: TEXT_LENGTH_MAX + 1], region)


@lru_cache(maxsize=_CACHE_SIZE)
def _read(text: str, region: str) -> Number | None:
    text = _plain(text)
    if not text or len(text) > TEXT_LENGTH_MAX or is_withheld(text):
        return None
    sip = _SIP.match(text)
    if sip:
        text = _SIP_PARAMETER.sub("", unquote(sip["user"]))
    parsed = _parse(text, region)
    if parsed is None:
        return None
    return _number(parsed)


def search_forms(e164: str) -> tuple[str, ...]:
    """The values under which HubSpot's searchable calculated phone properties may hold this number.

    HubSpot keeps the national significant number of a text that libphonenumber calls valid, else all its digits
    without leading zeros (seen in recorded answers). So a valid number has one form. One that is not valid has two:
    the stored text may or may not carry the country code. Best guess first.
    """
    number = read_number(e164, "ZZ")
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
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: TEXT_LENGTH_MAX + 1])).strip()


def _bare_digits(text: str) -> str:
    digits = "".join(str(unicodedata.digit(character)) for character in _plain(text) if character.isdecimal())
    return digits.removeprefix("00")


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
