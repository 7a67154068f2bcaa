"""Faults by script."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest

from connector.sandbox.faults import Fault, Script, answer, read_faults
from connector.sandbox.wire import Dropped, Response, Trouble

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
    assert [n for n in range(1, 7) if script.next("hubspot", "GET", "/crm")] == struck


def test_every_fault_counts_for_itself() -> None:
    script = Script()
    first, second = a_fault(nth=1), a_fault(nth=2, action="drop")
    script.set([first, second])
    assert [script.next("hubspot", "GET", "/") for _ in range(3)] == [first, second, None]


def test_a_new_script_counts_anew() -> None:
    script = Script()
    script.set([a_fault()])
    assert script.next("hubspot", "GET", "/")
    script.set([a_fault()])
    assert script.next("hubspot", "GET", "/")


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
