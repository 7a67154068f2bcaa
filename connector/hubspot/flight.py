"""Several requests in flight, and what becomes of the others when one of them fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

BATCH = 100
"""Inputs that HubSpot takes in one batch request."""


class Flight:
    """Runs jobs on at most so many threads. With one, they run where they are asked for, in their order."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None

    def map(self, job: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """The jobs' results in the items' order. A job must not call `map` itself.

        When a job fails, those that have not begun never do, those that have are waited for, and the first failure
        in the items' order is raised.
        """
        todo = list(items)
        if self._concurrency == 1 or len(todo) < 2:
            return [job(item) for item in todo]
        futures = [self._executor().submit(job, item) for item in todo]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            for future in futures:
                future.cancel()
            wait(futures)
        return [future.result() for future in _failed_first(futures)]

    def close(self) -> None:
        """End the threads. The jobs of a `map` that is under way are waited for."""
        with self._lock:
            if self._threads is not None:
                self._threads.shutdown()
                self._threads = None

    def _executor(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self._concurrency, thread_name_prefix="hubspot")
            return self._threads


def _failed_first(futures: Sequence[Future[R]]) -> Sequence[Future[R]]:
    """The futures as they are when all are done; else the first that failed, to be asked for its error."""
    for future in futures:
        if not future.cancelled() and future.exception() is not None:
            return [future]
    return futures


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The items in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
