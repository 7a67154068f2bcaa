"""The concrete parts of one connection, made from its settings when they are first needed."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Protocol, get_args

from connector.draft.crm import DraftCrm
from connector.draft.ledger import DraftLedger
from connector.engine.lane import LEASE_SECONDS, LaneHolder
from connector.engine.run import Observer, Runner
from connector.errors import ConnectorError, FatalError, InputError
from connector.http import Http
from connector.http.waiting import unwatched
from connector.hubspot.crm import HubSpotCrm
from connector.hubspot.limits import hubspot_http
from connector.ledger.open import has_ledger, open_ledger
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BadCall, Call, SourceName
from connector.ports import Clock, Crm, Facts, Ledger, Source
from connector.reports import Progress
from connector.settings import CONNECTION, Settings
from connector.sources.access import Access
from connector.sources.registry import ASKED_FOR_ACCOUNT, open_source, read_record

RUNS_BEFORE = 20
"""Runs of which one that begins asks how much of the platform's limit they took."""
REQUESTS_BEFORE = 1_000
"""More of one run than this fill every limit anyway."""

__all__ = ["CONNECTION", "LedgerOpener", "Parts"]


class LedgerOpener(Protocol):
    def __call__(self, url: str, *, secret: bytes | None, now: Callable[[], datetime]) -> Ledger: ...


