"""What kind of value a part of a mapping always gives, as far as that is known before any call is seen."""

from __future__ import annotations

from typing import Literal

from connector.mapping.fields import PlatformFields
from connector.mapping.paths import Path, parse_path
from connector.mapping.schema import Choice, paths_of, steps_of

Kind = Literal["text", "number", "time", "milliseconds", "truth"]

_CALL_KINDS: dict[str, Kind] = {
    "started_at": "time",
    "ended_at": "time",
    "duration_seconds": "number",
    **dict.fromkeys(("direction", "status", "agent_number", "agent_name", "caller_masked"), "text"),
    **dict.fromkeys(("summary", "transcript", "recording_url"), "text"),
}
_TRANSFORM_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("e164", "email", "spoken_email", "clean_name", "first_name", "last_name"), "text"),
    **dict.fromkeys(("number", "seconds_to_ms"), "number"),
    **dict.fromkeys(("datetime", "business_hours"), "time"),
    "epoch_ms": "milliseconds",
    "boolean": "truth",
}
_KEEPS_KIND = frozenset(
    ("trim", "lower", "upper", "title", "collapse_spaces", "truncate", "html", "plain_text", "redact")
)
_WORDS: dict[Kind, str] = {
    "text": "this is a text",
    "number": "this is a number",
    "time": "this is a time",
    "milliseconds": "this is a time in milliseconds",
    "truth": "this is true or false",
}
_TAKES: dict[str, frozenset[Kind]] = {
    "number": frozenset(("number", "milliseconds")),
    "bool": frozenset(("truth",)),
    # HubSpot takes a time for a date only at midnight UTC (developer docs, "properties", 2026-11).
    "date": frozenset(("milliseconds",)),
    "datetime": frozenset(("time", "milliseconds")),
}


def kind_of(choice: Choice, platform: PlatformFields | None) -> Kind | None:
    """The kind of what `from` and `transform` give; None when calls may differ in it, or nobody can know."""
    kind = _kind_of_paths(choice, platform)
    for name, _ in steps_of(choice.transform):
        if name not in _KEEPS_KIND:
            kind = _TRANSFORM_KINDS.get(name)
    return kind


def misfit(kind: Kind | None, property_type: str) -> str:
    """Why a property of this type never takes this kind of value, in words; empty when it may."""
    taken = _TAKES.get(property_type)
    return "" if kind is None or taken is None or kind in taken else _WORDS[kind]


def _kind_of_paths(choice: Choice, platform: PlatformFields | None) -> Kind | None:
    kinds = set()
    for text in paths_of(choice.from_):
        try:
            kinds.add(_kind_of_path(parse_path(text), platform))
        except ValueError:
            return None
    return kinds.pop() if len(kinds) == 1 else None


def _kind_of_path(path: Path, platform: PlatformFields | None) -> Kind | None:
    match path.root:
        case "call":
            return _CALL_KINDS.get(".".join(path.keys))
        case "caller" | "connection":
            return "text"
        case "crm":
            return None
        case "source":
            return _kind_of_field(path.keys, platform)
        case _:
            return _kind_of_field((path.root, *path.keys), platform)


def _kind_of_field(keys: tuple[str, ...], platform: PlatformFields | None) -> Kind | None:
    if platform is None or len(keys) != 1:
        return None
    if keys[0] in platform.numbers:
        return "number"
    if keys[0] in platform.times:
        return "time"
    return "text" if keys[0] in platform.texts else None
