"""Any sequence of calls: the ledger in a file, the one in memory, and a draft over a file answer alike."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from connector.draft.ledger import DraftLedger
from connector.errors import ConnectorError
from connector.model import Entry, Lane, RunSummary, State
from connector.ports import Ledger
from tests.stubs.once import open_new_or_old
from tests.stubs.postgresql import Databases, forget_everything

START = datetime(2026, 3, 1, tzinfo=UTC)

connections = st.sampled_from(["default", "other"])
portals = st.sampled_from(["50001", "50002"])
owners = st.sampled_from(["run-1", "run-2"])
call_ids = st.sampled_from(["c1", "c2", "C1", "ä", "a\u0308", "☎", "%", "c1 "])
hashes = st.sampled_from(["h1", "h2", "h3"])
contact_ids = st.sampled_from(["501", "502"])
run_ids = st.sampled_from(["0", "01", "019", "02", "1", "x%"])
names = st.sampled_from(["portal", "owners"])
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
instants = st.timedeltas(timedelta(0), timedelta(minutes=3)).map(lambda passed: START + passed)
seconds = st.sampled_from([0.0, 0.001, 1.0, 30.0, 90.0])
people = st.dictionaries(hashes, contact_ids, max_size=3)
limits = st.integers(0, 4)
entries = st.builds(
    Entry,
    call_id=call_ids,
    state=st.sampled_from(State),
    ended_at=instants,
    account=text,
    fingerprint=text,
    mapping_version=text,
    decision=text,
    reason=text,
    contact_id=st.none() | contact_ids,
    engagement_id=st.none() | contact_ids,
    records=st.dictionaries(text, contact_ids, max_size=2),
    attempts=st.integers(0, 2**40),
    code=text,
    message=text,
    notes=st.lists(text, max_size=2).map(tuple),
    run_id=text,
    updated_at=st.none() | instants,
    listed=text,
    look_again_at=st.none() | instants,
    perhaps_sent_at=st.none() | instants,
)
some_entries = st.lists(entries, max_size=4)
runs = st.builds(
    RunSummary,
    run_id=run_ids,
    connection=connections,
    kind=st.sampled_from(["sync", "backfill"]),
    started_at=instants,
    watermark=st.none() | instants,
    degraded=st.integers(0, 9),
)


class Ledgers(RuleBasedStateMachine):
    """Asks each ledger the same and compares what they say, errors too. Time mostly goes on, sometimes back."""

    lanes = Bundle("lanes")

    @initialize()
    def open(self) -> None:
        self.now = START
        self.folder = Path(tempfile.mkdtemp())
        base, real = self.open_store("base"), self.open_store("connector")
        self.all: list[Ledger] = [DraftLedger(now=self.clock), real, DraftLedger(base, now=self.clock)]
        self.opened = [real, base]

    def open_store(self, name: str) -> Ledger:
        return open_new_or_old(f"sqlite:///{self.folder}/{name}.db", secret=None, now=self.clock)

    def clock(self) -> datetime:
        return self.now

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            for ledger in self.opened:
                ledger.close()
            shutil.rmtree(self.folder)

    def agree(self, ask: Callable[[Ledger], Any]) -> Any:
        expected, *others = [_answer(ask, ledger) for ledger in self.all]
        for answer in others:
            assert answer == expected
        return expected

    @rule(passed=st.timedeltas(timedelta(seconds=-5), timedelta(seconds=40)))
    def pass_time(self, passed: timedelta) -> None:
        self.now += passed

    # --- lanes

    @rule(target=lanes, portal_id=portals, owner=owners, lease_seconds=seconds)
    def take(self, portal_id: str, owner: str, lease_seconds: float) -> Any:
        lane = self.agree(lambda it: it.take_lane(portal_id, owner, lease_seconds=lease_seconds))
        return multiple() if lane is None else lane

    @rule(target=lanes, lane=lanes, lease_seconds=seconds)
    def renew(self, lane: Lane, lease_seconds: float) -> Any:
        failure = self.agree(lambda it: it.renew_lane(lane, lease_seconds=lease_seconds))
        return lane if failure is None else multiple()

    @rule(lane=lanes)
    def check(self, lane: Lane) -> None:
        self.agree(lambda it: it.check_lane(lane))

    @rule(lane=consumes(lanes))
    def release(self, lane: Lane) -> None:
        self.agree(lambda it: it.release_lane(lane))

    # --- calls and people

    @rule(connection=connections, claimed=some_entries, lane=lanes)
    def claim(self, connection: str, claimed: list[Entry], lane: Lane) -> None:
        self.agree(lambda it: it.claim(connection, claimed, lane=lane))

    @rule(connection=connections, settled=some_entries, lane=lanes, met=st.none() | people)
    def settle(self, connection: str, settled: list[Entry], lane: Lane, met: dict[str, str] | None) -> None:
        self.agree(lambda it: it.settle(connection, settled, lane=lane, people=met))

    @rule(portal_id=portals, met=people, lane=lanes)
    def remember_people(self, portal_id: str, met: dict[str, str], lane: Lane) -> None:
        self.agree(lambda it: it.remember_people(portal_id, met, lane=lane))

    @rule(connection=connections, asked=st.lists(call_ids, max_size=4))
    def look_up(self, connection: str, asked: list[str]) -> None:
        self.agree(lambda it: it.entries(connection, asked))

    @rule(connection=connections, states=st.sets(st.sampled_from(State)), since=st.none() | instants, limit=limits)
    def list_entries(self, connection: str, states: set[State], since: datetime | None, limit: int) -> None:
        self.agree(lambda it: it.list_entries(connection, states=states, since=since, limit=limit))

    @rule(connection=connections, now=instants, limit=limits)
    def unfinished(self, connection: str, now: datetime, limit: int) -> None:
        self.agree(lambda it: it.unfinished(connection, now=now, limit=limit))

    @rule(connection=connections, now=instants, limit=limits)
    def due(self, connection: str, now: datetime, limit: int) -> None:
        self.agree(lambda it: it.due(connection, now=now, limit=limit))

    @rule(connection=connections, since=instants, limit=limits)
    def doubted(self, connection: str, since: datetime, limit: int) -> None:
        self.agree(lambda it: it.doubted(connection, since=since, limit=limit))

    # --- connections

    @rule(name=connections, source=st.sampled_from(["klen", "klen", "krosai"]))
    def connect(self, name: str, source: str) -> None:
        self.agree(lambda it: it.connection(name, source=source))

    @rule(name=connections, account=st.none() | text, portal_id=st.none() | portals, started=st.none() | instants)
    def pin(self, name: str, account: str | None, portal_id: str | None, started: datetime | None) -> None:
        self.agree(lambda it: it.pin(name, account=account, portal_id=portal_id, started_from=started))

    @rule(name=connections, watermark=instants)
    def advance(self, name: str, watermark: datetime) -> None:
        self.agree(lambda it: it.advance(name, watermark))

    # --- runs and facts

    @rule(run=runs, ends=st.booleans())
    def note_run(self, run: RunSummary, ends: bool) -> None:
        self.agree(lambda it: it.finish_run(run) if ends else it.start_run(run))

    @rule(connection=connections, limit=limits, run_id=run_ids)
    def read_runs(self, connection: str, limit: int, run_id: str) -> None:
        self.agree(lambda it: it.runs(connection, limit=limit))
        self.agree(lambda it: it.run(run_id))

    @rule(name=names, value=st.binary(max_size=4))
    def remember(self, name: str, value: bytes) -> None:
        self.agree(lambda it: it.remember(name, value, now=self.now))

    @rule(name=names, age_seconds_max=st.none() | seconds)
    def recall(self, name: str, age_seconds_max: float | None) -> None:
        self.agree(lambda it: it.recall(name, now=self.now, age_seconds_max=age_seconds_max))

    # --- always

    @rule()
    def lay_a_draft_over_each(self) -> None:
        """From here on the model and the draft are drafts themselves: what lies below must shine through."""
        model, file, draft = self.all
        self.all = [model, file, DraftLedger(draft, now=self.clock)]
        # Lanes do not shine through: the new draft takes those that the others hold.
        self.all[2]._lanes = draft._lanes  # type: ignore[attr-defined]

    @invariant()
    def counts_agree(self) -> None:
        if not hasattr(self, "all"):
            return
        self.agree(lambda it: it.connections())
        for connection in ("default", "other"):
            self.agree(partial(_counts, connection=connection))
        self.agree(lambda it: it.people("50001", ["h1", "h2", "h3"]))


def _counts(ledger: Ledger, *, connection: str) -> dict[State, int]:
    return ledger.count_entries(connection)


def _answer(ask: Callable[[Ledger], Any], ledger: Ledger) -> Any:
    try:
        return ask(ledger)
    except (ConnectorError, LookupError) as error:
        return type(error), str(error)


def test_postgresql_answers_alike(databases: Databases) -> None:
    urls = {name: databases.prepared() for name in ("base", "connector")}

    class OnPostgresql(Ledgers):
        def open_store(self, name: str) -> Ledger:
            forget_everything(urls[name])
            return open_new_or_old(urls[name], secret=b"secret", now=self.clock)

    assert settings.default is not None
    # A database is asked more slowly than a file; `make torture` tries some hundred.
    examples = settings.default.max_examples // 12
    run_state_machine_as_test(
        OnPostgresql, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )


TestLedgers = Ledgers.TestCase
TestLedgers.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
