"""The search index: what searches see of the records of one type, some seconds behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from connector.sandbox.hubspot.store import Record

Document = Mapping[str, str]


class Index:
    """Documents by record id, as they stood `lag_seconds` ago. A record archived since then is still in it."""

    def __init__(self, lag_seconds: float) -> None:
        self.documents: dict[str, Document] = {}
        self._lag_seconds = lag_seconds
        self._waiting: deque[tuple[float, str, Document | None]] = deque()
        self._postings: dict[str, dict[str, dict[str, None]]] = {}

    def note(self, record: Record, at: float) -> None:
        """Learn, after the lag, that the record now stands like this; an archived one leaves the index."""
        document = None if record.archived_at else record.properties
        self._learn(at, record.id, document)

    def show(self, record: Record) -> None:
        """Learn at once how the record stands."""
        self._put(record.id, None if record.archived_at else record.properties)

    def forget(self, record_id: str, at: float) -> None:
        """Learn, after the lag, that there is no such record."""
        self._learn(at, record_id, None)

    def catch_up(self, at: float) -> None:
        """Let everything be seen whose lag is over."""
        while self._waiting and self._waiting[0][0] <= at:
            _, record_id, document = self._waiting.popleft()
            self._put(record_id, document)

    def candidates(self, name: str, values: Iterable[str]) -> list[str]:
        """The ids of documents whose property has one of these values, given in lower case."""
        posting = self._postings.get(name)
        if posting is None:
            posting = self._postings[name] = {}
            for record_id, document in self.documents.items():
                for part in _parts(document.get(name)):
                    posting.setdefault(part, {})[record_id] = None
        found: dict[str, None] = {}
        for value in values:
            found.update(posting.get(value, {}))
        return list(found)

    def _learn(self, at: float, record_id: str, document: Document | None) -> None:
        if self._lag_seconds:
            self._waiting.append((at + self._lag_seconds, record_id, document))
        else:
            self._put(record_id, document)

    def _put(self, record_id: str, document: Document | None) -> None:
        former = self.documents.get(record_id, {})
        for name, posting in self._postings.items():
            before, after = former.get(name), None if document is None else document.get(name)
            if before == after:
                continue
            for part in _parts(before):
                posting.get(part, {}).pop(record_id, None)
            for part in _parts(after):
                posting.setdefault(part, {})[record_id] = None
        if document is None:
            self.documents.pop(record_id, None)
        else:
            self.documents[record_id] = document


def _parts(value: str | None) -> tuple[str, ...]:
    """What a value is found by: itself, and each of several values."""
    if not value:
        return ()
    lower = value.lower()
    return (lower, *lower.split(";")) if ";" in lower else (lower,)
