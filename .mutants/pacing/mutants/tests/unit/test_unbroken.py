"""What a signal must not cut through ends first."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from connector.ledger.open import open_ledger
from connector.ledger.sql import SqlLedger
from connector.unbroken import raise_when_whole, unbroken


class Stop(BaseException):
    pass


def test_what_is_unbroken_ends_before_it_is_raised():
    done = []
    with pytest.raises(Stop), unbroken():
        with unbroken():
            raise_when_whole(Stop())
            done.append("inner")
        done.append("outer")
    assert done == ["inner", "outer"]
    with unbroken():
        pass  # raised once


def test_elsewhere_it_is_raised_at_once():
    with pytest.raises(Stop):
        raise_when_whole(Stop())


def test_it_is_raised_when_the_work_fails_too():
    with pytest.raises(Stop), unbroken():
        raise_when_whole(Stop())
        raise ValueError("of the work")


def test_another_thread_keeps_nothing_back():
    is_inside, may_end = threading.Event(), threading.Event()

    def work() -> None:
        with unbroken():
            is_inside.set()
            may_end.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    is_inside.wait(10)
    try:
        with pytest.raises(Stop):
            raise_when_whole(Stop())
    finally:
        may_end.set()
        thread.join()


@pytest.mark.parametrize("kind", ["reading", "writing"])
def test_a_signal_within_a_transaction_leaves_the_ledger_to_the_others(tmp_path: Path, kind: str):
    ledger = open_ledger(f"sqlite:///{tmp_path}/connector.db", secret=None)
    assert isinstance(ledger, SqlLedger)
    whole = []
    with pytest.raises(Stop), getattr(ledger.store, kind)():
        raise_when_whole(Stop())
        whole.append(kind)
    assert whole == [kind]
    other = threading.Thread(target=lambda: whole.append("free" if not ledger.connections() else ""))
    other.start()
    other.join(5)
    assert whole == [kind, "free"]
    ledger.close()
