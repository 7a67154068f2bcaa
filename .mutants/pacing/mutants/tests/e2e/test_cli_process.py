"""The command line as a process: signals, pipes, encodings, start-up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CONNECTOR = Path(sys.executable).with_name("connector")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")


def connector(*argv: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [CONNECTOR, *argv], cwd=cwd, env={**os.environ, **environment}, capture_output=True, timeout=60, check=False
    )


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any]]]:
    process = subprocess.Popen(
        [CONNECTOR, "sandbox", "--state", "kept", "--calls", "60"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    yield process, json.loads(process.stdout.readline())
    process.kill()
    process.communicate()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
def test_sandbox_serves_until_it_is_stopped_and_keeps_its_state(sandbox, tmp_path, number, code):
    process, addresses = sandbox
    assert set(addresses) == {"hubspot_base_url", "hubspot_token", "source_base_url", "source_api_key", "page"}
    with urllib.request.urlopen(addresses["page"]) as page:
        assert page.status == 200
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert out == b""
    assert err == b"", "stopping is how it ends: one JSON line is all it says"
    assert (tmp_path / "kept" / "sandbox.json").is_file()


STUBBORN = """
import threading, time

class App:
    def __enter__(self): return self
    def __exit__(self, *_): threading.Thread(target=time.sleep, args=(60,)).start()
    def runs_list(self, limit):
        print("ready", flush=True)
        time.sleep(60)

from connector.cli.main import run
from connector.cli.stopping import stop_on_signals

stop_on_signals()
raise SystemExit(run(["runs", "list"], open_app=lambda settings, clock: App()))
"""


def test_a_second_signal_ends_the_process_at_once(tmp_path):
    """As when a request is under way in another thread, which the interpreter would wait for."""
    process = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGINT)
    assert b"state saved" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in err


SWALLOWED = """
import os, signal, time
from connector.cli.main import run
from connector.cli.stopping import stop_on_signals

def stop(): os.kill(os.getpid(), signal.SIGINT)

class App:
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def runs_list(self, limit):
{what_happens}
        time.sleep(15)

stop_on_signals()
raise SystemExit(run(["runs", "list"], open_app=lambda settings, clock: App()))
"""


@pytest.mark.parametrize(
    "what_happens",
    [
        pytest.param("class F:\n    def __del__(self): stop()\nF()", id="in a finalizer, which lets nothing out"),
        pytest.param("try: stop()\nexcept BaseException as e: raise ValueError(str(e))", id="within somebody's C"),
    ],
)
def test_a_signal_that_meets_code_which_keeps_it_stops_all_the_same(tmp_path, what_happens):
    script = SWALLOWED.format(what_happens=textwrap.indent(what_happens, "        "))
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, timeout=20, check=False)
    assert ran.returncode == 130
    assert b"state saved" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"ignored" not in ran.stderr


@pytest.mark.parametrize("argv", [["explain", "E101"], ["--help"], ["version"], ["schema", "--json"]], ids=" ".join)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path, argv, unbuffered):
    """`connector explain E101 | true`, with the pipe closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [CONNECTOR, *argv],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.parametrize(
    "argv",
    [
        ["explain", "E101"],
        ["version", "--json"],
        ["--help"],
        ["explain", "E999", "--json"],
        ["schema"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_stdout_is_told_on_stderr(tmp_path, argv, unbuffered):
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [CONNECTOR, *argv],
            cwd=tmp_path,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    lines = process.stderr.decode().splitlines()
    assert process.returncode == 2
    assert lines[0] == "error E115 the output cannot be written: No space left on device"
    assert len(lines) == 3


@pytest.mark.parametrize("as_json", [False, True])
def test_a_locale_without_our_characters(tmp_path, as_json):
    ran = connector("schema", *["--json"] * as_json, cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["type"] == "object"


def test_help_loads_nothing_heavy(tmp_path):
    """Start-up is imports: what is not loaded costs nothing (the time itself is measured by `make bench`)."""
    script = "import sys, connector.cli.main as m; m.run(['--help']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ran.stdout.splitlines()[-1].split()}
    heavy = {
        "alembic",
        "httpx",
        "hubspot",
        "minijinja",
        "phonenumbers",
        "pydantic",
        "rich",
        "sqlalchemy",
        "starlette",
        "uvicorn",
        "yaml",
    }
    assert not heavy & loaded


def test_a_run_with_nothing_to_do_loads_nothing_that_only_writing_needs(sandbox, tmp_path):
    _, addresses = sandbox
    settings = {
        f"CONNECTOR_{name.upper()}": addresses[name]
        for name in ("source_base_url", "source_api_key", "hubspot_base_url", "hubspot_token")
    }
    for command in ("setup", "sync"):
        assert connector(command, cwd=tmp_path, **settings).returncode == 0
    script = "import sys, connector.cli.main as m; m.run(['sync', '--json']); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    summary, modules = ran.stdout.splitlines()
    assert json.loads(summary)["requests"] == {"source": 1, "hubspot": 0}
    loaded = set(modules.split())
    assert not {"alembic", "hubspot", "phonenumbers", "rich", "psycopg", "connector.proof.mappings"} & loaded
