"""A wire to a server that can be cut: at any message of the client's, before it arrives or after it was carried out."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal

_BYTES = 65_536
_ANSWER_SECONDS = 2.0
Cut = Literal["before", "after"]


class Wire:
    """Passes everything on to `there`, a port of this machine."""

    def __init__(self, there: int) -> None:
        self._there = there
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._lock = threading.Lock()
        self._lines: list[_Line] = []
        self.messages = 0
        """How many the client sent since the last `arm`."""
        self._cut_at, self._cut = 0, "before"
        self.is_down = False
        """Whether new connections are turned away."""
        self._doorman = _start(self._accept)

    def arm(self, at: int = 0, cut: Cut = "before") -> None:
        """Count anew and cut every connection at this message: it never arrives, or its answer does not. 0 never."""
        with self._lock:
            self.messages, self._cut_at, self._cut = 0, at, cut

    def cut(self) -> None:
        """Cut every connection that stands."""
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            line.cut()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._doorman.join()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                if self.is_down:
                    client.close()
                    continue
                line = _Line(client, socket.create_connection(("127.0.0.1", self._there)), self._is_passed)
                with self._lock:
                    self._lines.append(line)

    def _is_passed(self, line: _Line, content: bytes) -> bool:
        """Whether a message goes on its way."""
        with self._lock:
            self.messages += 1
            if self.messages != self._cut_at:
                return True
        if self._cut == "after":
            line.carry_out(content)
        self.cut()
        return False


class _Line:
    """One connection."""

    def __init__(self, client: socket.socket, server: socket.socket, is_passed: Callable[[_Line, bytes], bool]) -> None:
        self._client = client
        self._server = server
        self._is_passed = is_passed
        self._is_mute = False
        self._answered = threading.Event()
        _start(self._ask)
        _start(self._answer)

    def carry_out(self, content: bytes) -> None:
        """Let the server work on this to its end; its answer goes nowhere."""
        self._is_mute = True
        self._server.sendall(content)
        self._answered.wait(_ANSWER_SECONDS)

    def cut(self) -> None:
        for side in (self._client, self._server):
            _shut(side)

    def _ask(self) -> None:
        for content in _read(self._client):
            if not self._is_passed(self, content):
                break
            with suppress(OSError):
                self._server.sendall(content)
        _shut(self._server)
        self._server.close()

    def _answer(self) -> None:
        for content in _read(self._server):
            if self._is_mute:
                self._answered.set()
                break
            with suppress(OSError):
                self._client.sendall(content)
        if not self._is_mute:
            _shut(self._client)
        self._client.close()


def _read(side: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while content := side.recv(_BYTES):
            yield content


def _shut(side: socket.socket) -> None:
    with suppress(OSError):
        side.shutdown(socket.SHUT_RDWR)


def _start(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


@contextmanager
def a_wire(there: int) -> Iterator[Wire]:
    wire = Wire(there)
    try:
        yield wire
    finally:
        wire.close()
