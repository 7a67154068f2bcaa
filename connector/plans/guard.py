"""The last look before a write: only what the plan names is sent."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec.structs import replace

from connector.draft.ids import PLACEHOLDER, placeholder
from connector.engine.engagement import hashes_text, read_written
from connector.mapping.policy import value_hash
from connector.model import WRITTEN, Association, Create, Done, Exists, Outcome, Portal, Refused, Update
from connector.plans.document import Write
from connector.plans.errors import UnplannedWriteError
from connector.plans.through import Through
from connector.plans.watch import change, creation, link
from connector.ports import Crm

Name = tuple[str, str, str]
"""Operation, object type, and the key or id."""


class Guarded(Through):
    """Sends the plan's writes, each as often as the plan names it. Raises UnplannedWriteError before any other.

    Two things are no departure: a wish that HubSpot refused, sent again with less, and our hashes of a record that
    was just written, stored again as HubSpot keeps its values.
    """

    def __init__(self, base: Crm, writes: Iterable[Write]) -> None:
        super().__init__(base)
        self._lock = threading.Lock()
        self._planned: dict[Name, deque[Write]] = defaultdict(deque)
        for write in writes:
            self._planned[_name(write)].append(write)
        self._refused: dict[Name, Write] = {}
        self._ids: dict[str, str] = {}
        """The CRM's id by placeholder."""
        self._placeholders: dict[tuple[str, str], str] = {}
        self._written: set[tuple[str, str]] = set()
        self._has_sent = False
        self._portal: Portal | None = None

    def portal(self, object_types: Collection[str] = ()) -> Portal:
        """The facts as they were at the start: what HubSpot refuses on the way is sent with less, not planned anew."""
        with self._lock:
            if self._portal is None:
                self._portal = super().portal(object_types)
            return self._portal

    def renew(self, object_types: Collection[str]) -> None:
        """Nothing: the plan was proved with the facts that are known."""

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        writes = [creation(object_type, wish) for wish in wishes]
        return self._send(writes, lambda: super(Guarded, self).create(object_type, wishes))

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        writes = [change(object_type, wish) for wish in wishes]
        return self._send(writes, lambda: super(Guarded, self).update(object_type, wishes))

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        with self._lock:
            for record_id, end in links:
                self._expect(link(object_type, record_id, end))
            self._has_sent = True
        return super().associate(object_type, links)

    def _send(self, writes: Sequence[Write], send: Callable[[], list[Outcome]]) -> list[Outcome]:
        with self._lock:
            # The whole batch first: it is one request, and a part of it would be none of the plan's.
            expected = [self._expect(write) for write in writes]
            self._has_sent = self._has_sent or bool(writes)
        outcomes = send()
        with self._lock:
            for write, planned, outcome in zip(writes, expected, outcomes, strict=True):
                self._learn(write, planned, outcome)
        return outcomes

    def _expect(self, write: Write) -> Write:
        """The planned write that this is, with ids in the places of placeholders."""
        name = self._name(write)
        waiting = self._planned.get(name)
        if waiting and self._resolved(waiting[0]) == write:
            return self._resolved(waiting.popleft())
        refused = self._refused.get(name)
        if refused is not None and _is_less(write, refused):
            return refused
        if set(write.properties) == {WRITTEN} and (write.object_type, write.name) in self._written:
            return write
        raise UnplannedWriteError(
            f"to {write.operation} one of the {write.object_type} as HubSpot's answers now ask for is not in the plan",
            is_first=not self._has_sent,
        )

    def _learn(self, write: Write, planned: Write, outcome: Outcome) -> None:
        name = self._name(write)
        if isinstance(outcome, Done):
            self._refused.pop(name, None)
            self._written.add((write.object_type, outcome.id))
        else:
            self._refused[name] = planned
        if write.operation != "create" or not isinstance(outcome, Done | Exists):
            return
        record_id = outcome.id if isinstance(outcome, Done) else outcome.record.id
        if isinstance(outcome, Done) or outcome.by == "key":
            thought = placeholder(write.object_type, write.name)
            self._ids[thought] = record_id
            self._placeholders[write.object_type, record_id] = thought

    def _name(self, write: Write) -> Name:
        operation, object_type, name = _name(write)
        return operation, object_type, self._placeholders.get((object_type, name), name)

    def _resolved(self, planned: Write) -> Write:
        properties = {name: self._fill(value) for name, value in planned.properties.items()}
        filled = {name: value for name, value in properties.items() if value != planned.properties[name]}
        if filled and WRITTEN in properties:
            # Our hashes are of the values as they are sent.
            hashes = read_written(properties[WRITTEN])
            hashes |= {name: value_hash(value) for name, value in filled.items() if name in hashes}
            properties[WRITTEN] = hashes_text(hashes)
        links = tuple(Association(end.object_type, self._fill(end.id)) for end in planned.links)
        return replace(planned, name=self._ids.get(planned.name, planned.name), properties=properties, links=links)

    def _fill(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: self._ids.get(found[0], found[0]), text)


def _name(write: Write) -> Name:
    return write.operation, write.object_type, write.name


def _is_less(write: Write, whole: Write) -> bool:
    """Whether this asks for nothing that the whole does not ask for."""
    ours, theirs = dict(write.properties), dict(whole.properties)
    hashes, all_hashes = read_written(ours.pop(WRITTEN, "")), read_written(theirs.pop(WRITTEN, ""))
    return write.links == whole.links and ours.items() <= theirs.items() and hashes.items() <= all_hashes.items()
