"""The total deadline, on real sockets: nothing that a server drips keeps us longer."""

from __future__ import annotations

import ssl
import time
from typing import Any

import httpcore
import httpx
import pytest

from connector.clock import SystemClock
from connector.errors import TransientError, UncertainWriteError
from connector.http import Limits
from connector.http.deadline import WRITE_BYTES, Deadline, _Backend, deadline_transport
from tests.stubs.clock import VirtualClock
from tests.stubs.server import answers, deaf, says, serving, silent
from tests.stubs.web import an_http

QUICK = Limits(connect_seconds=1.0, idle_seconds=0.4, total_seconds=0.8, body_bytes_max=10_000)
DRIP = [b"x"] * 60
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
DRIPS = {
    "dripped headers": says(b"HTTP/1.1 200 OK\r\nX: ", *DRIP, pause_seconds=0.1),
    "dripped body": says(HEAD, *DRIP, pause_seconds=0.1),
    "a body dripped in chunks": says(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"1\r\nx\r\n"] * 60), pause_seconds=0.1
    ),
}


def test_the_seam_is_where_we_put_the_deadline():
    """Fails when httpx or httpcore moves it: then nothing would hold a deadline any more."""
    plain = httpx.HTTPTransport()
    assert isinstance(plain._pool._network_backend, httpcore.NetworkBackend)
    ours = deadline_transport(connections_max=1, keepalive_seconds=1.0)
    assert type(ours._pool._network_backend).__module__ == "connector.http.deadline"


@pytest.mark.parametrize("script", DRIPS.values(), ids=DRIPS)
def test_a_dripping_server_is_cut_at_the_total_deadline(script):
    with serving(script) as server:
        http = an_http(SystemClock(), limits=QUICK, attempts_max=1)
        began = time.monotonic()
        with pytest.raises(TransientError, match=r"E303 HubSpot took longer than 0\.8 s"):
            http.ask("GET", server.url, repeatable=True)
        assert 0.75 <= time.monotonic() - began <= 1.3
        http.close()


def test_a_silent_server_is_cut_at_the_idle_deadline():
    with serving(silent) as server:
        http = an_http(SystemClock(), limits=QUICK, attempts_max=1)
        began = time.monotonic()
        with pytest.raises(TransientError, match=r"E303 HubSpot was silent for 0\.4 s"):
            http.ask("GET", server.url, repeatable=True)
        assert 0.35 <= time.monotonic() - began <= 0.75
        http.close()


def test_a_write_that_met_the_deadline_is_uncertain():
    with serving(silent) as server:
        http = an_http(SystemClock(), limits=QUICK)
        with pytest.raises(UncertainWriteError, match="E303"):
            http.ask("POST", server.url, body=b"{}", repeatable=False)
        assert http.requests == 1
        http.close()


def test_a_stream_is_held_to_its_own_deadline_while_the_consumer_asks_others():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"
    with serving(says(head, b"abc", b"def", pause_seconds=0.3)) as slow, serving(answers(200, b"{}")) as other:
        http = an_http(SystemClock(), limits=QUICK)
        with http.stream("GET", slow.url) as answer:
            chunks = answer.chunks()
            assert next(chunks) == b"abc"
            short = Limits(idle_seconds=0.2, total_seconds=0.2)
            assert http.ask("GET", other.url, repeatable=True, limits=short).body == b"{}"
            assert next(chunks) == b"def"
        http.close()


def test_the_deadline_is_forgotten_with_its_exchange():
    clock = VirtualClock()
    transport = deadline_transport(connections_max=1, keepalive_seconds=0.0)
    with serving(answers(200, b"{}")) as server:
        with Deadline(clock, 1.0).held():
            clock.sleep(2.0)
            with pytest.raises(httpx.ConnectTimeout, match="the exchange took too long"):
                transport.handle_request(httpx.Request("GET", server.url))
        answer = transport.handle_request(httpx.Request("GET", server.url))
        assert answer.status_code == 200
        answer.close()
    transport.close()


def test_a_slow_reader_of_our_request_is_cut_too():
    with serving(deaf) as server:
        http = an_http(SystemClock(), limits=QUICK)
        began = time.monotonic()
        with pytest.raises(UncertainWriteError):
            http.ask("POST", server.url, body=b"x" * 50_000_000, repeatable=False)
        assert time.monotonic() - began <= 1.8
        http.close()


