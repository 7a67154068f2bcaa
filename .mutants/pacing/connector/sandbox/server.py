"""The sandbox on a real socket: HTTP/1.1 by h11, one thread per connection, keep-alive, streamed answers."""

from __future__ import annotations

import contextlib
import itertools
import select
import socket
import struct
import threading
from urllib.parse import parse_qs, unquote

import h11

from connector.sandbox.broken import broken
from connector.sandbox.site import Sandbox
from connector.sandbox.wire import Dropped, Request, Response, Trouble, json_response

BODY_BYTES_MAX = 64 * 1024 * 1024
_READ_BYTES = 256 * 1024
_SEND_BUFFER_BYTES = 256 * 1024
"""Small, so that a client that stops reading is noticed before much was made for it."""
_LOOK_SECONDS = 0.05
"""How often a wait looks whether the client went away or the server stops."""
_BACKLOG = 256
_DRIPS_MAX = 500
_NO_TROUBLE = Trouble()


class Gone(Exception):
    """The connection is over: the client left, the server is closing, or an answer is to end too early."""


class Running:
    """A sandbox being served. Close it, or use it in a `with`."""

    def __init__(self, sandbox: Sandbox, listener: socket.socket) -> None:
        self.sandbox = sandbox
        host, port = listener.getsockname()[:2]
        self.base_url = f"http://{host}:{port}"
        self._listener = listener
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._acceptor = threading.Thread(target=self._accept, name="sandbox", daemon=True)
        self._acceptor.start()

    @property
    def addresses(self) -> dict[str, str]:
        """Where everything is, and the keys to it."""
        return self.sandbox.addresses(self.base_url)

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(client)
            threading.Thread(target=self._serve, args=(client,), name="sandbox-client", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            Connection(self.sandbox, client, self._stopping).run()
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()

    def close(self) -> None:
        """Stop serving: connections are closed, the state is kept."""
        self._stopping.set()
        # Closing alone does not wake a thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join()
        with self._lock:
            for client in self._open:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)
        self.sandbox.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(sandbox: Sandbox, *, host: str = "127.0.0.1", port: int = 0) -> Running:
    """Serve it from now on; port 0 takes a free one. Raises OSError when the port is taken."""
    listener = socket.create_server((host, port), backlog=_BACKLOG)
    return Running(sandbox, listener)


