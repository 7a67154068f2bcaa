"""Updating records by id. An update may be sent again at will: it ends the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from connector.errors import TransientError
from connector.http.client import Answer
from connector.hubspot.answers import Item, stored_otherwise
from connector.hubspot.batch import BatchWrite, Input, Verdict
from connector.hubspot.creation import CONTACT_PROPERTIES
from connector.hubspot.failing import SILENT_ROUNDS_MAX, Isolation
from connector.hubspot.flight import Flight, batches
from connector.hubspot.guarded import ROUND_PAUSE_SECONDS, ROUNDS_MAX
from connector.hubspot.means import Means
from connector.hubspot.refusals import Failure, Kind
from connector.hubspot.taken import owners_found, owners_named
from connector.model import Done, Exists, Gone, Outcome, Refused, Update, key_property


class Updater:
    """Updates records of any type, in batches of 100, several in flight."""

    def __init__(self, means: Means, flight: Flight) -> None:
        self._means = means
        self._flight = flight

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        """One outcome per wish, in their order; wishes for the same record are applied one after the other.

        Raises TransientError when HubSpot did not answer for an update three times, and nothing says that it is up.
        """
        outcomes: dict[int, Outcome] = {}
        for wave in _waves(wishes):
            parts = self._flight.map(
                lambda batch: self._batch(object_type, [wishes[position] for position in batch]), batches(wave)
            )
            for batch, part in zip(batches(wave), parts, strict=True):
                outcomes.update(zip(batch, part, strict=True))
        self._means.doubts.heed(object_type, outcomes.values())
        return [outcomes[position] for position in range(len(wishes))]

    def _batch(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        return _Change(self._means, object_type, wishes).run()


def _waves(wishes: Sequence[Update]) -> list[list[int]]:
    """Positions of wishes such that no wave holds a record twice, which HubSpot refuses within one batch."""
    seen: Counter[str] = Counter()
    waves: list[list[int]] = []
    for position, wish in enumerate(wishes):
        if seen[wish.id] == len(waves):
            waves.append([])
        waves[seen[wish.id]].append(position)
        seen[wish.id] += 1
    return waves


class _Change:
    """One batch of updates on its way to an outcome per record."""

    def __init__(self, means: Means, object_type: str, wishes: Sequence[Update]) -> None:
        self._client, self._clock, self._pulse, self._doubts = means
        self._type = object_type
        self._wishes = {wish.id: wish for wish in wishes}
        names = {name for wish in wishes for name in wish.properties}
        self._asked = frozenset({*names, key_property(object_type), *CONTACT_PROPERTIES})

    def run(self) -> list[Outcome]:
        todo = list(self._wishes)
        verdicts: dict[str, Verdict] = {}
        unanswered: set[str] = set()
        one_by_one = False
        for number in range(ROUNDS_MAX):
            if number:
                self._clock.sleep(ROUND_PAUSE_SECONDS * number)
            write = self._send(todo, one_by_one=one_by_one)
            verdicts.update(write.verdicts)
            todo = [record_id for record_id in todo if record_id not in verdicts]
            if not todo:
                return self._outcomes(verdicts)
            one_by_one, unanswered = write.anonymous_problems, write.unanswered
            if number + 1 >= SILENT_ROUNDS_MAX and unanswered.issuperset(todo):
                break
        verdicts.update(self._isolate([record_id for record_id in todo if record_id in unanswered]))
        if all(record_id in verdicts for record_id in todo):
            return self._outcomes(verdicts)
        message = f"HubSpot did not say whether {self._type} were updated"
        raise TransientError("E221", message)

    def _isolate(self, ids: Sequence[str]) -> dict[str, Verdict]:
        """Update the neighbours of records on which HubSpot fails; what nothing can be said of has no verdict."""
        if not ids:
            return {}
        self._clock.sleep(ROUND_PAUSE_SECONDS * SILENT_ROUNDS_MAX)
        write = self._write()
        isolation = Isolation(write)
        isolation.search(self._inputs(ids))
        if isolation.is_down or not self._pulse.is_felt(self._type):
            return write.verdicts
        return {**{record_id: Failure(kind=Kind.FAILING) for record_id in isolation.failing}, **write.verdicts}

    def _write(self) -> BatchWrite:
        return BatchWrite(
            self._post,
            name_of=lambda item: item.id,
            conflicts=self._conflicts,
            doing=f"updating {self._type}",
            explain=lambda properties: self._doubts.explain(self._type, properties),
            taken=lambda: self._pulse.beat(self._type),
        )

    def _inputs(self, ids: Sequence[str]) -> list[Input]:
        return [
            Input(trace=str(position), name=wish.id, properties=wish.properties, rest={"id": wish.id})
            for position, wish in enumerate(self._wishes[record_id] for record_id in ids)
        ]

    def _send(self, ids: Sequence[str], *, one_by_one: bool) -> BatchWrite:
        write = self._write()
        inputs = self._inputs(ids)
        for group in batches(inputs, 1 if one_by_one else len(inputs)):
            write.deliver(group)
        return write

    def _post(self, inputs: Sequence[Input]) -> Answer:
        return self._client.batch_update(self._type, [entry.body() for entry in inputs])

    def _conflicts(self, inputs: Sequence[Input], failure: Failure) -> dict[str, Verdict]:
        """After the refusal of a whole batch: which of its inputs want an address that another contact has."""
        return dict(self._email_owners([entry.name for entry in inputs]))

    def _outcomes(self, verdicts: Mapping[str, Verdict]) -> list[Outcome]:
        taken = {
            record_id: verdict
            for record_id, verdict in verdicts.items()
            if isinstance(verdict, Failure) and verdict.kind is Kind.TAKEN and self._is_about_email(record_id, verdict)
        }
        ids = {record_id: failure.existing_id for record_id, failure in taken.items() if failure.existing_id}
        owners: dict[str, Exists] = {
            record_id: Exists(owner, "email")
            for record_id, owner in owners_named(self._client, self._type, ids, self._asked).items()
        }
        owners.update(self._email_owners([record_id for record_id in taken if record_id not in owners]))
        return [self._outcome(record_id, verdicts[record_id], owners) for record_id in self._wishes]

    def _is_about_email(self, record_id: str, failure: Failure) -> bool:
        if self._type != "contacts" or not self._wishes[record_id].properties.get("email"):
            return False
        return not failure.properties or "email" in failure.properties

    def _email_owners(self, ids: Sequence[str]) -> dict[str, Exists]:
        """The *other* contacts that have the addresses wished for these."""
        if self._type != "contacts":
            return {}
        emails = {record_id: self._wishes[record_id].properties.get("email", "").lower() for record_id in ids}
        found = owners_found(self._client, {name: email for name, email in emails.items() if email}, self._asked)
        return {name: Exists(owner, "email") for name, owner in found.items() if owner.id != name}

    def _outcome(self, record_id: str, verdict: Verdict, owners: Mapping[str, Exists]) -> Outcome:
        match verdict:
            case Item():
                return Done(verdict.id, stored_otherwise(self._wishes[record_id].properties, verdict.properties))
            case Failure(kind=Kind.MISSING):
                return Gone(record_id)
            case Failure(kind=Kind.TAKEN) if record_id in owners:
                return owners[record_id]
            case Failure(kind=Kind.TAKEN) if self._is_about_email(record_id, verdict):
                message = "the e-mail address is taken by a contact that is not shown"
                return Refused("E235", message, ("email",))
            case Failure():
                return verdict.refused()
            case _:
                return verdict