# --- without a socket: what each step on the network may take ------------------------------------------------------


class Steps(httpcore.NetworkBackend, httpcore.NetworkStream):
    """A network that keeps what it is asked for, and takes a second for each step."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.taken: list[tuple[Any, ...]] = []

    def _take(self, *step: Any) -> None:
        self.clock.sleep(1.0)
        self.taken.append(step)

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self._take("connect", host, port, timeout, local_address, socket_options)
        return self

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        self._take("tls", ssl_context, server_hostname, timeout)
        return self

    def write(self, buffer, timeout=None):
        self._take("write", bytes(buffer), timeout)

    def read(self, max_bytes, timeout=None):
        self._take("read", max_bytes, timeout)
        return b"read"

    def close(self):
        self.taken.append(("close",))

    def get_extra_info(self, info):
        return f"their {info}"


TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
BODY = b"x" * WRITE_BYTES + b"y"


def exchanged(clock: VirtualClock, timeout: float | None) -> list[tuple[Any, ...]]:
    """Every step of an exchange, each of which may take `timeout`."""
    steps = Steps(clock)
    stream = _Backend(steps).connect_tcp("api.example.com", 443, timeout, "10.0.0.1", [(1, 2, 3)])
    stream = stream.start_tls(TLS, "api.example.com", timeout)
    stream.write(BODY, timeout)
    assert stream.read(4096, timeout) == b"read"
    assert stream.get_extra_info("socket") == "their socket"
    stream.close()
    return steps.taken


@pytest.mark.parametrize(
    ("total", "timeout", "allowed"),
    [
        pytest.param(60.0, 30.0, [30.0, 30.0, 30.0, 30.0, 30.0], id="its own limit is nearer"),
        pytest.param(32.0, 30.0, [30.0, 30.0, 30.0, 29.0, 28.0], id="the deadline comes nearer"),
        pytest.param(5.0, None, [5.0, 4.0, 3.0, 2.0, 1.0], id="the deadline alone"),
        pytest.param(None, 30.0, [30.0] * 5, id="no deadline"),
        pytest.param(None, None, [None] * 5, id="none at all"),
    ],
)
def test_each_step_may_take_what_is_left(total, timeout, allowed):
    clock = VirtualClock()
    if total is None:
        taken = exchanged(clock, timeout)
    else:
        with Deadline(clock, total).held():
            taken = exchanged(clock, timeout)
    connect, tls, first, second, read = allowed
    assert taken == [
        ("connect", "api.example.com", 443, connect, "10.0.0.1", [(1, 2, 3)]),
        ("tls", TLS, "api.example.com", tls),
        ("write", BODY[:-1], first),
        ("write", b"y", second),
        ("read", 4096, read),
        ("close",),
    ]


@pytest.mark.parametrize(
    ("seconds", "expired"),
    [
        (0.0, httpcore.ConnectTimeout),
        (1.0, httpcore.ConnectTimeout),
        (2.0, httpcore.WriteTimeout),
        (3.0, httpcore.WriteTimeout),
        (4.0, httpcore.ReadTimeout),
    ],
)
def test_a_step_that_begins_at_the_deadline_is_cut_as_what_it_is(seconds, expired):
    clock = VirtualClock()
    with Deadline(clock, seconds).held(), pytest.raises(expired, match=r"^the exchange took too long$"):
        exchanged(clock, 30.0)
    assert clock.slept == [1.0] * int(seconds), "what had no time left did not begin"


def test_the_inner_deadline_holds_and_then_the_outer_one_again():
    clock = VirtualClock()
    with Deadline(clock, 60.0).held():
        with pytest.raises(ValueError, match="mine"), Deadline(clock, 0.0).held():
            raise ValueError("mine")
        assert exchanged(clock, None)[0][3] == 60.0


def test_how_the_network_is_reached():
    pool = deadline_transport(connections_max=7, keepalive_seconds=12.5)._pool
    assert (pool._max_connections, pool._max_keepalive_connections, pool._keepalive_expiry) == (7, 7, 12.5)
    assert pool._retries == 0
    assert pool._ssl_context is not None
    assert pool._ssl_context.verify_mode == ssl.CERT_REQUIRED
    assert pool._ssl_context.check_hostname
