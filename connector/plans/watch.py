"""What a plan follows from and comes to: the records that were read, and the writes that were wished."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from connector.model import Association, Create, CrmRecord, Outcome, Refused, Update, modified_property
from connector.plans.document import Write
from connector.plans.through import Through
from connector.ports import Crm


class Watched(Through):
    """Notes of every record that is read when it was last modified. Safe to use from several threads."""

    def __init__(self, base: Crm) -> None:
        super().__init__(base)
        self._lock = threading.Lock()
        self.reads: dict[str, dict[str, str]] = {}
        """By object type and id. Of a record that is read twice, the first time counts."""

    def read(
        self,
        object_type: str,
        by: Literal["id", "key", "email"],
        values: Collection[str],
        properties: Collection[str],
    ) -> dict[str, CrmRecord]:
        asked = {*properties, modified_property(object_type)}
        found = super().read(object_type, by, values, asked)
        self._note(object_type, found.values())
        return {value: _only(record, properties) for value, record in found.items()}

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        found = super().find_by_number(numbers, {*properties, modified_property("contacts")})
        self._note("contacts", found)
        return [_only(record, {*properties, "phone", "mobilephone"}) for record in found]

    def _note(self, object_type: str, records: Iterable[CrmRecord]) -> None:
        name = modified_property(object_type)
        with self._lock:
            known = self.reads.setdefault(object_type, {})
            for record in records:
                known.setdefault(record.id, record.properties.get(name) or "")


class Recorded(Through):
    """Keeps every wish as it was sent, in order. Safe to use from several threads."""

    def __init__(self, base: Crm) -> None:
        super().__init__(base)
        self._lock = threading.Lock()
        self.writes: list[Write] = []

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        self._keep([creation(object_type, wish) for wish in wishes])
        return super().create(object_type, wishes)

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        self._keep([change(object_type, wish) for wish in wishes])
        return super().update(object_type, wishes)

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        self._keep([link(object_type, record_id, end) for record_id, end in links])
        return super().associate(object_type, links)

    def _keep(self, writes: Iterable[Write]) -> None:
        with self._lock:
            self.writes.extend(writes)


def creation(object_type: str, wish: Create) -> Write:
    """A wish as a write. The engine may take a refused value out of its wish later: a write keeps its own copy."""
    return Write(
        operation="create",
        object_type=object_type,
        name=wish.key,
        properties=dict(wish.properties),
        links=tuple(wish.associations),
    )


def change(object_type: str, wish: Update) -> Write:
    return Write(operation="update", object_type=object_type, name=wish.id, properties=dict(wish.properties))


def link(object_type: str, record_id: str, end: Association) -> Write:
    return Write(operation="link", object_type=object_type, name=record_id, links=(end,))


def _only(record: CrmRecord, properties: Collection[str]) -> CrmRecord:
    return replace(record, properties={name: record.properties.get(name) for name in properties})
