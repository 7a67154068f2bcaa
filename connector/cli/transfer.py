"""sync, backfill, plan, apply: carrying calls over, or saying what that would do."""

from __future__ import annotations

import logging
import shlex
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector import when
from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.codes import CODES
from connector.errors import InputError, LaneError, TransientError, UncertainWriteError, error_object

if TYPE_CHECKING:
    from connector.model import RunSummary
    from connector.plans.errors import StalePlanError
    from connector.reports import PlanReport

EXIT_SOME_FAILED = 1
EXIT_CHANGES = 6
EVERY_MIN = timedelta(seconds=10)
EVERY_MAX = timedelta(days=1)

log = logging.getLogger("connector.cli")


@click.command()
@click.option("--every", "every_text", metavar="DURATION", help="Keep going, with this pause in between: 5m, 1h.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done: the same as `plan`.")
@options.force
@options.show_pii
@options.as_json
@pass_session
def sync(session: Session, *, every_text: str | None, dry_run: bool, force: bool, show_pii: bool, as_json: bool) -> int:
    """Carry new and changed calls over: run this on a schedule."""
    pause = _read_pause_if_given(every_text, as_json=as_json, dry_run=dry_run)
    if dry_run:
        return _plan(session, since=None, force=force, show_pii=show_pii, as_json=as_json)
    if pause is None:
        return say_summary(_sync_once(session, force=force), as_json=as_json)
    while True:
        sync_and_go_on(session, force=force, tell=say_for_people)
        session.clock.sleep(pause.total_seconds())


def _read_pause_if_given(text: str | None, *, as_json: bool, dry_run: bool) -> timedelta | None:
    if text is None:
        return None
    if as_json or dry_run:
        other = "--json" if as_json else "--dry-run"
        raise InputError("E100", f"--every never ends, so it does not go with {other}", where="--every")
    return read_pause(text)


def read_pause(text: str) -> timedelta:
    """The pause of `--every`. Raises InputError (E103) when it cannot be read or lies out of range."""
    pause = when.read_duration(text)
    if pause is None:
        raise InputError("E103", f"--every must be {when.DURATION_EXPECTED}", where="--every")
    if not EVERY_MIN <= pause <= EVERY_MAX:
        raise InputError("E103", "--every must lie between 10s and 1d", where="--every")
    return pause


def _sync_once(session: Session, *, force: bool) -> RunSummary:
    from connector.cli.progress import shown_progress

    with session.app() as app, shown_progress("sync", session.clock) as on_progress:
        return app.sync(force=force, on_progress=on_progress)


def sync_and_go_on(session: Session, *, force: bool, tell: Callable[[RunSummary], object]) -> str:
    """One pass of many: what may be better next time is told and waited out, everything else ends the loop.

    Answers how it ended: the summary's status, or the code of what is waited out.
    """
    try:
        summary = _sync_once(session, force=force)
    except (TransientError, UncertainWriteError, LaneError) as error:
        output.say_error(error, as_json=False)
        log.warning("sync_postponed", extra={"code": error.code})
        return error.code
    tell(summary)
    return summary.status


def say_for_people(summary: RunSummary) -> None:
    say_summary(summary, as_json=False)


