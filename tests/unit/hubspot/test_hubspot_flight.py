from __future__ import annotations

import threading
import time

import pytest

from connector.errors import LaneError, TransientError
from connector.hubspot.flight import Flight, batches


@pytest.mark.parametrize("concurrency", [1, 4])
def test_results_stand_in_the_order_of_the_items(concurrency: int):
    flight = Flight(concurrency)
    assert flight.map(lambda n: n * n, range(50)) == [n * n for n in range(50)]
    assert flight.map(lambda n: n, []) == []
    flight.close()


def test_several_fly_at_once():
    flight = Flight(3)
    together = threading.Barrier(3, timeout=5)
    assert flight.map(lambda _: together.wait(), range(3))
    flight.close()


def test_never_more_than_so_many():
    flight, lock = Flight(2), threading.Lock()
    flying, most = 0, 0

    def job(_: int) -> None:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        time.sleep(0.005)
        with lock:
            flying -= 1

    flight.map(job, range(8))
    assert most == 2
    flight.close()


def test_with_one_in_flight_nothing_leaves_the_thread():
    flight = Flight(1)
    assert set(flight.map(lambda _: threading.current_thread(), range(3))) == {threading.current_thread()}


@pytest.mark.parametrize("concurrency", [1, 2])
def test_after_a_failure_nothing_new_begins(concurrency: int):
    flight = Flight(concurrency)
    begun: list[int] = []
    gate = threading.Event()

    def job(n: int) -> int:
        begun.append(n)
        if n == 0:
            gate.set()
            raise LaneError("E522", "lost")
        gate.wait(5)
        return n

    with pytest.raises(LaneError):
        flight.map(job, range(200))
    assert len(begun) < 200
    flight.close()


def test_what_had_begun_is_waited_for():
    flight = Flight(2)
    begun, failed, ended = threading.Event(), threading.Event(), threading.Event()

    def job(n: int) -> None:
        if n == 0:
            begun.wait(5)
            failed.set()
            raise TransientError("E218", "down")
        begun.set()
        failed.wait(5)
        ended.set()

    with pytest.raises(TransientError):
        flight.map(job, range(2))
    assert ended.is_set()
    flight.close()


def test_the_first_failure_is_told():
    flight = Flight(2)
    both = threading.Barrier(2, timeout=5)

    def job(n: int) -> None:
        both.wait()
        raise TransientError("E218", f"job {n}")

    with pytest.raises(TransientError, match="job 0"):
        flight.map(job, range(2))
    flight.close()


def test_it_may_fly_again_after_it_was_closed():
    flight = Flight(2)
    flight.close()
    flight.map(str, range(3))
    flight.close()
    assert flight.map(str, range(3)) == ["0", "1", "2"]
    flight.close()


def test_batches():
    assert [list(batch) for batch in batches(list(range(5)), 2)] == [[0, 1], [2, 3], [4]]
    assert [len(batch) for batch in batches(list(range(250)))] == [100, 100, 50]
    assert list(batches([])) == []
