from __future__ import annotations

import gzip
import logging
import ssl
import threading
from pathlib import Path

import httpx
import pytest

from connector.clock import SystemClock
from connector.errors import AccessError, FatalError, TransientError, UncertainWriteError
from connector.http import Deliver, Doubt, Limits, Pacing, Wait
from tests.stubs.clock import VirtualClock
from tests.stubs.server import answers, resets, says, serving
from tests.stubs.web import SMALL, Said, an_http

URL = "https://api.example.com/crm/v3/objects"
OK = httpx.Response(200, json={"ok": True})
KEY = "pat-secret-0123456789"


def test_an_answer_arrives_whole_with_lower_case_header_names():
    http = an_http(transport=Said(httpx.Response(200, headers={"X-Thing": "1"}, content=b"{}")))
    answer = http.ask("GET", URL, repeatable=True)
    assert (answer.status, answer.headers["x-thing"], answer.body) == (200, "1", b"{}")


def test_what_is_sent():
    transport = Said(OK)
    http = an_http(transport=transport)
    http.ask("POST", URL, headers={"Authorization": f"Bearer {KEY}"}, body=b'{"a":1}', repeatable=False)
    (request,) = transport.asked
    assert request.method == "POST"
    assert request.read() == b'{"a":1}'
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["user-agent"] == "call-connector/test"
    assert request.headers["accept-encoding"] == "gzip, deflate"


def test_cookies_are_not_kept():
    transport = Said(httpx.Response(200, headers={"Set-Cookie": "session=1"}), OK)
    http = an_http(transport=transport)
    for _ in range(2):
        http.ask("GET", URL, repeatable=True)
    assert "cookie" not in transport.asked[1].headers


# --- retries -----------------------------------------------------------------------------------------------

RESET = httpx.ReadError("reset")
REFUSED = httpx.ConnectError("refused")


@pytest.mark.parametrize("repeatable", [True, False])
@pytest.mark.parametrize(
    "first",
    [
        pytest.param(REFUSED, id="no connection"),
        pytest.param(httpx.ConnectTimeout("slow"), id="no connection in time"),
        pytest.param(httpx.PoolTimeout("full"), id="no connection free"),
        pytest.param(httpx.Response(429), id="limited"),
    ],
)
def test_what_applied_nothing_is_sent_again(first, repeatable):
    clock = VirtualClock()
    http = an_http(clock, transport=Said(first, OK))
    assert http.ask("POST", URL, body=b"{}", repeatable=repeatable).status == 200
    assert http.requests == 2
    assert len(clock.slept) == 1


IN_DOUBT = {
    "reset": RESET,
    "no answer in time": httpx.ReadTimeout("slow"),
    "not written in time": httpx.WriteTimeout("slow"),
    "broken while writing": httpx.WriteError("broken"),
    "broken off": httpx.RemoteProtocolError("peer closed"),
    "a bad gateway": httpx.Response(502),
    "an encoding nobody asked for": httpx.Response(200, headers={"Content-Encoding": "br"}, content=b"?"),
}


@pytest.mark.parametrize("first", IN_DOUBT.values(), ids=IN_DOUBT)
def test_a_read_in_doubt_is_sent_again(first):
    http = an_http(transport=Said(_raw(first), OK))
    assert http.ask("GET", URL, repeatable=True).status == 200
    assert http.requests == 2


@pytest.mark.parametrize("first", IN_DOUBT.values(), ids=IN_DOUBT)
def test_a_write_in_doubt_is_never_sent_again(first):
    http = an_http(transport=Said(_raw(first), OK))
    with pytest.raises(UncertainWriteError, match="the write may have been applied"):
        http.ask("POST", URL, body=b"{}", repeatable=False)
    assert http.requests == 1


def _raw(answer):
    """An answer whose body httpx has not decoded on construction."""
    if isinstance(answer, Exception):
        return answer
    stream = httpx.ByteStream(b"?")
    return lambda _: httpx.Response(answer.status_code, headers=answer.headers, stream=stream)


@pytest.mark.parametrize(
    ("always", "code", "message"),
    [
        (REFUSED, "E301", "HubSpot cannot be reached at all"),
        (httpx.ConnectTimeout("slow"), "E301", "HubSpot cannot be reached in time"),
        (RESET, "E301", "HubSpot broke the connection"),
        (httpx.ReadTimeout("slow"), "E303", "HubSpot was silent for 30 s"),
        (httpx.RemoteProtocolError("peer closed"), "E304", "HubSpot broke off its answer"),
        (httpx.Response(429), "E307", "HubSpot answered 429"),
        (httpx.Response(503), "E308", "HubSpot answered 503"),
    ],
)
def test_after_the_last_attempt(always, code, message):
    clock = VirtualClock()
    http = an_http(clock, transport=Said(always))
    with pytest.raises(TransientError, match=message) as failure:
        http.ask("GET", f"{URL}?email=jane@example.com", repeatable=True)
    assert failure.value.code == code
    assert failure.value.where == f"GET {URL}"
    assert http.requests == 5
    assert clock.slept == [0.5, 1.0, 2.0, 4.0], "half of 1, 2, 4, 8 seconds: the jitter is stilled"


