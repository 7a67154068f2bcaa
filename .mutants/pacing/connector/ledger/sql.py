"""The ledger in a SQL database. Each method is one transaction; what it does to the tables stands beside each table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from connector.ledger import connections as connection_rows
from connector.ledger import entries as entry_rows
from connector.ledger import facts as fact_rows
from connector.ledger import hints as hint_rows
from connector.ledger import lanes as lane_rows
from connector.ledger import people as people_rows
from connector.ledger import runs as run_rows
from connector.ledger.store import Store
from connector.model import ConnectionState, Entry, Hint, Lane, RunSummary, State


class SqlLedger:
    """The `Ledger` port on any database that a `Store` opens; the port says what each method promises.

    `claim`, `settle` and `remember_people` look at the fence and not at the clock: a lease that ran out while nobody
    else took the lane makes what was written to the CRM no less true.
    """

    def __init__(self, store: Store, *, secret: bytes | None) -> None:
        self.store = store
        self._secret = self._kept_secret() if secret is None else secret

    def _kept_secret(self) -> bytes:
        with self.store.reading() as tx:
            kept = fact_rows.find_secret(tx)
        if kept is not None:
            return kept
        with self.store.writing() as tx:
            return fact_rows.add_secret(tx)

    @property
    def secret(self) -> bytes:
        return self._secret

    def close(self) -> None:
        self.store.close()

    # --- connections

    def connections(self) -> list[ConnectionState]:
        with self.store.reading() as tx:
            return connection_rows.every(tx)

    def connection(self, name: str, *, source: str) -> ConnectionState:
        # A known connection costs no write, so that an idle run leaves the disk alone.
        with self.store.reading() as tx:
            known = connection_rows.find(tx, name, source=source)
        if known is not None:
            return known
        with self.store.writing() as tx:
            return connection_rows.add(tx, name, source=source)

    def pin(
        self,
        name: str,
        *,
        account: str | None = None,
        portal_id: str | None = None,
        started_from: datetime | None = None,
    ) -> ConnectionState:
        with self.store.writing() as tx:
            return connection_rows.pin(tx, name, account=account, portal_id=portal_id, started_from=started_from)

    def advance(self, name: str, watermark: datetime) -> None:
        with self.store.writing() as tx:
            connection_rows.advance(tx, name, watermark)

    # --- calls

    def entries(self, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
        with self.store.reading() as tx:
            return entry_rows.look_up(tx, connection, call_ids)

    def claim(self, connection: str, entries: Sequence[Entry], *, lane: Lane) -> None:
        with self.store.writing() as tx:
            lane_rows.guard(tx, lane)
            entry_rows.store(tx, connection, entries)

    def settle(
        self, connection: str, entries: Sequence[Entry], *, lane: Lane, people: Mapping[str, str] | None = None
    ) -> None:
        with self.store.writing() as tx:
            lane_rows.guard(tx, lane)
            entry_rows.store(tx, connection, entries)
            people_rows.store(tx, lane.portal_id, people or {})

    def unfinished(self, connection: str, *, limit: int) -> list[Entry]:
        with self.store.reading() as tx:
            return entry_rows.unfinished(tx, connection, limit=limit)

    def due(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        with self.store.reading() as tx:
            return entry_rows.due(tx, connection, now=now, limit=limit)

    def list_entries(
        self,
        connection: str,
        *,
        states: Collection[State] = (),
        since: datetime | None = None,
        code: str = "",
        limit: int = 100,
    ) -> list[Entry]:
        with self.store.reading() as tx:
            return entry_rows.newest(tx, connection, states, since=since, code=code, limit=limit)

    def count_entries(self, connection: str) -> dict[State, int]:
        with self.store.reading() as tx:
            return entry_rows.count(tx, connection)

    # --- hints

    def take_hint(self, connection: str, hint: Hint) -> bool:
        with self.store.writing() as tx:
            return hint_rows.take(tx, connection, hint)

    def hints(self, connection: str, *, limit: int) -> list[Hint]:
        with self.store.reading() as tx:
            return hint_rows.waiting(tx, connection, limit=limit)

    def keep_hints(self, connection: str, hints: Sequence[Hint], *, done_since: datetime) -> None:
        with self.store.writing() as tx:
            hint_rows.keep(tx, connection, hints, done_since=done_since)

    # --- people

    def people(self, portal_id: str, hashes: Collection[str]) -> dict[str, str]:
        with self.store.reading() as tx:
            return people_rows.look_up(tx, portal_id, hashes)

    def remember_people(self, portal_id: str, people: Mapping[str, str], *, lane: Lane) -> None:
        with self.store.writing() as tx:
            lane_rows.guard(tx, lane)
            people_rows.store(tx, portal_id, people)

    # --- runs

    def start_run(self, summary: RunSummary) -> None:
        with self.store.writing() as tx:
            run_rows.store(tx, summary)

    def finish_run(self, summary: RunSummary) -> None:
        with self.store.writing() as tx:
            run_rows.store(tx, summary)

    def runs(self, connection: str, *, limit: int = 20) -> list[RunSummary]:
        with self.store.reading() as tx:
            return run_rows.newest(tx, connection, limit=limit)

    def run(self, run_id: str) -> RunSummary | None:
        with self.store.reading() as tx:
            return run_rows.find(tx, run_id)

    # --- lanes

    def take_lane(self, portal_id: str, owner: str, *, now: datetime, lease_seconds: float) -> Lane | None:
        with self.store.writing() as tx:
            return lane_rows.take(tx, portal_id, owner, now=now, lease_seconds=lease_seconds)

    def renew_lane(self, lane: Lane, *, now: datetime, lease_seconds: float) -> Lane:
        with self.store.writing() as tx:
            return lane_rows.renew(tx, lane, now=now, lease_seconds=lease_seconds)

    def release_lane(self, lane: Lane) -> None:
        with self.store.writing() as tx:
            lane_rows.release(tx, lane)

    def check_lane(self, lane: Lane, *, now: datetime) -> None:
        with self.store.reading() as tx:
            lane_rows.check(tx, lane, now=now)

    # --- facts

    def recall(self, name: str, *, now: datetime, age_seconds_max: float | None) -> bytes | None:
        with self.store.reading() as tx:
            return fact_rows.recall(tx, name, now=now, age_seconds_max=age_seconds_max)

    def remember(self, name: str, value: bytes, *, now: datetime) -> None:
        with self.store.writing() as tx:
            fact_rows.remember(tx, name, value, now=now)
