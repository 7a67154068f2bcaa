"""What the verbs of one connection have in common: its parts, and how a call is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from connector.errors import InputError
from connector.model import Entry, id_of_key
from connector.parts import CONNECTION, Parts
from connector.reports import Progress

OnProgress = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """For those who do not watch."""


class Verbs:
    """Verbs of one connection."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def _entry(self, name: str) -> Entry | None:
        """What the ledger knows of a call, named by its id or its key."""
        call_id = id_of_key(name) or name
        known = self._parts.overlay().entries(CONNECTION, {name, call_id})
        return known.get(name) or known.get(call_id)

    def _known(self, names: Sequence[str]) -> list[Entry]:
        found = {name: self._entry(name) for name in names}
        unknown = [name for name, entry in found.items() if entry is None]
        if unknown:
            more = f" and {len(unknown) - 1} more of those given" if len(unknown) > 1 else ""
            raise InputError("E109", f"the ledger does not know the call {unknown[0]}{more}", where="CALL_ID")
        return list({entry.call_id: entry for entry in found.values() if entry is not None}.values())
