"""Paths into what a platform leaves open, compared with what real calls hold there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from connector.mapping.compile import CompiledMapping
from connector.mapping.faults import nearest
from connector.mapping.fields import PLATFORM_FIELDS, PlatformFields
from connector.mapping.load import Loaded
from connector.mapping.paths import Path, parse_path, read_payload
from connector.mapping.scan import scan_condition, scan_template
from connector.mapping.schema import paths_of
from connector.mapping.walk import expressions, values
from connector.model import Call
from connector.reports import Finding


class _Use(NamedTuple):
    """A path into an open object, as keys of the platform's record, and where the mapping says it."""

    path: Path
    keys: tuple[str, ...]
    where: str


def unheld_paths(loaded: Loaded, mapping: CompiledMapping, calls: Sequence[Call]) -> list[Finding]:
    """A warning per path that no call has.

    Alternatives stand for each other: of `from: [a, b]`, or of one expression, nothing is said while a call has one of
    them, unless the one that is missing looks like a misspelling of what the calls do have.
    """
    platform = PLATFORM_FIELDS.get(mapping.source)
    if platform is None or not calls:
        return []
    found = []
    for group in _groups(loaded, platform):
        missing = [use for use in group if not any(_is_held(call, use.keys) for call in calls)]
        said = {use.keys for use in group}
        for use in missing:
            near = nearest(use.keys[-1], _beside(calls, use.keys))
            is_misspelt = near is not None and (*use.keys[:-1], near) not in said
            if is_misspelt or len(missing) == len(group):
                hint = f" (did you mean {near}?)" if is_misspelt else ""
                message = f"`{use.path}`: none of {len(calls)} calls has it{hint}"
                found.append(Finding(where=use.where, code="W421", message=message))
    return found


def _groups(loaded: Loaded, platform: PlatformFields) -> Iterator[list[_Use]]:
    for value in values(loaded.document):
        form = value.choice.from_
        uses = []
        for at, text in enumerate(paths_of(form)):
            place = (*value.location, "from", *([at] if isinstance(form, list) else []))
            uses += _use(parse_path(text), platform, loaded.where(place))
        yield uses
    for expression in expressions(loaded.document):
        scan = scan_condition(expression.text) if expression.is_condition else scan_template(expression.text)
        uses = []
        for each in scan.uses:
            uses += _use(each.path, platform, loaded.where_within(expression.location, expression.text, each.offset))
        yield uses


def _use(path: Path, platform: PlatformFields, where: str) -> list[_Use]:
    keys = path.keys if path.root == "source" else (path.root, *path.keys)
    return [_Use(path, keys, where)] if len(keys) > 1 and keys[0] in platform.open else []


def _is_held(call: Call, keys: tuple[str, ...]) -> bool:
    value = read_payload(call.payload, keys)
    return value is not None and value not in ("", [], {})


def _beside(calls: Sequence[Call], keys: tuple[str, ...]) -> set[str]:
    """The names that stand where this path looks for its last one."""
    around = [read_payload(call.payload, keys[:-1]) for call in calls]
    return {str(name) for holder in around if isinstance(holder, dict) for name in holder}
