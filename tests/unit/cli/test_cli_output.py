"""Other people's text on a terminal is shown, never obeyed; our own colours are not."""

from __future__ import annotations

import json

import click
import pytest

from connector.cli import output
from connector.errors import InputError

HOSTILE = "Ada\x1b]0;owned\x07\x1b[2J\r\nerror E310 forged\u202egpj.exe\x9b31m"
SHOWN = "Ada\\x1b]0;owned\\x07\\x1b[2J\\r\\nerror E310 forged\\u202egpj.exe\\x9b31m"


@pytest.fixture(autouse=True)
def a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda *_: False)


def test_a_line_of_data_stays_one_line(capfd):
    output.say(f"caller {HOSTILE}")
    assert capfd.readouterr().out == f"caller {SHOWN}\n"


def test_a_line_of_message_stays_one_line(capfd):
    output.say_error(InputError("E401", HOSTILE, where=HOSTILE, fix=HOSTILE), as_json=False)
    said = capfd.readouterr().err
    assert said == f"\x1b[31merror\x1b[0m E401 {SHOWN}\n  where: {SHOWN}\n  fix: {SHOWN}\n"


def test_a_cell_stays_in_its_row(capfd):
    output.say_table(("who",), [(HOSTILE,)])
    assert capfd.readouterr().out.splitlines()[1] == SHOWN


def test_json_says_the_same(capfd):
    output.say_json({"name": HOSTILE})
    said = capfd.readouterr().out
    assert json.loads(said) == {"name": HOSTILE}
    assert said.rstrip("\n").isprintable()


def test_coloured_text_is_shown_too_and_nobody_else_colours(capfd):
    output.say(output.styled(HOSTILE, "red"))
    output.say("red:x" + "0" * 16)
    assert capfd.readouterr().out == f"\x1b[31m{SHOWN}\x1b[0m\nred:x{'0' * 16}\n"


def test_lines_of_our_own_stay_lines(capfd):
    output.say_lines("{\n}")
    output.note_lines("Traceback\n  ValueError: \x1b[2J")
    assert tuple(capfd.readouterr()) == ("{\n}\n", "Traceback\n  ValueError: \\x1b[2J\n")
