"""What `connector check` says of mappings and the tests beside them, without a portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connector.errors import TransientError
from connector.proof.mappings import prove
from connector.reports import CheckReport
from connector.sources.reception_ai import read_payload

MAPPING = """\
version: 1
source: reception_ai
defaults: {region: GB}
caller: {number: {from: callerNumber}}
call:
  properties:
    hs_call_title: {template: "{{ summary }}"}
"""
GIVEN = '{id: c1, createdAt: "2026-04-22T10:14:07Z", duration: 60, summary: Hello, callerNumber: "+447700900123"}'


@pytest.fixture
def proved(tmp_path: Path) -> Any:
    def check(
        mapping: str, tests: str = "", *, source: str | None = "reception_ai", portal: Any = None, samples: Any = None
    ) -> CheckReport:
        path = tmp_path / "m.yaml"
        path.write_text(mapping)
        if tests:
            path.with_name("m.test.yaml").write_text(tests)
        return prove(
            [path],
            source=source,
            region=None,
            timezone=None,
            reader=lambda source: lambda payload: read_payload(payload, account=None),
            portal=portal,
            samples=samples,
        )

    return check


def told(report: CheckReport) -> list[str]:
    return [f"{Path(finding.where).name} {finding.code} {finding.message}" for finding in report.findings]


def test_tests_that_hold_are_counted(proved):
    report = proved(MAPPING, f"- {{name: a, given: {GIVEN}, expect: {{call: {{hs_call_title: Hello}}}}}}\n")
    assert (report.is_clean, report.tests_passed, report.tests_failed) == (True, 1, 0)


def test_a_test_that_does_not_hold_is_a_finding_at_its_place(proved):
    report = proved(MAPPING, f"- {{name: a, given: {GIVEN}, expect: {{call: {{hs_call_title: Bye}}}}}}\n")
    assert told(report) == ["m.test.yaml:1:3 E452 test 'a': call.hs_call_title: expected 'Bye', got 'Hello'"]


def test_every_mistake_in_a_test_file_is_a_finding(proved):
    tests = f"- name: a\n  give: {GIVEN}\n  expect: {{desicion: created}}\n- name: b\n  given: {GIVEN}\n  expect: 1\n"
    report = proved(MAPPING, tests)
    assert [line.split(" ", 2)[:2] for line in told(report)] == [
        ["m.test.yaml:1:3", "E413"],
        ["m.test.yaml:2:3", "E411"],
        ["m.test.yaml:3:12", "E411"],
        ["m.test.yaml:6:11", "E412"],
    ]
    assert (report.tests_passed, report.tests_failed, report.is_clean) == (0, 0, False)


def test_mistakes_in_a_mapping_and_in_its_tests_are_told_together(proved):
    assert [line.split()[:2] for line in told(proved(MAPPING + "colour: red\n", "- 1\n"))] == [
        ["m.yaml:8:1", "E411"],
        ["m.test.yaml:1:3", "E412"],
    ]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{{ 1 + summary }}", "E441"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "E442"),
    ],
)
def test_a_test_whose_call_fails_names_the_code(proved, template, code):
    mapping = MAPPING.replace("{{ summary }}", template)
    (line,) = told(proved(mapping, f"- {{name: a, given: {GIVEN}, expect: {{call: {{hs_call_title: x}}}}}}\n"))
    assert line.startswith(f"m.test.yaml:1:3 E452 test 'a': the call fails with {code}: ")


def test_a_mapping_that_stands_for_itself_is_tried_as_its_platforms(proved):
    tests = f"- {{name: a, given: {GIVEN}, expect: {{call: {{hs_call_title: Hello}}}}}}\n"
    assert proved(MAPPING, tests, source=None).tests_passed == 1


def test_a_mapping_for_another_platform_is_not_tried(proved):
    tests = f"- {{name: a, given: {GIVEN}, expect: {{call: {{hs_call_title: Bye}}}}}}\n"
    assert [line.split()[:2] for line in told(proved(MAPPING, tests, source="klen"))] == [["m.yaml:2:9", "E418"]]


@pytest.mark.parametrize("side", ["portal", "samples"])
def test_what_was_found_is_told_though_a_side_cannot_be_asked(proved, side):
    def refuse(*_: object) -> Any:
        raise TransientError("E301", "it cannot be reached", where="GET /x")

    report = proved(
        MAPPING, f"- {{name: a, given: {GIVEN}, expect: {{call: {{hs_call_title: Bye}}}}}}\n", **{side: refuse}
    )
    assert [finding.code for finding in report.findings] == ["E452"]
    assert (report.portal_checked, report.samples) == (False, None)
    assert report.stopped is not None
    assert (report.stopped.code, report.stopped.where, report.stopped.exit_code) == ("E301", "GET /x", 4)
