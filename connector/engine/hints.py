"""Calls that the platform's own messages named: fetched by id, unless the walk has just returned them in full."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from connector.engine.asking import TROUBLES_MAX
from connector.engine.read import Reader
from connector.engine.reading import Reading
from connector.errors import AccessError, ConnectorError
from connector.model import BadCall, Call, Entry, Hint, OngoingCall

HINTS_READ_MAX = 10_000
"""Hints that one run looks at, several of which may name one call."""
TRIES_MAX = 5
"""Runs that try to fetch a call that was named; then polling alone has to find it."""
REMEMBERED = timedelta(days=7)
"""How long a hint that is done is kept, so that a repeated message is known as one."""

log = logging.getLogger("connector.engine")


class Hinted:
    """What is to be seen to of the hints that were there when the run began: later ones are the next run's."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._by_call: dict[str, list[Hint]] = defaultdict(list)
        for hint in reader.ledger.hints(reader.connection, limit=HINTS_READ_MAX):
            self._by_call[hint.call_id].append(hint)
        reader.awaited = self._by_call.keys()
        self._seen_to: list[Hint] = []

    def fetch(self, reading: Reading, *, is_wanted: Callable[[datetime], bool], limit: int) -> None:
        """Fetch by id, those named first first, what the walk did not return in full; up to `limit` calls.

        A call that cannot be fetched stays for the next run: nothing was lost, so it is no failure of this one.
        """
        reader = self._reader
        entries = reader.ledger.entries(reader.connection, self._by_call.keys())
        troubles = fetched = 0
        for call_id, hints in self._by_call.items():
            if call_id in reading.met or reading.spool.has(call_id):
                self._are_done(hints)
                continue
            if call_id in reader.asking.postponed:
                self._wait(hints)
                continue
            if fetched == limit or troubles == TROUBLES_MAX:
                continue
            try:
                call = reader.asking.plainly(call_id)
            except AccessError:
                raise
            except ConnectorError as error:
                log.warning("hint_postponed", extra={"call": call_id, "code": error.code})
                troubles += 1
                self._wait(hints)
                continue
            fetched += 1
            entry = entries.get(call_id)
            if call is None and entry is None:
                # The message may have been quicker than the platform's own list.
                self._wait(hints)
                continue
            self._take(call, entry, reading, is_wanted)
            self._are_done(hints)

    def keep(self) -> None:
        """Remember what was seen to. To be called when what was read is settled: who dies before begins anew."""
        if self._seen_to:
            reader = self._reader
            reader.ledger.keep_hints(reader.connection, self._seen_to, done_since=reader.now - REMEMBERED)

    def _take(
        self,
        call: Call | BadCall | OngoingCall | None,
        entry: Entry | None,
        reading: Reading,
        is_wanted: Callable[[datetime], bool],
    ) -> None:
        reader = self._reader
        match call:
            case Call() if entry is not None:
                reader.take_again(call, entry, reading)
            case Call() if is_wanted(call.ended_at):
                reader.take_new(call, reading)
            case OngoingCall() if entry is not None or is_wanted(call.started_at):
                reader.wait_for_its_end(reading, call, entry)
            case BadCall() if entry is None:
                reader.set_aside(reading, call, None)
            case _:
                # Older than the connection's history, or known already and unreadable now: nothing to do.
                pass

    def _are_done(self, hints: Iterable[Hint]) -> None:
        self._seen_to += [replace(hint, is_done=True) for hint in hints]

    def _wait(self, hints: Iterable[Hint]) -> None:
        self._seen_to += [replace(hint, tries=hint.tries + 1, is_done=hint.tries + 1 >= TRIES_MAX) for hint in hints]
