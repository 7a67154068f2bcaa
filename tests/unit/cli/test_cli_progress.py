from __future__ import annotations

import io
import sys

import pytest

from connector.cli.progress import shown_progress
from connector.reports import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_got(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with shown_progress("backfill") as on_progress:
        on_progress(Progress(stage="reading"))
        on_progress(Progress(read=200, done=149, failed=1, stage="writing"))
    assert "writing" in terminal.getvalue()
    assert "150/200" in terminal.getvalue()


def test_nothing_else_does(capsys: pytest.CaptureFixture[str]):
    with shown_progress("sync") as on_progress:
        on_progress(Progress(read=1, done=1))
    assert capsys.readouterr() == ("", "")
