"""What a run did or would do, told per call and per property."""

from __future__ import annotations

from connector.engine.carry import Window
from connector.engine.drafts import Draft
from connector.engine.plan import Item
from connector.model import FINGERPRINT, WRITTEN
from connector.reports import Change, Mark, PlannedCall, PlannedRecord

MARKS: dict[str, Mark] = {"created": "+", "updated": "~", "unchanged": "·", "held": "!", "skipped": "-", "failed": "-"}
_BOOKKEEPING = frozenset({FINGERPRINT, WRITTEN})
_OURS = "set by the connector"


def tell(window: Window) -> list[PlannedCall]:
    """One story per call of a finished window, oldest call first."""
    return [_call(item) for item in window.items]


def tell_review(window: Window) -> PlannedRecord | None:
    """The task that asks for a review of held calls, when this window makes it."""
    return None if window.review is None else _record(window.review)


def _call(item: Item) -> PlannedCall:
    caller = item.caller
    drafts = {draft.name: _record(draft) for draft in item.drafts}
    return PlannedCall(
        call=str(item.call.key),
        call_id=item.call.key.id,
        ended_at=item.call.ended_at,
        mark=MARKS[item.result],
        decision="failed" if item.code else item.decision,
        reason=item.message or item.reason,
        rule=item.rule,
        code=item.code,
        caller_number=caller.number or "",
        caller_email=caller.email or "",
        caller_name=caller.name or "",
        contact_name=item.candidate.name if item.candidate is not None else "",
        contact=_contact(item),
        engagement=drafts.pop("", None),
        records=tuple(drafts.values()),
        notes=tuple(item.notes),
    )


def _contact(item: Item) -> PlannedRecord | None:
    candidate = item.candidate
    if candidate is None:
        return None
    changes = tuple(
        Change(
            property=name,
            before=before,
            after=item.contact_view.get(name) or "",
            origin=candidate.origins.get(name, _OURS),
        )
        for name, before in item.contact_before.items()
    )
    return PlannedRecord(
        mark="+" if item.makes_contact else "~" if changes else "·",
        object_type="contacts",
        id=candidate.id,
        key=candidate.key,
        changes=changes,
    )


def _record(draft: Draft) -> PlannedRecord:
    wish = draft.create or draft.update
    values = wish.properties if wish else {}
    changes = tuple(
        Change(property=name, before=draft.before.get(name), after=value, origin=draft.origins.get(name, _OURS))
        for name, value in values.items()
        if name not in _BOOKKEEPING
    )
    return PlannedRecord(
        mark="+" if draft.create else "~" if draft.update else "·",
        object_type=draft.object_type,
        name=draft.name,
        id=draft.id,
        key=draft.key,
        changes=changes,
        notes=draft.notes,
    )
