"""A CRM that is only thought: reads go through to a real one, writes stay here.

Over a portal it is the overlay of `plan`, and counts what the writes would cost. Over nothing it is a small CRM in
memory, for the tests beside mappings and for the contract that every CRM keeps.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from connector.draft.ids import placeholder
from connector.mapping import phone
from connector.model import (
    Association,
    Create,
    CrmRecord,
    Done,
    Exists,
    Gone,
    Outcome,
    Portal,
    Refused,
    Update,
    key_property,
)
from connector.ports import Crm

BATCH = 100
"""Records in one request of the real CRM."""
UNKNOWN_PORTAL = Portal(id="draft")


class DraftCrm:
    """Implements `ports.Crm`. Never writes to the CRM below it."""

    def __init__(self, base: Crm | None = None, *, portal: Portal = UNKNOWN_PORTAL, region: str = "GB") -> None:
        self._base = base
        self._portal = portal
        self._region = region
        self._lock = threading.Lock()
        self._own: dict[str, dict[str, CrmRecord]] = {}
        self._patches: dict[str, dict[str, dict[str, str]]] = {}
        self._links: set[tuple[str, str, Association]] = set()
        self._seeded = 0
        self._writes = 0

    @property
    def requests(self) -> int:
        """What was really asked, and the requests that the writes would take."""
        return self._writes + (self._base.requests if self._base else 0)

    @property
    def links(self) -> frozenset[tuple[str, str, Association]]:
        """Every association made here: object type, id, and the other end."""
        return frozenset(self._links)

    def records(self, object_type: str) -> list[CrmRecord]:
        """What was created here, in order."""
        return list(self._own.get(object_type, {}).values())

    def portal_id(self) -> str:
        return self._base.portal_id() if self._base else self._portal.id

    def require_ready(self, object_types: Collection[str] = ()) -> Portal:
        return self._base.require_ready(object_types) if self._base else self._portal

    def portal(self, object_types: Collection[str] = ()) -> Portal:
        return self._base.portal(object_types) if self._base else self._portal

    def renew(self, object_types: Collection[str]) -> None:
        if self._base:
            self._base.renew(object_types)

    def holds_keys(self) -> bool:
        if any(record.properties.get(key_property("calls")) for record in self.records("calls")):
            return True
        return self._base.holds_keys() if self._base else False

    def read(
        self,
        object_type: str,
        by: Literal["id", "key", "email"],
        values: Collection[str],
        properties: Collection[str],
    ) -> dict[str, CrmRecord]:
        found: dict[str, CrmRecord] = {}
        elsewhere = []
        for value in values:
            own = self._find(object_type, by, value)
            if own is not None and (by != "email" or not own.archived):
                found[value] = _only(own, properties)
            else:
                elsewhere.append(value)
        if self._base and elsewhere:
            below = self._base.read(object_type, by, elsewhere, properties)
            found |= {value: self._patched(object_type, record) for value, record in below.items()}
        return found

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        asked = (*properties, "phone", "mobilephone")
        own = [_only(record, asked) for record in self.records("contacts") if self._has_number(record, numbers)]
        below = self._base.find_by_number(numbers, properties) if self._base else []
        return [*own, *(self._patched("contacts", record) for record in below)]

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        with self._lock:
            self._writes += _requests(wishes)
            return [self._create(object_type, wish) for wish in wishes]

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        with self._lock:
            self._writes += _requests(wishes)
            return [self._update(object_type, wish) for wish in wishes]

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        with self._lock:
            self._writes += _requests(links)
            self._links |= {(object_type, record_id, other) for record_id, other in links}
        return {}

    def twins(self, object_type: str, by: Literal["id", "key"], values: Collection[str]) -> dict[str, tuple[str, ...]]:
        # What is written here is written once.
        return self._base.twins(object_type, by, values) if self._base else {}

    def linked(self, object_type: str, ids: Collection[str], to: str) -> dict[str, frozenset[str]]:
        below = self._base.linked(object_type, ids, to) if self._base else {}
        own = {
            record_id: {
                end.id
                for start_type, start, end in self._links
                if (start_type, start, end.object_type) == (object_type, record_id, to)
            }
            for record_id in ids
        }
        return {record_id: frozenset(ends) | below.get(record_id, frozenset()) for record_id, ends in own.items()}

    def seed(self, object_type: str, records: Iterable[Mapping[str, str]]) -> None:
        """Put records in as if they had always been there; `id` is the record's, the rest are properties."""
        for values in records:
            properties: dict[str, str | None] = {name: value for name, value in values.items() if name != "id"}
            record_id = values.get("id") or self._seeded_id()
            self._own.setdefault(object_type, {})[record_id] = CrmRecord(id=record_id, properties=properties)

    def archive(self, object_type: str, record_id: str) -> None:
        """Delete a record as a person would."""
        record = self._own[object_type][record_id]
        self._own[object_type][record_id] = CrmRecord(id=record.id, properties=record.properties, archived=True)

    def _create(self, object_type: str, wish: Create) -> Outcome:
        holder = self._find(object_type, "key", wish.key)
        if holder is not None:
            return Exists(holder)
        email = wish.properties.get("email") if object_type == "contacts" else None
        if email and (owner := self._find("contacts", "email", email)) is not None and not owner.archived:
            return Exists(owner, by="email")
        record_id = placeholder(object_type, wish.key)
        properties: dict[str, str | None] = {**wish.properties, key_property(object_type): wish.key}
        self._own.setdefault(object_type, {})[record_id] = CrmRecord(id=record_id, properties=properties)
        self._links |= {(object_type, record_id, other) for other in wish.associations}
        return Done(record_id)

    def _update(self, object_type: str, wish: Update) -> Outcome:
        email = wish.properties.get("email") if object_type == "contacts" else None
        if email and (owner := self._find("contacts", "email", email)) is not None and owner.id != wish.id:
            return Exists(owner, by="email")
        own = self._own.get(object_type, {}).get(wish.id)
        if own is not None:
            if own.archived:
                return Gone(wish.id)
            changed = CrmRecord(id=own.id, properties={**own.properties, **_cleared(wish.properties)})
            self._own[object_type][wish.id] = changed
        elif self._base is None:
            return Gone(wish.id)
        else:
            self._patches.setdefault(object_type, {}).setdefault(wish.id, {}).update(wish.properties)
        return Done(wish.id)

    def _find(self, object_type: str, by: str, value: str) -> CrmRecord | None:
        own = self._own.get(object_type, {})
        if by == "id":
            record = own.get(value)
            return None if record is None or record.archived else record
        for record in own.values():
            if by == "key" and record.properties.get(key_property(object_type)) == value:
                return record
            if by == "email" and value in _emails(record):
                return record
        return None

    def _patched(self, object_type: str, record: CrmRecord) -> CrmRecord:
        patch = self._patches.get(object_type, {}).get(record.id)
        if not patch:
            return record
        return CrmRecord(id=record.id, properties={**record.properties, **_cleared(patch)}, archived=record.archived)

    def _has_number(self, record: CrmRecord, numbers: Collection[str]) -> bool:
        stored = [record.properties.get(name) for name in ("phone", "mobilephone")]
        return not record.archived and any(
            phone.same_number(text, number, self._region) for text in stored if text for number in numbers
        )

    def _seeded_id(self) -> str:
        self._seeded += 1
        return f"seeded-{self._seeded}"


def _requests(wishes: Sequence[object]) -> int:
    return -(-len(wishes) // BATCH)


def _emails(record: CrmRecord) -> set[str]:
    listed = f"{record.properties.get('email') or ''};{record.properties.get('hs_additional_emails') or ''}"
    return {address.strip().lower() for address in listed.split(";") if address.strip()}


def _cleared(changes: Mapping[str, str]) -> dict[str, str | None]:
    return {name: value or None for name, value in changes.items()}


def _only(record: CrmRecord, properties: Collection[str]) -> CrmRecord:
    return CrmRecord(
        id=record.id,
        properties={name: record.properties.get(name) for name in properties},
        archived=record.archived,
    )
