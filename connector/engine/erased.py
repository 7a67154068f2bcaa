"""Calls that their platform erased: what the CRM has of them is not taken away."""

from __future__ import annotations

import re

from connector.engine.plan import HELD, MATCHED, Item
from connector.model import STATE, Call

ERASED = "the platform no longer tells who called or what was said: what stands in the CRM stays as it is"
_TOLD_BY_THE_CRM = ("hs_call_body", "hs_call_from_number")
_MARK = re.compile(r"\W*(?:redacted|deleted|erased|removed|anonymi[sz]ed)\W*", re.IGNORECASE)
"""What some platforms leave in place of what they erased."""


def is_wordless(call: Call) -> bool:
    """Whether the platform tells nothing of what was said."""
    return not any(text and text.strip() and not _MARK.fullmatch(text) for text in (call.summary, call.transcript))


def is_erased(item: Item) -> bool:
    """Whether the platform tells neither who called nor what was said, and told something of it before."""
    caller = item.caller
    if not item.call.is_wordless or caller.number or caller.email or caller.name:
        return False
    if item.entry is not None and item.entry.contact_id:
        return True
    return item.engagement is not None and any(item.engagement.properties.get(name) for name in _TOLD_BY_THE_CRM)


def keep(item: Item) -> None:
    """End the call as it stands in the CRM; what the ledger knows of it is kept."""
    entry = item.entry
    if entry is None:
        is_held = item.engagement is not None and bool(item.engagement.properties.get(STATE))
        item.decision, item.reason = (HELD if is_held else MATCHED), "found in the CRM by its key"
    else:
        item.decision, item.reason, item.notes = entry.decision, entry.reason, list(entry.notes)
    if ERASED not in item.notes:
        item.notes.append(ERASED)
    item.finish("unchanged")
