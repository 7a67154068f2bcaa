"""The engagement and the records of one call, once its contact is known: what to create, what to change."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from connector.engine.directory import COMPANY_ID
from connector.engine.drafts import Draft
from connector.engine.fit import OWNER, choose_owner, fit, option_order
from connector.engine.pages import page
from connector.engine.plan import HELD, Item
from connector.mapping import policy
from connector.mapping.compile import CompiledMapping
from connector.mapping.policy import Wish
from connector.mapping.view import View
from connector.model import (
    FINGERPRINT,
    KEY,
    STATE,
    WRITTEN,
    Association,
    Create,
    CrmRecord,
    Portal,
    Update,
)

TASK_AGE_MAX = timedelta(days=7)
"""Nobody wants to be reminded today of what was due last week: older calls get no tasks."""

PLURALS = {"contact": "contacts", "company": "companies", "deal": "deals", "ticket": "tickets"}


class Drafter:
    """Turns decided calls into drafts of engagements and records."""

    def __init__(self, mapping: CompiledMapping, portal: Portal, *, now: datetime) -> None:
        self._mapping = mapping
        self._portal = portal
        self._now = now

    def engagement(self, item: Item) -> Draft:
        """The engagement of a call. Raises RecordError when a template fails on this call."""
        view = self._view(item)
        wanted = self._mapping.call(view)
        owner = self._owner_wish(item, view, wanted.wishes, of="call")
        wishes = (*wanted.wishes, *owner[0])
        notes = (*wanted.notes, *owner[1])
        state = HELD if item.decision == HELD else ""
        ours = {KEY: str(item.call.key), FINGERPRINT: item.fingerprint, STATE: state}
        contact = self._contact_links(item)
        draft = Draft(name="", object_type="calls", key=str(item.call.key), notes=notes)
        if item.engagement is None:
            return self.creation(draft, wishes, ours, contact)
        changed = self._change(draft, item.engagement, wishes, ours)
        changed.links = contact if item.is_bare else ()
        return changed

    def records(self, item: Item, current: Mapping[str, CrmRecord], *, object_types: Collection[str]) -> list[Draft]:
        """The records of these types that this call asks for; `current` has those of them that exist, by name.

        What a record is linked to must be there before it: deals before the tasks that hang on them.

        Raises RecordError when a template fails on this call.
        """
        view = self._view(item)
        is_old = self._now - item.call.ended_at > TASK_AGE_MAX
        drafts = []
        for record in self._mapping.records(view):
            if record.object_type not in object_types:
                continue
            key = item.call.key.record(record.name)
            owner = self._owner_wish(item, view, record.wishes, of=record.name)
            wishes = (*record.wishes, *owner[0])
            links = tuple(link for kind in record.associate for link in self._links(item, kind))
            draft = Draft(name=record.name, object_type=record.object_type, key=key, notes=(*record.notes, *owner[1]))
            if record.name in current:
                drafts.append(self._change(draft, current[record.name], wishes, {}))
                # A run that did not get as far as the call may have known nobody to link it to.
                draft.links = links if item.is_bare or item.engagement is None else ()
            elif record.name not in item.records and not (record.object_type == "tasks" and is_old):
                # What a run made of which the ledger does not know is met by its key, and linked then.
                drafts.append(self.creation(draft, wishes, {KEY: key}, links))
        if item.is_bare:
            drafts += self._links_only(item, current, object_types, {draft.name for draft in drafts})
        return drafts

    def _links_only(
        self,
        item: Item,
        current: Mapping[str, CrmRecord],
        object_types: Collection[str],
        drafted: Collection[str],
    ) -> list[Draft]:
        """Records of an earlier state of the call, which it would not ask for now, still belong to its contact."""
        return [
            Draft(
                name=name,
                object_type=self._mapping.record_types[name],
                key=item.call.key.record(name),
                id=record.id,
                links=self._contact_links(item),
            )
            for name, record in current.items()
            if name not in drafted
            and self._mapping.record_types[name] in object_types
            and "contact" in self._mapping.record_links[name]
        ]

    def _view(self, item: Item) -> View:
        contact = dict(item.contact_view)
        if item.candidate is not None:
            contact["id"] = item.candidate.id or ""
            contact["url"] = page(self._portal, "contacts", item.candidate.id)
        return item.view.with_contact(contact)

    def _owner_wish(
        self, item: Item, view: View, wishes: Sequence[Wish], *, of: str
    ) -> tuple[tuple[Wish, ...], tuple[str, ...]]:
        if any(wish.property == OWNER for wish in wishes):
            return (), ()
        contact_owner = item.candidate.properties.get(OWNER) if item.candidate else None
        owner = choose_owner(contact_owner, self._mapping.owner(view), self._portal)
        notes = owner.notes(of)
        if owner.owner_id is None:
            return (), notes
        return (Wish(property=OWNER, value=owner.owner_id, write="if_empty", origin="owner"),), notes

    def _links(self, item: Item, kind: str) -> tuple[Association, ...]:
        """The contact; the contact's company; and deals, tickets and companies that this very call made."""
        if kind == "contact":
            return self._contact_links(item)
        object_type = PLURALS[kind]
        own = [
            record_id
            for name, record_id in item.records.items()
            if self._mapping.record_types.get(name) == object_type and record_id
        ]
        # A calculated property of HubSpot's: the contact's primary company (developers.hubspot.com, changelog
        # 2019-01-24).
        company = item.candidate.properties.get(COMPANY_ID) if item.candidate and kind == "company" else None
        ids = own or ([company] if company else [])
        return tuple(Association(object_type, record_id) for record_id in ids)

    def _contact_links(self, item: Item) -> tuple[Association, ...]:
        if item.candidate is None or item.candidate.id is None:
            return ()
        return (Association("contacts", item.candidate.id),)

    def creation(
        self, draft: Draft, wishes: Sequence[Wish], ours: Mapping[str, str], links: tuple[Association, ...]
    ) -> Draft:
        """The draft of a record that is to be created: what the portal takes of the wishes, and our marks."""
        properties = self._portal.properties.get(draft.object_type, {})
        fitted = fit(wishes, properties, of=draft.name or "call")
        choice = policy.choose(
            fitted.wishes, current=None, written=None, is_newest=True, order=lambda name: option_order(properties, name)
        )
        marks = {**ours, WRITTEN: written_text({}, choice.changes)}
        values = {**choice.changes, **{name: value for name, value in self._held(draft, marks).items() if value}}
        draft.create = Create(key=draft.key, properties=values, associations=links)
        draft.origins = {wish.property: wish.origin for wish in reversed(fitted.wishes)}
        draft.notes = (*draft.notes, *fitted.notes, *choice.notes)
        return draft

    def _change(self, draft: Draft, record: CrmRecord, wishes: Sequence[Wish], ours: Mapping[str, str]) -> Draft:
        properties = self._portal.properties.get(draft.object_type, {})
        fitted = fit(wishes, properties, of=draft.name or "call")
        written = read_written(record.properties.get(WRITTEN))
        choice = policy.choose(
            [wish for wish in fitted.wishes if wish.property in record.properties],
            current=record.properties,
            written=_theirs_unless_ours(record, written),
            is_newest=True,
            order=lambda name: option_order(properties, name),
        )
        changes = dict(choice.changes)
        marks = self._held(draft, ours)
        changes |= {name: value for name, value in marks.items() if value != (record.properties.get(name) or "")}
        if changes:
            changes |= self._held(draft, {WRITTEN: written_text(written, choice.changes)})
            draft.update = Update(id=record.id, properties=changes)
        draft.id = record.id
        draft.before = record.properties
        draft.origins = {wish.property: wish.origin for wish in reversed(fitted.wishes)}
        draft.notes = (*draft.notes, *fitted.notes, *choice.notes)
        return draft

    def _held(self, draft: Draft, marks: Mapping[str, str]) -> dict[str, str]:
        """Those of our marks that the portal has properties for: on calls it may have none."""
        known = self._portal.properties.get(draft.object_type, {})
        return {name: value for name, value in marks.items() if not known or name in known}


