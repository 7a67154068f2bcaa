"""Wishes to create on their way to outcomes: what both protocols share, whatever the portal says of our key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from connector.errors import TransientError
from connector.http.client import Answer
from connector.hubspot.answers import Item, stored_otherwise
from connector.hubspot.associations import TYPE_IDS
from connector.hubspot.batch import BatchWrite, Input, Verdict
from connector.hubspot.flight import batches
from connector.hubspot.ladder import KeyPlace
from connector.hubspot.means import Means
from connector.hubspot.read import by_key
from connector.hubspot.refusals import Failure, Kind
from connector.hubspot.taken import OWNER_PROPERTIES, has_address, owners_found, owners_named
from connector.model import (
    FINGERPRINT,
    STATE,
    WRITTEN,
    Association,
    Create,
    CrmRecord,
    Done,
    Exists,
    Outcome,
    Refused,
)

WHO = frozenset({"phone", "mobilephone", "email", "firstname", "lastname"})
CONTACT_PROPERTIES = WHO | OWNER_PROPERTIES | {"hubspot_owner_id"}

Uncertain = dict[str, Failure | None]
"""Keys of which it is not known whether a record has them: refused as taken, or without a verdict."""


class Creation(ABC):
    """Some wishes of one type, and what is known of each. How often they are sent is a protocol's to say."""

    def __init__(self, means: Means, object_type: str, place: KeyPlace, wishes: Sequence[Create]) -> None:
        self._client, self._clock, self._pulse, self._doubts = means
        self._type = object_type
        self._place = place
        self._wishes = {wish.key: wish for wish in wishes}
        self._asked = asked_of_existing(object_type, place.name, wishes)
        self._outcomes: dict[str, Outcome] = {}
        self._doubted: set[str] = set()
        """Keys whose own attempt went unanswered: the record that has one now may be ours."""

    @abstractmethod
    def run(self) -> dict[str, Outcome]:
        """One outcome per key. Raises TransientError when it stays unknown whether something was written."""

    # --- sending

    def _linkable(self) -> list[str]:
        """The keys of the wishes whose links HubSpot has types for; the others are refused unsent."""
        for key, wish in self._wishes.items():
            for end in wish.associations:
                if (self._type, end.object_type) not in TYPE_IDS:
                    message = f"HubSpot has no link from {self._type} to {end.object_type}"
                    self._outcomes[key] = Refused("E233", message)
        return [key for key in self._wishes if key not in self._outcomes]

    def _write(self) -> BatchWrite:
        return BatchWrite(
            self._post,
            name_of=lambda item: item.properties.get(self._place.name),
            conflicts=self._conflicts,
            doing=f"creating {self._type}",
            explain=lambda properties: self._doubts.explain(self._type, properties),
            taken=lambda: self._pulse.beat(self._type),
        )

    def _send(self, keys: Sequence[str], *, size: int) -> BatchWrite:
        write = self._write()
        for group in batches(self._inputs(keys), size):
            write.deliver(group)
        return write

    def _inputs(self, keys: Sequence[str]) -> list[Input]:
        return [self._input(str(position), key) for position, key in enumerate(keys)]

    def _input(self, trace: str, key: str) -> Input:
        wish = self._wishes[key]
        links = [_link(self._type, end) for end in wish.associations]
        properties = {**wish.properties, self._place.name: key}
        return Input(trace=trace, name=key, properties=properties, rest={"associations": links})

    def _post(self, inputs: Sequence[Input]) -> Answer:
        return self._client.batch_create(self._type, [entry.body() for entry in inputs])

    # --- what came of it

    def _sort(self, keys: Sequence[str], verdicts: Mapping[str, Verdict]) -> Uncertain:
        """Keep what is certain and answer what is not."""
        uncertain: Uncertain = {}
        for key in keys:
            match verdicts.get(key):
                case Item() as item:
                    self._outcomes[key] = Done(item.id, stored_otherwise(self._wishes[key].properties, item.properties))
                case Failure() as failure if self._is_about_identity(failure):
                    uncertain[key] = failure
                case Failure() as failure:
                    self._outcomes[key] = failure.refused()
                case None:
                    self._doubted.add(key)
                    uncertain[key] = None
                case outcome:
                    self._outcomes[key] = outcome
        return uncertain

    def _is_about_identity(self, failure: Failure) -> bool:
        """Whether what is taken is our key or the e-mail address, and not some other unique property."""
        if failure.kind is not Kind.TAKEN:
            return False
        return not failure.properties or not {self._place.name, "email"}.isdisjoint(failure.properties)

    # --- looking

    def _by_key(
        self, keys: Sequence[str], *, perhaps_archived: Collection[str] | None = None
    ) -> dict[str, Done | Exists]:
        found = by_key(self._client, self._type, self._place, keys, self._asked, perhaps_archived=perhaps_archived)
        return {key: self._found(key, record) for key, record in found.items() if key in self._wishes}

    def _owners(self, taken: Mapping[str, Failure]) -> dict[str, Done | Exists]:
        """Who has what HubSpot says is taken: the records that it names, else those with the addresses."""
        ids = {key: failure.existing_id for key, failure in taken.items() if failure.existing_id}
        found: dict[str, Done | Exists] = {}
        for key, record in owners_named(self._client, self._type, ids, self._asked).items():
            found[key] = self._has_email(key, record) if self._is_email(key, taken[key]) else self._found(key, record)
        if self._type == "contacts":
            found.update(self._by_email([key for key in taken if key not in found]))
        return found

    def _is_email(self, key: str, failure: Failure) -> bool:
        """`409 Contact already exists` does not say what is taken: where we sent an address, it is the address."""
        if failure.properties:
            return self._place.name not in failure.properties
        return bool(self._email(key))

    def _conflicts(self, inputs: Sequence[Input], failure: Failure) -> dict[str, Verdict]:
        """After the refusal of a whole batch: which of its inputs are there already."""
        keys = [entry.name for entry in inputs]
        found: dict[str, Verdict] = dict(self._by_key(keys)) if self._place.step.is_guarded else {}
        if found or self._type != "contacts":
            return found
        if failure.existing_id is not None:
            owner = owners_named(self._client, self._type, {"": failure.existing_id}, self._asked).get("")
            found.update(
                {key: Exists(owner, "email") for key in keys if owner and has_address(owner, self._email(key))}
            )
        return found or dict(self._by_email(keys))

    def _by_email(self, keys: Sequence[str]) -> dict[str, Done | Exists]:
        emails = {key: self._email(key) for key in keys if self._email(key)}
        owners = owners_found(self._client, emails, self._asked)
        return {key: self._has_email(key, record) for key, record in owners.items()}

    def _email(self, key: str) -> str:
        return self._wishes[key].properties.get("email", "").lower()

    def _has_email(self, key: str, record: CrmRecord) -> Done | Exists:
        """Where our key is not unique, the address may be the first to tell of our own unanswered attempt."""
        if not self._place.step.is_guarded and record.properties.get(self._place.name) == key:
            return self._found(key, record)
        return Exists(record, "email")

    def _found(self, key: str, record: CrmRecord) -> Done | Exists:
        if key in self._doubted and not record.archived and is_as_wished(self._wishes[key], record):
            return Done(record.id, stored_otherwise(self._wishes[key].properties, record.properties))
        return Exists(record)

    def _give_up(self, keys: Sequence[str]) -> None:
        """What is said to be taken and cannot be seen is refused; of what was never answered for nothing is known."""
        for key in keys:
            if key in self._doubted:
                message = f"HubSpot did not say whether {self._type} were created, nor are they found by their keys"
                raise TransientError("E221", message)
            message = f"the key or the e-mail address of one of the {self._type} is taken by a record that is not shown"
            self._outcomes[key] = Refused("E235", message)


def asked_of_existing(object_type: str, key: str, wishes: Sequence[Create]) -> frozenset[str]:
    """The properties that are read of a record that is there already: all that may be decided upon next."""
    wished = {name for wish in wishes for name in wish.properties}
    if object_type == "contacts":
        return frozenset({*wished, key, *CONTACT_PROPERTIES})
    state = {STATE} if object_type == "calls" else set()
    return frozenset({*wished, key, FINGERPRINT, WRITTEN, *state})


def is_as_wished(wish: Create, record: CrmRecord) -> bool:
    """Whether this is the record that an unanswered attempt of ours made.

    Told by our own marks, which HubSpot gives back as they were sent; contacts have none, there it is who they are.
    An equal record made by another run at the same moment is taken for ours: nothing hangs on whose it was.
    """
    told_by = {FINGERPRINT, WRITTEN} & wish.properties.keys() or WHO & wish.properties.keys()
    return all(_plain(record.properties.get(name)) == _plain(wish.properties[name]) for name in told_by)


def _plain(value: str | None) -> str:
    return (value or "").strip().lower()


def _link(object_type: str, end: Association) -> dict[str, Any]:
    kind = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TYPE_IDS[object_type, end.object_type]}
    return {"to": {"id": end.id}, "types": [kind]}
