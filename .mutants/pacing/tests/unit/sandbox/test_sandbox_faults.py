"""Faults by script."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from connector.sandbox.faults import Action, Fault, Script, read_faults
from connector.sandbox.strikes import answer
from connector.sandbox.wire import Dropped, Response, Trouble

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
REAL = Response(200, (("X-Real", "yes"),), b"real")


def a_fault(**changes: Any) -> Fault:
    return Fault(**{"side": "hubspot", "action": "status", **changes})


@pytest.mark.parametrize(
    ("fault", "matches"),
    [
        pytest.param(a_fault(), True, id="any of its side"),
        pytest.param(a_fault(side="source"), False, id="other side"),
        pytest.param(a_fault(method="post"), True, id="method in any case"),
        pytest.param(a_fault(method="GET"), False, id="other method"),
        pytest.param(a_fault(path="/contacts/batch"), True, id="part of the path"),
        pytest.param(a_fault(path="^/contacts"), False, id="regular expression"),
    ],
)
def test_which_requests_a_fault_counts(fault: Fault, matches: bool) -> None:
    assert fault.matches("hubspot", "POST", "/crm/v3/objects/contacts/batch/create") is matches


@pytest.mark.parametrize(
    ("nth", "times", "struck"),
    [
        pytest.param(1, 1, [1], id="the first"),
        pytest.param(3, 1, [3], id="the third"),
        pytest.param(2, 2, [2, 3], id="two from the second on"),
        pytest.param(4, 0, [4, 5, 6], id="all from the fourth on"),
    ],
)
def test_which_of_them_is_struck(nth: int, times: int, struck: list[int]) -> None:
    script = Script()
    script.set([a_fault(nth=nth, times=times)])
    assert [n for n in range(1, 7) if script.next("hubspot", "GET", "/crm", now=NOW)] == struck


def test_every_fault_counts_for_itself() -> None:
    script = Script()
    first, second = a_fault(nth=1), a_fault(nth=2, action="drop")
    script.set([first, second])
    assert [script.next("hubspot", "GET", "/", now=NOW) for _ in range(3)] == [first, second, None]


def struck(fault: Fault, count: int = 400) -> list[int]:
    script = Script()
    script.set([fault])
    return [n for n in range(1, count + 1) if script.next("hubspot", "GET", "/", now=NOW)]


def test_chance_strikes_its_part_and_the_seed_decides_which() -> None:
    often = a_fault(chance=0.25, times=0, seed=3)
    assert 70 <= len(struck(often)) <= 130
    assert struck(often) == struck(often)
    assert struck(often) != struck(a_fault(chance=0.25, times=0, seed=4))
    assert struck(a_fault(chance=0.0, times=0)) == []


def test_a_fault_may_last_for_a_while() -> None:
    script = Script()
    script.set([a_fault(times=0, nth=2, lasts=60)])
    moments = [0, 100, 130, 159.9, 160, 500]
    assert [at for at in moments if script.next("hubspot", "GET", "/", now=NOW + timedelta(seconds=at))] == [
        100,
        130,
        159.9,
    ]


def test_a_new_script_counts_anew() -> None:
    script = Script()
    script.set([a_fault()])
    assert script.next("hubspot", "GET", "/", now=NOW)
    script.set([a_fault()])
    assert script.next("hubspot", "GET", "/", now=NOW)


@pytest.mark.parametrize(
    ("fault", "status", "body", "content_type"),
    [
        (a_fault(status=502), 502, b"", "application/json;charset=utf-8"),
        (a_fault(), 500, b"", "application/json;charset=utf-8"),
        (a_fault(action="body", body="[1,"), 200, b"[1,", "application/json;charset=utf-8"),
        (
            a_fault(status=429, body={"policyName": "DAILY"}),
            429,
            b'{"policyName":"DAILY"}',
            "application/json;charset=utf-8",
        ),
        (a_fault(action="body", headers={"content-type": "text/html"}, body="<p>"), 200, b"<p>", "text/html"),
    ],
)
def test_an_answer_in_place_of_the_real_one(fault: Fault, status: int, body: bytes, content_type: str) -> None:
    response = answer(fault, None)
    assert (response.status, response.body, response.header("Content-Type")) == (status, body, content_type)


def test_headers_are_sent_as_they_are() -> None:
    assert answer(a_fault(status=302, headers={"Location": "https://elsewhere.example.com/"}), None).header("location")


@pytest.mark.parametrize("real", [None, REAL])
def test_a_drop_is_a_drop(real: Response | None) -> None:
    with pytest.raises(Dropped):
        answer(a_fault(action="drop"), real)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (a_fault(action="stall", when="after", seconds=5), Trouble(stall_seconds=5)),
        (a_fault(action="truncate", at=7), Trouble(cut_after_bytes=7)),
        (a_fault(action="reset", at=7), Trouble(cut_after_bytes=7, is_reset=True)),
        (a_fault(action="wrong_length", count=-2), Trouble(length_off=-2)),
        (a_fault(action="bad_chunks"), Trouble(bad_chunks=True)),
        (a_fault(action="interim", count=5), Trouble(interim_count=5)),
        (a_fault(action="interim", count=0), Trouble(interim_count=None)),
        (a_fault(action="slow_headers", seconds=3), Trouble(head_seconds=3)),
        (a_fault(action="slow_body", seconds=3), Trouble(body_seconds=3)),
        (a_fault(action="disorder"), None),
        (a_fault(action="malformed"), None),
    ],
)
def test_the_real_answer_in_trouble(fault: Fault, trouble: Trouble | None) -> None:
    assert fault.applies_request
    response = answer(fault, REAL)
    assert (response.status, response.headers, response.body) == (REAL.status, REAL.headers, REAL.body)
    assert response.trouble == trouble


PLAIN = [{"id": "1"}, {"id": "2"}, {"id": "3"}]
RESULTS = {"status": "COMPLETE", "total": 3, "results": [{"id": "1", "new": True}, *PLAIN[1:]]}
TEXT = "Renée ☎"
GARBLED = [
    (a_fault(action="omit", when="after"), {**RESULTS, "results": [{"id": "2"}, {"id": "3"}]}),
    (a_fault(action="omit", when="after", count=0), {**RESULTS, "results": []}),
    (
        a_fault(action="strip", fields=("new", "total")),
        {"status": "COMPLETE", "results": PLAIN},
    ),
    (a_fault(action="twice"), RESULTS),
]


@pytest.mark.parametrize(("fault", "garbled"), GARBLED)
def test_the_real_answer_garbled(fault: Fault, garbled: Any) -> None:
    real = Response(207, REAL.headers, json.dumps(RESULTS).encode())
    response = answer(fault, real)
    assert (response.status, response.headers) == (207, REAL.headers)
    assert json.loads(response.body) == garbled


@pytest.mark.parametrize("action", ["omit", "strip"])
@pytest.mark.parametrize("body", [b"<html>", b"[1]", b'{"results":5}'])
def test_what_cannot_be_garbled_stays_as_it_is(action: Any, body: bytes) -> None:
    assert answer(a_fault(action=action, when="after"), Response(200, (), body)).body == body


@pytest.mark.parametrize(
    ("charset", "expected"),
    [("latin-1", b"Ren\xe9e ?"), ("utf-16", TEXT.encode("utf-16")), ("utf-8-sig", b"\xef\xbb\xbf" + TEXT.encode())],
)
def test_in_another_charset(charset: Any, expected: bytes) -> None:
    assert answer(a_fault(action="recode", charset=charset), Response(200, (), TEXT.encode())).body == expected


def test_a_bomb_unfolds_to_what_was_ordered() -> None:
    response = answer(a_fault(action="bomb", count=8), REAL)
    packed = b"".join(response.chunks())
    assert response.header("content-encoding") == "gzip"
    assert len(packed) < 20_000
    assert len(gzip.decompress(packed)) == 8 * 1024 * 1024 + 2


def test_an_endless_body_goes_on() -> None:
    chunks = answer(a_fault(action="endless"), REAL).chunks()
    assert next(chunks) == b"["
    assert {next(chunks)[:1] for _ in range(1000)} == {b" "}


def test_a_stall_before_ends_without_an_answer() -> None:
    fault = a_fault(action="stall", seconds=5)
    assert not fault.applies_request
    assert answer(fault, None).trouble == Trouble(stall_seconds=5, silent=True)


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ([{"side": "moon", "action": "drop"}], "$[0].side"),
        ([{"side": "source", "action": "explode"}], "$[0].action"),
        ([{"side": "source"}], "$[0]"),
        ([{"side": "source", "action": "drop", "colour": 1}], "$[0]"),
        ([{"side": "source", "action": "drop"}, {"side": "source", "action": "drop", "path": "("}], "$[1].path"),
        ({}, "array"),
    ],
)
def test_a_wrong_script_is_refused_with_its_place(script: Any, place: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=re.escape(place)):
        read_faults(json.dumps(script).encode())


def test_every_word_of_the_language_is_explained() -> None:
    page = (Path(__file__).parents[3] / "docs" / "testing-faults.md").read_text(encoding="utf-8")
    words = {*get_args(Action), *Fault.__struct_fields__}
    assert {word for word in words if f"`{word}`" not in page} == set()
