"""`connector demo` from outside: what a developer sees in the first minute."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CONNECTOR = Path(sys.executable).with_name("connector")
CALLS = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fresh")


def connector(*argv: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([CONNECTOR, *argv], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def first(folder: Path) -> subprocess.CompletedProcess[str]:
    return connector("demo", cwd=folder)


@pytest.fixture(scope="module")
def second(folder: Path, first: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    ran = connector("demo", "--json", cwd=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    (line,) = ran.stdout.splitlines()
    shown: dict[str, Any] = json.loads(line)
    return shown


def test_the_first_run_ends_by_itself_with_a_table_and_the_page(first):
    assert (first.returncode, first.stderr) == (0, "")
    for row in (
        "logged, contact created",
        "logged, contact found",
        "held: ",
        "skipped: ",
        "this run: follow-up tasks created",
    ):
        assert re.search(rf"^{row}.* [1-9]\d*\b", first.stdout, re.MULTILINE), row
    assert f"{CALLS} calls read" in first.stdout
    assert re.search(r"http://127\.0\.0\.1:\d+/ +\(closed now", first.stdout)


def test_the_first_run_shows_nobody(first):
    assert first.returncode == 0
    assert "+44" not in first.stdout
    assert "@" not in first.stdout


def test_the_second_run_writes_nothing_and_asks_hubspot_nothing(second):
    calls = second["summary"]["calls"]
    assert calls["read"] == calls["unchanged"] + calls["skipped"] == CALLS
    assert second["summary"]["contacts"]["created"] == second["summary"]["records"]["created"] == 0
    assert second["summary"]["requests"] == {"source": 1, "hubspot": 0}
    assert sum(count for reasons in second["calls"].values() for count in reasons.values()) == CALLS


def test_the_second_run_says_so(folder, second):
    ran = connector("demo", cwd=folder)
    assert "Nothing was written twice: 0 created" in ran.stdout
    assert "0 HubSpot requests." in ran.stdout


def test_everything_is_kept_in_one_folder(folder, first):
    assert [path.name for path in folder.iterdir()] == [".demo"]
    assert {"env", "ledger.db", "sandbox"} <= {path.name for path in (folder / ".demo").iterdir()}


@pytest.fixture
def on_a_terminal(folder: Path, second: dict[str, Any]) -> Iterator[tuple[subprocess.Popen[bytes], str, int]]:
    """The demo with a terminal as its stdout, up to the line that names the page."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([CONNECTOR, "demo"], cwd=folder, stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    said = ""
    while "In another terminal" not in said:
        said += os.read(ours, 65_536).decode()
    yield process, said, ours
    process.kill()
    process.wait()
    os.close(ours)


def test_on_a_terminal_the_page_stays_up_until_ctrl_c(folder, on_a_terminal):
    process, said, _ = on_a_terminal
    page = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert page is not None
    with urllib.request.urlopen(page[0]) as answer:
        assert answer.status == 200

    listed = subprocess.run(
        ["bash", "-c", f"set -a; . .demo/env; set +a; {CONNECTOR} calls list --json; {CONNECTOR} sync --json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    calls, synced = (json.loads(line) for line in listed.stdout.splitlines())
    assert len(calls["calls"]) == CALLS
    assert synced["requests"] == {"source": 1, "hubspot": 0}

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