def _theirs_unless_ours(record: CrmRecord, written: Mapping[str, str]) -> dict[str, str]:
    """The hashes, with a value that we never wrote counted as a person's."""
    return {name: written.get(name, "") for name, value in record.properties.items() if value or name in written}


def written_text(written: Mapping[str, str], changes: Mapping[str, str]) -> str:
    """What stands in `call_connector_written`: a hash per property of the value that we wrote last."""
    return hashes_text({**written, **{name: policy.value_hash(value) for name, value in changes.items()}})


def hashes_text(hashes: Mapping[str, str]) -> str:
    """Hashes as text, the same for the same hashes."""
    return json.dumps(hashes, sort_keys=True, separators=(",", ":"))


def read_written(stored: str | None) -> dict[str, str]:
    """The hashes of our last write; nothing when they are missing or spoilt, and then nothing is known to be ours."""
    try:
        hashes = json.loads(stored or "{}")
    except ValueError:
        return {}
    return hashes if isinstance(hashes, dict) else {}


def corrected_written(sent: Mapping[str, str], returned: Mapping[str, str | None]) -> str | None:
    """The hashes again, of the values as HubSpot returned them, or None when they are what was sent."""
    hashes = read_written(sent.get(WRITTEN))
    changed = {
        name: policy.value_hash(value)
        for name, value in returned.items()
        if name in sent and name in hashes and value is not None and policy.value_hash(value) != hashes[name]
    }
    return hashes_text({**hashes, **changed}) if changed else None
