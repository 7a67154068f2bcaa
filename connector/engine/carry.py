"""A window of calls carried into the CRM: who, contacts, records, the call as the commit mark, settle.

`open` looks, decides and writes contacts; `finish` writes records and calls and settles. Windows are opened one
after the other, since each must see the contacts of the one before, and finished while the next is being opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from connector.engine.directory import Candidate, Directory
from connector.engine.doubt import Doubt
from connector.engine.drafts import Draft
from connector.engine.engagement import Drafter
from connector.engine.gather import contact_properties, gather, recall
from connector.engine.known import full_fingerprint, look_at_engagements
from connector.engine.lane import LaneHolder
from connector.engine.looks import lacking, next_look
from connector.engine.people import hashes_of, keyed_hash
from connector.engine.plan import LOGGED, NOT_YET_LINKED, Item, Planner, skip_reason, was_not_linked
from connector.engine.review import Reviewer
from connector.engine.write_contacts import ContactWriter
from connector.engine.write_records import RecordWriter
from connector.errors import RecordError
from connector.mapping.compile import CompiledMapping
from connector.model import Call, ContactCounts, Entry, Portal, RecordCounts, State
from connector.ports import Clock, Crm, Ledger


@dataclass(slots=True)
class Window:
    """One window on its way: its items in the order of the calls, and what was written so far."""

    items: list[Item]
    directory: Directory
    contacts: ContactCounts = field(default_factory=ContactCounts)
    records: RecordCounts = field(default_factory=RecordCounts)
    review: Draft | None = None
    """The task that asks for a review of the window's held calls, when this window made it."""


