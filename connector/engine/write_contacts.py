"""Contacts written, and decisions taken again where the CRM knew more than the look at it had shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from connector.engine.directory import Candidate, Directory
from connector.engine.fit import warning
from connector.engine.gather import read_by_id
from connector.engine.plan import Item, Planner
from connector.model import ContactCounts, Create, Done, Exists, Gone, Outcome, Refused, Update
from connector.ports import Crm

ROUNDS_MAX = 4
"""How often a window is decided again: a conflict on the key, one on the address, and some patience."""

SUPPRESSED = "E236"
"""The person asked to be forgotten: HubSpot keeps the address off the portal, and nothing of the call is written."""


class ContactWriter:
    """Writes the contacts of one window's items and leaves every open item with a contact that exists."""

    def __init__(
        self,
        crm: Crm,
        planner: Planner,
        directory: Directory,
        *,
        properties: Sequence[str],
        perhaps_sent_at: datetime | None,
        written: Callable[[Sequence[Candidate]], None],
    ) -> None:
        self._crm = crm
        self._planner = planner
        self._directory = directory
        self._properties = properties
        self._perhaps_sent_at = perhaps_sent_at
        self._written = written
        self.counts = ContactCounts()

    def write(self, items: Sequence[Item]) -> None:
        """Create and update what the items decided. `written` is called with the contacts as soon as ids are known."""
        for _ in range(ROUNDS_MAX):
            again = self._write_once(items)
            if not again:
                return
            for item in again:
                item.undecide()
            for item in again:
                self._planner.decide(item)
        for item in items:
            if item.is_open and item.candidate is not None and item.candidate.is_new:
                item.fail("E251", "the CRM names a contact that cannot be found again", retry=True)

    def _write_once(self, items: Sequence[Item]) -> list[Item]:
        by_candidate: dict[Candidate, list[Item]] = {}
        for item in items:
            if item.is_open and item.candidate is not None:
                by_candidate.setdefault(item.candidate, []).append(item)
        new = [candidate for candidate in by_candidate if candidate.is_new]
        changed = [candidate for candidate in by_candidate if candidate.changes and not candidate.is_new]
        creations = [self._creation(candidate) for candidate in new]
        updates = [Update(id=candidate.id or "", properties=dict(candidate.changes)) for candidate in changed]
        again: list[Item] = []
        outcomes = [
            *zip(new, self._crm.create("contacts", creations) if creations else [], strict=True),
            *zip(changed, self._crm.update("contacts", updates) if updates else [], strict=True),
        ]
        for candidate, outcome in outcomes:
            again += self._settle(candidate, outcome, by_candidate[candidate])
        done = [candidate for candidate, outcome in outcomes if isinstance(outcome, Done)]
        if done:
            self._written(done)
        return again

    def _creation(self, candidate: Candidate) -> Create:
        return Create(
            key=candidate.key or "",
            properties=_sendable(candidate.changes),
            perhaps_sent_at=self._perhaps_sent_at,
        )

    def _settle(self, candidate: Candidate, outcome: Outcome, items: list[Item]) -> list[Item]:
        """Take in one answer; the items to decide again are returned."""
        match outcome:
            case Done():
                self._done(candidate, outcome)
                return []
            case Exists():
                return self._exists(candidate, outcome, items)
            case Gone():
                self._directory.drop(candidate)
                read_by_id(self._crm, self._directory, [outcome.id], properties=self._properties)
                return items
            case Refused():
                return self._refused(candidate, outcome, items)

    def _done(self, candidate: Candidate, outcome: Done) -> None:
        if candidate.is_new:
            candidate.id = outcome.id
            self._directory.index_id(candidate)
            self.counts.created += 1
        else:
            self.counts.updated += 1
        candidate.changes = {}
        candidate.before = dict(candidate.properties)

    def _exists(self, candidate: Candidate, outcome: Exists, items: list[Item]) -> list[Item]:
        email = candidate.changes.get("email", "")
        self._give_up(candidate)
        if outcome.by == "key" and outcome.record.archived and candidate.key:
            # A person deleted the contact that carries the key: it is left alone, and so is its key.
            self._planner.taken_keys.add(candidate.key)
        read_by_id(self._crm, self._directory, [outcome.record.id], properties=self._properties)
        if outcome.by == "email" and not (candidate.is_new and self._planner.finds_by_email(email)):
            self._planner.bar(candidate, ["email"])
        return items

    def _refused(self, candidate: Candidate, outcome: Refused, items: list[Item]) -> list[Item]:
        if outcome.code == SUPPRESSED:
            for item in items:
                item.skip("suppressed")
            self._give_up(candidate)
            return []
        lost = [name for name in outcome.properties if name in candidate.changes]
        if lost:
            self._planner.bar(candidate, lost)
            self._give_up(candidate)
            return items
        if candidate.is_new:
            for item in items:
                item.fail(outcome.code, outcome.message, retry=item.may_pass(outcome.code))
            self._give_up(candidate)
            return []
        for item in items:
            item.notes.append(warning("W240", f"contact: not updated, {outcome.message}"))
        candidate.changes = {}
        return []

    def _give_up(self, candidate: Candidate) -> None:
        if candidate.is_new:
            self._directory.forget(candidate)
        else:
            candidate.properties = dict(candidate.before)
            candidate.changes = {}


def _sendable(changes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in changes.items() if value}
