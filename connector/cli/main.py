"""The entry point: argv becomes a call of the app; what comes of it becomes text or JSON, and an exit code.

Exit codes: 0 done · 1 some calls failed · 2 usage, settings or mapping · 3 key, token or scope · 4 try again later ·
5 another run holds the portal · 6 `plan --detailed-exitcode` found changes, or `apply` that something changed since its
plan · 70 a defect of ours · 130, 143 stopped.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from connector.cli import output
from connector.cli.db import db
from connector.cli.doctor import doctor
from connector.cli.entry import main
from connector.cli.init import init
from connector.cli.look import calls, preview, runs
from connector.cli.offline import demo, sandbox
from connector.cli.prepare import check, setup
from connector.cli.reconcile import reconcile
from connector.cli.reference import explain, schema, version
from connector.cli.serve import serve
from connector.cli.session import OpenApp, Session, open_real_app
from connector.cli.settle import retry, skip
from connector.cli.stopping import Stopped, stopped_by
from connector.cli.transfer import apply, backfill, plan, sync
from connector.clock import SystemClock
from connector.errors import ConnectorError, InputError

if TYPE_CHECKING:
    from connector.ports import Clock

__all__ = ["cli", "main", "run"]
# `main` for the scripts of installations that were made before `entry` was there, as after a `git pull`.

EXIT_DEFECT = 70
"""EX_SOFTWARE of sysexits.h: not one of the codes that ask something of the user."""


EXIT_CODES = """
Exit codes: 0 done, or nothing to do; 1 some calls failed and are kept for retry; 2 usage, settings or mapping wrong;
3 key, token or scope refused; 4 a side is unavailable or limited, safe to run again; 5 another run holds this portal;
6 `plan --detailed-exitcode` found changes, or `apply` that something changed since its plan, and wrote nothing; 70 a
defect of ours; 130 or 143 stopped, state saved.
"""


class InOrder(click.Group):
    """Commands stand in the order of a first use, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=InOrder, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
def cli() -> None:
    """Carry every call that an AI receptionist answered into HubSpot: once, to the right contact."""


for command in (retry, skip):
    calls.add_command(command)
for command in (
    demo, init, doctor, setup, check, preview, plan, apply, sync, backfill, reconcile, serve, calls, runs, db,
    sandbox, schema, explain, version
):  # fmt: skip
    cli.add_command(command)


def run(argv: Sequence[str], *, open_app: OpenApp = open_real_app, clock: Clock | None = None) -> int:
    """Run one command and answer its exit code; nothing is raised but what the caller itself is at fault for."""
    as_json = "--json" in argv
    try:
        return _run(argv, Session(clock=clock or SystemClock(), open_app=open_app), as_json=as_json)
    except output.UnwritableError as error:
        # With --json too: stdout is no place to say it.
        output.say_error(error, as_json=False)
        return error.exit_code


def _run(argv: Sequence[str], session: Session, *, as_json: bool) -> int:
    try:
        code = cli.main(list(argv), prog_name="connector", standalone_mode=False, obj=session)
    except output.UnwritableError:
        raise
    except (Exception, Stopped) as error:  # noqa: BLE001 - the last line before the user
        stopped = stopped_by(error)
        return _say_failure(error, as_json=as_json) if stopped is None else _say_stopped(stopped, as_json=as_json)
    return code or 0


def _say_stopped(stopped: Stopped, *, as_json: bool) -> int:
    output.say_error(InputError("E112", f"stopped by {stopped.by}: {stopped.left}"), as_json=as_json)
    return stopped.exit_code


def _say_failure(error: BaseException, *, as_json: bool) -> int:
    """Tell what went wrong and answer its exit code; a defect of ours keeps its traceback."""
    match error:
        case ConnectorError():
            output.say_error(error, as_json=as_json)
            return error.exit_code
        case click.exceptions.NoArgsIsHelpError():
            return _say_help(error, as_json=as_json)
        case click.ClickException():
            output.say_error(_usage_error(error), as_json=as_json)
            return InputError.exit_code
        case _:
            _report_defect(error, as_json=as_json)
            return EXIT_DEFECT


def _say_help(error: click.exceptions.NoArgsIsHelpError, *, as_json: bool) -> int:
    """A group alone shows what it has, and is no command all the same."""
    if as_json:
        output.say_error(_usage_error(click.UsageError("Missing command.", error.ctx)), as_json=True)
    else:
        output.note_lines(error.format_message())
    return InputError.exit_code


def _usage_error(error: click.ClickException) -> InputError:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "connector"
    return InputError("E100", error.format_message(), where=command, fix=f"`{command} --help` says what it takes.")


def _report_defect(error: BaseException, *, as_json: bool) -> None:
    """The traceback stays whole but for what it quotes of people and keys."""
    from connector.log import redact

    output.note_lines(redact("".join(traceback.format_exception(error))).rstrip())
    output.say_error(InputError("E113", f"a defect in the connector: {type(error).__name__}"), as_json=as_json)
