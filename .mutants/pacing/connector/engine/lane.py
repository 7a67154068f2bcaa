"""The right of one run to write to one portal, held for as long as the run is alive."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from connector.errors import ConnectorError, LaneError
from connector.model import Lane
from connector.ports import Clock, Ledger

LEASE_SECONDS = 25.0
"""Shorter than the wait, so that a run started right after a crash gets the lane instead of giving up."""
WAIT_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 1.0
KEEP_EVERY_SECONDS = LEASE_SECONDS / 4


class LaneHolder:
    """Takes a portal's lane, proves before every write that it still holds it, and lengthens the lease on the way."""

    def __init__(self, ledger: Ledger, clock: Clock, *, owner: str) -> None:
        self._ledger = ledger
        self._clock = clock
        self._owner = owner
        self._lane: Lane | None = None
        self._lock = threading.Lock()

    @property
    def lane(self) -> Lane:
        """The lane as it is held now. Raises LaneError when it is not."""
        if self._lane is None:
            raise LaneError("E521", "the lane of the portal is not held")
        return self._lane

    @contextmanager
    def held(self, portal_id: str) -> Iterator[None]:
        """Hold the lane for the length of a `with` block."""
        self.take(portal_id)
        is_over = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(is_over,), name="lane", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            is_over.set()
            keeper.join()
            self.release()

    def _keep(self, is_over: threading.Event) -> None:
        """Renew on the side: one slow answer of HubSpot's can take longer than the lease."""
        while not is_over.wait(KEEP_EVERY_SECONDS):
            try:
                self.check()
            except ConnectorError:
                return  # whoever writes next proves the lane for itself, and says what is wrong with it

    def take(self, portal_id: str) -> None:
        """Take the lane, waiting up to `WAIT_SECONDS` for another run to end. Raises LaneError after that."""
        give_up_at = self._clock.monotonic() + WAIT_SECONDS
        while True:
            self._lane = self._ledger.take_lane(
                portal_id, self._owner, now=self._clock.now(), lease_seconds=LEASE_SECONDS
            )
            if self._lane is not None:
                return
            if self._clock.monotonic() >= give_up_at:
                raise LaneError("E521", f"another run holds this portal; waited {WAIT_SECONDS:.0f} seconds for it")
            self._clock.sleep(LOOK_AGAIN_SECONDS)

    def check(self) -> None:
        """Raise LaneError unless the lane is still ours; renews the lease when a third of it is gone."""
        with self._lock:
            lane = self.lane
            now = self._clock.now()
            if lane.until - now < timedelta(seconds=LEASE_SECONDS * 2 / 3):
                self._lane = self._ledger.renew_lane(lane, now=now, lease_seconds=LEASE_SECONDS)
            else:
                self._ledger.check_lane(lane, now=now)

    def release(self) -> None:
        """Give the lane up so that the next run need not wait."""
        if self._lane is not None:
            self._ledger.release_lane(self._lane)
            self._lane = None
