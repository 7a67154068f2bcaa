"""reconcile: is every call of the last days on the right person, once?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session

if TYPE_CHECKING:
    from connector.audit.findings import Discrepancy, Reconciliation

EXIT_WRONG = 1


@click.command()
@options.since("Where the window starts: a date, a time, or an age such as 72h, which it is if not given.")
@click.option(
    "--until", "until_text", metavar="DATE", help="Where it ends: calls that ended before then. Now if not given."
)
@click.option("--repair", is_flag=True, help="Carry what is missing or changed, then look again.")
@options.force
@options.show_pii
@options.as_json
@pass_session
def reconcile(
    session: Session,
    *,
    since_text: str | None,
    until_text: str | None,
    repair: bool,
    force: bool,
    show_pii: bool,
    as_json: bool,
) -> int:
    """Compare the platform's calls with HubSpot: missing, duplicated, on the wrong timeline, out of date.

    Reads both and writes nothing without --repair. What a person decided in HubSpot is told, and stays. The exit code
    is 0 when every call is accounted for and 1 when something is left to mend.
    """
    from connector.cli import masking
    from connector.cli.progress import shown_progress

    since = options.read_moment(session, "--since", since_text)
    # Of an hour that a clock change repeats, the window takes in both.
    until = options.read_moment(session, "--until", until_text, fold=1)
    with session.app() as app, shown_progress("reconcile", session.clock) as on_progress:
        report = app.reconcile(since=since, until=until, repair=repair, force=force, on_progress=on_progress)
    if not show_pii:
        report = masking.reconciliation(report)
    _say(report, as_json=as_json)
    return 0 if report.is_clean else EXIT_WRONG


def _say(report: Reconciliation, *, as_json: bool) -> None:
    if as_json:
        output.say_json(report)
        return
    for line in _counts(report):
        output.say(line)
    if report.findings:
        output.say()
        output.say_table(("code", "ended", "call", "caller", "found"), map(_row, report.findings))
        output.say()
        for line in _to_do(report):
            output.say(line)
    for line in _end(report):
        output.say(line)


def _counts(report: Reconciliation) -> Iterator[str]:
    from connector.cli.report_text import moment

    yield f"{moment(report.since)} to {moment(report.until)}: {report.calls['listed']:,} calls of the platform"
    reasons = ", ".join(f"{reason or 'no reason'} {count:,}" for reason, count in report.skipped.items())
    for standing, count in report.calls.items():
        if standing != "listed" and (count or standing in ("carried", "missing")):
            why = f" ({reasons})" if standing == "skipped" and reasons else ""
            yield f"  {standing.replace('_', ' '):<12} {count:>7,}{why}"
    if report.platform_total is not None:
        yield f"  the platform counts {report.platform_total:,} in all, whatever the window"


def _row(finding: Discrepancy) -> tuple[str, ...]:
    from connector.cli.report_text import NOTHING, moment

    caller = " ".join(part for part in (finding.caller_name, finding.caller_number) if part)
    return finding.code, moment(finding.ended_at), finding.call or NOTHING, caller or NOTHING, _found(finding)


def _found(finding: Discrepancy) -> str:
    engagements = f" (engagements {', '.join(finding.engagements)})" if finding.engagements else ""
    contacts = f" (contacts {', '.join(finding.contacts)})" if finding.contacts else ""
    return finding.message + engagements + contacts


def _to_do(report: Reconciliation) -> Iterator[str]:
    yield "What to do:"
    for code, fix in dict.fromkeys((finding.code, finding.fix) for finding in report.findings):
        yield f"  {code}  {fix}"
    hidden = sum(report.found.values()) - len(report.findings)
    if hidden:
        yield f"  {hidden:,} more findings are not shown; a shorter window shows them"
    yield ""


def _end(report: Reconciliation) -> Iterator[str]:
    for run in report.repairs:
        calls = run.calls
        yield f"repaired by run {run.run_id}: created {calls.created}, updated {calls.updated}, failed {calls.failed}"
    if report.is_clean:
        yield "every call is accounted for"
    else:
        may = f"; `connector reconcile --repair` may mend {report.mendable:,}" if report.mendable else ""
        yield f"{report.wrong:,} of the findings must be mended{may}"
    asked = report.requests
    yield f"requests of the look: {asked.source:,} to the platform, {asked.hubspot:,} to HubSpot"
