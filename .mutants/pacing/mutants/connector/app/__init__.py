"""The one place where every entry point meets the product: a verb for each thing that it does."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from connector.app.carrying import Carrying
from connector.app.hearing import Hearing
from connector.app.looking import Looking
from connector.app.preparing import Preparing
from connector.clock import SystemClock
from connector.parts import Parts
from connector.ports import Clock
from connector.settings import Settings

__all__ = ["App"]


class App(Carrying, Preparing, Looking, Hearing):
    """One connection's verbs. A context manager; parts are made when first needed and closed at the end."""

    @classmethod
    def from_settings(cls, settings: Settings, *, clock: Clock | None = None, **replaced: Any) -> App:
        """An app for these settings. Nothing is opened or asked yet.

        Tests replace the network (`hubspot_transport`, `source_transport`: `httpx.BaseTransport`) and the ledger
        (`ledger_opener`).
        """
        return cls(Parts(settings, clock=clock or SystemClock(), **replaced))

    def __enter__(self) -> App:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and every connection."""
        self._parts.close()
