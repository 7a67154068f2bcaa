"""Tests beside a mapping: read with the same care as the mapping."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connector.mapping.casefile import Expectation, load_cases
from connector.mapping.load import MappingFileError, cases_path


@pytest.fixture
def case_file(tmp_path: Path) -> Any:
    def write(text: str) -> Path:
        path = tmp_path / "m.test.yaml"
        path.write_text(textwrap.dedent(text))
        return path

    return write


def test_a_test_is_read_whole(case_file):
    path = case_file("""\
        - name: first
          given: {id: c1}
          expect: {}
        - name: an e-mail as heard is not saved
          given:  {id: c1, createdAt: 2026-04-22T10:14:07Z, duration: 60, callerNumber: +447700900123, lead: {no: no}}
          crm:    {contacts: [{id: 7, phone: 07700 900123, firstname: Jane, vip: true}]}
          now:    2026-04-22T12:00:00+01:00
          expect:
            {decision: matched, reason: phone, rule: a, contact: {lastname: Doe}, call: {hs_call_duration: 6},
             records: {}}
          absent: [contact.email, call, records.callback, records.callback.hs_task_body]
        """)
    first, second = load_cases(path)
    assert (first.name, first.expect, first.absent, first.now) == ("first", Expectation(), (), None)
    assert first.where == f"{path}:1:3"
    assert second.where == f"{path}:4:3"
    assert second.given == {
        "id": "c1",
        "createdAt": "2026-04-22T10:14:07Z",
        "duration": 60,
        "callerNumber": "+447700900123",
        "lead": {"no": "no"},
    }
    assert second.contacts == ({"id": "7", "phone": "07700 900123", "firstname": "Jane", "vip": "true"},)
    assert second.now == datetime(2026, 4, 22, 11, 0, tzinfo=UTC)
    assert second.expect == Expectation(
        decision="matched",
        reason="phone",
        rule="a",
        contact={"lastname": "Doe"},
        call={"hs_call_duration": "6"},
        records={},
    )
    assert second.absent == ("contact.email", "call", "records.callback", "records.callback.hs_task_body")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name: a\n", ":1:1 E406 a test file is a list of tests"),
        ("", ":1:1 E406 the file is empty"),
        ("- {name: a, given: {id: 1}}\n", ":1:3 E413 `expect` is missing"),
        ("- {given: {id: 1}, expect: {}}\n", ":1:3 E413 `name` is missing"),
        ("- {name: a, given: {}, expect: {}}\n", ":1:20 E412 this must not be empty"),
        ("- {name: a, given: [], expect: {}}\n", ":1:20 E412 keys with values are expected"),
        (
            "- {name: a, given: {id: 1}, expect: {decison: held}}\n",
            ":1:38 E411 unknown key `decison` (did you mean decision?)",
        ),
        ("- {name: a, given: {id: 1}, expects: {}}\n", "E411 unknown key `expects` (did you mean expect?)"),
        (
            "- {name: a, given: {id: 1}, expect: {}, crm: {contact: []}}\n",
            "E411 unknown key `contact` (did you mean contacts?)",
        ),
        (
            "- {name: a, given: {id: 1}, expect: {decision: hold}}\n",
            ":1:48 E412 `hold` is not known (did you mean held?)",
        ),
        (
            "- {name: a, given: {id: 1}, expect: {contact: {a: null}}}\n",
            "E412 a text, a number, true or false is expected",
        ),
        ("- {name: a, given: {id: 1}, expect: {contact: {a: [1]}}}\n", ":1:51 E412 a text, a number, true or false"),
        ("- {name: a, given: {id: 1}, expect: {}, now: noon}\n", ":1:46 E412 a time with its zone is expected"),
        ("- {name: a, given: {id: 1}, expect: {}, now: 2026-04-22}\n", "E412 a time with its zone is expected"),
        ("- {name: a, given: {id: 1}, expect: {}, absent: [contacts.email]}\n", ":1:50 E412 expected contact, call or"),
        ("- {name: a, given: {id: 1}, expect: {}, absent: [records]}\n", "E412 expected contact, call or records.NAME"),
        (
            "- {name: a, given: {id: 1}, expect: {}, absent: [call.a.b]}\n",
            "E412 expected contact, call or records.NAME",
        ),
        ("- {name: a, given: {id: 1}, expect: {}, absent: [call.]}\n", "E412 expected contact, call or records.NAME"),
        (
            "- {name: a, given: {id: 1}, expect: {}}\n- {name: a, given: {id: 1}, expect: {}}\n",
            ":2:10 E415 another test",
        ),
        ("- {name: a, given: {id: krai_abcdefgh}, expect: {}}\n", ":1:25 E408 this looks like a secret"),
        ("- {name: a, given: {id: 1, id: 2}, expect: {}}\n", ":1:28 E404 `id` stands here a second time"),
        ("- words\n", ":1:3 E412 keys with values are expected"),
    ],
)
def test_faults_of_a_test_file(case_file, text, fault):
    path = case_file(text)
    with pytest.raises(MappingFileError) as raised:
        load_cases(path)
    told = [f"{found.where.removeprefix(str(path))} {found.code} {found.message}" for found in raised.value.findings]
    assert any(fault in line for line in told), told


def test_the_test_file_stands_beside_the_mapping():
    assert cases_path(Path("mappings/reception_ai.yaml")) == Path("mappings/reception_ai.test.yaml")
