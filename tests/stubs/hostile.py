"""Servers that mean no good, and a command of the product in a process of its own, with its peak memory."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.stubs.server import Script

CONNECTOR = Path(sys.executable).with_name("connector")
MB = 1024 * 1024
PIECE = 64 * 1024
PATIENCE_SECONDS = 900.0

Pieces = Callable[[], Iterator[bytes]]


class Ended(NamedTuple):
    """How a command ended, and what it took."""

    exit_status: int
    code: str
    said: str
    peak_bytes: int
    seconds: float


def connector(*argv: str, folder: Path, **settings: str) -> Ended:
    """Run one command to its end, in an environment of these settings alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CONNECTOR_")}
    environment |= {f"CONNECTOR_{name.upper()}": value for name, value in settings.items()}
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([CONNECTOR, *argv, "--json"], cwd=folder, env=environment, stdout=out, stderr=err)
        # Of this child alone; RUSAGE_CHILDREN would tell the largest of all.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        printed, said = out.read().decode(), err.read().decode()
    answer = json.loads(printed) if printed else {}
    code = answer.get("error", {}).get("code", "")
    return Ended(process.returncode, code, said, used.ru_maxrss * 1024, time.monotonic() - began)


def streams(head: str, pieces: Pieces) -> Script:
    """Send a head and then pieces, as long as the other side takes them."""

    def script(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{head}\r\n".encode())
        for piece in pieces():
            connection.sendall(piece)

    return script


@cache
def bomb(megabytes: int) -> bytes:
    """A JSON text of blanks, compressed to a thousandth."""
    packed = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packed.compress(b'["') + b"".join(packed.compress(b" " * MB) for _ in range(megabytes)) + packed.flush()
