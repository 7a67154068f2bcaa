"""The hints of a ledger in memory, over those of another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from connector.draft.times import whole_ms
from connector.model import Hint
from connector.ports import Ledger


class DraftHints:
    """Holds what was stored here and reads the rest from `base`, which is never written to.

    What the base alone remembers as done is not known here: a draft hears of no repetitions.
    """

    def __init__(self, base: Ledger | None) -> None:
        self._base = base
        self._own: dict[str, dict[str, Hint]] = {}
        self._done_since: dict[str, datetime] = {}

    def take(self, connection: str, hint: Hint) -> bool:
        own = self._own.setdefault(connection, {})
        known = own.get(hint.delivery)
        if known is not None and not self._is_forgotten(connection, known):
            return False
        own[hint.delivery] = _stored(hint)
        return True

    def waiting(self, connection: str, *, limit: int) -> list[Hint]:
        own = self._own.get(connection, {})
        below = [] if self._base is None else self._base.hints(connection, limit=limit + len(own))
        together = [*own.values(), *(hint for hint in below if hint.delivery not in own)]
        return sorted((hint for hint in together if not hint.is_done), key=_age)[:limit]

    def keep(self, connection: str, hints: Sequence[Hint], *, done_since: datetime) -> None:
        self._own.setdefault(connection, {}).update((hint.delivery, _stored(hint)) for hint in hints)
        self._done_since[connection] = whole_ms(done_since)

    def _is_forgotten(self, connection: str, hint: Hint) -> bool:
        # Not deleted: those of the base would show through.
        done_since = self._done_since.get(connection)
        return hint.is_done and done_since is not None and hint.received_at < done_since


def _stored(hint: Hint) -> Hint:
    return replace(hint, received_at=whole_ms(hint.received_at))


def _age(hint: Hint) -> tuple[datetime, str]:
    return hint.received_at, hint.delivery