def test_a_named_wait_is_kept():
    clock = VirtualClock()
    http = an_http(clock, transport=Said(httpx.Response(429, headers={"Retry-After": "12.5"}), OK))
    http.ask("GET", URL, repeatable=True)
    assert clock.slept == [12.5]


def test_a_limit_that_lasts_is_waited_for_ever_longer_until_patience_ends():
    clock = VirtualClock()
    http = an_http(clock, transport=Said(httpx.Response(429, headers={"Retry-After": "10"})), patience_seconds=100)
    with pytest.raises(TransientError) as failure:
        http.ask("GET", URL, repeatable=False)
    assert (failure.value.code, failure.value.retry_after) == ("E307", 10.0)
    assert clock.slept == [10.0, 20.0, 30.0, 40.0]


def test_a_long_wait_is_never_silent(caplog):
    told: list[str] = []
    clock = VirtualClock()
    limited = httpx.Response(429, headers={"Retry-After": "70"})
    http = an_http(clock, transport=Said(httpx.Response(503), limited, httpx.Response(503), OK), told=told.append)
    with caplog.at_level(logging.INFO, logger="connector.http"):
        http.ask("GET", URL, repeatable=True)
    # What is waited for after the first failure is too short to be told: half a second.
    assert told == ["waiting for HubSpot's limit", "", "waiting for HubSpot to be available again", ""]
    [waiting] = [record for record in caplog.records if record.message == "waiting"]
    assert (waiting.levelname, waiting.__dict__["seconds"]) == ("WARNING", 140.0)


def test_waiting_for_a_turn_is_told_too():
    told: list[str] = []
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("interval", 30)
    an_http(clock, transport=Said(OK), pacing=pacing, told=told.append).ask(
        "GET", URL, repeatable=True, pool="interval"
    )
    assert told == ["waiting for HubSpot's limit", ""]


def test_jitter_spreads_the_back_off():
    clock = VirtualClock()
    http = an_http(clock, transport=Said(REFUSED), attempts_max=3)
    http._retry._jitter = lambda: 1.0
    with pytest.raises(TransientError):
        http.ask("GET", URL, repeatable=True)
    assert clock.slept == [1.0, 2.0]


def test_a_wait_beyond_our_patience_is_told_and_not_slept():
    clock = VirtualClock()
    http = an_http(clock, transport=Said(httpx.Response(429, headers={"Retry-After": "3600"})), patience_seconds=60)
    with pytest.raises(TransientError) as failure:
        http.ask("GET", URL, repeatable=True)
    assert (failure.value.retry_after, clock.slept) == (3600.0, [])


def test_a_stop_is_raised_as_it_is():
    http = an_http(transport=Said(httpx.Response(401)))
    with pytest.raises(AccessError, match="E310"):
        http.ask("GET", URL, repeatable=True)
    assert http.requests == 1


def test_a_judge_may_have_any_status_delivered():
    http = an_http(transport=Said(httpx.Response(503, content=b"down")), judge=lambda _: Deliver())
    assert http.ask("GET", URL, repeatable=True).body == b"down"


