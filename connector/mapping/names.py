"""Names of people: what is one, how it splits, and whether two are the same."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

NAME_LENGTH_MAX = 120
"""Characters; a longer text is a sentence, not a name."""

_CACHE_SIZE = 2_048

# Controls, zero-width characters and direction marks: they hide text or turn it round.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_NOT_A_WORD = re.compile(r"[\W_]+")
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        "unknown anonymous caller unavailable restricted withheld blocked private hidden unidentified "
        "redacted deleted erased removed anonymized anonymised "
        "none null nil undefined nobody someone person customer client user guest visitor lead contact "
        "mr mrs ms miss mx dr sir madam",
    )
)
_BESIDE_NOT_NAMES = frozenset(
    re.findall(r"\w+", "aircall new wireless phone mobile number name id no not given provided available n a the")
)
_TITLES = frozenset(
    re.findall(
        r"\w+", "mr mrs ms miss mx dr doctor prof professor sir dame rev revd reverend herr frau mme mlle sr sra"
    )
)
_SUFFIXES = frozenset(re.findall(r"\w+", "jr sr ii iii iv phd md esq mba dds obe mbe cpa"))
_SMALL_WORDS = frozenset(
    re.findall(r"\w+", "van von der den de del della di da dos das du la le bin ibn ter ten zu zur")
)

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def clean_name(text: str) -> str | None:
    """The name in a text, or None where it is none ("Unknown", "Caller +44…", digits, an address).

    Spaces are collapsed, invisible and direction-turning characters go, HTML tags go (scripts with all they hold) and
    entities become their character. A name all in capitals or all in small letters is set in title case ("O'BRIEN" →
    "O'Brien", "anna van der berg" → "Anna van der Berg"); any other is left as it is. Titles stay: "Dr Jane Doe".
    """
    return _clean(text) if len(text) <= NAME_LENGTH_MAX * 4 else None


def first_name(text: str) -> str | None:
    """The given name: the first word, or what follows the comma of "Doe, Jane"; titles go; "Mr Doe" has none."""
    return _split(text)[0]


def last_name(text: str) -> str | None:
    """The family name: all words but the first, or what precedes the comma of "Doe, Jane"; a single word has none."""
    return _split(text)[1]


def same_person(spoken: str | None, first: str | None, last: str | None) -> bool:
    """Whether a spoken name is this first and last name: both known and equal but for case, accents and punctuation."""
    if not spoken or not first or not last:
        return False
    spoken_first, spoken_last = _split(spoken)
    known = (_comparable(first), _comparable(last))
    if not spoken_first or not spoken_last or not all(known):
        return False
    return f"{_comparable(spoken_first)} {_comparable(spoken_last)}" == " ".join(known)


@lru_cache(maxsize=_CACHE_SIZE)
def _clean(text: str) -> str | None:
    text = _TAG.sub(" ", html.unescape(text))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("<", "").replace(">", "")
    name = " ".join(text.split()).strip(' ,;:"')
    if not name or len(name) > NAME_LENGTH_MAX or not _is_name(name):
        return None
    return _recased(name)


def _is_name(name: str) -> bool:
    if "@" in name or not any(character.isalpha() for character in name):
        return False
    words = {word for word in _NOT_A_WORD.sub(" ", name.casefold()).split() if not word.isdigit()}
    if not _NOT_NAMES.isdisjoint(words) and words <= _NOT_NAMES | _BESIDE_NOT_NAMES:
        return False
    if words <= _BESIDE_NOT_NAMES and len(words) > 1:
        return False
    digits = sum(character.isdigit() for character in name)
    return digits < 5 and digits <= sum(character.isalpha() for character in name)


def _recased(name: str) -> str:
    letters = [character for character in name if character.isalpha()]
    if len(letters) < 3 or not (name.isupper() or name.islower()):
        return name
    words = [_capitalised(word) for word in name.lower().split(" ")]
    return " ".join(word.lower() if at and word.lower() in _SMALL_WORDS else word for at, word in enumerate(words))


def _capitalised(word: str) -> str:
    """`o'brien-smith` → `O'Brien-Smith`."""
    return re.sub(r"(?:^|(?<=[-.(])|(?<=\b\w['’]))[^\W\d_]", lambda letter: letter[0].upper(), word)


@lru_cache(maxsize=_CACHE_SIZE)
def _split(text: str) -> tuple[str | None, str | None]:
    name = clean_name(text)
    if name is None:
        return None, None
    before, comma, behind = name.partition(",")
    if comma and _word(behind.split()[0] if behind.split() else "") not in _SUFFIXES | {""}:
        return _joined(_untitled(behind.split())), _joined(_untitled(before.split()))
    words = name.split()
    named = _untitled(words)
    if len(named) < len(words) and len(named) == 1:
        return None, named[0].strip(",")
    return _joined(named[:1]), _joined(named[1:])


def _untitled(words: list[str]) -> list[str]:
    while words and _word(words[0]) in _TITLES:
        words = words[1:]
    return words


def _word(word: str) -> str:
    return word.strip(".,").casefold()


def _joined(words: list[str]) -> str | None:
    return " ".join(words).strip(" ,") or None


def _comparable(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN_LETTERS))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(_NOT_A_WORD.sub(" ", re.sub(r"['’.]", "", letters)).split())
