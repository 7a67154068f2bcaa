from __future__ import annotations

from pathlib import Path

import pytest

from connector.reports import Diagnosis, DoctorReport

FINE = Diagnosis(check="config", status="ok", message="every setting can be read")
SLIP = Diagnosis(check="config", status="warning", code="W101", message="unknown", where=".env:1", fix="Remove it.")
BAD = Diagnosis(check="key", status="error", code="E310", message="refused", fix="Make one.", exit_code=3)
UNKNOWN = Diagnosis(check="clock", status="unchecked", message="not checked: no token")


@pytest.mark.parametrize(
    ("diagnoses", "code", "last"),
    [
        pytest.param((FINE,), 0, "ok · 1 in order", id="healthy"),
        pytest.param((FINE, SLIP, UNKNOWN), 0, "ok · 1 warnings · 1 not checked · 1 in order", id="warnings only"),
        pytest.param((FINE, BAD), 3, "wrong · 1 wrong · 1 in order", id="an error"),
    ],
)
def test_doctor(connector, diagnoses, code, last):
    report = DoctorReport(diagnoses=diagnoses)
    ran = connector("doctor", doctor=report)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.splitlines()[-1] == last
    as_json = connector("doctor", "--json", doctor=report)
    assert as_json.code == code
    assert (as_json.json["is_healthy"], as_json.json["exit_code"]) == (code == 0, code)
    assert [each["code"] for each in as_json.json["checks"]] == [each.code for each in diagnoses]


def test_each_finding_stands_with_its_mark_its_code_and_its_fix(connector):
    ran = connector("doctor", doctor=DoctorReport(diagnoses=(FINE, SLIP, BAD, UNKNOWN)))
    assert ran.out.splitlines()[:-1] == [
        "✓ config         every setting can be read",
        "!                W101 unknown",
        "                 where: .env:1",
        "                 fix: Remove it.",
        "✗ key            E310 refused",
        "                 fix: Make one.",
        "- clock          not checked: no token",
    ]


def test_what_looks_like_a_slip_is_a_finding_and_no_second_message(connector, monkeypatch):
    monkeypatch.setenv("CONNECTOR_REGIONN", "GB")
    ran = connector("doctor", doctor=DoctorReport(diagnoses=(FINE,)))
    assert ran.err == ""
    [(_, (warnings,), _)] = ran.app.asked
    assert [warning.code for warning in warnings] == ["W101"]


def test_settings_that_cannot_be_read_are_a_finding(connector):
    Path(".env").write_text("CONNECTOR_CONCURRENCY=many\n")
    ran = connector("doctor", "--json")
    assert ran.code == 2
    first, *rest = ran.json["checks"]
    assert (first["check"], first["code"], first["where"]) == ("config", "E101", ".env:1")
    assert {each["status"] for each in rest} == {"unchecked"}
    assert len(rest) == 10