def test_requests_are_counted_across_threads():
    http = an_http(transport=Said(lambda _: httpx.Response(200)))
    threads = [
        threading.Thread(target=lambda: [http.ask("GET", URL, repeatable=True) for _ in range(50)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert http.requests == 200


# --- pacing ------------------------------------------------------------------------------------------------


def test_each_attempt_takes_a_turn_and_teaches_the_pacing():
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=1.0)
    headers = {"X-HubSpot-RateLimit-Max": "2", "X-HubSpot-RateLimit-Interval-Milliseconds": "10000"}
    http = an_http(clock, transport=Said(httpx.Response(200, headers=headers)), pacing=pacing)
    began = clock.monotonic()
    for _ in range(5):
        http.ask("GET", URL, repeatable=True, pool="interval")
    assert clock.monotonic() - began == pytest.approx(20.0)


def test_a_block_holds_back_the_whole_pool_and_no_other():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    hasty = an_http(
        clock,
        transport=Said(httpx.Response(429)),
        pacing=pacing,
        judge=lambda answer: Wait(8.0, pool_block=True),
        patience_seconds=7.0,
    )
    with pytest.raises(TransientError):
        hasty.ask("GET", URL, repeatable=True, pool="search")
    http = an_http(clock, transport=Said(OK), pacing=pacing)
    http.ask("GET", URL, repeatable=True, pool="interval")
    assert clock.slept == []
    http.ask("GET", URL, repeatable=True, pool="search")
    assert sum(clock.slept) == pytest.approx(8.0)


def test_a_turn_too_far_away_is_told_at_once():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("interval", 7200)
    http = an_http(clock, transport=Said(OK), pacing=pacing)
    with pytest.raises(TransientError, match="E307 HubSpot's limit leaves no request for 7200 s") as failure:
        http.ask("GET", URL, repeatable=True, pool="interval")
    assert failure.value.retry_after == pytest.approx(7200)
    assert http.requests == 0


# --- redirects, addresses, certificates -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://evil.example.org/login?key=1", "https://evil.example.org/login"),
        ("http://api.example.com/crm", "http://api.example.com/crm"),
        ("/elsewhere", "https://api.example.com/elsewhere"),
        ("http://169.254.169.254/latest", "http://169.254.169.254/latest"),
    ],
)
def test_redirects_are_never_followed(status, location, told):
    transport = Said(lambda _: httpx.Response(status, headers={"Location": location}))
    http = an_http(transport=transport)
    with pytest.raises(FatalError) as failure:
        http.ask("GET", URL, repeatable=True)
    assert failure.value.code == "E306"
    assert failure.value.message == f"HubSpot answered {status} and points to {told}"
    with pytest.raises(FatalError), http.stream("GET", URL):
        pass
    assert len(transport.asked) == 2


def test_a_redirect_to_nowhere_is_a_broken_answer():
    http = an_http(transport=Said(lambda _: httpx.Response(302, headers={"Location": "http://a:b/"})))
    with pytest.raises(TransientError, match="E304"):
        http.ask("GET", URL, repeatable=True)


NO_ADDRESSES = [
    "ftp://example.com/",
    "file:///etc/passwd",
    "/calls",
    "",
    "https://",
    "https://a..b/",
    "http://[::1",
]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_only_http_addresses(url):
    http = an_http(SystemClock())
    with pytest.raises(FatalError, match="E304"):
        http.ask("GET", url, repeatable=True)
    http.close()


@pytest.mark.parametrize("key", [f"{KEY}\n", f"{KEY}é", f"{KEY}\x00", f"{KEY}\r\nHost: evil.example.org"])
def test_a_key_that_cannot_be_sent_is_not_repeated_in_the_error(key):
    with serving(answers(200)) as server:
        http = an_http(SystemClock())
        with pytest.raises(FatalError, match="E304") as failure:
            http.ask("GET", server.url, headers={"X-Api-Key": key}, repeatable=True)
        assert KEY not in str(failure.value)
        assert failure.value.__cause__ is None
        assert failure.value.__suppress_context__
        http.close()


def test_an_untrusted_certificate_stops_at_once(certificate):
    with serving(answers(200), tls=certificate) as server:
        http = an_http(SystemClock())
        with pytest.raises(FatalError, match="E302 the certificate of HubSpot is not to be trusted"):
            http.ask("GET", server.url, repeatable=True)
        assert http.requests == 1
        assert server.requests == []
        http.close()


