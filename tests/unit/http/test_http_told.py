"""What is said of a request: in logs, in errors and to the other side."""

from __future__ import annotations

import logging

import httpx
import pytest

from connector.errors import FatalError, TransientError, UncertainWriteError
from connector.http import Doubt
from tests.stubs.clock import VirtualClock
from tests.stubs.web import Said, an_http

URL = "https://api.example.com/crm/v3/objects"
OK = httpx.Response(200, json={"ok": True})
KEY = "pat-secret-0123456789"
FIXED = {"taskName", "message", *logging.makeLogRecord({}).__dict__}


def test_what_is_told_of_a_request(caplog):
    caplog.set_level(logging.DEBUG, logger="connector.http")
    clock = VirtualClock()

    def slow(_: httpx.Request) -> httpx.Response:
        clock.sleep(3.0)
        return httpx.Response(429, headers={"Retry-After": "2.26"})

    with an_http(clock, transport=Said(slow, OK)).stream("GET", f"{URL}?email=jane@example.com"):
        pass
    asked = {"method": "GET", "host": "api.example.com", "path": "/crm/v3/objects"}
    told = [{name: value for name, value in record.__dict__.items() if name not in FIXED} for record in caplog.records]
    assert told == [
        {**asked, "status": 429, "milliseconds": 3000},
        {**asked, "code": "E307", "attempt": 1, "seconds": 2.3},
        {**asked, "status": 200, "milliseconds": 0},
    ]
    assert [record.levelname for record in caplog.records] == ["DEBUG", "INFO", "DEBUG"]


@pytest.mark.parametrize("library", ["httpx", "httpcore"])
def test_the_libraries_tell_no_address(library):
    logging.getLogger(library).setLevel(logging.NOTSET)
    an_http(transport=Said(OK))
    assert logging.getLogger(library).level == logging.WARNING


@pytest.mark.parametrize(
    ("url", "where"), [("ftp://example.com/calls?key=1", "GET ftp://example.com/calls"), ("/x", "GET :///x")]
)
def test_a_request_that_cannot_be_sent_says_where_to(url, where):
    with pytest.raises(FatalError, match="E304") as raised:
        an_http(transport=Said(OK)).ask("GET", url, repeatable=True)
    assert raised.value.where == where


def test_an_address_that_cannot_be_read_is_not_repeated():
    with pytest.raises(FatalError, match="E304") as raised:
        an_http(transport=Said(OK)).ask("GET", f"http://[::1?key={KEY}", repeatable=True)
    assert raised.value.where == "GET"


def test_everything_is_asked_for_as_json():
    transport = Said(OK)
    http = an_http(transport=transport)
    http.ask("GET", URL, repeatable=True)
    with http.stream("GET", URL):
        pass
    assert [request.headers["accept"] for request in transport.asked] == ["application/json"] * 2


def test_after_closing_nothing_is_sent():
    http = an_http(transport=Said(OK))
    http.close()
    with pytest.raises(RuntimeError, match="closed"):
        http.ask("GET", URL, repeatable=True)


@pytest.mark.parametrize(("repeatable", "kind"), [(True, TransientError), (False, UncertainWriteError)])
def test_what_is_wrong_with_an_answer_is_told(repeatable, kind):
    http = an_http(transport=Said(OK), judge=lambda _: Doubt("with a page"), attempts_max=1)
    with pytest.raises(kind, match="E304 HubSpot answered 200 with a page") as raised:
        http.ask("POST", URL, repeatable=repeatable)
    assert raised.value.where == f"POST {URL}"


def test_a_stream_that_leaves_in_doubt_is_asked_for_again():
    http = an_http(transport=Said(httpx.Response(404), OK), judge=lambda _: Doubt())
    with http.stream("GET", URL) as answer:
        assert answer.status == 200
    assert http.requests == 2
