"""Bad input for mappings: coded findings with their place, in bounded time, and nothing of the file in them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector.cli.main import run

SECONDS_MAX = 3.0
HEAD = """\
version: 1
source: reception_ai
defaults: {region: GB}
caller: {number: {from: callerNumber}}
"""
GOOD = HEAD + 'call: {properties: {hs_call_title: {template: "{{ summary }}"}}}\n'
Check = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Check:
    """`connector check --json …` in a folder of its own: exit code, what it says, and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONNECTOR_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.db'}")

    def checked(*argv: str) -> tuple[int, Any, str]:
        began = time.process_time()
        code = run(["check", *argv, "--json"])
        assert time.process_time() - began < SECONDS_MAX
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, json.loads(out), err

    return checked


def a_template(text: str) -> str:
    return f"{HEAD}call:\n  properties:\n    p:\n      template: >-\n        {text}\n"


def a_when(text: str) -> str:
    return f"{HEAD}rules:\n  - when: >-\n      {text}\n  - {{}}\n"


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
FORMS = [
    pytest.param("", "E406", 1, id="empty"),
    pytest.param("- a\n", "E406", 1, id="a list"),
    pytest.param("version: 2\nsource: reception_ai\n", "E407", 1, id="another version"),
    pytest.param('version: "1"\nsource: reception_ai\n', "E407", 1, id="the version as a text"),
    pytest.param("version: 1\nsource: reception_ai\ndefaults:\n\tregion: GB\n", "E402", 4, id="a tab"),
    pytest.param(GOOD + "version: 1\n", "E404", 6, id="a key twice"),
    pytest.param(BOMB, "E403", 1, id="an alias bomb"),
    pytest.param(HEAD + "tables: &t {a: *t}\n", "E403", 5, id="a part of itself"),
    pytest.param("\ufeff" + GOOD + "colour: red\n", "E411", 6, id="a fault behind a byte order mark"),
    pytest.param(GOOD.replace("\n", "\r\n") + "colour: red\r\n", "E411", 6, id="a fault in a file of Windows"),
    pytest.param(b"\x7fELF\x02\x01\x01\x00\xff\xfe", "E402", 1, id="binary"),
    pytest.param(b"PK\x03\x04\x14\x00\x00\x00", "E402", 1, id="an archive"),
    pytest.param("x" * 10_000_000, "E405", 1, id="10 MB"),
    pytest.param("[" * 10_000, "E405", 1, id="nested deeply"),
    pytest.param(HEAD + "include: ../secrets.yaml\n", "E411", 5, id="an include"),
    pytest.param(HEAD + "include: m.yaml\n", "E411", 5, id="an include of itself"),
    pytest.param(HEAD + "tables: !include ../secrets.yaml\n", "E403", 5, id="an include as a tag"),
    pytest.param(HEAD + "tables: !!python/object/apply:os.system [ls]\n", "E403", 5, id="Python"),
    pytest.param(HEAD + "<<: {a: 1}\n", "E411", 5, id="a merge key"),
    pytest.param(HEAD + "defautls: {}\n", "E411", 5, id="a misspelt key"),
    pytest.param(HEAD + "records: {}\n", "E412", 5, id="the wrong type"),
    pytest.param(HEAD + "call: {properties: {p: {from: summary, transform: uper}}}\n", "E422", 5, id="no transform"),
    pytest.param(HEAD + "call: {properties: {p: {from: a..b}}}\n", "E421", 5, id="no path"),
    pytest.param(HEAD.replace("GB", "no"), "E412", 3, id="a region that is the word no"),
    pytest.param(HEAD.replace("{region: GB}", "{region: GB, business_hours: {from: 12:30}}"), None, 0, id="12:30"),
    pytest.param(HEAD.replace("{region: GB}", "{region: GB, business_hours: {from: 9:00}}"), "E412", 3, id="9:00"),
    pytest.param(HEAD + "own_numbers: [+442079460000]\n", None, 0, id="a number without quotes"),
    pytest.param(HEAD + "own_numbers: [442079460000]\n", "E412", 5, id="a number that is a number"),
    pytest.param(HEAD + "tables: {t: {0123: no, off: 0o17}}\n", None, 0, id="octal and words"),
]
EXPRESSIONS = [
    pytest.param("{{ call.__class__ }}", "E421", id="__class__ of the call"),
    pytest.param("{{ summary.__class__.__mro__ }}", "E421", id="__class__ of a text"),
    pytest.param("{{ ''.__class__ }}", "E425", id="__class__ of a literal"),
    pytest.param("{{ self }}", "E421", id="self"),
    pytest.param("{{ config.items() }}", "E421", id="a method"),
    pytest.param("{% include '../../.env' %}", "E425", id="include"),
    pytest.param("{% import 'm.yaml' as m %}", "E425", id="import"),
    pytest.param("{% macro a() %}{{ a() }}{% endmacro %}", "E425", id="a macro that calls itself"),
    pytest.param("{{ summary|matches('(a+)+$') }}", "E425", id="a regular expression"),
    pytest.param("{{ lipsum(1000000) }}", "E425", id="a function that makes much"),
    pytest.param("{{ range(" + "1" * 20_000 + ") }}", "E424", id="an argument of 20,000 digits"),
    pytest.param("{{ [" + "1," * 50_000 + "] }}", "E424", id="an expression of 100,000 characters"),
    pytest.param("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", "E424", id="brackets in brackets"),
    pytest.param("{% for a in [1] %}" * 200 + "{% endfor %}" * 200, "E424", id="loops in loops"),
]


