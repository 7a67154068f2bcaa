"""What the CRM has of calls: their engagements, and on whose timelines these stand."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from connector.audit.compare import Seen, is_settled_as_linked
from connector.model import FINGERPRINT, KEY, STATE, CrmRecord, State
from connector.ports import Crm

MARKS = (KEY, FINGERPRINT, STATE)


def gather(crm: Crm, calls: Sequence[Seen]) -> list[Seen]:
    """The same calls with the CRM's side: one request per hundred, and one per thousand for their links.

    By id where the ledger knows one, which no search index delays; by key, archived ones too, where that finds nothing.
    Where the CRM refuses no second key, what carries one is searched for, too.
    """
    return _with_twins(crm, _with_contacts(crm, _with_links(crm, _with_records(crm, calls))))


def _with_records(crm: Crm, calls: Sequence[Seen]) -> list[Seen]:
    ids = {str(seen.key): seen.entry.engagement_id for seen in calls if seen.entry and seen.entry.engagement_id}
    by_id = crm.read("calls", "id", list(ids.values()), MARKS)
    found = {key: by_id[record_id] for key, record_id in ids.items() if _carries(by_id.get(record_id), key)}
    left = [str(seen.key) for seen in calls if str(seen.key) not in found and not _is_skipped(seen)]
    found |= crm.read("calls", "key", left, MARKS)
    keyless = {key: record_id for key, record_id in ids.items() if key not in found and record_id in by_id}
    return [replace(seen, record=found.get(str(seen.key)), keyless_id=keyless.get(str(seen.key))) for seen in calls]


def _carries(record: CrmRecord | None, key: str) -> bool:
    return record is not None and record.properties.get(KEY) == key


def _is_skipped(seen: Seen) -> bool:
    """Nothing of such a call is looked for: whatever is there was there before somebody decided against it."""
    return seen.entry is not None and seen.entry.state is State.SKIPPED


def _with_links(crm: Crm, calls: Sequence[Seen]) -> list[Seen]:
    asked = [seen.record.id for seen in calls if seen.record and seen.is_live and is_settled_as_linked(seen.entry)]
    links = crm.linked("calls", asked, "contacts")
    return [replace(seen, links=links.get(seen.record.id)) if seen.record else seen for seen in calls]


def _with_contacts(crm: Crm, calls: Sequence[Seen]) -> list[Seen]:
    """Whether contacts are there and what merged ones became, asked only where a link is not as the ledger has it."""
    asked: set[str] = set()
    for seen in calls:
        own = seen.entry.contact_id if seen.entry is not None else None
        if own is not None and seen.links is not None and own not in seen.links:
            asked |= {own, *seen.links}
    contacts = crm.read("contacts", "id", sorted(asked), ()) if asked else {}
    return [replace(seen, contacts=contacts) for seen in calls]


def _with_twins(crm: Crm, calls: Sequence[Seen]) -> list[Seen]:
    """What stands twice: engagements of one call, and contacts of one caller that were made by the connector."""
    engagements = crm.twins("calls", "key", [str(seen.key) for seen in calls if seen.is_live])
    own = {seen.entry.contact_id for seen in calls if seen.entry is not None and seen.entry.contact_id is not None}
    contacts = crm.twins("contacts", "id", sorted(own))
    return [
        replace(
            seen,
            engagements=engagements.get(str(seen.key), ()),
            twins=contacts.get(seen.entry.contact_id or "", ()) if seen.entry is not None else (),
        )
        for seen in calls
    ]
