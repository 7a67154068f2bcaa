"""The right of one run to write to one portal, held for as long as the run is alive."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from connector.errors import ConnectorError, LaneError
from connector.model import Lane
from connector.ports import Clock, Ledger

LEASE_SECONDS = 25.0
WAIT_BEYOND_LEASE_SECONDS = 5.0
"""The wait is longer than the lease, so that a run started right after a crash gets the lane instead of giving up."""
LOOK_AGAIN_SECONDS = 1.0

log = logging.getLogger("connector.engine")


class LaneHolder:
    """Takes a portal's lane, proves before every write that it still holds it, and lengthens the lease on the way.

    When to lengthen it is measured from the moment that it was asked for, by a clock that nobody sets: whether this
    machine and the ledger agree on the time of day does not matter.
    """

    def __init__(self, ledger: Ledger, clock: Clock, *, owner: str, lease_seconds: float = LEASE_SECONDS) -> None:
        self._ledger = ledger
        self._clock = clock
        self._owner = owner
        self._lease_seconds = lease_seconds
        self._lane: Lane | None = None
        self._asked_at = 0.0
        """When the lease that runs was asked for: it ends no sooner than its length after that."""
        self._taken_at = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    @property
    def held_before(self) -> datetime | None:
        """When the lease of the holder before ended, by our clock: it began no write later. None if there was none."""
        idle_seconds = self.lane.idle_seconds
        return None if idle_seconds is None else self._taken_at - timedelta(seconds=idle_seconds)

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
            try:
                self.release()
            except ConnectorError as error:
                # The next run waits until the lease ends. What ended this one is not to be hidden by it.
                log.warning("lane_not_released", extra={"code": error.code})

    def _keep(self, is_over: threading.Event) -> None:
        """Renew on the side: one slow answer of HubSpot's can take longer than the lease."""
        pause_seconds = self._lease_seconds / 4
        while not is_over.wait(pause_seconds):
            pause_seconds = self._lease_seconds / 4
            try:
                self.check()
            except LaneError:
                return  # whoever writes next proves the lane for itself, and says that it is lost
            except ConnectorError:
                # A ledger that is busy or out of reach may be there again before the lease ends.
                pause_seconds = min(pause_seconds, LOOK_AGAIN_SECONDS)

    def take(self, portal_id: str) -> None:
        """Take the lane, waiting somewhat longer than a lease for another run to end. Raises LaneError after that."""
        wait_seconds = self._lease_seconds + WAIT_BEYOND_LEASE_SECONDS
        give_up_at = self._clock.monotonic() + wait_seconds
        while True:
            asked_at = self._clock.monotonic()
            self._lane = self._ledger.take_lane(portal_id, self._owner, lease_seconds=self._lease_seconds)
            if self._lane is not None:
                self._asked_at, self._taken_at = asked_at, self._clock.now()
                return
            if asked_at >= give_up_at:
                raise LaneError("E521", f"another run holds this portal; waited {wait_seconds:.0f} seconds for it")
            self._clock.sleep(LOOK_AGAIN_SECONDS)

    def check(self) -> None:
        """Raise LaneError unless the lane is still ours; renews the lease when a third of it is gone."""
        with self._lock:
            lane, asked_at = self.lane, self._clock.monotonic()
            if asked_at - self._asked_at <= self._lease_seconds / 3 and self._runs(lane):
                return
            self._ledger.renew_lane(lane, lease_seconds=self._lease_seconds)
            self._asked_at = asked_at

    def _runs(self, lane: Lane) -> bool:
        """Whether it is held as it is. One that ran out since we looked at the clock is lost only to who took it."""
        try:
            self._ledger.check_lane(lane)
        except LaneError:
            return False
        return True

    def release(self) -> None:
        """Give the lane up so that the next run need not wait."""
        if self._lane is not None:
            self._ledger.release_lane(self._lane)
            self._lane = None
