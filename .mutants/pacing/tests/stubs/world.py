"""A whole world in process: a sandbox portal and platform, a virtual clock, and the product between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from connector.app import App
from connector.model import RunSummary
from connector.sandbox.platforms import TWINS
from connector.sandbox.site import DEFAULT_SOURCE, HUBSPOT_TOKEN, Sandbox
from connector.sandbox.transport import SandboxTransport
from connector.settings import Settings
from tests.stubs.clock import VirtualClock
from tests.stubs.crash import CrashPoints

HOST = "https://sandbox.example.com"
MAPPINGS = Path(__file__).parents[2] / "mappings"


class World:
    """One sandbox and any number of runs against it. Settings are as a user would set them."""

    def __init__(self, folder: Path, **sandbox: Any) -> None:
        self.clock = VirtualClock()
        self.sandbox = Sandbox(now=self.clock.now, **{"limits": False, **sandbox})
        self.source = sandbox.get("source", DEFAULT_SOURCE)
        self.transport = SandboxTransport(self.sandbox)
        self.between: Callable[[httpx.BaseTransport], httpx.BaseTransport] = lambda inner: inner
        """What stands between the product and the sandbox, for a HubSpot of other habits."""
        self.crash = CrashPoints()
        self.ledger = folder / "connector.db"
        self.summaries: list[RunSummary] = []
        """Of the runs that a fixture made, for its tests."""
        self.mapping = MAPPINGS / f"{self.source}.yaml"

    def settings(self, **changes: Any) -> Settings:
        return Settings(
            **{
                "source": self.source,
                "source_api_key": TWINS[self.source].api_key,
                "source_base_url": f"{HOST}/{self.source}",
                "hubspot_token": HUBSPOT_TOKEN,
                "hubspot_base_url": HOST,
                "ledger_url": f"sqlite:///{self.ledger}",
                "mapping": self.mapping,
                "since": timedelta(days=30),
                **changes,
            }
        )

    @contextmanager
    def app(self, **changes: Any) -> Iterator[App]:
        transport = self.crash.transport(self.between(self.transport))
        with App.from_settings(
            self.settings(**changes),
            clock=self.clock,
            hubspot_transport=transport,
            source_transport=transport,
            ledger_opener=self.crash.ledger_opener,
        ) as app:
            yield app

    def setup(self) -> None:
        with self.app() as app:
            report = app.setup()
        assert report.is_ready, report

    def sync(self, **changes: Any) -> RunSummary:
        with self.app(**changes) as app:
            return app.sync()

    def export(self) -> bytes:
        return self.sandbox.hubspot.export()

    def exported(self) -> Any:
        return json.loads(self.export())

    def requests(self, side: str = "hubspot") -> list[str]:
        """`METHOD path` of every request since the journal was last cleared."""
        return [f"{each.method} {each.path}" for each in self.sandbox.journal.exchanges(side)]

    def forget_requests(self) -> None:
        self.sandbox.journal.clear()

    def lose_the_ledger(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.ledger.with_name(self.ledger.name + suffix).unlink(missing_ok=True)

    def wait(self, **time: float) -> None:
        self.clock.sleep(timedelta(**time).total_seconds())
