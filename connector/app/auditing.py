"""The verb that asks whether every call is there, and has what is not carried."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from connector.app.carrying import BACKFILL_PART_OF_DAY, Carrying
from connector.app.verbs import OnProgress, silent
from connector.errors import InputError
from connector.model import RequestCounts, RunSummary
from connector.parts import CONNECTION

if TYPE_CHECKING:
    from connector.audit.findings import Reconciliation
    from connector.audit.look import Auditor

WINDOW = timedelta(hours=72)


class Auditing(Carrying):
    """reconcile."""

    def reconcile(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        repair: bool = False,
        force: bool = False,
        on_progress: OnProgress = silent,
    ) -> Reconciliation:
        """Compare the platform's calls that ended in the window with the ledger and the CRM: the last 72 hours to now.

        The look needs no lane and writes nothing. With `repair`, runs of the usual kind carry what is missing or
        changed; then what is reported is a second look. Raises InputError (E104) for a window that holds no time.
        """
        now = self._parts.clock.now()
        until = until or now
        since = since or until - WINDOW
        if since >= until:
            raise InputError("E104", "the window ends before it starts", where="--since, --until")
        auditor = self._auditor(since, until, now, on_progress)
        report = auditor.look()
        if not repair or not report.mendable:
            return report
        self._require_proven_mapping(self._parts.ledger, force=force)
        repairs = self._repair(auditor, on_progress)
        again = self._auditor(since, until, self._parts.clock.now(), on_progress).look()
        return replace(again, repairs=repairs, requests=_sum(report.requests, again.requests))

    def _auditor(self, since: datetime, until: datetime, now: datetime, on_progress: OnProgress) -> Auditor:
        from connector.audit.look import Auditor
        from connector.engine.first import require_same_portal
        from connector.model import Portal

        parts, ledger = self._parts, self._parts.overlay()
        parts.require_same_account(ledger)
        crm = parts.reading_crm(ledger)
        crm.take_part_of_day(BACKFILL_PART_OF_DAY)
        ledger.connection(CONNECTION, source=parts.settings.source)
        require_same_portal(ledger, CONNECTION, Portal(id=crm.portal_id()))
        return Auditor(
            connection=CONNECTION,
            source=parts.source,
            crm=crm,
            ledger=ledger,
            mapping=parts.mapping,
            now=now,
            since=since,
            until=until,
            on_progress=self._watched(on_progress),
        )

    def _repair(self, auditor: Auditor, on_progress: OnProgress) -> tuple[RunSummary, ...]:
        """What a run over the platform's list finds to do in the window, then the calls that no list leads a run to."""
        runner = self._runner(on_progress)
        self._parts.crm.take_part_of_day(BACKFILL_PART_OF_DAY)
        state = self._parts.ledger.connection(CONNECTION, source=self._parts.settings.source)
        # What is older than the first sync's start was left to `backfill` on purpose.
        since = max(auditor.since, state.started_from or auditor.since)
        listed = runner.backfill(since=since, until=auditor.until, remaps=False)
        by_id = auditor.tally.by_id
        return (listed, runner.retry(by_id)) if by_id else (listed,)


def _sum(one: RequestCounts, other: RequestCounts) -> RequestCounts:
    return RequestCounts(source=one.source + other.source, hubspot=one.hubspot + other.hubspot)
