"""Why a plan is not carried out."""

from __future__ import annotations

from collections.abc import Sequence

from connector.errors import FatalError
from connector.reports import Departure


class StalePlanError(FatalError):
    """Something is no longer as the plan has it, and nothing was written (exit 6). `departures` says what."""

    exit_code = 6

    def __init__(
        self, message: str, *, departures: Sequence[Departure] = (), where: str | None = None, fix: str | None = None
    ) -> None:
        super().__init__("E145", message, where=where, fix=fix)
        self.departures = tuple(departures)


class UnplannedWriteError(FatalError):
    """HubSpot's answers ask for a write that the plan does not name; it was not sent.

    Exit 6 when nothing at all was written, else 1: what was written stays, and `sync` carries the rest.
    """

    def __init__(self, message: str, *, is_first: bool) -> None:
        super().__init__("E146", message)
        self.exit_code = 6 if is_first else 1
