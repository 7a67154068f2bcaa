"""One call as the platform, the ledger and the CRM have it, side by side: pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct

from connector.audit import findings
from connector.audit.findings import Discrepancy, Standing, Verdict, discrepancy
from connector.codes import CODES
from connector.engine.known import is_changed
from connector.engine.looks import ONGOING_MAX
from connector.engine.plan import HELD, was_not_linked
from connector.model import FINGERPRINT, STATE, CallKey, CrmRecord, Entry, State

GRACE = timedelta(hours=1)
"""What ended within the hour is still to be read: a sync runs every few minutes."""


class Listed(Struct, frozen=True, kw_only=True):
    """A call as the platform lists it, with no more of it than a comparison needs."""

    key: CallKey
    ended_at: datetime
    """Of one that is not over its start; of one that cannot be read the time of the look."""
    fingerprint: str = ""
    is_partial: bool = False
    is_ongoing: bool = False
    code: str = ""
    """Why it cannot be read, or cannot be mapped."""
    skip: str = ""
    """Why today's mapping has no business with it in the CRM, whoever called."""
    caller_name: str = ""
    caller_number: str = ""


class Seen(Struct, frozen=True, kw_only=True):
    """One call from all three sides. `listed` is None for an unfinished call that the platform no longer lists."""

    key: CallKey
    listed: Listed | None = None
    entry: Entry | None = None
    record: CrmRecord | None = None
    """The engagement with this call's key, archived or live."""
    keyless_id: str | None = None
    """The engagement that the ledger knows, where it is there and does not carry the call's key."""
    links: frozenset[str] | None = None
    """The contacts that the engagement is linked to; None when that was not asked."""
    engagements: tuple[str, ...] = ()
    """All engagements with this call's key, oldest first, where there are several."""
    twins: tuple[str, ...] = ()
    """All contacts with the key of the call's contact, oldest first, where there are several."""
    contacts: Mapping[str, CrmRecord] = {}
    """Contacts by the id that they were asked by; a merged one is the one that it became."""

    @property
    def is_live(self) -> bool:
        return self.record is not None and not self.record.archived

    @property
    def ended_at(self) -> datetime | None:
        """The ledger knows of calls that cannot be read when they were met first."""
        if self.entry is not None and (self.listed is None or not self.listed.fingerprint):
            return self.entry.ended_at
        return self.listed.ended_at if self.listed is not None else None


def judge(seen: Seen, *, now: datetime, started_from: datetime | None) -> Verdict:
    """Where the call stands, and what is wrong with it. `started_from` is where the connection's first sync began."""
    standing, reason = _standing(seen, now=now, started_from=started_from)
    found = [
        _missing(seen) if standing is Standing.MISSING else None,
        _deleted(seen) if standing is Standing.DELETED else None,
        _unkeyed(seen) if seen.keyless_id is not None else None,
        _outdated(seen) if not _is_recent(seen, now) else None,
        _misplaced(seen),
        _doubled(seen) if seen.engagements else None,
        _contact_doubled(seen) if seen.twins else None,
    ]
    return Verdict(standing=standing, reason=reason, findings=tuple(each for each in found if each is not None))


def is_settled_as_linked(entry: Entry | None) -> bool:
    """Whether the ledger knows what the engagement should be linked to: its contact, or nobody while it is held."""
    if entry is None:
        return False
    return entry.state is State.HELD or (entry.state is State.DONE and entry.contact_id is not None)


def _standing(seen: Seen, *, now: datetime, started_from: datetime | None) -> tuple[Standing, str]:
    entry = seen.entry
    if entry is not None and entry.state is State.SKIPPED:
        return Standing.SKIPPED, entry.reason
    if seen.keyless_id is not None:
        return Standing.CARRIED, ""
    if seen.is_live:
        is_held = seen.record is not None and seen.record.properties.get(STATE) == HELD
        is_held = is_held or (entry is not None and entry.state is State.HELD)
        return (Standing.HELD if is_held else Standing.CARRIED), ""
    was_there = entry is not None and entry.state in (State.DONE, State.HELD, State.GONE)
    if seen.record is not None or was_there:
        return Standing.DELETED, ""
    if _is_waiting(seen, now):
        return Standing.WAITING, ""
    if entry is None and seen.listed is not None:
        if seen.listed.skip:
            return Standing.SKIPPED, seen.listed.skip
        if started_from is not None and seen.listed.ended_at < started_from:
            return Standing.BEFORE, ""
    return Standing.MISSING, ""


def _is_waiting(seen: Seen, now: datetime) -> bool:
    if seen.listed is not None and seen.listed.is_ongoing:
        return now - seen.listed.ended_at < ONGOING_MAX + GRACE and not _is_given_up(seen.entry)
    return _is_recent(seen, now) and (seen.entry is None or seen.entry.state is State.ONGOING)


def _is_given_up(entry: Entry | None) -> bool:
    return entry is not None and entry.state is State.DEAD


def _is_recent(seen: Seen, now: datetime) -> bool:
    return seen.listed is not None and bool(seen.listed.fingerprint) and now - seen.listed.ended_at < GRACE


def _missing(seen: Seen) -> Discrepancy:
    entry = seen.entry
    match entry.state if entry is not None else None:
        case None | State.ONGOING:
            code = seen.listed.code if seen.listed is not None else ""
            message = f"never read, and it cannot be: {code}" if code else "no run has read it"
            return _about(seen, findings.NEVER_READ, message, because=code, mend="list")
        case State.INTENT:
            message = "a run began with it and did not finish"
        case State.FAILED:
            message = f"it failed and waits to be tried again: {_why(entry)}"
        case _:
            message = f"it was given up: {_why(entry)}"
    if seen.listed is None:
        message += "; the platform no longer lists it"
    is_by_id = seen.listed is None or _is_given_up(entry)
    code = entry.code if entry is not None else ""
    return _about(seen, findings.NOT_WRITTEN, message, because=code, mend="id" if is_by_id else "list")


