"""What is known of a portal, asked for when first needed and remembered for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from typing import TypeVar

import msgspec
from msgspec import Struct

from connector.hubspot.answers import (
    Account,
    Definitions,
    OwnerItem,
    Owners,
    PropertyDefinition,
    PropertyOption,
)
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.shape import object_types_of
from connector.model import Option, Owner, Portal, Property
from connector.ports import Clock, Facts

T = TypeVar("T")

FACTS_AGE_SECONDS_MAX = 86_400.0
OWNERS_PAGE = 100
OWNER_PAGES_MAX = 100


class Place(Struct, frozen=True, kw_only=True):
    """Which account it is, and where."""

    id: str
    time_zone: str = "UTC"
    ui_domain: str = "app.hubspot.com"


def facts_name(*, token: str, base_url: str) -> str:
    """What the facts of a portal are remembered under, as this key sees it."""
    # A tenth of a hash: enough to tell keys apart, of no use to anybody who reads the ledger.
    return "hubspot:" + hashlib.sha256(f"{base_url}\n{token}".encode()).hexdigest()[:12]


class PortalFacts:
    """One portal's facts. They are remembered per key and address, so that another portal's are never taken for them.

    A key that was changed costs a few requests more: the facts are asked for again.
    """

    def __init__(self, client: HubSpotClient, facts: Facts, clock: Clock, *, name: str) -> None:
        """`name` comes from `facts_name`."""
        self._client = client
        self._facts = facts
        self._clock = clock
        self._prefix = name

    def place(self, *, fresh: bool = False) -> Place:
        return self._known("place", Place, self._ask_place, fresh=fresh)

    def time_zone(self) -> str:
        """The portal's time zone as far as it is remembered, without asking."""
        known = self._recall("place", Place, age_seconds_max=None)
        return known.time_zone if known is not None else "UTC"

    def properties(self, object_type: str, *, fresh: bool = False) -> dict[str, Property]:
        known = self._known(
            f"properties:{object_type}",
            tuple[Property, ...],
            lambda: self._ask_properties(object_type),
            fresh=fresh,
        )
        return {entry.name: entry for entry in known}

    def owners(self, *, fresh: bool = False) -> tuple[Owner, ...]:
        """The owners that are active now."""
        return self._known("owners", tuple[Owner, ...], self._ask_owners, fresh=fresh)

    def former_owners(self) -> tuple[Owner, ...]:
        """The owners that left; asked for every time, since only a check of a mapping wants them."""
        return self._ask_owners(archived=True)

    def portal(self, object_types: Collection[str], *, fresh: bool = False) -> Portal:
        """All facts of contacts, calls and these types; fresh ones are asked for whatever is remembered."""
        place = self.place(fresh=fresh)
        return Portal(
            id=place.id,
            time_zone=place.time_zone,
            ui_domain=place.ui_domain,
            properties={name: self.properties(name, fresh=fresh) for name in object_types_of(object_types)},
            owners=self.owners(fresh=fresh),
        )

    def keyless(self) -> frozenset[str]:
        """The object types on which HubSpot refused even a plain property for our key when `setup` last tried."""
        return frozenset(self._recall("keyless", tuple[str, ...], age_seconds_max=None) or ())

    def remember_keyless(self, object_types: Collection[str]) -> None:
        self._remember("keyless", tuple(sorted(object_types)))

    def _known(self, name: str, shape: type[T], ask: Callable[[], T], *, fresh: bool = False) -> T:
        known = None if fresh else self._recall(name, shape, age_seconds_max=FACTS_AGE_SECONDS_MAX)
        if known is None:
            known = ask()
            self._remember(name, known)
        return known

    def _recall(self, name: str, shape: type[T], *, age_seconds_max: float | None) -> T | None:
        value = self._facts.recall(self._name(name), now=self._clock.now(), age_seconds_max=age_seconds_max)
        if value is None:
            return None
        try:
            return msgspec.json.decode(value, type=shape)
        except msgspec.DecodeError:
            # Remembered by another version, in another shape.
            return None

    def _remember(self, name: str, value: object) -> None:
        self._facts.remember(self._name(name), msgspec.json.encode(value), now=self._clock.now())

    def _name(self, name: str) -> str:
        return f"{self._prefix}:{name}"

    def _ask_place(self) -> Place:
        account = expect(self._client.account(), Account, "reading the account's details")
        known = {"time_zone": account.time_zone, "ui_domain": account.ui_domain}
        return Place(id=str(account.portal_id), **{name: value for name, value in known.items() if value})

    def _ask_properties(self, object_type: str) -> tuple[Property, ...]:
        answer = self._client.properties(object_type)
        definitions = expect(answer, Definitions, f"reading the properties of {object_type}")
        return tuple(_property(entry) for entry in sorted(definitions.results, key=lambda entry: entry.name))

    def _ask_owners(self, *, archived: bool = False) -> tuple[Owner, ...]:
        owners: list[OwnerItem] = []
        after: str | None = None
        for _ in range(OWNER_PAGES_MAX):
            answer = self._client.owners(after=after, limit=OWNERS_PAGE, archived=archived)
            page = expect(answer, Owners, "reading the owners")
            owners.extend(page.results)
            after = page.after
            if after is None:
                break
        return tuple(_owner(entry) for entry in owners)


def _property(entry: PropertyDefinition) -> Property:
    return Property(
        name=entry.name,
        label=entry.label or entry.name,
        type=entry.type or "string",
        unique=bool(entry.has_unique_value),
        read_only=entry.modification_metadata is not None and entry.modification_metadata.read_only_value,
        calculated=bool(entry.calculated),
        options=tuple(Option(o.value, o.label or o.value) for o in sorted(entry.options or (), key=_rank)),
    )


def _rank(option: PropertyOption) -> tuple[bool, int]:
    """The portal's own order; an option without a place (-1) comes last."""
    order = -1 if option.display_order is None else option.display_order
    return order < 0, order


def _owner(entry: OwnerItem) -> Owner:
    name = " ".join(part for part in (entry.first_name, entry.last_name) if part)
    return Owner(id=entry.id, email=entry.email, name=name or None, active=not entry.archived)
