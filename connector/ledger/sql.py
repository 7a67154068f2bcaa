"""The ledger in a SQL database. Each method is one transaction; what it does to the tables stands beside each table.

Each comes to the same when it is done twice, so that a transaction may be repeated of which nobody knows whether it
was made durable.
"""

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
from connector.ledger.store import Store, Transaction
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
        kept = self.store.read(fact_rows.find_secret)
        return self.store.write(fact_rows.add_secret) if kept is None else kept

    @property
    def secret(self) -> bytes:
        return self._secret

    def close(self) -> None:
        self.store.close()

    # --- connections

    def connections(self) -> list[ConnectionState]:
        return self.store.read(connection_rows.every)

    def connection(self, name: str, *, source: str) -> ConnectionState:
        # A known connection costs no write, so that an idle run leaves the disk alone.
        known = self.store.read(lambda tx: connection_rows.find(tx, name, source=source))
        if known is not None:
            return known
        return self.store.write(lambda tx: connection_rows.add(tx, name, source=source))

    def pin(
        self,
        name: str,
        *,
        account: str | None = None,
        portal_id: str | None = None,
        started_from: datetime | None = None,
    ) -> ConnectionState:
        return self.store.write(
            lambda tx: connection_rows.pin(tx, name, account=account, portal_id=portal_id, started_from=started_from)
        )

    def advance(self, name: str, watermark: datetime) -> None:
        self.store.write(lambda tx: connection_rows.advance(tx, name, watermark))

    # --- calls

    def entries(self, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
        return self.store.read(lambda tx: entry_rows.look_up(tx, connection, call_ids))

    def claim(self, connection: str, entries: Sequence[Entry], *, lane: Lane) -> None:
        self.settle(connection, entries, lane=lane)

    def settle(
        self, connection: str, entries: Sequence[Entry], *, lane: Lane, people: Mapping[str, str] | None = None
    ) -> None:
        def act(tx: Transaction) -> None:
            lane_rows.guard(tx, lane)
            entry_rows.store(tx, connection, entries)
            people_rows.store(tx, lane.portal_id, people or {})

        self.store.write(act)

    def unfinished(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        return self.store.read(lambda tx: entry_rows.unfinished(tx, connection, now=now, limit=limit))

    def due(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        return self.store.read(lambda tx: entry_rows.due(tx, connection, now=now, limit=limit))

    def doubted(self, connection: str, *, since: datetime, limit: int) -> list[Entry]:
        return self.store.read(lambda tx: entry_rows.doubted(tx, connection, since=since, limit=limit))

    def list_entries(
        self,
        connection: str,
        *,
        states: Collection[State] = (),
        since: datetime | None = None,
        code: str = "",
        limit: int = 100,
    ) -> list[Entry]:
        return self.store.read(
            lambda tx: entry_rows.newest(tx, connection, states, since=since, code=code, limit=limit)
        )

    def count_entries(self, connection: str) -> dict[State, int]:
        return self.store.read(lambda tx: entry_rows.count(tx, connection))

    # --- hints

    def take_hint(self, connection: str, hint: Hint) -> bool:
        return self.store.write(lambda tx: hint_rows.take(tx, connection, hint))

    def hints(self, connection: str, *, limit: int) -> list[Hint]:
        return self.store.read(lambda tx: hint_rows.waiting(tx, connection, limit=limit))

    def keep_hints(self, connection: str, hints: Sequence[Hint], *, done_since: datetime) -> None:
        self.store.write(lambda tx: hint_rows.keep(tx, connection, hints, done_since=done_since))

    # --- people

    def people(self, portal_id: str, hashes: Collection[str]) -> dict[str, str]:
        return self.store.read(lambda tx: people_rows.look_up(tx, portal_id, hashes))

    def remember_people(self, portal_id: str, people: Mapping[str, str], *, lane: Lane) -> None:
        def act(tx: Transaction) -> None:
            lane_rows.guard(tx, lane)
            people_rows.store(tx, portal_id, people)

        self.store.write(act)

    # --- runs

    def start_run(self, summary: RunSummary) -> None:
        self.store.write(lambda tx: run_rows.store(tx, summary))

    def finish_run(self, summary: RunSummary) -> None:
        self.store.write(lambda tx: run_rows.store(tx, summary))

    def runs(self, connection: str, *, limit: int = 20) -> list[RunSummary]:
        return self.store.read(lambda tx: run_rows.newest(tx, connection, limit=limit))

    def run(self, run_id: str) -> RunSummary | None:
        return self.store.read(lambda tx: run_rows.find(tx, run_id))

    # --- lanes

    def take_lane(self, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
        return self.store.write(lambda tx: lane_rows.take(tx, portal_id, owner, lease_seconds=lease_seconds))

    def renew_lane(self, lane: Lane, *, lease_seconds: float) -> None:
        self.store.write(lambda tx: lane_rows.renew(tx, lane, lease_seconds=lease_seconds))

    def release_lane(self, lane: Lane) -> None:
        self.store.write(lambda tx: lane_rows.release(tx, lane))

    def check_lane(self, lane: Lane) -> None:
        self.store.read(lambda tx: lane_rows.check(tx, lane))

    # --- facts

    def recall(self, name: str, *, now: datetime, age_seconds_max: float | None) -> bytes | None:
        return self.store.read(lambda tx: fact_rows.recall(tx, name, now=now, age_seconds_max=age_seconds_max))

    def remember(self, name: str, value: bytes, *, now: datetime) -> None:
        self.store.write(lambda tx: fact_rows.remember(tx, name, value, now=now))