def _why(entry: Entry | None) -> str:
    return "" if entry is None else f"{entry.code} {entry.message.rstrip('.')}".strip()


def _deleted(seen: Seen) -> Discrepancy:
    return _about(seen, findings.DELETED_BY_HAND, "a person deleted its engagement in HubSpot")


def _unkeyed(seen: Seen) -> Discrepancy:
    message = f"its engagement {seen.keyless_id} does not carry the call's key any more"
    return _about(seen, findings.KEY_LOST, message, engagement_id=seen.keyless_id)


def _doubled(seen: Seen) -> Discrepancy:
    message = f"{len(seen.engagements)} engagements carry the call's key"
    return _about(seen, findings.TWO_ENGAGEMENTS, message, engagements=seen.engagements)


def _contact_doubled(seen: Seen) -> Discrepancy:
    message = f"{len(seen.twins)} contacts carry the key that the connector gave to its contact"
    return _about(seen, findings.TWO_CONTACTS, message, contacts=seen.twins)


def _outdated(seen: Seen) -> Discrepancy | None:
    """What the platform has of the call now and the CRM does not."""
    entry, listed = seen.entry, seen.listed
    if listed is None or (entry is None and not seen.is_live):
        return None
    if entry is not None and entry.state is State.SKIPPED:
        if entry.is_left_by_hand or not is_changed(_compared(entry, listed), listed.fingerprint):
            return None
        return _about(seen, findings.NOT_UPDATED, "it was skipped, and has changed since", mend="list")
    if not seen.is_live:
        return None
    if entry is not None and entry.state in (State.FAILED, State.DEAD):
        mend: Literal["list", "id"] = "id" if _is_given_up(entry) else "list"
        message = f"its last change could not be written: {_why(entry)}"
        return _about(seen, findings.NOT_UPDATED, message, because=entry.code, mend=mend)
    if entry is not None and entry.state is State.INTENT:
        return _about(seen, findings.NOT_SETTLED, "it is in HubSpot, and its run did not finish", mend="list")
    is_new_to_the_ledger = entry is None or is_changed(_compared(entry, listed), listed.fingerprint)
    if not _is_stale(seen, listed, is_new_to_the_ledger=is_new_to_the_ledger):
        return None
    message = "it has changed on the platform since it was written"
    return _about(seen, findings.NOT_UPDATED, message, mend="list" if is_new_to_the_ledger else "id")


def _is_stale(seen: Seen, listed: Listed, *, is_new_to_the_ledger: bool) -> bool:
    if listed.is_partial:
        # What a list gives in part compares with what it gave before, and with nothing that was written of the whole.
        return seen.entry is not None and is_new_to_the_ledger
    return seen.record is not None and is_changed(seen.record.properties.get(FINGERPRINT), listed.fingerprint)


def _compared(entry: Entry, listed: Listed) -> str:
    return entry.listed if listed.is_partial else entry.fingerprint


def _misplaced(seen: Seen) -> Discrepancy | None:
    """Whether the engagement stands on somebody else's timeline, and who made it so.

    A link that was made can only be taken away by a person, and one to somebody else only be made by one: that is
    theirs to decide. Ours to mend is a link that HubSpot refused when it was to be made.
    """
    entry, links = seen.entry, seen.links
    if entry is None or links is None or not seen.is_live:
        return None
    if entry.state is State.HELD:
        return _moved(seen, "a person gave this held call its contact", links) if links else None
    if entry.contact_id is None or entry.contact_id in links:
        return None
    own = seen.contacts.get(entry.contact_id)
    if own is not None and own.id in {_current(seen, end) for end in links}:
        return None
    is_marked_held = seen.record is not None and seen.record.properties.get(STATE) == HELD
    if not links and own is not None and (was_not_linked(entry) or is_marked_held):
        message = "it is on nobody's timeline: the link to its contact was never made"
        return _about(seen, findings.NOT_LINKED, message, contacts=(entry.contact_id,), mend="id")
    if own is None:
        return _moved(seen, "its contact is not there any more", links)
    return _moved(seen, "a person moved it to another contact" if links else "a person took it off its contact", links)


def _current(seen: Seen, contact_id: str) -> str:
    found = seen.contacts.get(contact_id)
    return found.id if found is not None else contact_id


def _moved(seen: Seen, message: str, links: frozenset[str]) -> Discrepancy:
    known = (seen.entry.contact_id,) if seen.entry is not None and seen.entry.contact_id else ()
    return _about(seen, findings.MOVED_BY_HAND, message, contacts=(*known, *sorted(links)))


def _about(seen: Seen, code: str, message: str, *, because: str = "", **more: Any) -> Discrepancy:
    fix = ""
    if because in CODES:
        fix = f"{CODES[because].fix} Then run `connector reconcile --repair`."
    about: dict[str, Any] = {
        "call": str(seen.key),
        "call_id": seen.key.id,
        "ended_at": seen.ended_at,
        "caller_name": seen.listed.caller_name if seen.listed is not None else "",
        "caller_number": seen.listed.caller_number if seen.listed is not None else "",
        "engagement_id": seen.record.id if seen.record is not None else None,
        "because": because,
        "fix": fix,
    }
    return discrepancy(code, message, **{**about, **more})
