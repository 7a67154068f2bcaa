"""A window of the platform's calls beside the ledger and the CRM: reads all three and writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connector.audit import findings
from connector.audit.compare import Listed, Seen, judge
from connector.audit.findings import Discrepancy, Reconciliation, Standing, Verdict, discrepancy
from connector.audit.gather import gather
from connector.audit.read import ListReader, Read
from connector.engine.spool import Spool
from connector.errors import ConnectorError
from connector.mapping.compile import CompiledMapping
from connector.model import CallKey, ConnectionState, RequestCounts, State
from connector.ports import Counted, Crm, Ledger, Source
from connector.reports import READING, Progress

FINDINGS_MAX = 1_000
"""Findings that are told one by one; all are counted."""
BY_ID_MAX = 10_000
"""Calls that one repair fetches by their id."""


@dataclass(slots=True)
class Tally:
    """What was found so far. It grows with what is wrong, up to a limit, and not with the history."""

    calls: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    findings: list[Discrepancy] = field(default_factory=list)
    wrong: int = 0
    mendable: int = 0
    by_id: list[str] = field(default_factory=list)
    doubled: set[tuple[str, ...]] = field(default_factory=set)
    """Contacts that stand twice, of which the first of their calls has told."""

    def add(self, verdict: Verdict) -> None:
        """Count one of the platform's calls."""
        self.calls[verdict.standing] += 1
        if verdict.standing is Standing.SKIPPED:
            self.skipped[verdict.reason] += 1
        self.note(verdict.findings)

    def note(self, found: Iterable[Discrepancy]) -> None:
        """Count what was found, and keep what is to be told and to be mended of it."""
        for finding in found:
            if finding.code == findings.TWO_CONTACTS:
                if finding.contacts in self.doubled:
                    continue
                self.doubled.add(finding.contacts)
            self.found[finding.kind] += 1
            self.wrong += finding.is_wrong
            self.mendable += bool(finding.mend)
            if finding.mend == "id" and len(self.by_id) < BY_ID_MAX:
                self.by_id.append(finding.call_id)
            if len(self.findings) < FINDINGS_MAX:
                self.findings.append(finding)


@dataclass(slots=True, kw_only=True)
class Auditor:
    """Compares the calls of one connection's window that ended at or after `since` and before `until`."""

    connection: str
    source: Source
    crm: Crm
    ledger: Ledger
    mapping: CompiledMapping
    now: datetime
    since: datetime
    until: datetime
    on_progress: Callable[[Progress], None] = lambda progress: None
    tally: Tally = field(default_factory=Tally)
    """`tally.by_id` names the calls that a repair has to fetch by their id."""

    def look(self) -> Reconciliation:
        """Every call of the window, beside what the ledger and the CRM have of it. Raises as the ports do."""
        before = self._requests()
        state = self.ledger.connection(self.connection, source=self.source.name)
        with Spool(Listed) as spool:
            read = self._read(spool, state)
            compared = 0
            for window in spool.windows():
                self._compare(window, state)
                compared += len(window)
                self.on_progress(Progress(read=read.listed, done=compared, stage="comparing"))
            self._add_unlisted(spool, state)
        total = self._platform_total()
        self.tally.note(count_apart(total, read))
        now = self._requests()
        requests = RequestCounts(source=now.source - before.source, hubspot=now.hubspot - before.hubspot)
        return self._report(total, requests)

    def _read(self, spool: Spool[Listed], state: ConnectionState) -> Read:
        reader = ListReader(
            connection=self.connection,
            source=self.source,
            mapping=self.mapping,
            account=state.account,
            now=self.now,
            told=lambda listed: self.on_progress(Progress(read=listed, stage=READING)),
        )
        return reader.read(spool, since=self.since, until=self.until)

    def _platform_total(self) -> int | None:
        if not isinstance(self.source, Counted):
            return None
        try:
            return self.source.call_count()
        except ConnectorError:
            # The calls themselves were read: their number beside them is a courtesy.
            return None

    def _compare(self, window: Sequence[Listed], state: ConnectionState) -> None:
        entries = self.ledger.entries(self.connection, [listed.key.id for listed in window])
        calls = [Seen(key=listed.key, listed=listed, entry=entries.get(listed.key.id)) for listed in window]
        for seen in gather(self.crm, [seen for seen in calls if self._is_in_window(seen)]):
            self.tally.add(judge(seen, now=self.now, started_from=state.started_from))

    def _add_unlisted(self, spool: Spool[Listed], state: ConnectionState) -> None:
        """Calls that runs left unfinished and the platform no longer lists."""
        entries = self.ledger.list_entries(
            self.connection, states=(State.INTENT, State.FAILED), since=self.since, limit=BY_ID_MAX
        )
        unlisted = [
            Seen(key=CallKey(self.source.name, entry.account, entry.call_id), entry=entry)
            for entry in entries
            if not spool.has(entry.call_id)
        ]
        for seen in gather(self.crm, [seen for seen in unlisted if self._is_in_window(seen)]):
            self.tally.note(judge(seen, now=self.now, started_from=state.started_from).findings)

    def _is_in_window(self, seen: Seen) -> bool:
        """What cannot be read has the time when it was met first; what nobody met is of now."""
        return seen.ended_at is None or self.since <= seen.ended_at <= self.until

    def _requests(self) -> RequestCounts:
        return RequestCounts(source=self.source.requests, hubspot=self.crm.requests)

    def _report(self, total: int | None, requests: RequestCounts) -> Reconciliation:
        tally = self.tally
        counts = {standing.value: tally.calls[standing] for standing in Standing}
        return Reconciliation(
            since=self.since,
            until=self.until,
            calls={"listed": sum(counts.values()), **counts},
            skipped=dict(sorted(tally.skipped.items())),
            found={kind.value: tally.found[kind] for kind in findings.Kind},
            findings=tuple(sorted(tally.findings, key=_order)),
            wrong=tally.wrong,
            mendable=tally.mendable,
            platform_total=total,
            requests=requests,
        )


def count_apart(total: int | None, read: Read) -> list[Discrepancy]:
    """Whether the platform counts calls that its list does not give, where the list was read to its end."""
    if total is None or not read.is_whole or total <= read.listed:
        return []
    message = f"the platform counts {total:,} calls in all and lists {read.listed:,}"
    return [discrepancy(findings.UNLISTED, message)]


def _order(finding: Discrepancy) -> tuple[bool, str]:
    """What must be mended first, then by kind; within one kind as they came, oldest first."""
    return not finding.is_wrong, finding.code
