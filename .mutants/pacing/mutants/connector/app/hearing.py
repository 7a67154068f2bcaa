"""The verbs for what a platform sends by itself."""

from __future__ import annotations

from connector.app.verbs import Verbs
from connector.model import Hint
from connector.parts import CONNECTION

HINTS_COUNTED_MAX = 1_000


class Hearing(Verbs):
    """Safe to use from several threads once one of them has returned."""

    def take_hint(self, hint: Hint) -> bool:
        """Keep what the platform told of a call, for the next sync to see to. False when its delivery is known."""
        return self._parts.ledger.take_hint(CONNECTION, hint)

    def count_hints(self) -> int:
        """How many hints wait for the next sync, as far as that is counted."""
        return len(self._parts.ledger.hints(CONNECTION, limit=HINTS_COUNTED_MAX))
