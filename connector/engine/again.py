"""Calls fetched by their id, because the walk through the platform's list no longer tells of them."""

from __future__ import annotations

import logging

from msgspec.structs import replace

from connector.engine.asking import TROUBLES_MAX
from connector.engine.looks import postponed
from connector.engine.read import Reader
from connector.engine.reading import Reading
from connector.errors import AccessError, ConnectorError
from connector.model import BadCall, Call, CallKey, Entry, OngoingCall, State

log = logging.getLogger("connector.engine")


class LookAgain:
    """Looks at calls whose time has come: not over yet, lacking what comes late, or held."""

    def __init__(self, reader: Reader, reading: Reading) -> None:
        self._reader = reader
        self._reading = reading

    def at_due(self, *, limit: int) -> int:
        """Fetch what is due, those that ended last first. Answers how many were fetched.

        What changed, and every held call, waits in the spool; the others learn when they are due next. A call that
        cannot be fetched is postponed: nothing was lost, so it is no failure of this run.
        """
        reader = self._reader
        troubles = fetched = 0
        for entry in reader.ledger.due(reader.connection, now=reader.now, limit=limit):
            if self._reading.spool.has(entry.call_id):
                continue
            try:
                call = reader.asking.plainly(entry.call_id)
            except AccessError:
                raise
            except ConnectorError as error:
                key = str(CallKey(reader.source.name, entry.account, entry.call_id))
                log.warning("look_postponed", extra={"call": key, "code": error.code})
                if entry.state.settled:
                    self._reading.settled.append(postponed(entry, now=reader.now))
                else:
                    reader.leave(entry, error, self._reading)
                troubles += 1
                if troubles == TROUBLES_MAX:
                    break
                continue
            fetched += 1
            self._reading.met.add(entry.call_id)
            self._take(call, entry)
        return fetched

    def _take(self, call: Call | BadCall | OngoingCall | None, entry: Entry) -> None:
        match call:
            case Call():
                self._reader.take_again(call, entry, self._reading)
            case OngoingCall() if entry.state is State.ONGOING:
                self._reader.wait_for_its_end(self._reading, call, entry)
            case BadCall() | None if entry.state is State.ONGOING:
                self._reader.set_aside(self._reading, self._reader.lost(entry, call), entry)
            case BadCall():
                # It was written when it could be read. What is sent in its place now may be a garbled answer.
                self._reading.settled.append(postponed(entry, now=self._reader.now))
            case _:
                # The platform forgot it; what is written stays.
                self._reading.settled.append(replace(entry, look_again_at=None))
