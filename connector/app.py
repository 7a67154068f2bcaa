"""The one place where settings meet concrete parts. Every entry point uses these verbs and no other."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import msgspec

from connector.clock import SystemClock
from connector.draft.crm import DraftCrm
from connector.draft.ledger import DraftLedger
from connector.engine.lane import LaneHolder
from connector.engine.run import Observer, Runner
from connector.errors import InputError
from connector.hubspot.crm import HubSpotCrm
from connector.hubspot.limits import hubspot_http
from connector.ledger.open import has_ledger, open_ledger
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BadCall, Call, Entry, RunSummary, State
from connector.ports import Clock, Crm, Facts, Ledger
from connector.reports import (
    CallStory,
    CheckReport,
    PlannedCall,
    PlanReport,
    Preview,
    Progress,
    SetupReport,
)
from connector.settings import Settings
from connector.sources.reception_ai import BASE_URL, ReceptionAi, reception_ai_http

CONNECTION = "default"
"""The name of the one connection that the environment describes."""

OnProgress = Callable[[Progress], None]


class LedgerOpener(Protocol):
    def __call__(self, url: str, *, secret: bytes | None) -> Ledger: ...


def _silent(progress: Progress) -> None:
    """For those who do not watch."""


class BackfillWindow(msgspec.Struct, frozen=True, kw_only=True):
    """What an interrupted backfill was about."""

    since: datetime
    until: datetime | None
    remaps: bool


class App:
    """One connection's verbs. A context manager; parts are made when first needed and closed at the end.

    The transports replace the network (`httpx.BaseTransport`) and the opener the ledger, for tests and crash points.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        hubspot_transport: Any = None,
        source_transport: Any = None,
        ledger_opener: LedgerOpener = open_ledger,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._hubspot_transport = hubspot_transport
        self._source_transport = source_transport
        self._ledger_opener = ledger_opener
        self._closing = ExitStack()

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        *,
        clock: Clock | None = None,
        hubspot_transport: Any = None,
        source_transport: Any = None,
        ledger_opener: LedgerOpener = open_ledger,
    ) -> App:
        """An app for these settings. Nothing is opened or asked yet."""
        return cls(
            settings,
            clock=clock or SystemClock(),
            hubspot_transport=hubspot_transport,
            source_transport=source_transport,
            ledger_opener=ledger_opener,
        )

    def __enter__(self) -> App:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and every connection."""
        self._closing.close()

    # --- carrying calls ---

    def sync(self, *, force: bool = False, on_progress: OnProgress = _silent) -> RunSummary:
        """One scheduled pass: new and changed calls. Raises ConnectorError when no call can be carried."""
        self._require_proven_mapping(self._ledger, force=force)
        return self._runner(on_progress).sync(first_since=self._first_since())

    def backfill(
        self,
        *,
        since: datetime | None,
        until: datetime | None = None,
        resume: bool = False,
        remap: bool = False,
        force: bool = False,
        on_progress: OnProgress = _silent,
    ) -> RunSummary:
        """A past window; with `resume` and no `since`, that of the last backfill that did not come to its end."""
        self._require_proven_mapping(self._ledger, force=force)
        window = self._backfill_window(since, until, remaps=remap, resume=resume)
        self._remember_window(window)
        summary = self._runner(on_progress).backfill(since=window.since, until=window.until, remaps=window.remaps)
        self._remember_window(None)
        return summary

    def plan(
        self, *, since: datetime | None = None, force: bool = False, on_progress: OnProgress = _silent
    ) -> PlanReport:
        """What a sync would do now, per record and field. Writes nothing anywhere, the ledger's file included."""
        from connector.engine.story import tell

        ledger = DraftLedger(self._existing_ledger())
        self._require_proven_mapping(ledger, force=force)
        lane = self._lane_of(ledger)
        crm = DraftCrm(self._hubspot(facts=ledger, lane=lane), region=self._mapping.region)
        calls: list[PlannedCall] = []
        runner = self._runner_of(
            ledger, crm, lane, on_progress, observe=lambda window, drafter: calls.extend(tell(window))
        )
        summary = runner.sync(first_since=self._first_since(), since=since, kind="plan")
        return PlanReport(summary=summary, calls=tuple(calls))

    # --- the portal and the mapping ---

    def setup(self, *, dry_run: bool = False) -> SetupReport:
        """Create what the portal lacks, or only list it."""
        with self._lane.held(self._crm.portal_id()):
            return self._crm.setup(self._mapping.object_types, dry_run=dry_run)

    def check(self, paths: Sequence[Path] = ()) -> CheckReport:
        """Check mapping files and the tests beside them, against the portal too when there is a token."""
        from connector.proof.mappings import prove

        files = list(paths) or [self._settings.mapping_path()]
        portal = self._crm.portal if self._settings.hubspot_token is not None else None
        return prove(
            files,
            region=self._settings.region,
            timezone=self._settings.timezone,
            read_call=self._source_reader(),
            portal=portal,
        )

    # --- looking ---

    def preview(self, call_id: str) -> Preview:
        """One call through the mapping, fetched now. Raises InputError when the platform does not know it."""
        call = self._source.call(call_id)
        if call is None:
            raise InputError("E109", "the platform does not know this call", where="CALL_ID")
        if isinstance(call, BadCall):
            raise InputError(call.code, call.message, where="CALL_ID")
        return self._preview(call)

    def calls_list(
        self, *, states: Sequence[State] = (), since: datetime | None = None, limit: int = 100
    ) -> list[Entry]:
        """The ledger's entries, newest first."""
        return self._reading_ledger.list_entries(CONNECTION, states=states, since=since, limit=limit)

    def calls_show(self, call_id: str) -> CallStory:
        """Everything about one call: the ledger's entry, the platform's record now, and the pages in the CRM."""
        entry = self._reading_ledger.entries(CONNECTION, [call_id]).get(call_id)
        call = self._source.call(call_id)
        preview = self._preview(call) if isinstance(call, Call) else None
        key = str(call.key) if call is not None else call_id
        return CallStory(key=key, entry=entry, preview=preview, urls=self._urls(entry))

    def runs_list(self, limit: int = 20) -> list[RunSummary]:
        """Runs, newest first."""
        return self._reading_ledger.runs(CONNECTION, limit=limit)

    def runs_show(self, run_id: str) -> RunSummary:
        """One run by its id or a unique beginning of it. Raises InputError when there is none."""
        summary = self._reading_ledger.run(run_id)
        if summary is None:
            raise InputError("E110", "no run has this id", where="RUN_ID")
        return summary

    # --- parts ---

    @cached_property
    def _mapping(self) -> CompiledMapping:
        loaded = load_mapping(self._settings.mapping_path())
        return compile_mapping(loaded, region=self._settings.region, timezone=self._settings.timezone)

    @cached_property
    def _ledger(self) -> Ledger:
        ledger = self._ledger_opener(self._settings.ledger_url, secret=self._secret())
        self._closing.callback(ledger.close)
        return ledger

    @property
    def _reading_ledger(self) -> Ledger:
        """For those who only look: a ledger that is not there is empty, and is not made."""
        return self._existing_ledger() or DraftLedger()

    def _existing_ledger(self) -> Ledger | None:
        return self._ledger if has_ledger(self._settings.ledger_url) else None

    def _secret(self) -> bytes | None:
        secret = self._settings.ledger_secret
        return secret.get_secret_value().encode() if secret else None

    @cached_property
    def _lane(self) -> LaneHolder:
        return self._lane_of(self._ledger)

    def _lane_of(self, ledger: Ledger) -> LaneHolder:
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        return LaneHolder(ledger, self._clock, owner=owner)

    @cached_property
    def _source(self) -> ReceptionAi:
        http = reception_ai_http(clock=self._clock, transport=self._source_transport)
        self._closing.callback(http.close)
        return ReceptionAi(
            api_key=self._settings.required_source_api_key(),
            http=http,
            clock=self._clock,
            base_url=self._settings.source_base_url or BASE_URL,
            account=self._settings.source_account,
        )

    @cached_property
    def _crm(self) -> HubSpotCrm:
        return self._hubspot(facts=self._ledger, lane=self._lane)

    def _hubspot(self, *, facts: Facts, lane: LaneHolder) -> HubSpotCrm:
        http = hubspot_http(
            clock=self._clock,
            transport=self._hubspot_transport,
            quota_share=self._settings.quota_share,
            concurrency=self._settings.concurrency,
        )
        self._closing.callback(http.close)
        crm = HubSpotCrm(
            token=self._settings.required_hubspot_token(),
            base_url=self._settings.hubspot_base_url,
            api_version=self._settings.hubspot_api_version,
            http=http,
            facts=facts,
            clock=self._clock,
            concurrency=self._settings.concurrency,
            before_write=lane.check,
        )
        self._closing.callback(crm.close)
        return crm

    def _runner(self, on_progress: OnProgress) -> Runner:
        return self._runner_of(self._ledger, self._crm, self._lane, on_progress)

    def _runner_of(
        self,
        ledger: Ledger,
        crm: Crm,
        lane: LaneHolder,
        on_progress: OnProgress,
        *,
        observe: Observer = lambda window, drafter: None,
    ) -> Runner:
        return Runner(
            connection=CONNECTION,
            source=self._source,
            crm=crm,
            ledger=ledger,
            lane=lane,
            mapping=self._mapping,
            clock=self._clock,
            overlap=self._settings.overlap,
            on_progress=on_progress,
            observe=observe,
        )

    # --- details of verbs ---

    def _first_since(self) -> datetime:
        return self._settings.starts_at(self._clock.now())

    def _require_proven_mapping(self, facts: Facts, *, force: bool) -> None:
        """Refuse a mapping whose own tests fail, unless the user insists. What passed once is not run again."""
        if force:
            return
        from connector.proof.mappings import failing_tests, mark_of

        path, now = self._settings.mapping_path(), self._clock.now()
        mark = mark_of(path, self._mapping)
        if facts.recall(_PROVEN_FACT, now=now, age_seconds_max=None) == mark:
            return
        failures = failing_tests(path, self._mapping, self._source_reader())
        if failures:
            first = failures[0]
            message = f"{len(failures)} of the mapping's tests fail, first: {first.message}"
            raise InputError("E451", message, where=first.where)
        facts.remember(_PROVEN_FACT, mark, now=now)

    def _source_reader(self) -> Callable[[Mapping[str, Any]], Call | BadCall]:
        from connector.sources.reception_ai import read_payload

        return lambda payload: read_payload(payload, account=self._settings.source_account)

    def _backfill_window(
        self, since: datetime | None, until: datetime | None, *, remaps: bool, resume: bool
    ) -> BackfillWindow:
        if since is not None:
            # What such a backfill has settled before is known to the ledger, so going on needs nothing more.
            return BackfillWindow(since=since, until=until, remaps=remaps)
        if not resume:
            raise InputError("E100", "a backfill needs a start: --since DATE, or --resume", where="--since")
        stored = self._ledger.recall(_WINDOW_FACT, now=self._clock.now(), age_seconds_max=None)
        if not stored:
            raise InputError("E122", "no backfill of this connection was interrupted", where="--resume")
        return msgspec.json.decode(stored, type=BackfillWindow)

    def _remember_window(self, window: BackfillWindow | None) -> None:
        stored = msgspec.json.encode(window) if window else b""
        self._ledger.remember(_WINDOW_FACT, stored, now=self._clock.now())

    def _preview(self, call: Call) -> Preview:
        from connector.proof.rehearse import plan_one

        if self._settings.hubspot_token is None:
            crm = DraftCrm(region=self._mapping.region)
        else:
            facts = DraftLedger(self._existing_ledger())
            crm = DraftCrm(self._hubspot(facts=facts, lane=self._lane_of(facts)), region=self._mapping.region)
        portal = crm.portal(self._mapping.object_types)
        plan = plan_one(call, self._mapping, crm=crm, now=self._clock.now(), portal=portal)
        return Preview(plan=plan, payload=call.payload)

    def _urls(self, entry: Entry | None) -> dict[str, str]:
        if entry is None or self._settings.hubspot_token is None:
            return {}
        facts = DraftLedger(self._existing_ledger())
        portal = self._hubspot(facts=facts, lane=self._lane_of(facts)).portal()
        ids = {"contact": ("0-1", entry.contact_id), "call": ("0-48", entry.engagement_id)}
        return {
            what: f"https://{portal.ui_domain}/contacts/{portal.id}/record/{type_id}/{record_id}"
            for what, (type_id, record_id) in ids.items()
            if record_id
        }


_PROVEN_FACT = f"proven:{CONNECTION}"
_WINDOW_FACT = f"backfill:{CONNECTION}"
