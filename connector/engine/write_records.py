"""Records and engagements written: first what hangs on a call, then the call itself, which marks it as done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from connector.engine.drafts import Draft
from connector.engine.engagement import PLURALS, Drafter, corrected_written, hashes_text, read_written
from connector.engine.fit import refused_value, warning
from connector.engine.known import DELETED, engagement_properties, is_changed
from connector.engine.plan import NOT_LINKED, Item
from connector.errors import RecordError, TransientError
from connector.mapping.compile import CompiledMapping
from connector.model import (
    FINGERPRINT,
    KEY,
    STATE,
    UNANSWERED,
    WRITTEN,
    Create,
    CrmRecord,
    Done,
    Exists,
    Gone,
    Outcome,
    RecordCounts,
    Refused,
    State,
    Update,
)
from connector.ports import Crm

Pair = tuple[Item, Draft]


class RecordWriter:
    """Writes what the drafter drafts for one window and tells every item how it ended."""

    def __init__(self, crm: Crm, drafter: Drafter, mapping: CompiledMapping) -> None:
        self._crm = crm
        self._drafter = drafter
        self._mapping = mapping
        self.counts = RecordCounts()
        self._is_heard = False
        """Whether the CRM took anything of this window."""
        self._unlinked: list[Refused] = []
        """What became of links that went unanswered."""

    def write(self, items: Sequence[Item], *, recorded: Callable[[Sequence[Item]], None]) -> None:
        """Records before calls: when the call is there, everything before it is. `recorded` is told in between.

        A call whose link goes unanswered is set aside and the others go on. Raises TransientError (E221) when the CRM
        took nothing else: then it is down, and no call is to be blamed.
        """
        # Drafted first: a call that cannot be drafted leaves no records behind.
        calls = self._draft_calls(items)
        current = self._read_records([item for item in items if item.is_open])
        links_to = {PLURALS[kind] for kinds in self._mapping.record_links.values() for kind in kinds}
        for stage in (self._mapping.object_types & links_to, self._mapping.object_types - links_to):
            if stage:
                self._write_records([item for item in items if item.is_open], current, stage)
        recorded(items)
        self._write_calls(calls)
        if self._unlinked and not self._is_heard:
            raise TransientError("E221", "HubSpot did not say whether records were linked, and took nothing else")

    # --- records ---

    def _write_records(
        self, items: Sequence[Item], current: Mapping[Item, Mapping[str, CrmRecord]], object_types: frozenset[str]
    ) -> None:
        by_type: dict[str, list[Pair]] = {}
        for item in items:
            for draft in _drafted(
                item, lambda item: self._drafter.records(item, current.get(item, {}), object_types=object_types)
            ):
                item.drafts.append(draft)
                by_type.setdefault(draft.object_type, []).append((item, draft))
        for object_type, pairs in sorted(by_type.items()):
            self._send(object_type, pairs, self._record_done)

    def _read_records(self, items: Sequence[Item]) -> dict[Item, dict[str, CrmRecord]]:
        """The records that the ledger knows of these calls: they are changed and linked, and never made again."""
        wanted: dict[str, dict[str, tuple[Item, str]]] = {}
        for item in items:
            for name, record_id in item.records.items():
                object_type = self._mapping.record_types.get(name)
                if object_type and record_id:
                    wanted.setdefault(object_type, {})[record_id] = (item, name)
        found: dict[Item, dict[str, CrmRecord]] = {}
        for object_type, places in wanted.items():
            properties = sorted({*self._mapping.record_properties, "hubspot_owner_id", KEY, WRITTEN})
            for record_id, record in self._crm.read(object_type, "id", list(places), properties).items():
                item, name = places[record_id]
                if not record.archived:
                    found.setdefault(item, {})[name] = record
        return found

    def _record_done(self, item: Item, draft: Draft, outcome: Outcome) -> None:
        match outcome:
            case Done(id=record_id):
                item.records[draft.name] = record_id
                if draft.create is not None:
                    self.counts.created += 1
                else:
                    self.counts.updated += 1
            case Exists(record=record):
                item.records[draft.name] = record.id
                if draft.create is not None and not record.archived and (item.engagement is None or item.is_bare):
                    # An earlier run made it, perhaps while nobody knew the caller.
                    draft.id, draft.links = record.id, draft.create.associations
            case Gone():
                item.notes.append(f"{draft.name}: left alone, a person deleted it")
            case Refused(code=code, message=message):
                item.fail(code, f"{draft.name}: {message}", retry=item.may_pass(code))

    # --- calls ---

    def _draft_calls(self, items: Sequence[Item]) -> list[Pair]:
        pairs: list[Pair] = []
        for item in items:
            for draft in _drafted(item, lambda item: [self._drafter.engagement(item)]):
                item.drafts.append(draft)
                pairs.append((item, draft))
        return pairs

    def _write_calls(self, drafted: Sequence[Pair]) -> None:
        pairs = [(item, draft) for item, draft in drafted if item.is_open]
        for item, draft in pairs:
            if draft.create is None and draft.update is None:
                item.finish("unchanged")
        self._send("calls", pairs, self._call_done)
        self._change_found([item for item, _ in pairs if item.is_open and item.engagement is not None])

    def _call_done(self, item: Item, draft: Draft, outcome: Outcome) -> None:
        match outcome:
            case Done(id=call_id):
                item.engagement_id = call_id
                is_new = draft.create is not None
                item.finish("held" if is_new and item.decision == "held" else "created" if is_new else "updated")
            case Exists(record=record) if record.archived:
                item.engagement_id = record.id
                item.skip(DELETED, State.GONE)
            case Exists(record=record):
                item.engagement_id = record.id
                if is_changed(record.properties.get(FINGERPRINT), item.fingerprint):
                    item.engagement = record
                elif item.entry is None:
                    # Nobody here had meant to write it: another deployment did, or a ledger that was lost.
                    if record.properties.get(STATE):
                        item.candidate = None
                        item.hold("found held in the CRM")
                    item.finish("unchanged")
                else:
                    item.finish("held" if item.decision == "held" else "created")
            case Gone():
                item.skip(DELETED, State.GONE)
            case Refused(code=code, message=message):
                item.fail(code, message, retry=item.may_pass(code))

    def _change_found(self, items: Sequence[Item]) -> None:
        """Bring calls up to date that an earlier run had created from older values of the source."""
        if not items:
            return
        ids = [item.engagement_id or "" for item in items]
        found = self._crm.read("calls", "id", ids, engagement_properties(self._mapping))
        again = []
        for item in items:
            record = found.get(item.engagement_id or "")
            if record is None:
                item.skip(DELETED, State.GONE)
            else:
                item.engagement = record
                again.append(item)
        self._write_calls(self._draft_calls(again))

    # --- both ---

    def _send(self, object_type: str, pairs: Sequence[Pair], done: Callable[[Item, Draft, Outcome], None]) -> None:
        """Send drafts, again without what HubSpot names as the reason of a refusal, and link what lacks a link."""
        known = [pair for pair in pairs if pair[1].id is not None]
        # Before an update takes the mark of a held call away: a run that dies in between links again.
        self._link(object_type, known)
        todo: Sequence[Pair] = pairs
        while todo:
            refused: list[Pair] = []
            for item, draft, wish, outcome in self._answers(object_type, todo):
                if isinstance(outcome, Refused) and _leave_out(item, draft, wish, outcome):
                    refused.append((item, draft))
                else:
                    done(item, draft, outcome)
            todo = refused
        self._link(object_type, [pair for pair in pairs if pair not in known and pair[1].id is not None])

    def _link(self, object_type: str, pairs: Sequence[Pair]) -> None:
        links = [(draft.id, link) for _, draft in pairs if draft.id is not None for link in draft.links]
        refused = self._crm.associate(object_type, links) if links else {}
        self._is_heard = self._is_heard or any(
            refused[link].code != UNANSWERED if link in refused else True for link in links
        )
        for item, draft in pairs:
            for link in draft.links:
                refusal = refused.get((draft.id or "", link))
                if refusal is not None:
                    self._not_linked(item, draft, refusal)

    def _not_linked(self, item: Item, draft: Draft, refusal: Refused) -> None:
        of = draft.name or "call"
        if refusal.code == UNANSWERED:
            # Nothing more is written of this call: its mark of being held stays, so that a later run links it.
            self._unlinked.append(refusal)
            item.fail(refusal.code, f"{of}: {refusal.message}", retry=item.may_pass(refusal.code))
        else:
            item.notes.append(warning(NOT_LINKED, f"{of}: not linked, HubSpot refused the link"))

    def _answers(self, object_type: str, pairs: Sequence[Pair]) -> list[tuple[Item, Draft, Create | Update, Outcome]]:
        creations = [
            (item, draft, replace(draft.create, perhaps_sent_at=item.perhaps_sent_at))
            for item, draft in pairs
            if item.is_open and draft.create is not None
        ]
        updates = [(item, draft, draft.update) for item, draft in pairs if item.is_open and draft.update is not None]
        answers: list[tuple[Item, Draft, Create | Update, Outcome]] = []
        if creations:
            outcomes = self._crm.create(object_type, [wish for _, _, wish in creations])
            answers += [(*sent, outcome) for sent, outcome in zip(creations, outcomes, strict=True)]
        if updates:
            outcomes = self._crm.update(object_type, [wish for _, _, wish in updates])
            answers += [(*sent, outcome) for sent, outcome in zip(updates, outcomes, strict=True)]
        self._is_heard = self._is_heard or any(isinstance(outcome, Done) for *_, outcome in answers)
        self._correct_written(object_type, [(wish, outcome) for _, _, wish, outcome in answers])
        return answers

    def _correct_written(self, object_type: str, answered: Sequence[tuple[Create | Update, Outcome]]) -> None:
        """Store the hashes of values that HubSpot keeps in its own way, or they would look like a person's edit."""
        corrections = [
            Update(id=outcome.id, properties={WRITTEN: corrected})
            for wish, outcome in answered
            if isinstance(outcome, Done)
            and (corrected := corrected_written(wish.properties, outcome.otherwise)) is not None
        ]
        if corrections:
            self._crm.update(object_type, corrections)


def _drafted(item: Item, make: Callable[[Item], list[Draft]]) -> list[Draft]:
    """The drafts of an item, none when a template fails on it: then that call is a dead letter."""
    try:
        drafts = make(item)
    except RecordError as error:
        item.fail(error.code, error.message)
        return []
    for draft in drafts:
        item.notes += draft.notes
    return drafts


def _leave_out(item: Item, draft: Draft, wish: Create | Update, refusal: Refused) -> bool:
    """Take the properties out that HubSpot names; False when it named none of ours and the refusal is final."""
    ours = set(read_written(wish.properties.get(WRITTEN)))
    lost = [name for name in dict.fromkeys(refusal.properties) if name in ours and name in wish.properties]
    for name in lost:
        del wish.properties[name]
    if not lost:
        return False
    hashes = {name: value for name, value in read_written(wish.properties[WRITTEN]).items() if name not in lost}
    wish.properties[WRITTEN] = hashes_text(hashes)
    item.notes += [refused_value(draft.name or "call", name) for name in lost]
    return True
