"""A CRM that hands everything on: what watches, records or guards overrides what it cares for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from connector.model import Association, Create, CrmRecord, Outcome, Portal, Refused, Update
from connector.ports import Crm


class Through:
    """Implements `ports.Crm` by asking another one."""

    def __init__(self, base: Crm) -> None:
        self.base = base

    @property
    def requests(self) -> int:
        return self.base.requests

    def portal_id(self) -> str:
        return self.base.portal_id()

    def require_ready(self, object_types: Collection[str] = ()) -> Portal:
        return self.base.require_ready(object_types)

    def portal(self, object_types: Collection[str] = ()) -> Portal:
        return self.base.portal(object_types)

    def renew(self, object_types: Collection[str]) -> None:
        self.base.renew(object_types)

    def holds_keys(self) -> bool:
        return self.base.holds_keys()

    def read(
        self,
        object_type: str,
        by: Literal["id", "key", "email"],
        values: Collection[str],
        properties: Collection[str],
    ) -> dict[str, CrmRecord]:
        return self.base.read(object_type, by, values, properties)

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        return self.base.find_by_number(numbers, properties)

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        return self.base.create(object_type, wishes)

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        return self.base.update(object_type, wishes)

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        return self.base.associate(object_type, links)

    def linked(self, object_type: str, ids: Collection[str], to: str) -> dict[str, frozenset[str]]:
        return self.base.linked(object_type, ids, to)

    def twins(self, object_type: str, by: Literal["id", "key"], values: Collection[str]) -> dict[str, tuple[str, ...]]:
        return self.base.twins(object_type, by, values)