@pytest.fixture
def certificate():
    """Signed by itself: right name, not expired, trusted by nobody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parents[2] / "stubs" / "self_signed.pem")
    return context


# --- on the wire -------------------------------------------------------------------------------------------


BROKEN_BODIES = {
    "shorter than announced": (says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), "E304"),
    "a bad chunk": (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "E304"),
    "chunks without an end": (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), "E304"),
    "two lengths": (says(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "E304"),
    "not HTTP": (says(b"SSH-2.0-OpenSSH\r\n"), "E304"),
    "nothing": (says(b""), "E304"),
    "cut gzip": (answers(200, gzip.compress(b"{}" * 500)[:-5], {"Content-Encoding": "gzip"}), "E304"),
    "reset": (resets, "E301"),
}


@pytest.mark.parametrize(("script", "code"), BROKEN_BODIES.values(), ids=BROKEN_BODIES)
def test_a_broken_answer(script, code):
    with serving(script) as server:
        http = an_http(VirtualClock(), attempts_max=2)
        with pytest.raises(TransientError) as failure:
            http.ask("GET", server.url, repeatable=True)
        assert failure.value.code == code
        assert len(server.requests) == 2
        http.close()


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_body_that_is_too_large(encoding):
    body = gzip.compress(b"x" * 100_000) if encoding else b"x" * 100_000
    with serving(answers(200, body, {"Content-Encoding": encoding} if encoding else {})) as server:
        http = an_http(SystemClock(), limits=SMALL)
        with pytest.raises(FatalError, match="E305 HubSpot answered with more than 10,000 bytes"):
            http.ask("GET", server.url, repeatable=True)
        with pytest.raises(UncertainWriteError, match="E305"):
            http.ask("POST", server.url, repeatable=False)
        with pytest.raises(FatalError, match="E305"), http.stream("GET", server.url) as answer:
            list(answer.chunks())
        http.close()


def test_nothing_listens():
    with serving(answers(200)) as server:
        url = server.url
    http = an_http(VirtualClock(), attempts_max=2)
    with pytest.raises(TransientError, match="E301"):
        http.ask("GET", url, repeatable=True)
    http.close()


def test_a_name_that_does_not_resolve():
    http = an_http(VirtualClock(), attempts_max=2)
    with pytest.raises(TransientError, match="E301"):
        http.ask("GET", "http://no-such-host.invalid/", repeatable=True)
    http.close()


def test_one_connection_serves_many_requests():
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    def keep_alive(connection):
        connection.sendall(ok)
        while connection.recv(65536):
            connection.sendall(ok)

    with serving(keep_alive) as server:
        http = an_http(SystemClock())
        for _ in range(5):
            http.ask("GET", server.url, repeatable=True)
        assert len(server.requests) == 1, "one connection was opened"
        http.close()


# --- streams -----------------------------------------------------------------------------------------------


def test_a_stream_is_read_as_it_is_consumed():
    body = b"x" * 50_000_000

    with serving(answers(200, body)) as server:
        http = an_http(SystemClock())
        with http.stream("GET", server.url) as answer:
            assert answer.status == 200
            read = len(next(answer.chunks()))
        http.close()
    assert 0 < read <= 1_000_000


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_stream_is_decoded(encoding):
    text = b"call," * 100_000
    body = gzip.compress(text) if encoding else text
    with serving(answers(200, body, {"Content-Encoding": encoding} if encoding else {})) as server:
        http = an_http(SystemClock())
        with http.stream("GET", server.url) as answer:
            assert b"".join(answer.chunks()) == text
        http.close()


def test_a_stream_is_retried_until_it_flows():
    http = an_http(transport=Said(httpx.Response(503), REFUSED, httpx.Response(200, content=b"[]")))
    with http.stream("GET", URL) as answer:
        assert b"".join(answer.chunks()) == b"[]"
    assert http.requests == 3


def test_a_stream_that_breaks_while_it_flows_is_transient():
    script = says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,")
    with serving(script) as server:
        http = an_http(SystemClock())
        with http.stream("GET", server.url) as answer, pytest.raises(TransientError, match="E304"):
            list(answer.chunks())
        assert http.requests == 1
        http.close()


def test_a_refused_stream_is_judged():
    http = an_http(transport=Said(httpx.Response(401)))
    with pytest.raises(AccessError), http.stream("GET", URL):
        pass


def test_a_refusal_that_is_to_be_delivered_can_still_be_read():
    http = an_http(transport=Said(httpx.Response(404, content=b"x" * 100_000)), limits=Limits())
    with http.stream("GET", URL) as answer:
        assert answer.status == 404
        assert b"".join(answer.chunks()) == b"x" * 65_536


# --- what is logged ----------------------------------------------------------------------------------------


def test_logs_hold_no_query_no_header_and_no_body(caplog):
    caplog.set_level(logging.DEBUG)
    transport = Said(httpx.Response(503), httpx.Response(200, content=b"jane@example.com"))
    http = an_http(transport=transport)
    http.ask(
        "POST",
        f"{URL}?email=jane@example.com",
        headers={"Authorization": f"Bearer {KEY}"},
        body=b"+447700900123",
        repeatable=True,
    )
    said = [record for record in caplog.records if record.name == "connector.http"]
    assert [record.message for record in said] == ["http_answered", "http_retry", "http_answered"]
    assert {record.__dict__["path"] for record in said} == {"/crm/v3/objects"}
    everything = " ".join(str(record.__dict__) for record in caplog.records)
    for secret in ("jane", KEY, "+447700900123"):
        assert secret not in everything


def test_a_doubt_of_the_judge_is_a_doubt():
    http = an_http(transport=Said(OK), judge=lambda _: Doubt())
    with pytest.raises(UncertainWriteError, match="E308"):
        http.ask("POST", URL, repeatable=False)


def test_ssl_errors_other_than_certificates_are_retried():
    error = httpx.ConnectError("wrong version number")
    error.__cause__ = ssl.SSLError("wrong version number")
    http = an_http(transport=Said(error, OK))
    assert http.ask("GET", URL, repeatable=True).status == 200
