"""The window of a backfill: the one asked for, or that of the backfill that was interrupted."""

from __future__ import annotations

from datetime import datetime

import msgspec

from connector.errors import InputError
from connector.parts import CONNECTION
from connector.ports import Facts

_FACT = f"backfill:{CONNECTION}"


class BackfillWindow(msgspec.Struct, frozen=True, kw_only=True):
    """What an interrupted backfill was about."""

    since: datetime
    until: datetime | None
    remaps: bool


def choose_window(
    facts: Facts, *, since: datetime | None, until: datetime | None, remaps: bool, resume: bool, now: datetime
) -> BackfillWindow:
    """The window to carry.

    Raises InputError: E100 without a start, or with `until` or `remaps` beside a resumed window; E104 for a window
    that holds no time; E122 when no backfill was interrupted.
    """
    if since is not None:
        if since >= (until or now):
            raise InputError("E104", "the window ends before it starts", where="--since, --until")
        # What such a backfill has settled before is known to the ledger, so going on needs nothing more.
        return BackfillWindow(since=since, until=until, remaps=remaps)
    if not resume:
        raise InputError("E100", "a backfill needs a start: --since DATE, or --resume", where="--since")
    if until is not None or remaps:
        option = "--until" if until is not None else "--remap"
        raise InputError("E100", f"{option} needs --since: --resume goes on as the backfill began", where=option)
    stored = facts.recall(_FACT, now=now, age_seconds_max=None)
    if not stored:
        raise InputError("E122", "no backfill of this connection was interrupted", where="--resume")
    return msgspec.json.decode(stored, type=BackfillWindow)


def remember_window(facts: Facts, window: BackfillWindow | None, *, now: datetime) -> None:
    """Remember what is being carried, or that nothing is left to resume."""
    facts.remember(_FACT, msgspec.json.encode(window) if window else b"", now=now)
