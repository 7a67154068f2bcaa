"""Calls that an earlier run left unfinished, or that a person wants tried, fetched by their id."""

from __future__ import annotations

from collections.abc import Iterable

from connector.engine.asking import TROUBLES_MAX
from connector.engine.read import Reader
from connector.engine.reading import Reading
from connector.errors import AccessError, ConnectorError
from connector.model import Call, Entry, OngoingCall


class Unfinished:
    """Fetches them for one run, after its walk."""

    def __init__(self, reader: Reader, reading: Reading) -> None:
        self._reader = reader
        self._reading = reading

    def at_their_turn(self, *, limit: int) -> None:
        """What the walk did not return, up to `limit` calls; one that could not be had waits for its turn."""
        reader = self._reader
        self.fetch(reader.ledger.unfinished(reader.connection, now=reader.now, limit=limit))

    def fetch(self, entries: Iterable[Entry]) -> None:
        """Have these calls wait in the spool, settle those that are gone or unreadable.

        One record that the platform chokes on does not stop the others; after some the platform may be down, and the
        rest is left to the next run.
        """
        reader, troubles = self._reader, 0
        for entry in entries:
            if self._reading.spool.has(entry.call_id) or entry.call_id in reader.asking.postponed:
                continue
            try:
                call = reader.asking.plainly(entry.call_id)
            except AccessError:
                raise
            except ConnectorError as error:
                reader.leave(entry, error, self._reading)
                troubles += 1
                if troubles == TROUBLES_MAX:
                    return
                continue
            self._reading.met.add(entry.call_id)
            if isinstance(call, Call):
                reader.take_new(call, self._reading)
            elif isinstance(call, OngoingCall):
                reader.wait_for_its_end(self._reading, call, entry)
            else:
                reader.set_aside(self._reading, reader.lost(entry, call), entry)