@click.command()
@options.since("Where the window starts: a date, a time, or an age such as 90d.")
@click.option(
    "--until", "until_text", metavar="DATE", help="Where it ends: calls that ended before then. Now if not given."
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the backfill that was interrupted, as it began. With --since: with that window.",
)
@click.option("--remap", is_flag=True, help="Write known calls again with today's mapping.")
@options.force
@options.as_json
@pass_session
def backfill(
    session: Session,
    *,
    since_text: str | None,
    until_text: str | None,
    resume: bool,
    remap: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Carry a past window of calls over.

    Never moves the watermark of `sync`, and makes no tasks for calls older than seven days.
    """
    from connector.cli.heap import share_one_heap
    from connector.cli.progress import shown_progress

    share_one_heap()
    since, until = _read_window(session, since_text, until_text, resume=resume)
    with session.app() as app, shown_progress("backfill", session.clock) as on_progress:
        summary = app.backfill(
            since=since, until=until, resume=resume, remap=remap, force=force, on_progress=on_progress
        )
    return say_summary(summary, as_json=as_json)


def _read_window(
    session: Session, since_text: str | None, until_text: str | None, *, resume: bool
) -> tuple[datetime | None, datetime | None]:
    """The window; no start at all where an interrupted one is gone on with.

    Raises InputError: E100 without a start, E103 and E105 for either end, E104 when the window holds no time at all.
    """
    since = options.read_moment(session, "--since", since_text)
    # Of an hour that a clock change repeats, the window takes in both.
    until = options.read_moment(session, "--until", until_text, fold=1)
    if since is None:
        if not resume:
            raise InputError("E100", "a backfill needs a start: --since DATE, or --resume", where="--since")
        return None, until
    if since >= (until or session.clock.now()):
        raise InputError("E104", "the window ends before it starts", where="--since, --until" if until else "--since")
    return since, until


@click.command()
@options.since("Look at calls that ended then or later, instead of where `sync` would start.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the plan for `apply`. The file holds personal data in clear, for this user's eyes alone.",
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 6 when there are changes.")
@options.force
@options.show_pii
@options.as_json
@pass_session
def plan(
    session: Session,
    *,
    since_text: str | None,
    out: Path | None,
    detailed_exitcode: bool,
    force: bool,
    show_pii: bool,
    as_json: bool,
) -> int:
    """Say what `sync` would do; write nothing but the file that --out names.

    Record by record and field by field, with the HubSpot requests that it would cost. A plan that is kept can be
    applied for a day.
    """
    since = options.read_moment(session, "--since", since_text)
    return _plan(
        session,
        since=since,
        out=out,
        force=force,
        show_pii=show_pii,
        as_json=as_json,
        exit_changes=EXIT_CHANGES * detailed_exitcode,
    )


def _plan(
    session: Session,
    *,
    since: datetime | None,
    force: bool,
    show_pii: bool,
    as_json: bool,
    out: Path | None = None,
    exit_changes: int = 0,
) -> int:
    from connector.cli import masking
    from connector.cli.progress import shown_progress

    with session.app() as app, shown_progress("plan", session.clock) as on_progress:
        report = app.plan(since=since, out=out, force=force, on_progress=on_progress)
    _say_plan(report if show_pii else masking.plan_report(report), as_json=as_json)
    if out is not None:
        output.note(f"the plan is kept in {out}, with personal data in clear; for a day, apply it with:")
        output.note(f"  connector apply {shlex.quote(str(out))}")
    if report.summary.calls.failed:
        return EXIT_SOME_FAILED
    return exit_changes if report.has_changes else 0


def _say_plan(report: PlanReport, *, as_json: bool) -> None:
    if as_json:
        output.say_json(report)
        return
    from connector.cli.report_text import plan_lines

    for line in plan_lines(report):
        output.say(line)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.show_pii
@options.as_json
@pass_session
def apply(session: Session, *, file: Path, show_pii: bool, as_json: bool) -> int:
    """Do exactly what a plan says, or nothing.

    FILE was written by `plan --out` within the last day. Calls that came in since are left to the next `sync`. When
    anything is no longer as the plan has it, what changed is told, nothing is written, and the exit code is 6.
    """
    from connector.cli.progress import shown_progress
    from connector.plans.errors import StalePlanError

    try:
        with session.app() as app, shown_progress("apply", session.clock) as on_progress:
            applied = app.apply(file, on_progress=on_progress)
    except StalePlanError as error:
        _say_stale(error, show_pii=show_pii, as_json=as_json)
        return error.exit_code
    if applied.is_repeated:
        from connector.reports import Finding

        output.warn(
            Finding(
                where=str(file),
                code="W140",
                message=f"this plan was applied before, by run {applied.summary.run_id}: nothing was written now",
                fix=CODES["W140"].fix,
            )
        )
    return say_summary(applied.summary, as_json=as_json)


def _say_stale(error: StalePlanError, *, show_pii: bool, as_json: bool) -> None:
    from connector.cli import masking

    differing = error.departures if show_pii else masking.departures(error.departures)
    if as_json:
        output.say_json({"error": {**error_object(error), "changes": differing}})
        return
    from connector.cli.report_text import departure_lines

    for line in departure_lines(differing):
        output.say(line)
    output.say_error(error, as_json=False)


def say_summary(summary: RunSummary, *, as_json: bool) -> int:
    if as_json:
        output.say_json(summary)
    else:
        from connector.cli.report_text import summary_lines

        for line in summary_lines(summary):
            output.say(line)
    return 0 if summary.status == "ok" and not summary.calls.failed else EXIT_SOME_FAILED
