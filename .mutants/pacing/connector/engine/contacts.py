"""What one call does to one contact, decided before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from connector.engine.directory import Candidate
from connector.engine.fit import OWNER, fit, option_order
from connector.mapping import policy
from connector.mapping.policy import Wish
from connector.mapping.text import as_hubspot
from connector.model import (
    CONTACT_KEY,
    FIRST_CALL_AT,
    LAST_CALL_AT,
    LAST_CALL_TYPE,
    LAST_OUTCOME,
    SOURCE,
    Call,
    Property,
)

OWN_PROPERTIES = (FIRST_CALL_AT, LAST_CALL_AT, LAST_CALL_TYPE, LAST_OUTCOME, SOURCE)
_SET_BY_CONNECTOR = "set by the connector"


def contact_key(number: str | None, email: str | None) -> str | None:
    """The unique key that guards the creation of a contact: `tel:+44…`, else `mailto:…`, None for nobody."""
    if number:
        return f"tel:{number}"
    return f"mailto:{email}" if email else None


def second_key(number: str | None, email: str | None) -> str | None:
    """The key to use when `tel:…` belongs to someone who no longer has the number."""
    return f"tel:{number};mailto:{email}" if number and email else None


class Folded(Struct, frozen=True):
    """What was left out of the contact."""

    notes: tuple[str, ...]
    before: dict[str, str | None]
    """The properties that changed, with the values that they had."""


def fold(
    candidate: Candidate,
    call: Call,
    wishes: Sequence[Wish],
    properties: Mapping[str, Property],
    *,
    owner_id: str | None = None,
    refused: Collection[str] = (),
) -> Folded:
    """Add to the candidate what this call says of it, oldest call first.

    A contact that is still to be created takes everything from the first call that asks for it; from then on it is
    treated as if it stood in the CRM already, so that one run over many calls and many runs over one call agree. What
    the CRM refused is not tried again, whoever wanted it.
    """
    is_first_of_new = candidate.is_new and not candidate.properties
    fitted = fit([wish for wish in wishes if wish.property not in refused], properties, of="contact")
    # What a mapping may write of a contact has been read with it, so a property that is not there is blank.
    blanks: dict[str, str | None] = dict.fromkeys(wish.property for wish in fitted.wishes)
    choice = policy.choose(
        fitted.wishes,
        current=None if is_first_of_new else blanks | candidate.properties,
        written=None,
        is_newest=is_newest(candidate, call.started_at),
        order=lambda name: option_order(properties, name),
    )
    origins = {wish.property: wish.origin for wish in reversed(fitted.wishes)}
    changes = dict(choice.changes)
    if is_first_of_new:
        changes[CONTACT_KEY] = candidate.key or ""
        if owner_id:
            changes.setdefault(OWNER, owner_id)
    changes |= call_facts(candidate, call)
    changes = {name: value for name, value in changes.items() if name not in refused}
    before = {name: candidate.properties.get(name) for name in changes}
    for name, value in changes.items():
        candidate.properties[name] = value
        candidate.changes[name] = value
        candidate.origins[name] = origins.get(name, _SET_BY_CONNECTOR)
    return Folded((*fitted.notes, *choice.notes), before)


def call_facts(candidate: Candidate, call: Call) -> dict[str, str]:
    """The connector-owned properties that this call changes: the first call, and the newest with its facts."""
    facts: dict[str, str] = {}
    at = as_hubspot(call.started_at)
    first = _time(candidate.properties.get(FIRST_CALL_AT))
    if first is None or call.started_at < first:
        facts[FIRST_CALL_AT] = at
    if is_newest(candidate, call.started_at):
        newest = {
            LAST_CALL_AT: at,
            LAST_CALL_TYPE: call.call_type or "",
            LAST_OUTCOME: call.outcome or "",
            SOURCE: call.key.source,
        }
        facts |= {name: value for name, value in newest.items() if value != (candidate.properties.get(name) or "")}
    return facts


def is_newest(candidate: Candidate, at: datetime) -> bool:
    """Whether a call at this time is at least as new as the newest one that the contact knows of."""
    last = _time(candidate.properties.get(LAST_CALL_AT))
    return last is None or at >= last


def _time(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
