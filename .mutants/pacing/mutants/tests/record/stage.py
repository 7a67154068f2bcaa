"""Where a scene plays: both vendors, or their recordings, through the connector's own adapters and transport."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct

from connector.clock import SystemClock
from connector.draft.ledger import DraftLedger
from connector.hubspot.client import HubSpotClient
from connector.hubspot.crm import HubSpotCrm
from connector.hubspot.limits import hubspot_http
from connector.hubspot.pause import Pause
from connector.ports import Clock
from connector.sandbox import Sandbox, serve
from connector.sources import reception_ai
from tests.record.scrub import TAG
from tests.stubs.clock import VirtualClock

HUBSPOT = "https://api.hubapi.com"
WRONG_TOKEN = "pat-wrong-0000"
WRONG_KEY = "krai_wrong_0000"
SANDBOX_CALLS = 5


class Keys(Struct, frozen=True):
    """What opens both vendors' accounts."""

    hubspot_token: str
    source_api_key: str


class Stage:
    """One recording or replay. `tag` makes what a scene creates new in a portal that has seen earlier recordings."""

    def __init__(
        self, *, clock: Clock, keys: Keys, hubspot_url: str = HUBSPOT, source_url: str = reception_ai.BASE_URL, tag: str
    ) -> None:
        self.clock = clock
        self.tag = tag
        self._keys = keys
        self._hubspot_url = hubspot_url
        self._source_url = source_url

    @property
    def places(self) -> Mapping[str, str]:
        """The addresses that are talked to, and those that the vendors are known by."""
        return {self._source_url: reception_ai.BASE_URL, self._hubspot_url: HUBSPOT}

    @contextmanager
    def source(self, api_key: str | None = None) -> Iterator[reception_ai.ReceptionAi]:
        source = reception_ai.ReceptionAi(
            api_key=api_key or self._keys.source_api_key,
            http=reception_ai.reception_ai_http(clock=self.clock),
            clock=self.clock,
            base_url=self._source_url,
        )
        try:
            yield source
        finally:
            source.close()

    @contextmanager
    def crm(self, token: str | None = None) -> Iterator[HubSpotCrm]:
        http = hubspot_http(clock=self.clock, concurrency=1)
        crm = HubSpotCrm(
            token=token or self._keys.hubspot_token,
            base_url=self._hubspot_url,
            api_version="v3",
            http=http,
            facts=DraftLedger(),
            clock=self.clock,
            # One at a time, so that a recording and its replay come in one order.
            concurrency=1,
            before_write=_nothing,
        )
        try:
            yield crm
        finally:
            crm.close()
            http.close()

    @contextmanager
    def hubspot(self) -> Iterator[HubSpotClient]:
        """HubSpot's answers as they are, below the port."""
        http = hubspot_http(clock=self.clock, concurrency=1)
        try:
            yield HubSpotClient(
                token=self._keys.hubspot_token,
                base_url=self._hubspot_url,
                api_version="v3",
                http=http,
                pause=Pause(DraftLedger(), self.clock, name="pause", time_zone=lambda: "UTC"),
                before_write=_nothing,
            )
        finally:
            http.close()


def _nothing() -> None:
    """There is no lane to hold."""


def replay_stage() -> Stage:
    """For a cassette: the vendors' own addresses, keys that open nothing, and no waiting."""
    return Stage(clock=VirtualClock(), keys=Keys("pat-replayed", "krai_replayed"), tag=TAG)


@contextmanager
def sandbox_stage() -> Iterator[Stage]:
    """A sandbox on a socket of this machine; its time stands still but for the scenes' own waiting."""
    clock = VirtualClock()
    with serve(Sandbox(now=clock.now, calls=SANDBOX_CALLS, limits=False, search_lag_seconds=3.0)) as running:
        at = running.addresses
        keys = Keys(at["hubspot_token"], at["source_api_key"])
        yield Stage(
            clock=clock, keys=keys, hubspot_url=at["hubspot_base_url"], source_url=at["source_base_url"], tag=TAG
        )


def live_stage(keys: Keys, *, tag: str) -> Stage:
    """The vendors themselves."""
    return Stage(clock=SystemClock(), keys=keys, tag=tag)