def findings(said: Any) -> list[tuple[str, str]]:
    return [(finding["where"], finding["code"]) for finding in said["findings"]]


@pytest.mark.parametrize(("content", "code", "line"), FORMS)
def test_a_file_that_is_no_mapping(check: Check, content: str | bytes, code: str | None, line: int) -> None:
    Path("m.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    exit_code, said, _ = check("m.yaml")
    assert exit_code == (2 if code else 0)
    assert not code or re.fullmatch(rf"m\.yaml:{line}:\d+", findings(said)[0][0])
    assert [each[1] for each in findings(said)][:1] == ([code] if code else [])


@pytest.mark.parametrize(("text", "code"), EXPRESSIONS)
def test_a_template_that_should_not_be(check: Check, text: str, code: str) -> None:
    Path("m.yaml").write_text(a_template(text))
    exit_code, said, _ = check("m.yaml")
    where, found = findings(said)[0]
    assert (exit_code, found) == (2, code)
    assert where.startswith("m.yaml:9:")


@pytest.mark.parametrize("text", ["call.__class__ == 1", "summary is matching '(a+)+$'", "dict(a=1)", "a b", "1 +"])
def test_a_condition_that_should_not_be(check: Check, text: str) -> None:
    Path("m.yaml").write_text(a_when(text))
    exit_code, said, _ = check("m.yaml")
    where, code = findings(said)[0]
    assert exit_code == 2
    assert where.startswith("m.yaml:7:")
    assert code in ("E421", "E424", "E425")


def test_a_template_that_never_ends_fails_its_test_with_the_code(check: Check) -> None:
    loop = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"
    Path("m.yaml").write_text(a_template(loop))
    Path("m.test.yaml").write_text(
        "- name: a\n  given: {id: c, createdAt: '2026-04-22T10:14:07Z', duration: 1}\n  expect: {call: {p: x}}\n"
    )
    exit_code, said, _ = check("m.yaml")
    (finding,) = said["findings"]
    assert (exit_code, finding["where"], finding["code"]) == (2, "m.test.yaml:1:3", "E452")
    assert "the call fails with E442" in finding["message"]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        pytest.param("/dev/zero", "E401", id="without an end"),
        pytest.param("/dev/stdin", "E401", id="a terminal"),
        pytest.param("nowhere", "E107", id="a link to nothing"),
        pytest.param("m.yaml", "E107", id="a link to itself"),
        pytest.param("../../../../../../etc/passwd", "E406", id="somebody else's file"),
    ],
)
def test_a_link(check: Check, target: str, code: str) -> None:
    Path("m.yaml").symlink_to(target)
    exit_code, said, _ = check("m.yaml")
    found = [said["error"]["code"]] if "error" in said else [each["code"] for each in said["findings"]]
    assert (exit_code, found) == (2, [code])
    assert "root" not in json.dumps(said)


def test_the_setting_may_name_no_mapping_either(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, code in (("none.yaml", "E401"), ("/dev/zero", "E401"), (".", "E401")):
        monkeypatch.setenv("CONNECTOR_MAPPING", path)
        exit_code, said, _ = check()
        found = [said["error"]["code"]] if "error" in said else [each["code"] for each in said["findings"]]
        assert (exit_code, found) == (2, [code])


@pytest.mark.parametrize(
    "content", ["- a: &a [*a]\n", "", "a: 1\n", "-\tname: x\n", "- 1\n- 2\n", b"\xff", "[" * 9_999]
)
def test_a_file_of_tests_that_is_none(check: Check, content: str | bytes) -> None:
    Path("m.yaml").write_text(GOOD)
    Path("m.test.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    exit_code, said, _ = check("m.yaml")
    assert exit_code == 2
    assert said["findings"]
    assert all(re.fullmatch(r"m\.test\.yaml:\d+:\d+", finding["where"]) for finding in said["findings"])
