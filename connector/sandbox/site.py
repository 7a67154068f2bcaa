"""Everything behind the sandbox's one port: a HubSpot, a platform, a page to look at, and control over them.

`/_sandbox/…` control · `/`, `/contacts/ID`, `/held`, `/tasks` the page · `/SOURCE/…` the platform · else HubSpot.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from connector.sandbox import faults, strikes
from connector.sandbox.clock import OffsetClock, utc_now
from connector.sandbox.control import Control
from connector.sandbox.crm_page import Page
from connector.sandbox.edges import FIRST_CALLS
from connector.sandbox.history import DAYS, History
from connector.sandbox.hubspot import EditError, HubSpot
from connector.sandbox.journal import Exchange, Journal
from connector.sandbox.keeper import Hold, Keeper, load
from connector.sandbox.platforms import TWINS, Twin, twin_kind
from connector.sandbox.residents import move_in
from connector.sandbox.wire import Dropped, Request, Response, json_response

HUBSPOT_TOKEN = "pat-eu1-5a4db0c5-0000-4000-8000-000000000000"  # noqa: S105 - opens nothing but this sandbox
DEFAULT_SOURCE = "reception_ai"
SOURCE_API_KEY = TWINS[DEFAULT_SOURCE].api_key

CONTROL_PREFIX = "/_sandbox"
SOURCE_PREFIX = f"/{DEFAULT_SOURCE}"
"""Where the platform is, and the key to it, unless the sandbox plays another."""


class Sandbox:
    """One sandbox; `handle` answers any request and is safe to call from several threads.

    With `state` a directory, what is in the portal, the calls and the clock outlive the process, and win over
    `seed` and `calls` when they are there already. Raises ValueError for an unknown source or a broken state file,
    InUseError while another sandbox keeps its state there.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = utc_now,
        seed: int = 0,
        source: str = DEFAULT_SOURCE,
        calls: int = FIRST_CALLS,
        days: float = DAYS,
        transcript_bytes: int = 0,
        unique_calls: bool = True,
        unique: Mapping[str, bool] | None = None,
        custom: Mapping[str, bool] | None = None,
        limits: bool = True,
        search_lag_seconds: float = 0.0,
        latency_ms: float = 0.0,
        traps: Collection[str] = (),
        state: Path | None = None,
    ) -> None:
        self._kind = twin_kind(source, traps)
        self._source_prefix = f"/{source}"
        self._source = source
        self._traps = tuple(traps)
        self.latency_seconds = latency_ms / 1000
        self.clock = OffsetClock(now)
        self.journal = Journal()
        self.faults = faults.Script()
        self._belated: list[tuple[datetime, str, Request]] = []
        """Requests that a fault has carried out late, and when."""
        self._seed, self._calls, self._days, self._transcript_bytes = seed, calls, days, transcript_bytes
        self._unique, self._custom = {"calls": unique_calls, **(unique or {})}, dict(custom or {})
        self._limits, self._search_lag_seconds = limits, search_lag_seconds
        self._lock = threading.Lock()
        self._began_at = self.clock.now()
        self.history = self._first_history()
        self.hubspot = self._empty_hubspot()
        self.platform = self._platform()
        self._hold = Hold(state) if state is not None else None
        self._keeper: Keeper | None = None
        try:
            self._take_up(state)
        except ValueError:
            self.close()
            raise

    def _take_up(self, state: Path | None) -> None:
        """Go on with what was kept there, or begin."""
        kept = load(state) if state is not None else None
        if kept is None:
            self._move_in()
        else:
            self.restore(kept)
        self._keeper = Keeper(state, self.dump) if state is not None else None
        if kept is None:
            self.changed()

    # --- parts -----------------------------------------------------------------------------------------------

    def _first_history(self) -> History:
        return History(
            seed=self._seed,
            calls=self._calls,
            began_at=self._began_at,
            days=self._days,
            transcript_bytes=self._transcript_bytes,
        )

    def _empty_hubspot(self) -> HubSpot:
        return HubSpot(
            now=self.clock.now,
            token=HUBSPOT_TOKEN,
            seed=self._seed,
            unique=self._unique,
            custom=self._custom,
            limits=self._limits,
            search_lag_seconds=self._search_lag_seconds,
        )

    def _platform(self) -> Twin:
        return self._kind(now=self.clock.now, history=self.history, traps=self._traps)

    def _move_in(self) -> None:
        move_in(self.hubspot, seed=self._seed, calls=self._calls, began_at=self._began_at)

    # --- requests --------------------------------------------------------------------------------------------

    def handle(self, request: Request) -> Response:
        """Answer one request. Raises wire.Dropped where the connection is to be reset without an answer."""
        if request.path.startswith(CONTROL_PREFIX + "/"):
            return Control(self).handle(request)
        if Page.serves(request):
            return Page(self.hubspot, now=self.clock.now).handle(request)
        side = "source" if request.path.startswith(self._source_prefix + "/") else "hubspot"
        now = self.clock.now()
        self._catch_up(now)
        exchange = self.journal.open(side, request, now)
        fault = self.faults.next(side, request.method, request.path, request.body, now=now)
        if fault is None:
            return self._counted(self._apply(side, request, None), exchange)
        exchange.fault = fault.action
        try:
            return self._counted(self._struck(side, request, fault), exchange)
        except EditError as error:
            return self._counted(json_response(500, {"message": f"the script's edit failed: {error}"}), exchange)

    def _struck(self, side: str, request: Request, fault: faults.Fault) -> Response:
        """The answer to a request that a fault disturbs."""
        real = None
        if fault.when == "before":
            self._edit_all(fault)
        if fault.applies_request:
            real = self._apply(side, strikes.disturbed(fault, request), fault)
        if fault.action == "twice":
            real = self._apply(side, request, fault)
        if fault.when == "after":
            self._edit_all(fault)
        if fault.action == "late":
            with self._lock:
                self._belated.append((self.clock.now() + timedelta(seconds=fault.seconds), side, request))
        if fault.action == "refuse":
            status = fault.status if fault.status is not None else 429
            return self.hubspot.refuse(status, policy=fault.policy, retry_after=fault.retry_after)
        return strikes.answer(fault, real)

    def _catch_up(self, now: datetime) -> None:
        """Carry out what was to be late, as of the moment that it was due at."""
        if not self._belated:
            return
        with self._lock:
            due = [each for each in self._belated if each[0] <= now]
            self._belated = [each for each in self._belated if each[0] > now]
        for at, side, request in due:
            with self.clock.back_at(at):
                self._apply(side, request, None)

    def edit(self, wish: faults.Edit) -> dict[str, Any]:
        """Do what a person would in HubSpot's pages. Raises EditError where HubSpot would not let them."""
        record = self.hubspot.edit(
            wish.action,
            object_type=wish.object_type,
            record_id=wish.record_id,
            properties=wish.properties,
            other=wish.other,
        )
        self.changed()
        return record

    def _edit_all(self, fault: faults.Fault) -> None:
        for wish in fault.edits:
            self.edit(wish)

    def is_remote(self, request: Request) -> bool:
        """Whether this request is one to HubSpot or the platform, which the latency is for."""
        return not request.path.startswith(CONTROL_PREFIX + "/") and not Page.serves(request)

    def _apply(self, side: str, request: Request, fault: faults.Fault | None) -> Response:
        if side == "source":
            path = request.path.removeprefix(self._source_prefix)
            return self.platform.handle(structs.replace(request, path=path), fault)
        response = self.hubspot.handle(request)
        if request.method != "GET" and response.status < 400:
            self.changed()
        return response

    def _counted(self, response: Response, exchange: Exchange) -> Response:
        """The response, noting down how much of it is drawn."""
        exchange.status = response.status
        if response.stream is None:
            exchange.bytes_sent = len(response.body)
            exchange.complete = response.trouble is None
            return response
        return structs.replace(response, stream=_counting(response.stream, exchange))

    # --- control ---------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Say that there is something new to keep."""
        if self._keeper is not None:
            self._keeper.changed()

    def reset(self, parts: Iterable[str]) -> None:
        """Begin again with these parts: `portal`, `calls`, `faults`, `log`, `clock`."""
        parts = set(parts)
        with self._lock:
            if "clock" in parts:
                self.clock.offset = timedelta()
            if "calls" in parts:
                self.history = self._first_history()
                self.platform = self._platform()
            if "portal" in parts:
                self._belated = []
                self.hubspot = self._empty_hubspot()
                self._move_in()
            if "faults" in parts:
                self.faults.set(())
                self._belated = []
            if "log" in parts:
                self.journal.clear()
        self.changed()

    def set_traps(self, traps: Collection[str]) -> None:
        """Switch on these oddities of the platform and no others. Raises ValueError for an unknown one."""
        twin_kind(self._source, traps)
        self._traps = tuple(traps)
        self.platform = self._platform()

    def addresses(self, base_url: str) -> dict[str, str]:
        """Where everything is, and the keys to it."""
        return {
            "hubspot_base_url": base_url,
            "hubspot_token": HUBSPOT_TOKEN,
            "source_base_url": base_url + self._source_prefix,
            "source_api_key": self._kind.api_key,
            "page": base_url + "/",
        }

    def dump(self) -> dict[str, Any]:
        """Everything worth keeping as JSON-able data."""
        return {
            "source": self._source,
            "offset_seconds": self.clock.offset.total_seconds(),
            "history": self.history.dump(),
            "hubspot": self.hubspot.dump(),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Become the sandbox that was dumped. Raises ValueError when this is no dump, or one of another platform."""
        source = kept.get("source", DEFAULT_SOURCE)
        if source != self._source:
            raise ValueError(f"the sandbox's state is of {source}, not of {self._source}: each needs its own folder")
        try:
            self.clock.offset = timedelta(seconds=kept["offset_seconds"])
            self.history = History.restored(kept["history"])
            self.hubspot.restore(kept["hubspot"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"the sandbox's state cannot be read: {error!r}") from error
        self._began_at = self.history.began_at
        self.platform = self._platform()

    def close(self) -> None:
        """Keep the state, if there is a place for it."""
        if self._keeper is not None:
            self._keeper.close()
        if self._hold is not None:
            self._hold.release()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _counting(chunks: Iterable[bytes], exchange: Exchange) -> Iterator[bytes]:
    for chunk in chunks:
        exchange.bytes_sent += len(chunk)
        yield chunk
    exchange.complete = True


__all__ = ["HUBSPOT_TOKEN", "SOURCE_API_KEY", "Dropped", "Sandbox"]
