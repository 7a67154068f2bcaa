"""Everything that a portal holds, and its clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from connector.model import Association
from connector.sandbox.hubspot.choices import Choices
from connector.sandbox.hubspot.defaults import default_schema
from connector.sandbox.hubspot.index import Index
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.hubspot.limits import Limits
from connector.sandbox.hubspot.links import End, Links
from connector.sandbox.hubspot.staff import OWNERS
from connector.sandbox.hubspot.store import Record, Store
from connector.sandbox.hubspot.values import iso

FIRST_ID = 20_000_000_000
FIRST_ID_SPREAD = 50_000_000_000


class EditError(ValueError):
    """HubSpot's pages would not have let a person do this; the text says why."""


class Portal:
    """The state that endpoints read and change. Not safe to use from several threads."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        seed: int,
        unique: Mapping[str, bool],
        custom: Mapping[str, bool],
        search_lag_seconds: float,
        region: str,
        time_zone: str,
        portal_id: int,
        choices: Choices,
        usage: Limits,
    ) -> None:
        self.seed = seed
        self.unique = dict(unique)
        self.custom = dict(custom)
        self.region = region
        self.time_zone = time_zone
        self.portal_id = portal_id
        self.choices = choices
        self.usage = usage
        self._now = now
        self._random = random.Random(seed)
        self.last_id = FIRST_ID + self._random.randrange(FIRST_ID_SPREAD)
        self._request_count = 0
        self._search_lag_seconds = search_lag_seconds
        self.start()
        self.tick()

    def choose(self, choices: Choices) -> None:
        """Behave like this from now on."""
        self.choices = choices
        for store in self.stores.values():
            store.archived_keeps_unique = choices.archived_keeps_unique

    def start(self) -> None:
        """Empty the portal."""
        owner_ids = [str(owner["id"]) for owner in OWNERS if not owner["archived"]]
        keeps = self.choices.archived_keeps_unique
        self.stores = {name: Store(object_type=name, archived_keeps_unique=keeps) for name in KINDS}
        self.indexes = {name: Index(self._search_lag_seconds) for name in KINDS}
        self.schemas = {name: default_schema(name, owner_ids) for name in KINDS}
        self.links = Links()
        self.blocklist: set[str] = set()

    def tick(self) -> None:
        """Begin something new: take the time, and a new correlation id."""
        self._request_count += 1
        self.moment = self._now()
        self.at = self.moment.timestamp()
        self.stamp = iso(self.moment)
        self.correlation_id = f"{self.seed & 0xFFFFFFFF:08x}-0000-4000-8000-{self._request_count:012x}"
        if self.choices.property_lag_seconds:
            for schema in self.schemas.values():
                schema.ripen(self.at)

    def store(self, object_type: str) -> Store:
        return self.stores[object_type]

    def new_id(self) -> str:
        """The id of a record to come, higher than all before."""
        self.last_id += 1
        return str(self.last_id)

    def shuffle(self, results: list[dict[str, Any]]) -> None:
        """Put results into another order than the inputs', the same for the same seed."""
        if len(results) > 1:
            self._random.shuffle(results)

    def record(self, object_type: str, record_id: str) -> Record | None:
        """The live record with this id, or with the one that it was merged into if the portal resolves that."""
        store = self.stores[object_type]
        if self.choices.merged_ids_resolve:
            while record_id in store.merged:
                record_id = store.merged[record_id]
        record = store.records.get(record_id)
        return None if record is None or record.archived_at else record

    def is_live(self, end: End) -> bool:
        record = self.stores[end[0]].records.get(end[1])
        return record is not None and not record.archived_at

    def keep(self, record: Record, *, instantly: bool = False) -> None:
        """Store a record that is new or changed, and tell the search index."""
        self.stores[record.object_type].put(record)
        index = self.indexes[record.object_type]
        if instantly:
            index.show(record)
        else:
            index.note(record, self.at)

    def neighbours(self, object_type: str, record_id: str) -> list[Association]:
        """What a record is linked to, among live records."""
        ends = self.links.of((object_type, record_id))
        return [Association(*end) for end, _ in ends if self.is_live(end)]
