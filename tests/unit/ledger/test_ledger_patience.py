"""How long a transaction that the database undid or lost is repeated, and how it waits in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import BigInteger, Engine, create_engine, literal
from sqlalchemy.dialects.sqlite import insert

from connector.ledger.puts import put_at_once
from connector.ledger.store import RepeatableError, Store, Transaction, Words
from tests.stubs.clock import VirtualClock

WORDS = Words(insert=insert, put=put_at_once, now=lambda: literal(1, BigInteger), meaning=lambda error: None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> VirtualClock:
    """The one by which waits are measured; each is the longest that chance allows."""
    clock = VirtualClock()
    monkeypatch.setattr("tenacity.time", clock)
    monkeypatch.setattr("tenacity.nap.time", clock)
    monkeypatch.setattr("tenacity.wait.random.uniform", lambda shortest, longest: longest)
    return clock


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    yield engine
    engine.dispose()


class Server:
    """Undoes as many transactions as it is told to; each act is counted."""

    def __init__(self, *, undone: int) -> None:
        self.undone = undone
        self.tries = 0

    def act(self, tx: Transaction) -> str:
        self.tries += 1
        if self.tries <= self.undone:
            raise RepeatableError("E517", "the server is starting up")
        return "done"


def test_waits_double_up_to_a_second_until_the_server_is_back(clock: VirtualClock, engine: Engine) -> None:
    server = Server(undone=8)
    store = Store(engine, reader=engine, words=WORDS, patience_seconds=15.0)
    assert store.write(server.act) == "done"
    assert clock.slept == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0])


def test_patience_ends_and_is_not_spent_twice(clock: VirtualClock, engine: Engine) -> None:
    store = Store(engine, reader=engine, words=WORDS, patience_seconds=15.0)

    def fail() -> float:
        began, server = clock.monotonic(), Server(undone=100)
        with pytest.raises(RepeatableError):
            store.write(server.act)
        return clock.monotonic() - began

    assert 15.0 <= fail() <= 16.0
    assert fail() == 0, "the steps that end a run do not wait each for itself"
    assert store.read(Server(undone=0).act) == "done"
    assert 15.0 <= fail() <= 16.0, "the server was back"


def test_without_patience_it_is_told_at_once(clock: VirtualClock, engine: Engine) -> None:
    with pytest.raises(RepeatableError):
        Store(engine, reader=engine, words=WORDS).write(Server(undone=1).act)
    assert not clock.slept


def test_a_bug_is_not_repeated(clock: VirtualClock, engine: Engine) -> None:
    def act(tx: Transaction) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        Store(engine, reader=engine, words=WORDS, patience_seconds=15.0).write(act)
    assert not clock.slept
