"""One connection's reader between a platform and a ledger that both live in memory, and what came of its reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from connector.draft.ledger import DraftLedger
from connector.engine.again import LookAgain
from connector.engine.known import full_fingerprint
from connector.engine.read import Reader
from connector.engine.reading import Reading
from connector.engine.unfinished import Unfinished
from connector.engine.walk import Walk
from connector.errors import ConnectorError
from connector.mapping.compile import CompiledMapping
from connector.model import BadCall, Call, CallCounts, CallKey, Entry, Failure, OngoingCall, SourceProfile, State

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

Told = Call | BadCall | OngoingCall


def a_call(minutes_ago: float, call_id: str = "", **fields: Any) -> Call:
    ended_at = NOW - minutes_ago * MINUTE
    return Call(
        key=CallKey("listed", "org", call_id or f"c{minutes_ago:g}"),
        started_at=ended_at,
        ended_at=ended_at,
        duration_seconds=0,
        **fields,
    )


def an_entry(mapping: CompiledMapping, call: Call, state: State = State.DONE, **known: Any) -> Entry:
    """What an earlier run left of a call that is still as it was then."""
    fingerprint = full_fingerprint(mapping, call)
    entry = Entry(
        call_id=call.key.id,
        account="org",
        state=state,
        ended_at=call.ended_at,
        fingerprint=fingerprint,
        listed=fingerprint,
        mapping_version=mapping.version,
        engagement_id="7",
        run_id="before",
        updated_at=NOW - 60 * MINUTE,
    )
    return replace(entry, **known)


def a_reading(newest: datetime, *settled: Entry, failures: Sequence[Failure] = (), **counts: int) -> Reading:
    """What reading came to where the newest call ended then."""
    return Reading(
        counts=CallCounts(**counts), newest=newest, account="org", failures=list(failures), settled=list(settled)
    )


class Listed:
    """A platform with these calls in this order; `drawn` is how many were taken of them, in `readings` of the list."""

    name = "listed"
    newest_first = True
    requests = 0

    def __init__(self, *calls: Told) -> None:
        self.listed = calls
        self.by_id: dict[str, Told | ConnectorError] = {}
        self.account: str | None = None
        """Whose key it is, as far as the platform says."""
        self.drawn = self.readings = 0
        self.asked: list[str] = []

    def calls(self, *, since: datetime) -> Iterator[Told]:
        self.readings += 1
        for call in self.listed:
            self.drawn += 1
            yield call

    def call(self, call_id: str) -> Told | None:
        self.asked.append(call_id)
        answer = self.by_id.get(call_id)
        if isinstance(answer, ConnectorError):
            raise answer
        return answer

    def profile(self) -> SourceProfile:
        return SourceProfile(account=self.account)

    def close(self) -> None:
        """Nothing is open."""


class Counting(DraftLedger):
    """A ledger that notes how many calls are looked up at once."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_up: list[int] = []

    def entries(self, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
        self.looked_up.append(len(call_ids))
        return super().entries(connection, call_ids)


class Desk:
    """One connection with a reader, and what came of reading."""

    def __init__(self, mapping: CompiledMapping, *calls: Told) -> None:
        self.ledger = Counting()
        self.ledger.connection("default", source="listed")
        self.source = Listed(*calls)
        self.mapping = mapping
        self.begin_again(now=NOW)

    def begin_again(self, *, now: datetime) -> None:
        """The next run, at this time."""
        self.reader = Reader(
            connection="default",
            run_id=f"at {now}",
            source=self.source,
            ledger=self.ledger,
            mapping=self.mapping,
            now=now,
        )
        self.reading = Reading()

    def knows(self, *calls: Call, state: State = State.DONE) -> None:
        """The ledger has these calls as they are."""
        self.remembers(*[an_entry(self.mapping, call, state) for call in calls])

    def remembers(self, *entries: Entry) -> None:
        """The ledger has these entries."""
        lane = self.ledger.take_lane("1", "test", lease_seconds=60)
        assert lane is not None
        self.ledger.settle("default", entries, lane=lane)
        self.ledger.release_lane(lane)

    def settle(self) -> None:
        """The ledger remembers what was read."""
        self.remembers(*self.reading.settled)
        self.reading.settled.clear()

    def tell(self, **reader: Any) -> None:
        """Set this of the reader."""
        for name, value in reader.items():
            setattr(self.reader, name, value)

    def walk(self, *, look_back_to: datetime = NOW, wanted_from: datetime | None = None) -> Walk:
        walk = Walk(look_back_to=look_back_to, wanted_from=wanted_from or NOW - timedelta(days=365))
        for _ in self.reader.walk(walk, self.reading, since=NOW):
            pass
        return walk

    def retry(self) -> None:
        """Ask for what earlier runs left unfinished."""
        Unfinished(self.reader, self.reading).at_their_turn(limit=100)

    def look_again(self) -> int:
        """Ask for what is due; answers how many calls were given."""
        return LookAgain(self.reader, self.reading).at_due(limit=100)

    @property
    def waiting(self) -> list[str]:
        return [call.key.id for window in self.reading.spool.windows() for call in window]
