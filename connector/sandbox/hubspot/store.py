"""The records of one object type, and who has which unique value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, structs

ADDITIONAL_EMAILS = "hs_additional_emails"


class Record(Struct, kw_only=True):
    """One record. `properties` is never changed in place: a write puts another dict in its stead.

    It holds what was set and what is calculated at the write; blank values are absent. Times are ISO 8601, UTC.
    """

    id: str
    object_type: str
    properties: dict[str, str]
    created_at: str
    updated_at: str
    archived_at: str = ""

    def copy(self) -> Record:
        """Another record with the same values."""
        return structs.replace(self)


class Store:
    """Records by id, and the owners of unique values."""

    def __init__(self, *, object_type: str, archived_keeps_unique: bool) -> None:
        self.object_type = object_type
        self.records: dict[str, Record] = {}
        self.merged: dict[str, str] = {}
        """Id merged away → id of what it became."""
        self.unique: tuple[str, ...] = ()
        self._owners: dict[str, dict[str, str]] = {}
        self.archived_keeps_unique = archived_keeps_unique
        self._emails: dict[str, str] = {}

    def watch(self, unique: tuple[str, ...]) -> None:
        """Keep an eye on the values of these properties, which must be unique."""
        self.unique = unique
        for name in unique:
            if name not in self._owners:
                owners = self._owners[name] = {}
                for record in self.records.values():
                    value = record.properties.get(name)
                    if value and self._holds(record):
                        owners[value] = record.id

    def owner(self, name: str, value: str) -> str | None:
        """The id of the record that has this value of a unique property."""
        return self._owners[name].get(value)

    def email_owner(self, address: str) -> str | None:
        """The id of the live contact with this address, as its primary one or as another."""
        return self._emails.get(address)

    def put(self, record: Record) -> None:
        """Add this record, or replace the one with its id."""
        former = self.records.get(record.id)
        if former is not None:
            self._release(former)
        self.records[record.id] = record
        self._hold(record)

    def remove(self, record_id: str) -> None:
        """Forget the record for good."""
        record = self.records.pop(record_id, None)
        if record is not None:
            self._release(record)

    def _holds(self, record: Record) -> bool:
        return not record.archived_at or self.archived_keeps_unique

    def _hold(self, record: Record) -> None:
        if self.unique and self._holds(record):
            for name in self.unique:
                value = record.properties.get(name)
                if value:
                    self._owners[name][value] = record.id
        if self.object_type == "contacts" and not record.archived_at:
            for address in emails_of(record.properties):
                self._emails[address] = record.id

    def _release(self, record: Record) -> None:
        for name in self.unique:
            value = record.properties.get(name)
            if value and self._owners[name].get(value) == record.id:
                del self._owners[name][value]
        if self.object_type == "contacts":
            for address in emails_of(record.properties):
                if self._emails.get(address) == record.id:
                    del self._emails[address]


def emails_of(properties: Mapping[str, str]) -> Iterator[str]:
    """Every address of a contact, the primary one first."""
    if "email" in properties:
        yield properties["email"]
    more = properties.get(ADDITIONAL_EMAILS)
    if more:
        yield from more.split(";")