class Parts:
    """One connection's mapping, ledger, source and CRM. `close` ends what was opened."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        hubspot_transport: Any = None,
        source_transport: Any = None,
        ledger_opener: LedgerOpener = open_ledger,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        """`lease_seconds` is how long a portal stays barred to others after its run died; tests have it short."""
        self.settings = settings
        self.clock = clock
        self._hubspot_transport = hubspot_transport
        self._source_transport = source_transport
        self._ledger_opener = ledger_opener
        self._lease_seconds = lease_seconds
        self._closing = ExitStack()
        self._ways_to_hubspot: list[Http] = []
        self.told: Callable[[str], None] = unwatched
        """Hears why HubSpot's requests wait, and `""` when they go on; a verb that is watched sets it."""

    def close(self) -> None:
        """Close the ledger and every connection."""
        self._closing.close()

    @cached_property
    def mapping(self) -> CompiledMapping:
        """The connection's mapping, compiled. Raises InputError for a faulty file."""
        loaded = load_mapping(self.settings.mapping_path())
        settings = self.settings
        return compile_mapping(loaded, source=settings.source, region=settings.region, timezone=settings.timezone)

    @cached_property
    def ledger(self) -> Ledger:
        """The connection's ledger, made if it is not there."""
        secret = self.settings.ledger_secret
        ledger = self._ledger_opener(
            self.settings.ledger_url,
            secret=secret.get_secret_value().encode() if secret else None,
            now=self.clock.now,
        )
        self._closing.callback(ledger.close)
        return ledger

    def overlay(self) -> DraftLedger:
        """A ledger that reads through to the connection's, if there is one, and keeps every write to itself."""
        return DraftLedger(self.ledger if has_ledger(self.settings.ledger_url) else None)

    @cached_property
    def lane(self) -> LaneHolder:
        """The right to write to the portal, not taken yet."""
        return self.lane_of(self.ledger)

    @cached_property
    def source(self) -> Source:
        """The voice platform. Raises InputError when its key is not set."""
        return self._source_of(self.settings.source_account)

    def source_as_told(self) -> Source:
        """The voice platform whatever the settings say of its account: its calls tell whose they are.

        A platform whose keys open several accounts is told which one is meant; it answers for that one or not at all.
        """
        is_asked_for = self.settings.source in ASKED_FOR_ACCOUNT
        return self._source_of(self.settings.source_account if is_asked_for else None)

    def _source_of(self, account: str | None) -> Source:
        access = Access(
            api_key=self.settings.required_source_api_key(),
            clock=self.clock,
            base_url=self.settings.source_base_url,
            account=account,
            wants=lambda: self.mapping.wants,
            sent_before=self._sent_before,
            transport=self._source_transport,
        )
        source = open_source(self.settings.source, access)
        self._closing.callback(source.close)
        return source

    def _sent_before(self) -> list[float]:
        """Seconds since each request that earlier runs sent to the platform, as if at their very end.

        Runs that died have not told how many they sent. A ledger that cannot be read tells of none.
        """
        try:
            runs = self.ledger.runs(CONNECTION, limit=RUNS_BEFORE) if has_ledger(self.settings.ledger_url) else []
        except ConnectorError:
            return []
        ended = [(run.finished_at, min(run.requests.source, REQUESTS_BEFORE)) for run in runs]
        now = self.clock.now()
        return [max((now - at).total_seconds(), 0.0) for at, count in ended if at for _ in range(count)]

    def read_call(self, payload: Mapping[str, Any]) -> Call | BadCall:
        """A record as the platform gives it, read as a call without asking the platform."""
        return self.reader_of(self.settings.source)(payload)

    def reader_of(self, source: str) -> Callable[[Mapping[str, Any]], Call | BadCall]:
        """How the records of this platform are read. Raises InputError (E418) for one that cannot be read yet."""
        name = next((name for name in get_args(SourceName) if name == source), None)
        if name is None:
            raise InputError("E418", f"this version reads no calls of {source}", where="source")
        return partial(read_record, name, account=self.settings.source_account)

    @cached_property
    def crm(self) -> HubSpotCrm:
        """HubSpot; every write proves first that the lane is held. Raises InputError when the token is not set."""
        return self._hubspot(self.ledger, self.lane)

    def draft_crm(self, overlay: DraftLedger) -> DraftCrm:
        """A CRM that reads HubSpot and writes nowhere; over nothing without a token."""
        base = self.reading_crm(overlay) if self.settings.hubspot_token is not None else None
        return DraftCrm(base, region=self.mapping.region)

    def reading_crm(self, overlay: DraftLedger) -> HubSpotCrm:
        """HubSpot for who only reads: nothing that it learns is kept, and no lane is held that a write would need."""
        return self._hubspot(overlay, self.lane_of(overlay))

    def surveying_crm(self) -> HubSpotCrm:
        """HubSpot for a check: what it learns is kept for the next run where there is a ledger; none is made for it."""
        return self.crm if has_ledger(self.settings.ledger_url) else self.reading_crm(self.overlay())

    def runner(
        self,
        *,
        ledger: Ledger,
        crm: Crm,
        lane: LaneHolder,
        source: Source,
        now: datetime,
        on_progress: Callable[[Progress], None],
        observe: Observer = lambda window: None,
    ) -> Runner:
        """What runs passes over the connection, decided for the instant `now`; over drafts as well as for real."""
        self.require_same_account(ledger)
        return Runner(
            connection=CONNECTION,
            source=source,
            crm=crm,
            ledger=ledger,
            lane=lane,
            mapping=self.mapping,
            clock=self.clock,
            overlap=self.settings.overlap,
            now=now,
            on_progress=on_progress,
            observe=observe,
        )

    def require_same_account(self, ledger: Ledger) -> None:
        """Refuse an account in the settings that is not the one of the calls before: their keys would differ."""
        account = self.settings.source_account
        pinned = next((known.account for known in ledger.connections() if known.name == CONNECTION), None)
        if account and pinned and account != pinned:
            message = f"the ledger's calls are those of the account {pinned}, and the setting names another one"
            fix = f"Set CONNECTOR_SOURCE_ACCOUNT={pinned}, or give the other account its own ledger."
            raise FatalError("E120", message, where="CONNECTOR_SOURCE_ACCOUNT", fix=fix)

    def lane_of(self, ledger: Ledger) -> LaneHolder:
        """A lane as this ledger keeps it, not taken yet."""
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        return LaneHolder(ledger, self.clock, owner=owner, lease_seconds=self._lease_seconds)

    def day_left(self) -> int | None:
        """Requests that may still be sent to HubSpot today; None until an answer told."""
        told = [left for http in self._ways_to_hubspot if (left := http.day_remaining) is not None]
        return min(told, default=None)

    def _tell(self, why: str) -> None:
        self.told(why)

    def _hubspot(self, facts: Facts, lane: LaneHolder) -> HubSpotCrm:
        http = hubspot_http(
            clock=self.clock,
            transport=self._hubspot_transport,
            quota_share=self.settings.quota_share,
            concurrency=self.settings.concurrency,
            told=self._tell,
        )
        self._closing.callback(http.close)
        self._ways_to_hubspot.append(http)
        crm = HubSpotCrm(
            token=self.settings.required_hubspot_token(),
            base_url=self.settings.hubspot_base_url,
            api_version=self.settings.hubspot_api_version,
            http=http,
            facts=facts,
            clock=self.clock,
            concurrency=self.settings.concurrency,
            before_write=lane.check,
        )
        self._closing.callback(crm.close)
        return crm
