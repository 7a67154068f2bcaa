"""A server on this machine that says exactly the bytes it is given, when it is given them."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Script = Callable[[socket.socket], None]
"""What the server does with one connection after it has read one request."""


class RawServer:
    """Serves one request per connection by the next script; the last one is repeated."""

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        self._scripts = list(scripts)
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.requests: list[bytes] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def wait(self) -> None:
        """Until every connection so far was served to its end or given up by the other side."""
        for thread in self._threads[1:]:
            thread.join(10)

    def close(self) -> None:
        # Waking a blocked accept() takes a shutdown, closing alone does not.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for connection in self._open:
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError):
            connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    chunk = connection.recv(65536)
                    if not chunk:
                        return
                    request += chunk
                self.requests.append(request)
                script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
                script(connection)


@contextmanager
def serving(*scripts: Script, tls: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    server = RawServer(*scripts, tls=tls)
    try:
        yield server
    finally:
        server.close()


def says(*pieces: bytes, pause_seconds: float = 0.0) -> Script:
    """Send these bytes one after the other, then close."""

    def script(connection: socket.socket) -> None:
        wait = threading.Event()
        for piece in pieces:
            connection.sendall(piece)
            wait.wait(pause_seconds)

    return script


def answers(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> Script:
    """Send a whole answer with its length, then close."""
    head = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return says(f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body)


def silent(connection: socket.socket) -> None:
    """Read whatever comes and never answer."""
    with suppress(OSError):
        while connection.recv(65536):
            pass


def deaf(connection: socket.socket) -> None:
    """Neither read on nor answer, until the other side gives up."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
    poll.poll(5000)


def resets(connection: socket.socket) -> None:
    """Break the connection as a crashed machine would."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()
