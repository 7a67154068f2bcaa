from __future__ import annotations

import signal

import click
import pytest

from connector.cli import output
from connector.cli.main import cli
from connector.cli.stopping import Stopped
from connector.codes import CODES
from connector.errors import InputError
from connector.reports import Finding
from tests.unit.cli.samples import a_plan, a_planned_call, a_summary

COMMANDS = [
    "demo", "init", "doctor", "setup", "check", "preview", "plan", "apply", "sync", "backfill", "reconcile", "serve",
    "calls", "runs", "db", "sandbox", "schema", "explain", "version",
]  # fmt: skip


def test_the_commands_are_these_and_no_others(connector):
    assert list(cli.commands) == COMMANDS
    ran = connector("--help")
    assert ran.code == 0
    assert "Exit codes: 0 done" in ran.out


@pytest.mark.parametrize(
    "argv",
    [[name] for name in COMMANDS]
    + [["calls", "list"], ["calls", "show"], ["runs", "list"], ["db", "show"], ["db", "upgrade"]],
)
def test_every_command_explains_itself_and_knows_json(connector, argv):
    ran = connector(*argv, "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert "--json" in ran.out or argv in (["calls"], ["runs"], ["db"], ["serve"])


@pytest.mark.parametrize(
    ("argv", "said", "where"),
    [
        pytest.param(["sinc"], "Did you mean 'sync'?", "connector", id="command"),
        pytest.param(["sync", "--evry", "5m"], "Did you mean '--every'?", "connector sync", id="option"),
        pytest.param(["preview"], "Missing argument 'CALL_ID'", "connector preview", id="argument"),
        pytest.param(["calls", "list", "--state", "lost"], "'lost' is not one of", "connector calls list", id="choice"),
        pytest.param(["calls", "list", "--limit", "0"], "0 is not in the range", "connector calls list", id="range"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_a_slip_on_the_command_line(connector, argv, said, where, as_json):
    ran = connector(*argv, *["--json"] * as_json)
    assert ran.code == 2
    if as_json:
        error = ran.json["error"]
        assert (error["code"], error["where"]) == ("E100", where)
        assert said in error["message"]
        assert error["fix"] == f"`{where} --help` says what it takes."
    else:
        assert ran.out == ""
        assert said in ran.err
        assert len(ran.err.splitlines()) == 3


@pytest.mark.parametrize("argv", [[], ["calls"]])
def test_a_group_alone_shows_what_it_has(connector, argv):
    ran = connector(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert "Commands:" in ran.err
    assert connector(*argv, "--json").code == 2


def test_a_wrong_setting_is_told_with_its_name(connector, monkeypatch):
    monkeypatch.setenv("CONNECTOR_CONCURRENCY", "many")
    ran = connector("sync")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error E101 CONNECTOR_CONCURRENCY must be a whole number from 1 to 64\n"
        "  where: CONNECTOR_CONCURRENCY in the environment\n"
        f"  fix: {CODES['E101'].fix}\n"
    )


def test_an_unknown_variable_is_a_warning_on_stderr(connector, monkeypatch):
    monkeypatch.setenv("CONNECTOR_HUBSPOT_TOKN", "x")
    ran = connector("sync", "--json", sync=[a_summary()])
    assert ran.json["run_id"] == "0197f0c2"
    assert "warning W101 CONNECTOR_HUBSPOT_TOKN is not a setting of this version" in ran.err
    assert "fix: Did you mean CONNECTOR_HUBSPOT_TOKEN?" in ran.err


@pytest.mark.parametrize("as_json", [False, True])
def test_a_defect_keeps_its_traceback_without_the_people_in_it(connector, as_json):
    ran = connector("sync", *["--json"] * as_json, sync=[ZeroDivisionError("for +447700900123, pat-na1-12345678")])
    assert ran.code == 70
    assert "Traceback (most recent call last):" in ran.err
    assert "ZeroDivisionError: for +44•••123, [redacted]" in ran.err
    assert "a defect in the connector: ZeroDivisionError" in (ran.out if as_json else ran.err)
    assert ran.app.closed == 1


@pytest.mark.parametrize(("number", "code", "by"), [(signal.SIGINT, 130, "Ctrl-C"), (signal.SIGTERM, 143, "SIGTERM")])
@pytest.mark.parametrize("as_json", [False, True])
def test_stopped(connector, number, code, by, as_json):
    ran = connector("sync", *["--json"] * as_json, sync=[Stopped(number)])
    assert ran.code == code
    said = ran.json["error"]["message"] if as_json else ran.err
    assert f"stopped by {by}: state saved, run again to go on" in said
    assert ran.app.closed == 1


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color(monkeypatch, capfd, no_color, coloured):
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda *_: False)
    output.note(f"{output.styled('error', 'red')} E100")
    said = capfd.readouterr().err
    assert said == ("\x1b[31merror\x1b[0m E100\n" if coloured else "error E100\n")


def test_no_colour_off_a_terminal(connector):
    ran = connector("plan", plan=a_plan(a_planned_call()))
    assert "\x1b[" not in ran.out


def test_a_warning_is_three_lines_on_stderr(capfd):
    output.warn(Finding(where=".env:2", code="W101", message="not a setting", fix="Remove it."))
    out, err = capfd.readouterr()
    assert (out, err) == ("", "warning W101 not a setting\n  where: .env:2\n  fix: Remove it.\n")


def test_an_error_without_a_place_is_two_lines(capfd):
    output.say_error(InputError("E104", "the window ends before it starts"), as_json=False)
    assert capfd.readouterr().err == f"error E104 the window ends before it starts\n  fix: {CODES['E104'].fix}\n"
