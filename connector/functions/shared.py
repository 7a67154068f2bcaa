"""What the functions of every cloud do: keep what a delivery says, and make one run in the time that they have.

Loading this costs little. SQL is loaded by the first delivery that is believed, HubSpot's client by runs alone, since
whoever sends a delivery waits a few seconds for its answer and no longer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from connector import log as logs
from connector.clock import SystemClock
from connector.errors import ConnectorError, InputError, LaneError, OutOfTime, TransientError, error_object
from connector.web.answering import (
    ADDRESS,
    Desk,
    Refusals,
    Reply,
    answer,
    answer_to_head,
    believed,
    has_secret_in_address,
    refusal,
    unable,
)
from connector.web.receive import Refused
from connector.web.signatures import Header

if TYPE_CHECKING:
    from connector.app import App
    from connector.model import Hint, RunSummary
    from connector.ports import Clock, Ledger
    from connector.reports import Progress
    from connector.settings import Settings

RESERVE_SECONDS = 20.0
"""Kept back of the time that an invocation has: what is under way ends, and the portal's lane is given up."""

log = logging.getLogger("connector.functions")


class Delivered(NamedTuple):
    """An HTTP request, as any cloud gives it. `read` gives its body, and raises ValueError when that is broken."""

    method: str
    path: str
    headers: Sequence[Header]
    read: Callable[[], bytes]


def is_lasting(ledger_url: str) -> bool:
    """Whether a ledger at this address is there when the process is not any more."""
    return not ledger_url.startswith("sqlite:")


class Function:
    """One connection, as its environment describes it; made once and used by each invocation of a process."""

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        is_lasting: Callable[[str], bool] = is_lasting,
        **replaced: Any,
    ) -> None:
        """Tests give the settings, say which ledgers last, and replace what `App.from_settings` lets them replace."""
        self._given_settings = settings
        self._is_lasting = is_lasting
        self._clock = clock or SystemClock()
        self._replaced = replaced
        self._refusals = Refusals(self._clock.monotonic)

    # --- deliveries --------------------------------------------------------------------------------------------

    def hear(self, delivered: Delivered) -> Reply:
        """Answer a delivery. Raises nothing that is not a defect: what keeps it from being kept asks for it again."""
        secret = _address_secret(delivered.path)
        if secret is None:
            return Reply(404, "not found")
        if delivered.method.upper() != "POST":
            return Reply(405, "method not allowed")
        try:
            reply = self._reply(delivered, secret)
        except ConnectorError as error:
            why = {"code": error.code, "why": error.message, "where": error.where}
            log.error("function_misconfigured", extra=why)  # noqa: TRY400 - coded, and no defect to trace
            return unable()
        if reply.refused:
            self._refusals.tell(reply.refused)
        return reply

    def _reply(self, delivered: Delivered, secret: str) -> Reply:
        if secret and not has_secret_in_address(self._desk.platform):
            return Reply(404, "not found")
        reply = answer_to_head(self._desk, delivered.headers)
        if reply is not None:
            return reply
        try:
            body = delivered.read()
        except ValueError:
            return refusal(Refused(400, "broken off"))
        return answer(self._desk, body, delivered.headers, address_secret=secret)

    @cached_property
    def _desk(self) -> Desk:
        settings = self._settings
        return Desk(
            platform=believed(settings.source, settings.webhook_secrets),
            secrets=settings.webhook_secrets,
            take_hint=self._take_hint,
            now=self._clock.now,
        )

    def _take_hint(self, hint: Hint) -> bool:
        from connector.settings import CONNECTION

        # Opened for this one: a process that is frozen between two invocations keeps no connection alive.
        with closing(self._open_ledger()) as ledger:
            return ledger.take_hint(CONNECTION, hint)

    def _open_ledger(self) -> Ledger:
        from connector.ledger.open import open_ledger

        secret = self._settings.ledger_secret
        opener = self._replaced.get("ledger_opener", open_ledger)
        return opener(  # type: ignore[no-any-return]  # a test's may be anything
            self._settings.ledger_url,
            secret=secret.get_secret_value().encode() if secret else None,
            now=self._clock.now,
        )

    # --- runs --------------------------------------------------------------------------------------------------

    def sync(self, *, seconds: float | None = None) -> dict[str, Any]:
        """One `sync` that ends `RESERVE_SECONDS` before this invocation does.

        Answers the run summary of the public interface, as `sync --json` prints it. `seconds` is how long the
        invocation may still take; without it `CONNECTOR_FUNCTION_TIMEOUT` says so. What the next invocation may find
        better (exit codes 4 and 5 of the command line) is answered as `{"error": {code, message, where, fix}}`.

        Raises ConnectorError for what a person must mend, so that the cloud counts the invocation as failed.
        """
        settings = self._settings
        left = (settings.function_timeout.total_seconds() if seconds is None else seconds) - RESERVE_SECONDS
        if left <= 0:
            message = f"a run needs more than the {RESERVE_SECONDS:.0f} seconds that are kept back for its end"
            raise InputError("E162", message, where="the function's timeout")
        try:
            with self._app(clock := Countdown(self._clock, left)) as app:
                return told(_run(app, clock))
        except ConnectorError as error:
            if error.exit_code not in (TransientError.exit_code, LaneError.exit_code):
                raise
            log.warning("sync_postponed", extra={"code": error.code})
            return {"error": error_object(error)}

    def _app(self, clock: Clock) -> App:
        from connector.app import App

        return App.from_settings(self._settings, clock=clock, **self._replaced)

    # --- settings ----------------------------------------------------------------------------------------------

    @cached_property
    def _settings(self) -> Settings:
        """Raises InputError: E101 for one that cannot be read, E160 for a ledger that would not outlive the process."""
        settings = self._given_settings
        if settings is None:
            from connector.settings import load_settings  # brings pydantic

            settings = load_settings().settings
            logs.configure(settings.log_format)
        if not self._is_lasting(settings.ledger_url):
            raise InputError("E160", "the ledger is a file, and a function keeps none", where="CONNECTOR_LEDGER_URL")
        return settings


