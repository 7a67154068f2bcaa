"""A whole world in process: a sandbox portal and platform, a virtual clock, and the product between them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from connector.app import App
from connector.audit.findings import Reconciliation, Standing
from connector.hubspot.ladder import EXTERNAL_ID
from connector.model import KEY, RunSummary, State
from connector.sandbox.hubspot import Record
from connector.sandbox.platforms import TWINS
from connector.sandbox.site import DEFAULT_SOURCE, HUBSPOT_TOKEN, Sandbox
from connector.sandbox.transport import SandboxTransport
from connector.settings import Settings
from tests.stubs.clock import VirtualClock
from tests.stubs.crash import CrashPoints
from tests.stubs.portal import STEPS
from tests.stubs.postgresql import forget_everything

Command = Callable[..., tuple[int, Any]]
"""Runs one command of the command line in a world; answers its exit code and what it printed."""
A_LONG_TIME = timedelta(days=3_650)
HOST = "https://sandbox.example.com"
WITH_OUR_KEY = ("calls", "tasks", "notes")
MAPPINGS = Path(__file__).parents[2] / "mappings"


def _nothing(inner: httpx.BaseTransport) -> httpx.BaseTransport:
    return inner


class World:
    """One sandbox and any number of runs against it. Settings are as a user would set them."""

    def __init__(self, folder: Path, *, step: str = "unique", postgresql: str = "", **sandbox: Any) -> None:
        """With the address of a prepared database the ledger is there, else in a file of the folder.

        `step` is one of `STEPS`: what the portal takes of our keys.
        """
        self.step = step
        self.clock = VirtualClock()
        self.sandbox = Sandbox(now=self.clock.now, **{"limits": False, **STEPS[step], **sandbox})
        self.source = sandbox.get("source", DEFAULT_SOURCE)
        self.transport = SandboxTransport(self.sandbox)
        self.between: Callable[[httpx.BaseTransport], httpx.BaseTransport] = _nothing
        """What stands between the product and the sandbox, for a HubSpot of other habits."""
        self.crash = CrashPoints()
        self.ledger = folder / "connector.db"
        self.postgresql = postgresql
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
                "ledger_url": self.postgresql or f"sqlite:///{self.ledger}",
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

    @contextmanager
    def held_by_another(self) -> Iterator[None]:
        """Another run holds the portal's lane, and is alive: it renews its lease while others wait."""
        with self.app() as another:
            lane, sleep = another._parts.lane, self.clock.sleep
            lane.take("48121107")

            def sleep_and_renew(seconds: float) -> None:
                sleep(seconds)
                lane.check()

            self.clock.sleep = sleep_and_renew  # type: ignore[method-assign]
            try:
                yield
            finally:
                self.clock.sleep = sleep  # type: ignore[method-assign]
                lane.release()

    def audit(self) -> Reconciliation:
        """See that every call of the platform is accounted for, and no key stands twice; asks and changes nothing else.

        Accounted for is a dead letter, too. To be called at the end of a run that left nothing to do.
        """
        with self.app() as app:
            found = app.reconcile(since=self.clock.now() - A_LONG_TIME)
            dead = {entry.call_id for entry in app.calls_list(states=[State.DEAD], limit=found.calls["listed"])}
        wrong = [each for each in found.findings if each.is_wrong and each.call_id not in dead]
        assert not wrong, wrong
        assert not found.calls[Standing.WAITING], found.calls
        for object_type in WITH_OUR_KEY:
            keys = Counter(key for record in self.sandbox.hubspot.records(object_type) if (key := key_of(record)))
            assert set(keys.values()) <= {1}, keys.most_common(3)
        return found

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
        if self.postgresql:
            forget_everything(self.postgresql)
        for suffix in ("", "-wal", "-shm"):
            self.ledger.with_name(self.ledger.name + suffix).unlink(missing_ok=True)
        if self.step == "external":
            self.setup()  # where the keys are was known to the ledger alone

    def wait(self, **time: float) -> None:
        self.clock.sleep(timedelta(**time).total_seconds())


def key_of(record: Record) -> str:
    """Our key, in the property that the portal gives it; blank on a record that is not ours."""
    return record.properties.get(KEY) or record.properties.get(EXTERNAL_ID) or ""
