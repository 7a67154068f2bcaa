"""What an exchange may take, where it is said to be, and that its connection is given back however it ends."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.http import Http, Limits
from connector.http.client import REFUSAL_BYTES_MAX
from connector.http.exchange import bare, place
from tests.stubs.web import Said, an_http

URL = "https://api.example.com/calls"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example.com/calls", "https://api.example.com/calls"),
        ("https://jane:secret@api.example.com:8443/calls?key=1#there", "https://api.example.com:8443/calls"),
        ("http://127.0.0.1:80", "http://127.0.0.1/"),
    ],
)
def test_a_place_has_neither_user_nor_query(url, expected):
    assert bare(httpx.URL(url)) == expected
    assert place(httpx.Request("PATCH", url)) == f"PATCH {expected}"


class Body(httpx.SyncByteStream):
    """A body in pieces that tells how many were taken, and whether it was closed."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces
        self.taken = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.taken += 1
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.closed = True


def answering(status: int, body: Body, **headers: str) -> Http:
    """An Http whose every request is answered so, once."""
    return an_http(transport=Said(lambda _: httpx.Response(status, headers=headers, stream=body)), attempts_max=1)


BREAKS = httpx.ReadError("reset")


@pytest.mark.parametrize(
    ("status", "pieces", "headers", "error"),
    [
        pytest.param(200, [b"{}"], {}, None, id="whole"),
        pytest.param(404, [b"no"], {}, None, id="delivered, whatever its status"),
        pytest.param(401, [b"no"], {}, AccessError, id="refused"),
        pytest.param(503, [b"no"], {}, TransientError, id="down"),
        pytest.param(200, [b"{", BREAKS], {}, TransientError, id="broken off"),
        pytest.param(302, [], {"location": "/elsewhere"}, FatalError, id="a redirect"),
    ],
)
def test_the_connection_is_given_back(status, pieces, headers, error: type[ConnectorError] | None):
    asked, streamed = Body(*pieces), Body(*pieces)

    def ask() -> None:
        answering(status, asked, **headers).ask("GET", URL, repeatable=True)

    def stream() -> None:
        with answering(status, streamed, **headers).stream("GET", URL) as answer:
            list(answer.chunks())

    for attempt in (ask, stream):
        if error is None:
            attempt()
        else:
            with pytest.raises(error):
                attempt()
    assert asked.closed
    assert streamed.closed


def test_an_answer_is_the_pieces_of_its_body():
    assert answering(200, Body(b"{", b"1", b"}")).ask("GET", URL, repeatable=True).body == b"{1}"


def test_a_stream_that_nobody_reads_to_its_end_is_closed():
    body = Body(b"1", b"2", b"3")
    with answering(200, body).stream("GET", URL) as answer:
        assert next(answer.chunks()) == b"1"
        assert not body.closed
    assert (body.taken, body.closed) == (1, True)


def test_a_stream_that_breaks_tells_why():
    breaks = httpx.ReadError("reset")
    with answering(200, Body(b"1", breaks)).stream("GET", URL) as answer:
        chunks = answer.chunks()
        assert next(chunks) == b"1"
        with pytest.raises(TransientError) as raised:
            next(chunks)
    assert (raised.value.code, raised.value.where) == ("E301", f"GET {URL}")
    assert raised.value.__cause__ is breaks


@pytest.mark.parametrize(
    ("sizes", "taken", "length"),
    [
        pytest.param([REFUSAL_BYTES_MAX - 1, 1, 1], 2, REFUSAL_BYTES_MAX, id="to the byte"),
        pytest.param([REFUSAL_BYTES_MAX - 1, 2, 1], 2, REFUSAL_BYTES_MAX, id="no byte more"),
        pytest.param([10, 10], 2, 20, id="all of a short one"),
    ],
)
def test_of_a_refused_stream_only_the_beginning_is_read(sizes, taken, length):
    body = Body(*(bytes([n]) * size for n, size in enumerate(sizes)))
    with answering(404, body).stream("GET", URL) as answer:
        assert (answer.status, dict(answer.headers)) == (404, {})
        whole = b"".join(bytes([n]) * size for n, size in enumerate(sizes))
        assert b"".join(answer.chunks()) == whole[:length]
        assert body.closed, "the connection is free while the caller reads"
    assert body.taken == taken


@pytest.mark.parametrize("status", [200, 299, 300, 404])
def test_only_a_success_is_streamed(status):
    body = Body(b"1", b"2")
    with answering(status, body).stream("GET", URL):
        assert body.taken == (0 if status < 300 else 2)


OURS = Limits(connect_seconds=1.0, idle_seconds=2.0, total_seconds=3.0)
THEIRS = Limits(connect_seconds=4.0, idle_seconds=5.0, total_seconds=6.0)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (None, {"connect": 1.0, "read": 2.0, "write": 2.0, "pool": 3.0}),
        (THEIRS, {"connect": 4.0, "read": 5.0, "write": 5.0, "pool": 6.0}),
    ],
)
def test_a_request_has_its_own_limits_or_those_of_all(limits, expected):
    transport = Said(httpx.Response(200))
    http = an_http(transport=transport, limits=OURS)
    http.ask("GET", URL, repeatable=True, limits=limits)
    with http.stream("GET", URL, headers={"X-Api-Key": "k"}, limits=limits):
        pass
    assert [request.extensions["timeout"] for request in transport.asked] == [expected] * 2
    assert transport.asked[1].headers["x-api-key"] == "k"


def test_the_limits_hold_for_the_body_too():
    limits = Limits(body_bytes_max=10)
    http = answering(200, Body(b"x" * 11))
    with pytest.raises(FatalError, match="more than 10 bytes"):
        http.ask("GET", URL, repeatable=True, limits=limits)
    with http.stream("GET", URL, limits=limits) as answer, pytest.raises(FatalError, match="more than 10 bytes"):
        list(answer.chunks())