class Connection:
    """One client's connection, request after request."""

    def __init__(self, sandbox: Sandbox, client: socket.socket, stopping: threading.Event) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        self._sandbox = sandbox
        self._client = client
        self._stopping = stopping
        self._http = h11.Connection(h11.SERVER)

    def run(self) -> None:
        """Answer until either side closes; whatever goes wrong on the wire ends this connection only."""
        with contextlib.suppress(Gone, OSError):
            try:
                while self._exchange():
                    self._http.start_next_cycle()
            except Dropped:
                self._reset()
            except h11.RemoteProtocolError as error:
                self._refuse(error.error_status_hint, str(error))

    def _exchange(self) -> bool:
        """One request and its answer; False when the connection is over."""
        head = self._event()
        if not isinstance(head, h11.Request):
            return False
        if self._http.they_are_waiting_for_100_continue:
            self._client.sendall(self._http.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        body = self._body()
        if body is None:
            self._refuse(413, f"a body may have {BODY_BYTES_MAX} bytes")
            return False
        request = _request(head, body)
        response = self._sandbox.handle(request)
        if self._sandbox.latency_seconds and self._sandbox.is_remote(request):
            # After the request took effect: a client that gives up waiting does not take it back.
            self._wait(self._sandbox.latency_seconds)
        self._send(response, is_head=request.method == "HEAD")
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    def _event(self) -> h11.Event | type[h11.PAUSED] | type[h11.NEED_DATA]:
        while True:
            event = self._http.next_event()
            if event is not h11.NEED_DATA:
                return event
            self._http.receive_data(self._client.recv(_READ_BYTES))

    def _body(self) -> bytes | None:
        """The whole body; None when it is too large."""
        pieces: list[bytes] = []
        size = 0
        while isinstance(event := self._event(), h11.Data):
            pieces.append(bytes(event.data))
            size += len(event.data)
            if size > BODY_BYTES_MAX:
                return None
        if not isinstance(event, h11.EndOfMessage):
            raise Gone
        return b"".join(pieces)

    def _send(self, response: Response, *, is_head: bool) -> None:
        trouble = response.trouble or _NO_TROUBLE
        if trouble.stall_seconds:
            self._wait(trouble.stall_seconds)
        if trouble.silent:
            raise Dropped
        if trouble.length_off or trouble.bad_chunks:
            # h11 would not let us say it.
            self._client.sendall(broken(response))
            raise Gone
        self._send_interim(trouble.interim_count)
        headers = [*response.headers]
        if response.stream is None and response.status != 204:
            headers.append(("Content-Length", str(len(response.body))))
        head = self._http.send(h11.Response(status_code=response.status, headers=headers)) or b""
        if response.stream is None and not response.trouble:
            # The usual case, in one packet.
            body = b"" if is_head else self._http.send(h11.Data(data=response.body)) or b""
            self._client.sendall(head + body + (self._http.send(h11.EndOfMessage()) or b""))
            return
        self._drip(head, trouble.head_seconds)
        if not is_head:
            self._send_chunks(response, trouble)
        self._client.sendall(self._http.send(h11.EndOfMessage()) or b"")

    def _send_interim(self, count: int | None) -> None:
        """So many answers before the answer; None sends them until the client or the server has enough."""
        numbers = itertools.count() if count is None else range(count)
        for _ in numbers:
            if self._stopping.is_set():
                raise Gone
            self._client.sendall(self._http.send(h11.InformationalResponse(status_code=103, headers=[])) or b"")

    def _send_chunks(self, response: Response, trouble: Trouble) -> None:
        left = trouble.cut_after_bytes
        chunks = response.chunks()
        with contextlib.closing(chunks):
            for chunk in chunks:
                sent = chunk if left is None else chunk[:left]
                self._drip(self._http.send(h11.Data(data=sent)) or b"", trouble.body_seconds)
                if left is not None:
                    left -= len(sent)
                    if left <= 0:
                        break
        if left is not None:
            raise Dropped if trouble.is_reset else Gone

    def _drip(self, data: bytes, seconds: float) -> None:
        """Send it over so many seconds, at once for 0."""
        if not seconds or not data:
            self._client.sendall(data)
            return
        size = max(1, len(data) // _DRIPS_MAX)
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        for piece in pieces:
            self._client.sendall(piece)
            self._wait(seconds / len(pieces))

    def _wait(self, seconds: float) -> None:
        """Do nothing for so long. Raises Gone when the client or the server will not wait."""
        left = seconds
        while left > 0:
            step = min(left, _LOOK_SECONDS)
            if self._stopping.wait(step):
                raise Gone
            left -= step
            readable, _, _ = select.select([self._client], [], [], 0)
            if readable and not self._client.recv(1, socket.MSG_PEEK):
                raise Gone

    def _refuse(self, status: int, message: str) -> None:
        """Answer what is no HTTP, as far as an answer is still possible."""
        if self._http.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            response = json_response(status, {"message": message}, (("Connection", "close"),))
            self._send(response, is_head=False)

    def _reset(self) -> None:
        """Close with RST, so that the client sees a reset and not an end."""
        self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._client.close()


def _request(head: h11.Request, body: bytes) -> Request:
    path, _, query = head.target.decode("ascii").partition("?")
    headers: dict[str, str] = {}
    for name, value in head.headers:
        key, text = name.decode("ascii"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return Request(head.method.decode("ascii"), unquote(path), parse_qs(query, keep_blank_values=True), headers, body)