@dataclass(slots=True, kw_only=True)
class Carrier:
    """Carries windows of one connection. `observe` is shown each window when it is finished."""

    connection: str
    run_id: str
    mapping: CompiledMapping
    crm: Crm
    ledger: Ledger
    lane: LaneHolder
    clock: Clock
    now: datetime
    """What ages of calls and due times are counted from; the same for the whole run."""
    portal_id: str
    keeps_state: bool = True
    """Whether engagements in the CRM keep our own state; where they do not, the ledger alone knows of held ones."""
    doubt: Doubt
    """What earlier runs may have written that the ledger does not know as written."""
    observe: Callable[[Window], None] = lambda window: None

    def open(self, calls: Sequence[Call]) -> Window:
        """Decide every call of the window and write its contacts; intents are stored before the first write."""
        window = Window(items=self._items(calls), directory=Directory(region=self.mapping.region))
        look_at_engagements(
            self.crm,
            [item for item in window.items if item.is_open],
            self.mapping,
            reads_keys_first=self.doubt.reads_keys_first,
        )
        active = [item for item in window.items if item.is_open]
        if active:
            self._write_contacts(window, active)
        return window

    def finish(self, window: Window) -> Window:
        """Write records, then calls, and settle every item of the window in one transaction."""
        # The facts of the portal are asked for at each step: what HubSpot refused meanwhile may have renewed them.
        portal = self.crm.portal(self.mapping.object_types)
        drafter = Drafter(self.mapping, portal, now=self.now)
        active = [item for item in window.items if item.is_open]
        if active:
            writer = RecordWriter(self.crm, drafter, self.mapping)
            writer.write(active, recorded=partial(self._before_calls, window, drafter, portal))
            window.records = writer.counts
            window.records.created += window.review is not None
        people = self._people([item.candidate for item in active if item.candidate is not None])
        self.ledger.settle(
            self.connection, [self._settled(item) for item in window.items], lane=self.lane.lane, people=people
        )
        self.observe(window)
        return window

    def _items(self, calls: Sequence[Call]) -> list[Item]:
        entries = self.ledger.entries(self.connection, [call.key.id for call in calls])
        return [self._item(call, entries.get(call.key.id)) for call in calls]

    def _item(self, call: Call, entry: Entry | None) -> Item:
        item = Item(call=call, fingerprint=full_fingerprint(self.mapping, call), entry=entry)
        if entry is not None:
            item.records, item.engagement_id = dict(entry.records), entry.engagement_id
        item.perhaps_sent_at, item.keeps_state = self.doubt.of_call(entry), self.keeps_state
        try:
            item.see(self.mapping, connection=self.connection)
            reason = skip_reason(item, self.mapping)
        except RecordError as error:
            item.fail(error.code, error.message)
            return item
        if reason:
            item.skip(reason)
        return item

    def _write_contacts(self, window: Window, active: Sequence[Item]) -> None:
        properties = contact_properties(self.mapping)
        hashes = {hashed for item in active for hashed in hashes_of(self.ledger.secret, item.identity)}
        hints = self.ledger.people(self.portal_id, hashes)
        recall(self.crm, active, window.directory, hints, secret=self.ledger.secret, properties=properties)
        gather(self.crm, active, window.directory, properties=properties)
        planner = Planner(self.mapping, self.crm.portal(self.mapping.object_types), window.directory)
        for item in active:
            self._decide(planner, item)
        planned = [item for item in active if item.is_open]
        self.ledger.claim(self.connection, [self._intent(item) for item in planned], lane=self.lane.lane)
        of_new = [item for item in planned if item.candidate is not None and item.candidate.is_new]
        writer = ContactWriter(
            self.crm,
            planner,
            window.directory,
            properties=properties,
            perhaps_sent_at=self.doubt.of_anything,
            written=self._remember_people,
        )
        writer.write(planned)
        if made := [item for item in of_new if item.is_open]:
            # Before any call is written: a run that finds the call by its key must know whose it is.
            self.ledger.claim(self.connection, [self._intent(item) for item in made], lane=self.lane.lane)
        window.contacts = writer.counts
        window.contacts.matched = len(
            {item.candidate.id for item in planned if item.candidate is not None and item.decision == "matched"}
        )

    def _decide(self, planner: Planner, item: Item) -> None:
        try:
            planner.decide(item)
        except RecordError as error:
            item.fail(error.code, error.message)

    def _before_calls(self, window: Window, drafter: Drafter, portal: Portal, items: Sequence[Item]) -> None:
        """When a call is there, everything before it is: its records, known to the ledger, and who reviews it."""
        self._remember_records(items)
        reviewer = Reviewer(self.crm, self.ledger, self.mapping, portal, connection=self.connection)
        window.review = reviewer.ask(items, drafter, now=self.now, perhaps_sent_at=self.doubt.of_anything)

    def _remember_records(self, items: Sequence[Item]) -> None:
        """A run that finds a call by its key must know its records."""
        if written := [item for item in items if item.is_open and item.records]:
            self.ledger.claim(self.connection, [self._intent(item) for item in written], lane=self.lane.lane)

    def _remember_people(self, candidates: Sequence[Candidate]) -> None:
        self.ledger.remember_people(self.portal_id, self._people(candidates), lane=self.lane.lane)

    def _people(self, candidates: Sequence[Candidate]) -> dict[str, str]:
        directory = Directory(region=self.mapping.region)
        people = {}
        for candidate in candidates:
            if candidate.id is None:
                continue
            for number in directory.numbers(candidate):
                people[keyed_hash(self.ledger.secret, "tel", number)] = candidate.id
            for email in candidate.emails():
                people[keyed_hash(self.ledger.secret, "mailto", email)] = candidate.id
        return people

    def _intent(self, item: Item) -> Entry:
        return self._unlinked(item, self._entry(item, state=State.INTENT))

    def _settled(self, item: Item) -> Entry:
        entry = self._entry(item)
        return self._unlinked(item, entry) if item.result == "failed" else entry

    def _unlinked(self, item: Item, entry: Entry) -> Entry:
        """Until the link is made, the CRM's mark or a note says that the engagement stands without a contact."""
        before = item.entry
        if before is None or not item.is_bare:
            return entry
        if was_not_linked(before):
            return replace(entry, notes=before.notes)
        is_marked = self.keeps_state and before.decision != LOGGED
        return entry if is_marked else replace(entry, notes=(*entry.notes, NOT_YET_LINKED))

    def _attempts(self, item: Item, state: State | None) -> int:
        if state is State.INTENT:
            return item.failed_before
        return item.failed_before + 1 if item.result == "failed" else 0

    def _entry(self, item: Item, *, state: State | None = None) -> Entry:
        before = item.entry
        contact_id = item.candidate.id if item.candidate is not None else (before.contact_id if before else None)
        engagement_id = item.engagement_id or (before.engagement_id if before else None)
        return Entry(
            call_id=item.call.key.id,
            account=item.call.key.account,
            state=state or item.state or State.FAILED,
            ended_at=item.call.ended_at,
            fingerprint=item.fingerprint,
            mapping_version=self.mapping.version,
            decision=item.decision,
            reason=item.reason,
            contact_id=contact_id,
            engagement_id=engagement_id,
            records=item.records,
            attempts=self._attempts(item, state),
            code=item.code,
            message=item.message,
            notes=tuple(item.notes),
            run_id=self.run_id,
            updated_at=self.clock.now(),
            listed=self._listed(item, before),
            look_again_at=None if item.state is None else self._next_look(item.call, item.state),
            perhaps_sent_at=self._perhaps_sent_at(before, state),
        )

    def _perhaps_sent_at(self, before: Entry | None, state: State | None) -> datetime | None:
        """Now for what is about to be written; later what was in doubt before this run, which may have wanted less."""
        if state is State.INTENT:
            return self.clock.now()
        return before.perhaps_sent_at if before is not None else None

    def _listed(self, item: Item, before: Entry | None) -> str:
        """What to compare the platform's list with from now on, where it gives less than the whole call."""
        if item.call.is_partial:
            return item.fingerprint
        return item.call.listed or (before.listed if before else "")

    def _next_look(self, call: Call, state: State) -> datetime | None:
        return next_look(call, state=state, lacks=lacking(self.mapping, call, state), now=self.now)
