"""Associations between records, kept at both ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connector.sandbox.hubspot.kinds import DEFAULTS, ENDS

End = tuple[str, str]
"""Object type and record id."""


class Links:
    """Who is linked to whom, and by which association types."""

    def __init__(self) -> None:
        self._of: dict[End, dict[End, tuple[int, ...]]] = {}

    def put(self, start: End, end: End, type_ids: tuple[int, ...]) -> None:
        """Link both ends by these types and the unlabelled one; labels that stood there before are replaced."""
        default = DEFAULTS[start[0], end[0]]
        there = (default,) if type_ids == (default,) else tuple(dict.fromkeys((default, *type_ids)))
        self._of.setdefault(start, {})[end] = there
        self._of.setdefault(end, {})[start] = tuple(ENDS[start[0], type_id][1] for type_id in there)

    def add(self, start: End, end: End, type_ids: tuple[int, ...]) -> None:
        """Link both ends by these types as well; what is there stays."""
        former = self.types(start, end)
        self.put(start, end, (*former, *type_ids) if former else type_ids)

    def types(self, start: End, end: End) -> tuple[int, ...]:
        """The association types from one record to another; none when they are not linked."""
        return self._of.get(start, {}).get(end, ())

    def remove(self, start: End, end: End) -> None:
        """Unlink both ends, if they are linked."""
        self._of.get(start, {}).pop(end, None)
        self._of.get(end, {}).pop(start, None)

    def drop(self, start: End) -> None:
        """Unlink a record from everything."""
        for end in self._of.pop(start, {}):
            self._of[end].pop(start, None)

    def move(self, start: End, to: End) -> None:
        """Hand all links of one record over to another."""
        for end, type_ids in list(self._of.get(start, {}).items()):
            if end != to:
                self.add(to, end, type_ids)
        self.drop(start)

    def of(self, start: End, object_type: str = "") -> Iterator[tuple[End, tuple[int, ...]]]:
        """What a record is linked to, of one type or of all, in the order in which it was linked."""
        for end, type_ids in self._of.get(start, {}).items():
            if not object_type or end[0] == object_type:
                yield end, type_ids

    def dump(self) -> list[list[Any]]:
        return [[*start, *end, list(type_ids)] for start, ends in self._of.items() for end, type_ids in ends.items()]

    def restore(self, state: list[list[Any]]) -> None:
        self._of = {}
        for start_type, start_id, end_type, end_id, type_ids in state:
            self._of.setdefault((start_type, start_id), {})[end_type, end_id] = tuple(type_ids)
