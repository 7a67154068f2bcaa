"""Creating each record once: the key is unique in the portal, so that HubSpot itself refuses the second one.

Send with our key and a trace id per input. Whatever is then refused as taken, or not answered for, is looked up by its
key, archived records among them; only what is not there is sent again. So a record stands once after a lost answer, a
502 that did commit, or two runs at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connector.errors import TransientError
from connector.http.client import Answer
from connector.hubspot.answers import Item
from connector.hubspot.associations import TYPE_IDS
from connector.hubspot.batch import BatchWrite, Input, Verdict
from connector.hubspot.failing import Isolation
from connector.hubspot.flight import Flight, batches
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
    key_property,
)

ROUNDS_MAX = 3
"""Times that a record is sent before we give up; each but the first follows a look at what is there."""
ROUND_PAUSE_SECONDS = 1.0
WHO = frozenset({"phone", "mobilephone", "email", "firstname", "lastname"})
CONTACT_PROPERTIES = WHO | OWNER_PROPERTIES | {"hubspot_owner_id"}


class Creator:
    """Creates records of any type, in batches of 100, several in flight."""

    def __init__(self, means: Means, flight: Flight) -> None:
        self._means = means
        self._flight = flight

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        """One outcome per wish, in their order; wishes with the same key are one wish, and the first is taken.

        Raises TransientError when after three rounds it is still not known whether something was written, and
        nothing says that HubSpot is up.
        """
        first: dict[str, Create] = {}
        for wish in wishes:
            first.setdefault(wish.key, wish)
        outcomes: dict[str, Outcome] = {}
        for part in self._flight.map(lambda batch: self._batch(object_type, batch), batches(list(first.values()))):
            outcomes.update(part)
        self._means.doubts.heed(object_type, outcomes.values())
        return [outcomes[wish.key] for wish in wishes]

    def _batch(self, object_type: str, wishes: Sequence[Create]) -> dict[str, Outcome]:
        return _Creation(self._means, object_type, wishes).run()


class _Creation:
    """One batch on its way to an outcome per key."""

    def __init__(self, means: Means, object_type: str, wishes: Sequence[Create]) -> None:
        self._client, self._clock, self._pulse, self._doubts = means
        self._type = object_type
        self._key = key_property(object_type)
        self._wishes = {wish.key: wish for wish in wishes}
        self._asked = asked_of_existing(object_type, wishes)
        self._outcomes: dict[str, Outcome] = {}
        self._doubted: set[str] = set()
        """Keys whose own attempt went unanswered: the record that has one now may be ours."""

    def run(self) -> dict[str, Outcome]:
        todo = self._linkable()
        one_by_one = False
        unanswered: set[str] = set()
        for number in range(ROUNDS_MAX):
            if not todo:
                break
            if number:
                self._clock.sleep(ROUND_PAUSE_SECONDS * number)
            write = self._send(todo, one_by_one=one_by_one)
            todo = self._settle(todo, write.verdicts)
            one_by_one, unanswered = write.anonymous_problems, write.unanswered
        silent = [key for key in todo if key in unanswered]
        self._give_up([key for key in todo if key not in unanswered] + self._isolate(silent))
        return self._outcomes

    def _isolate(self, keys: Sequence[str]) -> list[str]:
        """Write the neighbours of records on which HubSpot fails; answers the keys that nothing can be said of."""
        if not keys:
            return []
        write = self._write()
        isolation = Isolation(write)
        isolation.search(self._inputs(keys))
        left = self._settle(keys, write.verdicts)
        if not isolation.is_down and self._pulse.is_felt(self._type):
            failing = [key for key in left if key in isolation.failing]
            self._outcomes.update({key: Failure(kind=Kind.FAILING).refused() for key in failing})
        return [key for key in left if key not in self._outcomes]

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
            name_of=lambda item: item.properties.get(self._key),
            conflicts=self._conflicts,
            doing=f"creating {self._type}",
            explain=lambda properties: self._doubts.explain(self._type, properties),
            taken=lambda: self._pulse.beat(self._type),
        )

    def _inputs(self, keys: Sequence[str]) -> list[Input]:
        return [self._input(str(position), key) for position, key in enumerate(keys)]

    def _send(self, keys: Sequence[str], *, one_by_one: bool) -> BatchWrite:
        write = self._write()
        inputs = self._inputs(keys)
        for group in batches(inputs, 1 if one_by_one else len(inputs)):
            write.deliver(group)
        return write

    def _input(self, trace: str, key: str) -> Input:
        wish = self._wishes[key]
        links = [_link(self._type, end) for end in wish.associations]
        properties = {**wish.properties, self._key: key}
        return Input(trace=trace, name=key, properties=properties, rest={"associations": links})

    def _post(self, inputs: Sequence[Input]) -> Answer:
        return self._client.batch_create(self._type, [entry.body() for entry in inputs])

    def _settle(self, keys: Sequence[str], verdicts: Mapping[str, Verdict]) -> list[str]:
        """Keep what is certain, look up what is not, and answer the keys that nothing was found for."""
        uncertain: dict[str, Failure | None] = {}
        for key in keys:
            match verdicts.get(key):
                case Item() as item:
                    self._outcomes[key] = Done(item.id, item.properties)
                case Failure() as failure if self._is_about_identity(failure):
                    uncertain[key] = failure
                case Failure() as failure:
                    self._outcomes[key] = failure.refused()
                case None:
                    self._doubted.add(key)
                    uncertain[key] = None
                case outcome:
                    self._outcomes[key] = outcome
        self._outcomes.update(self._look_up(uncertain))
        return [key for key in uncertain if key not in self._outcomes]

    def _is_about_identity(self, failure: Failure) -> bool:
        """Whether what is taken is our key or the e-mail address, and not some other unique property."""
        if failure.kind is not Kind.TAKEN:
            return False
        return not failure.properties or not {self._key, "email"}.isdisjoint(failure.properties)

    def _look_up(self, uncertain: Mapping[str, Failure | None]) -> dict[str, Done | Exists]:
        found = self._by_key(list(uncertain))
        named = {key: failure for key, failure in uncertain.items() if failure is not None and key not in found}
        ids = {key: failure.existing_id for key, failure in named.items() if failure.existing_id}
        for key, record in owners_named(self._client, self._type, ids, self._asked).items():
            found[key] = Exists(record, "email") if self._is_email_taken(key, named[key]) else self._found(key, record)
        if self._type == "contacts":
            found.update(self._by_email([key for key in named if key not in found]))
        return found

    def _is_email_taken(self, key: str, failure: Failure) -> bool:
        """`409 Contact already exists` does not say what is taken: where we sent an address, it is the address."""
        if failure.properties:
            return self._key not in failure.properties
        return bool(self._email(key))

    def _conflicts(self, inputs: Sequence[Input], failure: Failure) -> dict[str, Verdict]:
        """After the refusal of a whole batch: which of its inputs are there already."""
        keys = [entry.name for entry in inputs]
        found: dict[str, Verdict] = dict(self._by_key(keys))
        if found or self._type != "contacts":
            return found
        if failure.existing_id is not None:
            owner = owners_named(self._client, self._type, {"": failure.existing_id}, self._asked).get("")
            found.update(
                {key: Exists(owner, "email") for key in keys if owner and has_address(owner, self._email(key))}
            )
        return found or dict(self._by_email(keys))

    def _by_key(self, keys: Sequence[str]) -> dict[str, Done | Exists]:
        return {
            key: self._found(key, record)
            for key, record in by_key(self._client, self._type, keys, self._asked).items()
            if key in self._wishes
        }

    def _by_email(self, keys: Sequence[str]) -> dict[str, Exists]:
        emails = {key: self._email(key) for key in keys if self._email(key)}
        owners = owners_found(self._client, emails, self._asked)
        return {key: Exists(record, "email") for key, record in owners.items()}

    def _email(self, key: str) -> str:
        return self._wishes[key].properties.get("email", "").lower()

    def _found(self, key: str, record: CrmRecord) -> Done | Exists:
        if key in self._doubted and not record.archived and is_as_wished(self._wishes[key], record):
            return Done(record.id, record.properties)
        return Exists(record)

    def _give_up(self, keys: Sequence[str]) -> None:
        """What is said to be taken and cannot be seen is refused; of what was never answered for nothing is known."""
        for key in keys:
            if key in self._doubted:
                message = f"HubSpot did not say whether {self._type} were created, nor are they found by their keys"
                raise TransientError("E221", message)
            message = f"the key or the e-mail address of one of the {self._type} is taken by a record that is not shown"
            self._outcomes[key] = Refused("E235", message)


def asked_of_existing(object_type: str, wishes: Sequence[Create]) -> frozenset[str]:
    """The properties that are read of a record that is there already: all that may be decided upon next."""
    wished = {name for wish in wishes for name in wish.properties}
    if object_type == "contacts":
        return frozenset({*wished, key_property(object_type), *CONTACT_PROPERTIES})
    state = {STATE} if object_type == "calls" else set()
    return frozenset({*wished, key_property(object_type), FINGERPRINT, WRITTEN, *state})


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
