"""The total deadline, on real sockets: nothing that a server drips keeps us longer."""

from __future__ import annotations

import time

import httpcore
import httpx
import pytest

from connector.clock import SystemClock
from connector.errors import TransientError, UncertainWriteError
from connector.http import Limits
from connector.http.deadline import Deadline, deadline_transport
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
