"""A: what a platform's transport can do to us."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.badinput.room import Answer, Room, changed, says, whole
from tests.badinput.terms import Case, Seen, Shown, Try

Do = Callable[[Room], Seen]

HTTP = "tests/unit/http/test_http_client.py"
BODY = "tests/unit/http/test_http_body.py"
CHILD = "tests/e2e/test_hostile_http.py"
DEADLINE = "tests/unit/http/test_http_deadline.py"
PAGE = b"<!doctype html><title>Log in</title>"


def _platform(answer: Answer | Exception) -> Do:
    def do(room: Room) -> Seen:
        room.prepare()
        room.platform_says(answer)
        return room.sync()

    return do


def _fault(action: str, **more: object) -> Do:
    def do(room: Room) -> Seen:
        room.prepare()
        room.ring()
        room.fault("source", action, times=0, **more)
        return room.sync()

    return do


def _limited(retry_after: str) -> Do:
    return _platform(says(429, b"{}", Retry_After=retry_after))


TRANSPORT: tuple[Case, ...] = (
    Try("B1", "the name does not resolve", 4, "E301", _platform(httpx.ConnectError("Name or service not known"))),
    Shown(
        "B2",
        "the certificate has expired or names another host",
        "stops at once; never ignored",
        (f"{HTTP}::test_an_untrusted_certificate_stops_at_once",),
        "E302",
        "2",
    ),
    Try("B3", "the connection is not taken in time", 4, "E301", _platform(httpx.ConnectTimeout("timed out"))),
    Shown(
        "B4",
        "the head drips in, byte by byte",
        "cut at the total deadline of the exchange",
        (f"{DEADLINE}::test_a_dripping_server_is_cut_at_the_total_deadline",),
        "E303",
        "4",
    ),
    Shown(
        "B5",
        "the body drips in, or stops",
        "cut at the total deadline of the exchange, and at the idle one",
        (
            f"{DEADLINE}::test_a_dripping_server_is_cut_at_the_total_deadline",
            f"{DEADLINE}::test_a_silent_server_is_cut_at_the_idle_deadline",
        ),
        "E303",
        "4",
    ),
    Try("B6", "the list ends before its announced length", 4, "E304", _fault("truncate", at=20)),
    Try("B7", "the connection is reset", 4, "E301", _fault("drop")),
    Shown(
        "B8",
        "a body of 500 MB",
        "refused at the cap, before more is held",
        (
            f"{CHILD}::test_a_hostile_server_ends_the_run_with_a_code_and_costs_little_memory",
            f"{HTTP}::test_a_body_that_is_too_large",
            f"{BODY}::test_the_limit_counts_decoded_bytes",
        ),
        "E305",
        "2",
    ),
    Shown(
        "B9",
        "a gzip bomb; an encoding that was not asked for",
        "unfolded piece by piece, never whole",
        (
            f"{CHILD}::test_a_hostile_server_ends_the_run_with_a_code_and_costs_little_memory",
            f"{BODY}::test_a_bomb_is_never_unfolded",
            f"{BODY}::test_what_cannot_be_decoded",
        ),
        "E305",
        "2",
    ),
    Shown(
        "B10",
        "a wrong Content-Length, a bad chunk",
        "the answer broke off: asked again",
        (f"{HTTP}::test_a_broken_answer",),
        "E304",
        "4",
    ),
    Try(
        "B11", "a redirect to another host", 2, "E306", _platform(says(302, Location="https://other.example.com/calls"))
    ),
    Try(
        "B11",
        "a redirect to an address of the inner network",
        2,
        "E306",
        _platform(says(302, Location="http://169.254.169.254/latest")),
    ),
    Shown(
        "B11",
        "a redirect to itself, for ever; to another server",
        "not followed, and no key is told",
        (f"{CHILD}::test_no_redirect_is_followed_nor_told_a_key",),
        "E306",
        "2",
    ),
    Try("B12", "200 with a login page", 2, "E313", _platform(says(200, PAGE, Content_Type="text/html"))),
    Try("B12", "200 with a login page that says it is JSON", 2, "E313", whole(PAGE)),
    Try("B13", "200 with nothing in it", 4, "E313", _platform(says(200))),
    Try("B14", "204 in place of the list", 4, "E313", _platform(says(204))),
    Try("B15", "401", 3, "E310", _platform(says(401, b'{"message": "revoked"}'))),
    Try("B16", "403", 3, "E310", _platform(says(403, b'{"message": "forbidden"}'))),
    Try("B17", "429, Retry-After 0", 4, "E307", _limited("0")),
    Try("B17", "429, Retry-After -1", 4, "E307", _limited("-1")),
    Try("B17", "429, Retry-After a billion seconds", 4, "E307", _limited("1000000000")),
    Try("B17", "429, Retry-After a date in 2099", 4, "E307", _limited("Wed, 21 Oct 2099 07:28:00 GMT")),
    Try("B17", "429, Retry-After a word", 4, "E307", _limited("soon")),
    Try("B18", "503, hour after hour", 4, "E308", _platform(says(503))),
    Try("B19", "Latin-1 in one record", 1, "E320", changed(b"Ada Fern", b"Ad\xe9 Fern")),
    Try("B19", "UTF-16", 2, "E313", whole("[]".encode("utf-16"))),
    Try(
        "B19",
        "a byte order mark before the list",
        0,
        "–",
        lambda room: whole(b"\xef\xbb\xbf[" + room.good() + b"]")(room),
    ),
)
