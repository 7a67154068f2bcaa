from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from connector.cli import progress
from connector.cli.pace import Pace, in_words
from connector.cli.progress import shown_progress
from connector.reports import READING, Progress
from tests.stubs.clock import VirtualClock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_got_how_fast_and_what_is_left(monkeypatch):
    terminal, clock = Terminal(), VirtualClock()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    with shown_progress("backfill", clock) as on_progress:
        on_progress(Progress(read=1_234, stage=READING))
        on_progress(Progress(read=20_000, done=9_000, stage="writing"))
        clock.sleep(10)
        on_progress(Progress(read=20_000, done=10_000, failed=1, stage="writing", day_left=123_456))
    seen = terminal.getvalue()
    assert "writing" in seen
    told = "10,000/20,000 calls · 1 failed · 100 calls/s · 2 min left · 123,456 HubSpot requests left today"
    assert told in seen


def test_while_calls_are_read_nobody_knows_how_many_there_are(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with shown_progress("sync", VirtualClock()) as on_progress:
        on_progress(Progress(read=1_234, done=700, stage=READING))
    assert "reading" in terminal.getvalue()
    assert "1,234 calls" in terminal.getvalue()


def test_elsewhere_the_log_tells_every_half_minute(monkeypatch, capsys):
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(progress.log, "info", lambda event, extra: lines.append({"event": event, **extra}))
    clock = VirtualClock()
    with shown_progress("sync", clock) as on_progress:
        on_progress(Progress(read=100, stage=READING))
        for done in range(0, 1_200, 10):
            on_progress(Progress(read=2_000, done=done, failed=3, stage="writing", day_left=77))
            clock.sleep(1)
    assert capsys.readouterr() == ("", "")
    assert {line["event"] for line in lines} == {"progress"}
    assert [line["done"] for line in lines] == [300, 600, 900]
    assert [(line["calls_per_second"], line["seconds_left"]) for line in lines] == [(10, 170), (10, 140), (10, 110)]
    assert (lines[0]["stage"], lines[0]["failed"], lines[0]["hubspot_requests_left_today"]) == ("writing", 3, 77)


def test_the_pace_is_that_of_the_last_minute():
    pace = Pace()
    pace.saw(90_000, 0.0)  # settled before: going on begins with it
    assert (pace.rate, pace.seconds_left(100_000)) == (None, None)
    for second in range(1, 301):
        pace.saw(90_000 + (10 * second if second < 200 else 2_000 + second - 200), float(second))
    assert pace.rate == pytest.approx(1.0)
    assert pace.seconds_left(100_000) == pytest.approx(7_900)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59, "59 s"), (61, "1 min"), (3_540, "59 min"), (3_590, "1 h 00 min"), (11_100, "3 h 05 min")],
)
def test_time_in_words(seconds, words):
    assert in_words(seconds) == words
