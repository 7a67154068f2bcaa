"""`serve` as a process: it syncs by itself, at once after a delivery, and ends in order."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pytest

from connector.codes import CODES
from connector.sandbox.people import ORGANIZATION_ID
from tests.stubs.deliveries import SECRET, krosai

CONNECTOR = Path(sys.executable).with_name("connector")
KEYS = ("source_base_url", "source_api_key", "hubspot_base_url", "hubspot_token")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")


class Serving:
    """The process, and what it says, line by line."""

    def __init__(self, argv: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [CONNECTOR, "serve", "--port", "0", *argv],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # a line that was read ahead is none that select sees
        )
        self.said: list[str] = []

    def until(self, pattern: str, *, stream: str = "stdout", seconds: float = 30) -> str:
        """Read on until a line looks so."""
        pipe: IO[bytes] = getattr(self.process, stream)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not select.select([pipe], [], [], 0.1)[0] and self.process.poll() is None:
                continue
            line = pipe.readline().decode()
            self.said.append(line)
            if re.search(pattern, line):
                return line
            assert line, f"ended without {pattern!r}: {self.said}"
        raise AssertionError(f"no {pattern!r} in {self.said}")

    @property
    def port(self) -> int:
        line = self.until("listening on", stream="stderr")
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found
        return int(found[1])

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@contextlib.contextmanager
def sandbox(folder: Path, source: str) -> Iterator[dict[str, str]]:
    """A platform and a prepared portal, as settings; `sandbox` is where its control is."""
    argv = ["sandbox", "--source", source, "--calls", "12", "--limits", "off"]
    process = subprocess.Popen([CONNECTOR, *argv], cwd=folder, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        addresses = json.loads(process.stdout.readline())
        named = {f"CONNECTOR_{name.upper()}": addresses[name] for name in KEYS}
        named |= {"CONNECTOR_SOURCE": source, "CONNECTOR_SINCE": "90d", "CONNECTOR_LOG_FORMAT": "text"}
        subprocess.run([CONNECTOR, "setup"], cwd=folder, env={**os.environ, **named}, check=True, capture_output=True)
        yield {**named, "sandbox": addresses["hubspot_base_url"]}
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One platform and portal for all who serve them, each with a ledger of its own."""
    with sandbox(tmp_path_factory.mktemp("sandbox"), "reception_ai") as settings:
        yield settings


@contextlib.contextmanager
def served(folder: Path, settings: dict[str, str], *argv: str) -> Iterator[Serving]:
    serving = Serving(argv, folder, {name: value for name, value in settings.items() if name != "sandbox"})
    try:
        yield serving
    finally:
        serving.process.kill()
        serving.process.communicate()


def ask(port: int, path: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def deliver(port: int, call_id: str, *, secret: str = SECRET) -> int:
    sent = krosai(call_id, at=datetime.now(UTC), secret=secret)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/webhooks/default", body=sent.body, headers=dict(sent.headers))
    return connection.getresponse().status


def ring(settings: dict[str, str], call: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"{settings['sandbox']}/_sandbox/calls", data=json.dumps([call]).encode(), method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def a_call(call_id: str) -> dict[str, Any]:
    return {
        "id": call_id,
        "organizationId": ORGANIZATION_ID,
        "callerNumber": "+447700900199",
        "callerName": "Ada Fern",
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "duration": 60,
        "summary": "Asked for a quote.",
        "createdAt": datetime.now(UTC).isoformat(),
    }


def test_a_delivery_brings_its_call_at_once(tmp_path):
    secrets = {"CONNECTOR_WEBHOOK_SECRET": f"an-old-one,{SECRET}"}
    with (
        sandbox(tmp_path, "krosai") as settings,
        served(tmp_path, {**settings, **secrets}, "--every", "1d") as serving,
    ):
        port = serving.port
        serving.until("^sync ok")
        deadline = time.monotonic() + 20
        while ask(port, "/readyz")[1]["last_run"] is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert ask(port, "/readyz")[1]["last_run"]["outcome"] == "ok"
        ring(settings, a_call("brought"))
        assert deliver(port, "brought", secret="forged") == 401
        assert deliver(port, "brought") == 200
        serving.until("^sync ok")
        assert " 1 created" in serving.until("read")
        assert deliver(port, "brought") == 200
        assert serving.stop(signal.SIGTERM) == 143


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
def test_it_ends_in_order(tmp_path, settings, number, code):
    with served(tmp_path, settings) as serving:
        port = serving.port
        assert ask(port, "/healthz") == (200, {"status": "alive"})
        assert ask(port, "/readyz")[0] == 200
        serving.until("read")
        assert deliver(port, "c1") == 401
        assert serving.stop(number) == code
        assert serving.process.stderr is not None
        err = "".join(serving.said) + serving.process.stderr.read().decode()
        assert "error E112 stopped by" in err
        assert "Traceback" not in err
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)


def test_with_json_stdout_has_one_object(tmp_path, settings):
    with served(tmp_path, settings, "--json") as serving:
        addresses = json.loads(serving.until("url"))
        assert addresses["webhooks"] is None
        port = int(addresses["url"].rpartition(":")[2])
        deadline = time.monotonic() + 20
        while ask(port, "/readyz")[1]["last_run"] is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert serving.stop(signal.SIGTERM) == 143
        assert serving.process.stdout is not None
        assert serving.process.stdout.read() == b""


def test_it_says_that_deliveries_are_refused(tmp_path, settings):
    with served(tmp_path, settings) as serving:
        warning = serving.until("warning", stream="stderr")
        assert warning.startswith("warning W150 deliveries of reception_ai cannot be verified")
        assert CODES["W150"].fix in serving.until("fix:", stream="stderr")


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["--every", "1s"], "E103"),
        (["--every", "often"], "E103"),
        (["--port", "70000"], "E100"),
        (["--host", "192.0.2.1"], "E150"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_served(tmp_path, argv, code):
    ran = subprocess.run([CONNECTOR, "serve", *argv], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stderr.decode().split("error ")[-1].startswith(code)


def test_a_ledger_that_cannot_be_opened_is_told_before_anything_is_received(tmp_path):
    ran = subprocess.run(
        [CONNECTOR, "serve", "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "CONNECTOR_LEDGER_URL": "sqlite:///nowhere/connector.db"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2
    assert b"E503" in ran.stderr
    assert b"listening" not in ran.stderr


@pytest.mark.parametrize("secret", ["short", "long-enough-but/with-a-slash", f"{SECRET},short"])
def test_a_secret_that_could_be_guessed_is_refused(tmp_path, secret):
    klen = {"CONNECTOR_SOURCE": "klen", "CONNECTOR_WEBHOOK_SECRET": secret}
    with served(tmp_path, klen) as serving:
        serving.until("error E151", stream="stderr")
        assert serving.process.wait(20) == 2
