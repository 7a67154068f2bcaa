"""preview, calls, runs: what would become of one call, what became of each, and what each run did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.reports import CallStory, Preview

STATES = ("intent", "done", "held", "skipped", "failed", "dead", "gone")


@click.command()
@click.argument("call_id")
@options.show_pii
@options.as_json
@pass_session
def preview(session: Session, call_id: str, show_pii: bool, as_json: bool) -> None:
    """Show what one call becomes in the CRM.

    The platform's record first, then contact, call and records with the origin of each value.
    """
    from connector.cli import masking

    with session.app() as app:
        shown = app.preview(call_id)
    if not show_pii:
        shown = masking.preview(shown)
    if as_json:
        output.say_json(shown)
    else:
        _say_preview(shown)


def _say_preview(shown: Preview) -> None:
    import json

    from connector.cli.report_text import call_lines

    output.say_lines(json.dumps(shown.payload, indent=2, ensure_ascii=False, default=str))
    output.say()
    for line in call_lines(shown.plan):
        output.say(line)


@click.group()
def calls() -> None:
    """Look at what became of calls, and decide about single ones."""


@calls.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only these; may be repeated.")
@click.option("--held", is_flag=True, help="Only the calls that wait for a person: the same as --state held.")
@click.option("--failed", is_flag=True, help="Only the calls that failed: the same as --state failed --state dead.")
@click.option("--dead", is_flag=True, help="Only the calls that were given up: the same as --state dead.")
@click.option("--code", metavar="CODE", help="Only calls that failed with this code, or lost something by it (W…).")
@options.since("Only calls that ended then or later: a date, a time, or an age such as 7d.")
@options.limit(100)
@options.as_json
@pass_session
def list_calls(
    session: Session,
    *,
    states: tuple[str, ...],
    held: bool,
    failed: bool,
    dead: bool,
    code: str | None,
    since_text: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List calls, newest first."""
    from connector.model import State

    wanted = [State(state) for state in states] + [State.HELD] * held + [State.FAILED, State.DEAD] * failed
    wanted += [State.DEAD] * dead
    since = options.read_moment(session, "--since", since_text)
    with session.app() as app:
        entries = app.calls_list(states=wanted, since=since, code=options.known_code(code), limit=limit)
    if as_json:
        output.say_json({"calls": entries})
        return
    if not entries:
        output.note("no such calls: none has been carried yet, or none is like this")
        return
    from connector.cli.report_text import moment

    if len(entries) == limit:
        output.note(f"the newest {limit} are shown; --limit shows more")
    output.say_table(
        ("ended", "call", "state", "decision", "reason", "contact", "engagement"),
        [
            (
                moment(entry.ended_at),
                entry.call_id,
                entry.state.value,
                entry.decision,
                f"{entry.code} {entry.message}" if entry.code else entry.reason,
                entry.contact_id or "",
                entry.engagement_id or "",
            )
            for entry in entries
        ],
    )


@calls.command("show")
@click.argument("call_id")
@options.show_pii
@options.as_json
@pass_session
def show_call(session: Session, call_id: str, show_pii: bool, as_json: bool) -> None:
    """Explain one call: what the platform says now, what was decided and why, and where it is in the CRM."""
    from connector.cli import masking

    with session.app() as app:
        told = app.calls_show(call_id)
    if told.entry is None and told.preview is None:
        raise InputError("E109", "neither the ledger nor the platform knows this call", where="CALL_ID")
    if not show_pii:
        told = masking.story(told)
    if as_json:
        output.say_json(told)
    else:
        _say_story(told)


def _say_story(told: CallStory) -> None:
    from connector.cli.call_text import story_lines

    for line in story_lines(told):
        output.say(line)
    output.say()
    if told.details:
        import json

        output.say("What the platform tells beside its record:")
        output.say_lines(json.dumps(told.details, indent=2, ensure_ascii=False, default=str))
        output.say()
    if told.preview is None:
        output.say("the platform does not know this call any more")
        return
    output.say("The platform's record now, and below what today's mapping makes of it as if it were new:")
    _say_preview(told.preview)


@click.group()
def runs() -> None:
    """Look at past runs, with their counts and costs."""


@runs.command("list")
@options.limit(20)
@options.as_json
@pass_session
def list_runs(session: Session, limit: int, as_json: bool) -> None:
    """List runs, newest first."""
    with session.app() as app:
        summaries = app.runs_list(limit)
    if as_json:
        output.say_json({"runs": summaries})
        return
    if not summaries:
        output.note("no runs yet")
        return
    from connector.cli.report_text import moment

    output.say_table(
        ("run", "kind", "status", "started", "read", "created", "updated", "held", "skipped", "failed", "HubSpot"),
        [
            (
                summary.run_id,
                summary.kind,
                summary.status,
                moment(summary.started_at),
                *(
                    str(count)
                    for count in (
                        summary.calls.read,
                        summary.calls.created,
                        summary.calls.updated,
                        summary.calls.held,
                        summary.calls.skipped,
                        summary.calls.failed,
                        summary.requests.hubspot,
                    )
                ),
            )
            for summary in summaries
        ],
    )


@runs.command("show")
@click.argument("run_id")
@options.as_json
@pass_session
def show_run(session: Session, run_id: str, as_json: bool) -> None:
    """Show one run; the beginning of its id is enough."""
    with session.app() as app:
        summary = app.runs_show(run_id)
    if as_json:
        output.say_json(summary)
        return
    from connector.cli.report_text import summary_lines

    for line in summary_lines(summary):
        output.say(line)