class Countdown:
    """A clock on which no wait goes on beyond the end. Implements `ports.Clock`."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._ends_at = clock.monotonic() + seconds
        self._thread = threading.get_ident()
        self.now = clock.now
        self.monotonic = clock.monotonic

    def sleep(self, seconds: float) -> None:
        """Wait. Raises OutOfTime at once when the wait would end too late."""
        if self.monotonic() + seconds >= self._ends_at:
            raise OutOfTime
        self._clock.sleep(seconds)

    def look(self, progress: Progress) -> None:
        """Raise OutOfTime when the end has come: told of by the run's own thread, between two pieces of its work."""
        if threading.get_ident() == self._thread and self.monotonic() >= self._ends_at:
            raise OutOfTime


def _run(app: App, clock: Countdown) -> RunSummary:
    try:
        return app.sync(on_progress=clock.look)
    except OutOfTime as stop:
        last = next(iter(app.runs_list(limit=1)), None)
        if last is None or not any(failure.code == stop.code for failure in last.failures):
            # It never began: another run was waited for.
            message = "another run held the portal until the time of this function was up"
            raise TransientError(stop.code, message) from stop
        return last


def reply_headers(reply: Reply) -> dict[str, str]:
    """The headers of an answer."""
    after = reply.retry_after_seconds
    return {"Content-Type": "application/json"} | ({} if after is None else {"Retry-After": str(after)})


def reply_body(reply: Reply) -> str:
    """The body of an answer: the same few words as `serve` has."""
    return msgspec.json.encode({"status": reply.said}).decode()


def told(summary: RunSummary) -> dict[str, Any]:
    """The summary as JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(summary))  # type: ignore[no-any-return]


def _address_secret(path: str) -> str | None:
    """What stands behind the address of deliveries, wherever the cloud put that; None for another address."""
    _, found, after = path.rpartition(ADDRESS)
    if not found or (after and not after.startswith("/")) or "/" in after[1:]:
        return None
    return after[1:]
