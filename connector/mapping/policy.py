"""Which wishes become changes: the write policies of a mapping against what the CRM holds now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import Struct

from connector.mapping.instants import epoch_ms
from connector.mapping.text import plain_number

POLICIES = ("if_empty", "on_create", "always", "newest", "forward", "never")

HASH_LENGTH = 16
"""Hex digits of a value's hash: enough to notice an edit."""

_PLACEHOLDER_LENGTH_MAX = 60

# Names that telephony tools give to contacts they make: as good as no name.
_PLACEHOLDER = re.compile(
    r"aircall new contact|new contact|unknown (?:caller|contact)|anonymous caller|wireless caller"
    r"|(?:new |unknown )?caller[\s:#-]*\+?[\d\s().…•*x-]+",
    re.IGNORECASE,
)
# No leading zero: 0123 may be an identifier, and HubSpot keeps it as it is in a text property.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,29})(?:\.\d{1,30})?", re.ASCII)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_MAY_BE_WRITTEN_OTHERWISE = frozenset("-0123456789tTfF")


class Wish(Struct, frozen=True, kw_only=True):
    """A value that a mapping wants in one property, as the string that HubSpot stores; `origin` says where from."""

    property: str
    value: str
    write: str
    origin: str


class Choice(Struct, frozen=True, kw_only=True):
    """What to write, and in words (never with a value) what was left as it is and why."""

    changes: dict[str, str]
    notes: tuple[str, ...] = ()


def choose(
    wishes: Iterable[Wish],
    *,
    current: Mapping[str, str | None] | None,
    written: Mapping[str, str] | None,
    is_newest: bool,
    order: Callable[[str], Sequence[str]],
) -> Choice:
    """Decide what to write to one record. The first wish for a property wins; blank wishes are none.

    `current` is what the CRM holds now (None: the record is being created, and all but `never` is written). What it
    does not name was not read: only `always` and `newest` write that, and only where nothing was written before.
    `written` holds, for calls and records, the hash of each value as last seen after a write: a value that differs
    from its hash was changed by a person and is kept. `order` gives a property's option values in the portal's order,
    for `forward`. A value that is equal but for HubSpot's own way of writing it is no change.
    """
    changes: dict[str, str] = {}
    notes: list[str] = []
    seen: set[str] = set()
    for wish in wishes:
        if wish.property in seen or not wish.value.strip():
            continue
        seen.add(wish.property)
        if current is None:
            if wish.write != "never":
                changes[wish.property] = wish.value
            continue
        verdict = _verdict(wish, current, written or {}, is_newest, order)
        if verdict is None:
            changes[wish.property] = wish.value
        elif verdict:
            notes.append(f"{wish.property}: {verdict}")
    return Choice(changes=changes, notes=tuple(notes))


def value_hash(value: str) -> str:
    """A hash to notice an edit by; values that differ only in HubSpot's way of writing them have the same."""
    return hashlib.sha256(_canonical(value).encode(errors="replace")).hexdigest()[:HASH_LENGTH]


def is_placeholder(value: str | None) -> bool:
    """Whether a tool left this where a name should be ("Aircall new contact", "Caller +1…")."""
    if not value or len(value) > _PLACEHOLDER_LENGTH_MAX:
        return False
    return _PLACEHOLDER.fullmatch(" ".join(value.split())) is not None


_WRITE = None
_NOTHING_TO_SAY = ""


def _verdict(
    wish: Wish,
    current: Mapping[str, str | None],
    written: Mapping[str, str],
    is_newest: bool,
    order: Callable[[str], Sequence[str]],
) -> str | None:
    """None to write, else the note (perhaps empty) on why not."""
    if wish.write in ("never", "on_create"):
        return _NOTHING_TO_SAY
    if wish.property not in current:
        blind = wish.property not in written and (wish.write == "always" or (wish.write == "newest" and is_newest))
        return _WRITE if blind else "left alone, its value was not read"
    now = current[wish.property] or ""
    if _same(now, wish.value):
        return _NOTHING_TO_SAY
    if wish.property in written and value_hash(now) != written[wish.property]:
        return "kept, a person changed it since it was last written"
    empty = not now.strip() or is_placeholder(now)
    match wish.write:
        case "always":
            return _WRITE
        case "if_empty":
            return _WRITE if empty else _NOTHING_TO_SAY
        case "newest":
            return _WRITE if is_newest else "kept, a newer call wrote it"
        case "forward":
            return _forward("" if empty else now, wish.value, order(wish.property))
        case _:
            raise ValueError(f"no write policy is called {wish.write!r}")


def _forward(now: str, target: str, options: Sequence[str]) -> str | None:
    if target not in options:
        return "not written, the portal has no such option"
    if not now:
        return _WRITE
    if now not in options:
        return "kept, its value is not among the portal's options"
    return _WRITE if options.index(target) > options.index(now) else _NOTHING_TO_SAY


def _same(now: str, value: str) -> bool:
    return now == value or _canonical(now) == _canonical(value)


def _canonical(value: str) -> str:
    """One way of writing for values that HubSpot gives back differently: numbers, times, truth, line ends."""
    value = value.strip()
    # Most values are words: their first character tells that they are none of these.
    if value[:1] in _MAY_BE_WRITTEN_OTHERWISE:
        if _NUMBER.fullmatch(value):
            return plain_number(Decimal(value))
        if _TIMESTAMP.fullmatch(value):
            return _epoch_ms(value)
        lowered = value.lower()
        if lowered in ("true", "false"):
            return lowered
    return value.replace("\r\n", "\n") if "\r" in value else value


def _epoch_ms(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
        return str(epoch_ms(at if at.tzinfo else at.replace(tzinfo=UTC)))
    except (ValueError, OverflowError):
        return text
