"""One pass over a connection: take the lane, read, carry window after window, settle, move the watermark."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from connector.engine.again import LookAgain
from connector.engine.by_hand import to_be_tried
from connector.engine.carry import Carrier, Window
from connector.engine.count import Counts, add_failures, add_window, every, settled
from connector.engine.doubt import doubt_left
from connector.engine.first import require_same_portal
from connector.engine.fit import lacking
from connector.engine.hints import Hinted
from connector.engine.lane import LaneHolder
from connector.engine.read import Reader
from connector.engine.reading import Reading
from connector.engine.remembered import remembered
from connector.engine.spool import Spool
from connector.engine.unfinished import Unfinished
from connector.engine.walk import Walk
from connector.mapping.compile import CompiledMapping
from connector.model import STATE, Call, RequestCounts, RunSummary
from connector.ports import Clock, Crm, Ledger, Source
from connector.reports import READING, Progress

RETRIES_PER_RUN = 1000
LOOKS_PER_RUN = 100
"""Calls fetched by their id because they are due: some platforms allow one such request per second."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)

Then = Callable[[Reader, Reading], None]
"""What is read after the walk, before anything is carried."""
Observer = Callable[[Window], None]
log = logging.getLogger("connector.engine")


def _nothing_more(reader: Reader, reading: Reading) -> None:
    """For runs whose walk is all there is to read."""


def _fetch_by_id(hinted: Hinted, walk: Walk, reader: Reader, reading: Reading) -> None:
    """What earlier runs left unfinished, what is due to be looked at again, and what the platform's messages named."""
    Unfinished(reader, reading).at_their_turn(limit=RETRIES_PER_RUN)
    LookAgain(reader, reading).at_due(limit=LOOKS_PER_RUN)
    hinted.fetch(reading, is_wanted=walk.is_wanted, limit=LOOKS_PER_RUN)


