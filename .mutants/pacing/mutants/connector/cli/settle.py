"""calls retry, calls skip: what a person decides about single calls."""

from __future__ import annotations

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.errors import InputError

REASON_LENGTH_MAX = 200


@click.command()
@click.argument("call_ids", metavar="[CALL_ID]...", nargs=-1)
@click.option("--failed", is_flag=True, help="All calls that failed, those that were given up (dead) included.")
@click.option("--code", metavar="CODE", help="With --failed: only those that failed with this code.")
@options.force
@options.as_json
@pass_session
def retry(
    session: Session, *, call_ids: tuple[str, ...], failed: bool, code: str | None, force: bool, as_json: bool
) -> int:
    """Carry single calls now, whatever became of them before.

    A call that was skipped is looked at again; one that was written is brought up to date with today's mapping.
    """
    from connector.cli.progress import shown_progress
    from connector.cli.transfer import say_summary

    if bool(call_ids) == failed:
        raise InputError("E100", "name the calls to retry, or give --failed", where="CALL_ID, --failed")
    if code and not failed:
        raise InputError("E100", "--code chooses among the calls of --failed", where="--code")
    code = options.known_code(code)
    with session.app() as app, shown_progress("retry", session.clock) as on_progress:
        summary = app.calls_retry(call_ids, failed=failed, code=code, force=force, on_progress=on_progress)
    return say_summary(summary, as_json=as_json)


@click.command()
@click.argument("call_ids", metavar="CALL_ID...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", default="", help="Why, for `calls show`; numbers and addresses are masked.")
@options.as_json
@pass_session
def skip(session: Session, *, call_ids: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Leave single calls alone for good; `calls retry` undoes it.

    Whatever stands in HubSpot stays there as it is.
    """
    if len(reason) > REASON_LENGTH_MAX:
        raise InputError("E100", f"--reason takes at most {REASON_LENGTH_MAX} characters", where="--reason")
    with session.app() as app:
        entries = app.calls_skip(call_ids, reason=reason)
    if as_json:
        output.say_json({"calls": entries})
        return
    for entry in entries:
        output.say(f"{entry.call_id} will not be tried again; `connector calls retry {entry.call_id}` undoes it")
