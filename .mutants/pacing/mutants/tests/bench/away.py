"""The other side and the connector, each in a process of its own, so that one's cost is not taken for the other's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

CONNECTOR = Path(sys.executable).with_name("connector")
MB = 1_000_000
NOT_HANDED_ON = ("CONNECTOR_", "PYTHON")
"""Neither settings of the developer's own, nor what keeps Python from storing its bytecode as it does for users."""


class Spent(NamedTuple):
    """What one command cost, and the JSON object that it printed."""

    wall_seconds: float
    processor_seconds: float
    peak_bytes: int
    answer: Any


class Away:
    """A sandbox in another process, and commands against it in a folder of their own."""

    def __init__(self, folder: Path, addresses: dict[str, str]) -> None:
        self.folder = folder
        self.page = addresses["page"]
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)},
            "CONNECTOR_SOURCE_API_KEY": addresses["source_api_key"],
            "CONNECTOR_SOURCE_BASE_URL": addresses["source_base_url"],
            "CONNECTOR_HUBSPOT_TOKEN": addresses["hubspot_token"],
            "CONNECTOR_HUBSPOT_BASE_URL": addresses["hubspot_base_url"],
        }

    def connector(self, *argv: str, **settings: str) -> Spent:
        """Run one command to its end. Raises RuntimeError when it fails."""
        environment = {**self._environment, **{f"CONNECTOR_{name.upper()}": value for name, value in settings.items()}}
        began = time.perf_counter()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [CONNECTOR, *argv, "--json"], cwd=self.folder, env=environment, stdout=out, stderr=err
            )
            # Of this child alone; RUSAGE_CHILDREN would tell the largest of all.
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall = time.perf_counter() - began
            out.seek(0)
            err.seek(0)
            if process.returncode:
                said = err.read().decode() + out.read().decode()
                raise RuntimeError(f"{argv} ended with {process.returncode}: {said}")
            unit = 1 if sys.platform == "darwin" else 1024
            return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, json.loads(out.read()))

    def reset(self, *parts: str) -> None:
        """Begin again with these parts of the sandbox: `portal`, `log`."""
        body = json.dumps({"parts": parts}).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{self.page}_sandbox/reset", data=body)) as answer:
            answer.read()

    def control(self, path: str) -> Any:
        """What the sandbox's own side answers: `requests`, `export`."""
        with urllib.request.urlopen(f"{self.page}_sandbox/{path}") as answer:
            return json.load(answer)


@contextmanager
def away(*options: str) -> Iterator[Away]:
    """A sandbox with these options, its portal prepared."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([CONNECTOR, "sandbox", *options], cwd=folder, stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            side = Away(Path(folder), json.loads(process.stdout.readline()))
            side.connector("setup")
            yield side
        finally:
            process.terminate()
            process.communicate()