@dataclass(slots=True, kw_only=True)
class Runner:
    """Runs passes over one connection."""

    connection: str
    source: Source
    crm: Crm
    ledger: Ledger
    lane: LaneHolder
    mapping: CompiledMapping
    clock: Clock
    overlap: timedelta
    now: datetime
    """The one instant that the pass is decided for: ages of calls, business hours, the day. Not asked for again."""
    on_progress: Callable[[Progress], None] = lambda progress: None
    observe: Observer = lambda window: None

    def sync(self, *, first_since: datetime, since: datetime | None = None, kind: str = "sync") -> RunSummary:
        """New and changed calls. The first run ever starts at `first_since`; `since` looks back further this once."""
        with self._run(kind) as summary:
            state = self.ledger.pin(self.connection, started_from=first_since)
            started_from = state.started_from or first_since
            wanted_from = min(started_from, since) if since else started_from
            look_back_to = (state.watermark - self.overlap) if state.watermark else wanted_from
            look_back_to = min(look_back_to, since or look_back_to)
            asked_from = wanted_from if self.source.newest_first else look_back_to
            walk = self._walk(look_back_to=look_back_to, wanted_from=wanted_from)
            reader = self._reader(summary)
            hinted = Hinted(reader)
            then = partial(_fetch_by_id, hinted, walk)
            reading = self._pass(summary, reader, walk, since=asked_from, then=then)
            hinted.keep()
            if reading.newest is not None:
                # A clock that runs ahead on the other side must not carry the watermark past the calls to come.
                self.ledger.advance(self.connection, min(reading.newest, self.now))
            summary.watermark = self.ledger.connection(self.connection, source=self.source.name).watermark
        return summary

    def backfill(self, *, since: datetime, until: datetime | None, remaps: bool) -> RunSummary:
        """A past window, as far as it is not settled yet. The watermark stays where it is."""
        with self._run("backfill") as summary:
            walk = self._walk(look_back_to=since, wanted_from=since)
            reader = self._reader(summary)
            reader.until, reader.remaps = until, remaps
            self._pass(summary, reader, walk, since=since)
            if reader.gave_less:
                self._fetch_in_full(summary, reader)
            summary.watermark = self.ledger.connection(self.connection, source=self.source.name).watermark
        return summary

    def retry(self, call_ids: Collection[str]) -> RunSummary:
        """Carry these calls now, whatever became of them before; those that the ledger does not know are left out.

        The portal's facts are asked for anew: somebody has just mended something. What this run does not get to is
        the next sync's.
        """
        with self._run("retry") as summary:
            known = self.ledger.entries(self.connection, call_ids).values()
            entries = [to_be_tried(entry, now=self.now) for entry in known]
            self.ledger.settle(self.connection, entries, lane=self.lane.lane)
            if entries:
                self.crm.renew({"contacts", "calls", *self.mapping.object_types})
            reading = Reading()
            with reading.spool:
                Unfinished(self._reader(summary), reading).fetch(entries)
                self._carry_read(summary, reading)
            summary.watermark = self.ledger.connection(self.connection, source=self.source.name).watermark
        return summary

    def apply(
        self,
        *,
        run_id: str,
        insisted: Collection[str],
        started_from: datetime | None,
        watermark: datetime | None,
        prove: Callable[[], None],
        kind: str = "apply",
    ) -> RunSummary:
        """Every call of the source, whatever its age, those of `insisted` also where the ledger has them as they are.

        `prove` is called when the lane is held and nothing is begun: what it raises leaves no trace of a run.
        """
        summary = self._summary(kind, run_id)
        requests = self._requests()
        with self._holding_lane():
            prove()
            with self._remembered(summary, requests):
                self.ledger.pin(self.connection, started_from=started_from)
                reader = self._reader(summary)
                reader.insisted = insisted
                walk = self._walk(look_back_to=_ALWAYS, wanted_from=_ALWAYS)
                self._pass(summary, reader, walk, since=_ALWAYS)
                if watermark is not None:
                    self.ledger.advance(self.connection, watermark)
                summary.watermark = self.ledger.connection(self.connection, source=self.source.name).watermark
        return summary

    @contextmanager
    def _run(self, kind: str) -> Iterator[RunSummary]:
        summary = self._summary(kind, f"{self.clock.now():%Y%m%dT%H%M%S}-{secrets.token_hex(4)}")
        requests = self._requests()
        with self._holding_lane(), self._remembered(summary, requests):
            yield summary

    def _summary(self, kind: str, run_id: str) -> RunSummary:
        # Until it has come to its end: a run that was killed is not to be listed as a good one.
        return RunSummary(
            run_id=run_id, connection=self.connection, kind=kind, status="failed", started_at=self.clock.now()
        )

    def _requests(self) -> RequestCounts:
        return RequestCounts(source=self.source.requests, hubspot=self.crm.requests)

    @contextmanager
    def _holding_lane(self) -> Iterator[None]:
        state = self.ledger.connection(self.connection, source=self.source.name)
        with self.lane.held(state.portal_id or self.crm.portal_id()):
            yield

    def _remembered(self, summary: RunSummary, before: RequestCounts) -> AbstractContextManager[None]:
        return remembered(self.ledger, self.clock, summary, before=before, requests=self._requests)

    def _walk(self, *, look_back_to: datetime, wanted_from: datetime) -> Walk:
        return Walk(look_back_to=look_back_to, wanted_from=wanted_from, claims_order=self.source.newest_first)

    def _reader(self, summary: RunSummary) -> Reader:
        return Reader(
            connection=self.connection,
            run_id=summary.run_id,
            source=self.source,
            ledger=self.ledger,
            mapping=self.mapping,
            now=self.now,
        )

    def _pass(
        self, summary: RunSummary, reader: Reader, walk: Walk, *, since: datetime, then: Then = _nothing_more
    ) -> Reading:
        """Read everything into the spool, then carry it: the source's connection never waits for the CRM."""
        reading = Reading()
        summary.calls = reading.counts
        with reading.spool:
            for _ in reader.walk(walk, reading, since=since):
                self.lane.check()
                self._settle_read(summary, reading)
                self._tell(summary, READING)
            if self.source.newest_first and not walk.is_ordered:
                log.warning("source_not_newest_first", extra={"code": "W330", "source": self.source.name})
            self._settle_read(summary, reading)
            then(reader, reading)
            self._carry_read(summary, reading)
        return reading

    def _carry_read(self, summary: RunSummary, reading: Reading) -> None:
        summary.calls = reading.counts
        self._settle_read(summary, reading)
        self._carry_all(summary, reading.spool)

    def _fetch_in_full(self, summary: RunSummary, reader: Reader) -> None:
        """A one-off run leaves no work behind: what a list gave only in part is fetched call by call and carried."""
        fetched = -1
        while fetched:
            reading = Reading(counts=summary.calls)
            with reading.spool:
                fetched = LookAgain(reader, reading).at_due(limit=LOOKS_PER_RUN)
                self._settle_read(summary, reading)
                self._carry_all(summary, reading.spool, counts=lambda item: reader.is_to_count(item.entry))

    def _settle_read(self, summary: RunSummary, reading: Reading) -> None:
        """Store what reading alone settled, chunk by chunk: a long history must not gather in memory."""
        add_failures(summary, reading.failures)
        reading.failures.clear()
        if reading.settled:
            self.ledger.settle(self.connection, reading.settled, lane=self.lane.lane)
            reading.settled.clear()

    def _carry_all(self, summary: RunSummary, spool: Spool[Call], *, counts: Counts = every) -> None:
        carrier: Carrier | None = None
        self._tell(summary, "writing")
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="finish") as finisher:
            finishing: Future[Window] | None = None
            for calls in spool.windows():
                carrier = carrier or self._carrier(summary, calls)
                try:
                    window = carrier.open(calls)
                finally:
                    # Also when this window cannot be opened: what the one before it wrote is counted.
                    self._count(summary, finishing, counts)
                    finishing = None
                finishing = finisher.submit(carrier.finish, window)
            self._count(summary, finishing, counts)

    def _carrier(self, summary: RunSummary, first: Sequence[Call]) -> Carrier:
        now = self.clock.now()
        portal = self.crm.require_ready(self.mapping.object_types)
        if types := lacking(portal, self.mapping):
            # Somebody may have created the property since the facts were read; a look a run is a fair price.
            self.crm.renew(types)
        require_same_portal(self.ledger, self.connection, portal)
        return Carrier(
            connection=self.connection,
            run_id=summary.run_id,
            mapping=self.mapping,
            crm=self.crm,
            ledger=self.ledger,
            lane=self.lane,
            clock=self.clock,
            now=self.now,
            portal_id=portal.id,
            keeps_state=STATE in portal.properties.get("calls", {STATE: None}),
            doubt=doubt_left(
                self.ledger, self.crm, self.connection, first, portal_id=portal.id, lane=self.lane, now=now
            ),
            observe=self.observe,
        )

    def _count(self, summary: RunSummary, finishing: Future[Window] | None, counts: Counts) -> None:
        """Wait for a window and count it. Nobody keeps it then: there are never more than two in memory."""
        if finishing is None:
            return
        add_window(summary, finishing.result(), counts)
        self._tell(summary, "writing")

    def _tell(self, summary: RunSummary, stage: str) -> None:
        calls = summary.calls
        self.on_progress(Progress(read=calls.read, done=settled(calls), failed=calls.failed, stage=stage))
