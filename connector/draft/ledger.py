"""A ledger in memory: alone for tests and trials, over a real one for what may be planned but not written."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from threading import RLock

from msgspec import json, structs

from connector.clock import utc_now
from connector.draft.hints import DraftHints
from connector.draft.lanes import DraftLanes
from connector.draft.times import whole_ms, whole_ms_if_set
from connector.errors import InputError
from connector.model import ConnectionState, Entry, Hint, Lane, RunSummary, State
from connector.ports import Ledger

_UNFINISHED = (State.INTENT, State.FAILED)


class DraftLedger:
    """The `Ledger` port on dictionaries. What it does not hold itself it reads from `base`, which it never writes to.

    Lanes are its own, so that a draft can be made while another run holds the real lane. Closing a draft leaves its
    base open.
    """

    def __init__(self, base: Ledger | None = None, *, now: Callable[[], datetime] = utc_now) -> None:
        self._base = base
        self._secret = secrets.token_bytes(32) if base is None else base.secret
        self._lock = RLock()
        self._connections: dict[str, ConnectionState] = {}
        self._entries: dict[str, dict[str, Entry]] = {}
        self._people: dict[str, dict[str, str]] = {}
        self._runs: dict[str, bytes] = {}
        self._facts: dict[str, tuple[bytes, datetime]] = {}
        self._hints = DraftHints(base)
        self._lanes = DraftLanes(now)

    @property
    def secret(self) -> bytes:
        return self._secret

    def close(self) -> None:
        """Nothing to release."""

    # --- connections

    def connections(self) -> list[ConnectionState]:
        with self._lock:
            known = {} if self._base is None else {state.name: state for state in self._base.connections()}
            known.update(self._connections)
            return [known[name] for name in sorted(known)]

    def connection(self, name: str, *, source: str) -> ConnectionState:
        with self._lock:
            state = self._find(name) or ConnectionState(name=name, source=source)
            if state.source != source:
                raise InputError(
                    "E531", f"the ledger knows connection {name!r} with source {state.source}, not {source}"
                )
            self._connections[name] = state
            return state

    def pin(
        self,
        name: str,
        *,
        account: str | None = None,
        portal_id: str | None = None,
        started_from: datetime | None = None,
    ) -> ConnectionState:
        with self._lock:
            known = self._known(name)
            pinned = structs.replace(
                known,
                account=account if known.account is None else known.account,
                portal_id=portal_id if known.portal_id is None else known.portal_id,
                started_from=whole_ms_if_set(started_from) if known.started_from is None else known.started_from,
            )
            self._connections[name] = pinned
            return pinned

    def advance(self, name: str, watermark: datetime) -> None:
        with self._lock:
            known = self._known(name)
            new = whole_ms(watermark)
            if known.watermark is None or new > known.watermark:
                self._connections[name] = structs.replace(known, watermark=new)

    def _find(self, name: str) -> ConnectionState | None:
        return next((state for state in self.connections() if state.name == name), None)

    def _known(self, name: str) -> ConnectionState:
        state = self._find(name)
        if state is None:
            raise LookupError(f"connection {name!r} was never opened in this ledger")
        return state

    # --- calls

    def entries(self, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
        with self._lock:
            own = self._entries.get(connection, {})
            found = {call_id: own[call_id] for call_id in call_ids if call_id in own}
            if self._base is not None:
                found |= self._base.entries(connection, [call_id for call_id in call_ids if call_id not in own])
            return found

    def stored(self, connection: str) -> list[Entry]:
        """The entries that were stored here, those that the base knows otherwise among them."""
        with self._lock:
            return list(self._entries.get(connection, {}).values())

    def claim(self, connection: str, entries: Sequence[Entry], *, lane: Lane) -> None:
        with self._lock:
            self._lanes.guard(lane)
            self._store(connection, entries)

    def settle(
        self, connection: str, entries: Sequence[Entry], *, lane: Lane, people: Mapping[str, str] | None = None
    ) -> None:
        with self._lock:
            self._lanes.guard(lane)
            self._store(connection, entries)
            self._people.setdefault(lane.portal_id, {}).update(people or {})

    def unfinished(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        with self._lock:
            reach = self._reach(connection, limit)
            below = [] if self._base is None else self._base.unfinished(connection, now=now, limit=reach)
            found = [
                entry
                for entry in self._overlaid(connection, below)
                if entry.state in _UNFINISHED and (entry.look_again_at is None or entry.look_again_at <= whole_ms(now))
            ]
            return sorted(found, key=_age)[:limit]

    def due(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        with self._lock:
            reach = self._reach(connection, limit)
            below = [] if self._base is None else self._base.due(connection, now=now, limit=reach)
            found = [
                entry
                for entry in self._overlaid(connection, below)
                if entry.look_again_at is not None
                and entry.look_again_at <= whole_ms(now)
                and entry.state not in _UNFINISHED
            ]
            return sorted(found, key=_age, reverse=True)[:limit]

    def doubted(self, connection: str, *, since: datetime, limit: int) -> list[Entry]:
        with self._lock:
            reach = self._reach(connection, limit)
            below = [] if self._base is None else self._base.doubted(connection, since=since, limit=reach)
            found = [
                entry
                for entry in self._overlaid(connection, below)
                if entry.perhaps_sent_at is not None
                and entry.perhaps_sent_at >= whole_ms(since)
                and entry.contact_id is None
            ]
            return sorted(found, key=_age, reverse=True)[:limit]

    def list_entries(
        self,
        connection: str,
        *,
        states: Collection[State] = (),
        since: datetime | None = None,
        code: str = "",
        limit: int = 100,
    ) -> list[Entry]:
        with self._lock:
            reach = self._reach(connection, limit)
            below = (
                []
                if self._base is None
                else self._base.list_entries(connection, states=states, since=since, code=code, limit=reach)
            )
            found = [
                entry
                for entry in self._overlaid(connection, below)
                if entry.state in (states or State)
                and (since is None or entry.ended_at >= whole_ms(since))
                and (not code or entry.code == code or any(note.startswith(f"{code} ") for note in entry.notes))
            ]
            return sorted(found, key=_age, reverse=True)[:limit]

    def count_entries(self, connection: str) -> dict[State, int]:
        with self._lock:
            own = self._entries.get(connection, {})
            counted = Counter(entry.state for entry in own.values())
            if self._base is not None:
                counted.update(self._base.count_entries(connection))
                counted.subtract(entry.state for entry in self._base.entries(connection, list(own)).values())
            return {state: number for state, number in counted.items() if number}

    def _store(self, connection: str, entries: Sequence[Entry]) -> None:
        own = self._entries.setdefault(connection, {})
        for entry in entries:
            own[entry.call_id] = structs.replace(
                entry,
                ended_at=whole_ms(entry.ended_at),
                updated_at=whole_ms_if_set(entry.updated_at),
                look_again_at=whole_ms_if_set(entry.look_again_at),
                perhaps_sent_at=whole_ms_if_set(entry.perhaps_sent_at),
                records=dict(entry.records),
            )

    def _reach(self, connection: str, limit: int) -> int:
        """How many entries to read from the base, so that enough are left when our own have replaced some of them."""
        return limit + len(self._entries.get(connection, {}))

    def _overlaid(self, connection: str, below: Sequence[Entry]) -> list[Entry]:
        own = self._entries.get(connection, {})
        return [*own.values(), *(entry for entry in below if entry.call_id not in own)]

    # --- hints

    def take_hint(self, connection: str, hint: Hint) -> bool:
        with self._lock:
            return self._hints.take(connection, hint)

    def hints(self, connection: str, *, limit: int) -> list[Hint]:
        with self._lock:
            return self._hints.waiting(connection, limit=limit)

    def keep_hints(self, connection: str, hints: Sequence[Hint], *, done_since: datetime) -> None:
        with self._lock:
            self._hints.keep(connection, hints, done_since=done_since)

    # --- people

    def people(self, portal_id: str, hashes: Collection[str]) -> dict[str, str]:
        with self._lock:
            own = self._people.get(portal_id, {})
            found = {hash_: own[hash_] for hash_ in hashes if hash_ in own}
            if self._base is not None:
                found |= self._base.people(portal_id, [hash_ for hash_ in hashes if hash_ not in own])
            return found

    def remember_people(self, portal_id: str, people: Mapping[str, str], *, lane: Lane) -> None:
        with self._lock:
            self._lanes.guard(lane)
            self._people.setdefault(portal_id, {}).update(people)

    # --- runs

    def start_run(self, summary: RunSummary) -> None:
        with self._lock:
            # A summary goes on changing while its run goes on: what is remembered is how it stood.
            self._runs[summary.run_id] = json.encode(summary)

    def finish_run(self, summary: RunSummary) -> None:
        self.start_run(summary)

    def runs(self, connection: str, *, limit: int = 20) -> list[RunSummary]:
        with self._lock:
            below = [] if self._base is None else self._base.runs(connection, limit=limit + len(self._runs))
            found = [run for run in self._own_runs() if run.connection == connection]
            found += [run for run in below if run.run_id not in self._runs]
            newest = sorted(found, key=lambda run: (whole_ms(run.started_at), run.run_id), reverse=True)
            return newest[:limit]

    def run(self, run_id: str) -> RunSummary | None:
        with self._lock:
            found = {run.run_id: run for run in self._own_runs() if run.run_id.startswith(run_id)}
            below = None if self._base is None or run_id in found else self._base.run(run_id)
            if below is not None:
                found.setdefault(below.run_id, below)
            if len(found) > 1 and run_id not in found:
                raise InputError("E532", f"more than one run begins with {run_id!r}")
            return found.get(run_id) or next(iter(found.values()), None)

    def _own_runs(self) -> list[RunSummary]:
        return [json.decode(text, type=RunSummary) for text in self._runs.values()]

    # --- lanes

    def take_lane(self, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
        with self._lock:
            return self._lanes.take(portal_id, owner, lease_seconds=lease_seconds)

    def renew_lane(self, lane: Lane, *, lease_seconds: float) -> None:
        with self._lock:
            self._lanes.renew(lane, lease_seconds=lease_seconds)

    def release_lane(self, lane: Lane) -> None:
        with self._lock:
            self._lanes.release(lane)

    def check_lane(self, lane: Lane) -> None:
        with self._lock:
            self._lanes.check(lane)

    # --- facts

    def recall(self, name: str, *, now: datetime, age_seconds_max: float | None) -> bytes | None:
        with self._lock:
            if name not in self._facts:
                return None if self._base is None else self._base.recall(name, now=now, age_seconds_max=age_seconds_max)
            value, at = self._facts[name]
            age_seconds = abs((whole_ms(now) - at).total_seconds())
            return value if age_seconds_max is None or age_seconds <= age_seconds_max else None

    def remember(self, name: str, value: bytes, *, now: datetime) -> None:
        with self._lock:
            self._facts[name] = value, whole_ms(now)


def _age(entry: Entry) -> tuple[datetime, str]:
    return entry.ended_at, entry.call_id
