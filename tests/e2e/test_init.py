"""`init` in a real terminal, against a sandbox; and the first steps that follow."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

CONNECTOR = Path(sys.executable).with_name("connector")
PROMPT = b" > "
UNSEEN = b"Not shown while you type"
ANSWER_SECONDS_MAX = 30.0
OWN_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Makes its standard input the terminal that Ctrl-C comes from and that keys are typed on."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal as POSIX has it")


class Said(NamedTuple):
    code: int
    text: str


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    process = subprocess.Popen(
        [CONNECTOR, "sandbox", "--source", "vapi", "--calls", "20", "--limits", "off"],
        cwd=tmp_path_factory.mktemp("sandbox"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    yield json.loads(process.stdout.readline())
    process.kill()
    process.communicate()


def in_terminal(cwd: Path, sandbox: dict[str, str], *answers: str, argv: tuple[str, ...] = ("init",)) -> Said:
    """Type each answer when it is asked for; a control character is typed as it is."""
    environment = {
        **os.environ,
        "CONNECTOR_SOURCE_BASE_URL": sandbox["source_base_url"],
        "CONNECTOR_HUBSPOT_BASE_URL": sandbox["hubspot_base_url"],
        "TERM": "xterm",
    }
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", OWN_TERMINAL, CONNECTOR, *argv],
        cwd=cwd,
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    said = b""
    for answer in answers:
        asked = _read(master, PROMPT)
        if UNSEEN in asked:
            _wait_until_unseen(master)
        said += asked
        if answer < " ":
            # No hand is as quick as this one: a signal between the prompt and the reading waits for the next key.
            time.sleep(0.2)
        os.write(master, answer.encode() + (b"" if answer < " " and answer else b"\n"))
    said += _read(master, None)
    try:
        code = process.wait(timeout=ANSWER_SECONDS_MAX)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return Said(code, said.decode())


def _read(terminal: int, until: bytes | None) -> bytes:
    """What is printed up to these bytes, or up to the end."""
    read, ends_at = b"", time.monotonic() + ANSWER_SECONDS_MAX
    while time.monotonic() < ends_at and not (until and read.endswith(until)):
        ready, _, _ = select.select([terminal], [], [], 0.2)
        try:
            piece = os.read(terminal, 4096) if ready else None
        except OSError:
            break
        if piece == b"":
            break
        read += piece or b""
    return read


def _wait_until_unseen(terminal: int) -> None:
    """A hidden question throws away what was typed before it has turned the echo off."""
    ends_at = time.monotonic() + ANSWER_SECONDS_MAX
    while termios.tcgetattr(terminal)[3] & termios.ECHO and time.monotonic() < ends_at:
        time.sleep(0.01)


def answers(sandbox: dict[str, str], *others: str) -> tuple[str, ...]:
    return (
        "vapi",
        sandbox["source_api_key"],
        sandbox["hubspot_token"],
        *(others or ("gb", "", "log-everything", "30d", "")),
    )


def test_from_nothing_to_calls_in_the_portal(sandbox: dict[str, str], tmp_path: Path) -> None:
    platform, *rest = answers(sandbox)
    said = in_terminal(tmp_path, sandbox, platform, "vapi-wrong", *rest)
    assert said.code == 0, said.text
    assert "E310 Vapi refused the key" in said.text
    assert "HubSpot takes the key: portal 48121107" in said.text
    assert sandbox["source_api_key"] not in said.text
    assert sandbox["hubspot_token"] not in said.text
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "mappings").iterdir()) == [
        "vapi.test.yaml",
        "vapi.yaml",
    ]

    def run(*argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([CONNECTOR, *argv], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    assert run("doctor").returncode == 2, "the portal is not set up"
    assert run("setup").returncode == 0
    assert run("plan", "--json").returncode == 0
    assert json.loads(run("sync", "--json").stdout)["calls"]["read"] == 20
    healthy = run("doctor")
    assert healthy.returncode == 0, healthy.stdout
    again = in_terminal(tmp_path, sandbox)
    assert (again.code, "E132 .env is there already" in again.text) == (2, True)


@pytest.mark.parametrize(
    ("given", "key", "code", "word"),
    [
        pytest.param(1, "\x03", 130, "E112", id="Ctrl-C at a hidden question"),
        pytest.param(4, "\x03", 130, "E112", id="Ctrl-C at a plain one"),
        pytest.param(2, "\x04", 2, "E135", id="Ctrl-D at a hidden question"),
        pytest.param(7, "\x04", 2, "E135", id="Ctrl-D at the last one"),
    ],
)
def test_an_end_at_a_question_writes_nothing(
    sandbox: dict[str, str], tmp_path: Path, given: int, key: str, code: int, word: str
) -> None:
    said = in_terminal(tmp_path, sandbox, *answers(sandbox)[:given], key)
    assert (said.code, word in said.text) == (code, True), said.text
    assert not list(tmp_path.iterdir())
