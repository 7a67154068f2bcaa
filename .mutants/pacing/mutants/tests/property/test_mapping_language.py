"""Whatever a platform sends and whatever a person types, the mapping language answers in its own terms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.codes import CODES
from connector.errors import RecordError
from connector.mapping.check import check_mapping
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.mapping.template import Expressions, examine_condition, examine_template
from connector.mapping.view import Caller, View
from connector.model import Call, CallKey

SHIPPED = Path(__file__).resolve().parents[2] / "mappings" / "reception_ai.yaml"
END = datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(
    ["callerNumber", "callerName", "callType", "outcome", "summary", "leadData", "transcript", "recordingUrl", "else"]
)
words = st.sampled_from(["new_enquiry", "staff", "unknown", "lead_captured", "callback_scheduled", "message_taken"])
leads = st.dictionaries(
    st.sampled_from(["name", "email", "note", "notes", "callbackTime"]) | texts, values | words, max_size=5
)
payloads = st.dictionaries(fields, values | words | leads, max_size=9)


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(SHIPPED))


def a_call(payload: dict[str, Any]) -> Call:
    def text(name: str) -> str | None:
        value = payload.get(name)
        return value if isinstance(value, str) else None

    return Call(
        key=CallKey("reception_ai", "org", "c1"),
        started_at=END - timedelta(seconds=60),
        ended_at=END,
        duration_seconds=60,
        summary=text("summary"),
        transcript=text("transcript"),
        recording_url=text("recordingUrl"),
        payload=payload,
    )


@settings(max_examples=150, deadline=None)
@given(payload=payloads)
def test_any_record_is_mapped_or_fails_with_a_code(mapping, payload):
    before = repr(payload)
    call = a_call(payload)
    view = mapping.view(call)
    mapping.ruling(view)
    view = view.with_contact({"id": "1", "name": view.caller.name, "known": False})
    records = mapping.records(view)
    for wishes in (mapping.contact(view).wishes, mapping.call(view).wishes, *(record.wishes for record in records)):
        assert len({wish.property for wish in wishes}) == len(wishes)
        for wish in wishes:
            assert wish.value.strip()
            assert len(wish.value) <= 60_000
            wish.value.encode()
    body = next((wish.value for wish in mapping.call(view).wishes if wish.property == "hs_call_body"), "")
    assert "<" not in body.replace("<p>", "").replace("</p>", "")
    assert repr(payload) == before


@settings(max_examples=100, deadline=None)
@given(payload=payloads, name=texts.filter(lambda name: name not in ("leadData", "outcome", "callType")), value=values)
def test_a_field_that_is_not_read_does_not_change_the_fingerprint(mapping, payload, name, value):
    name = f"new {name}"
    assert mapping.fingerprint(a_call(payload)) == mapping.fingerprint(a_call({**payload, name: value}))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | texts.map(str.encode) | values.map(lambda value: repr(value).encode()))
def test_any_file_is_checked_with_coded_findings(tmp_path, content):
    path = tmp_path / "m.yaml"
    path.write_bytes(content)
    findings = check_mapping(path)
    assert findings
    assert all(finding.code in CODES and finding.where.startswith(str(path)) for finding in findings)


pieces = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "if ", "else", "endif", "for x in ", "endfor", "set x = ", "a", "b.c"),
        *('d."e f"', "x", "x.y", "'t'", '"u"', "1", "2.5", "<", ">=", "==", " and ", " or ", " not ", " in ", " is "),
        *(
            "none",
            "|",
            "upper",
            "safe",
            "default(",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "-",
            "~",
            ".",
            " ",
            "\n",
            "é",
        ),
    ]
)


@settings(max_examples=400, deadline=None)
@given(source=st.lists(pieces, max_size=14).map("".join), is_condition=st.booleans())
def test_any_expression_is_refused_or_gives_a_text_or_a_coded_failure(source, is_condition):
    scan = examine_condition(source) if is_condition else examine_template(source)
    assert all(problem.code in CODES and 0 <= problem.offset <= len(source) for problem in scan.problems)
    if scan.problems:
        return
    expressions = Expressions(timezone="UTC", tables={})
    view = View(call=a_call({"a": "1", "b": {"c": [1, None]}, "d": {"e f": 2}}), connection={}, caller=Caller())
    with suppress_coded():
        if is_condition:
            expressions.condition(source, label="x", where="m:1:1")(view)
        else:
            expressions.template(source, "html", label="x", where="m:1:1")(view)


@contextmanager
def suppress_coded() -> Iterator[None]:
    """Let failures of a call pass, but no other."""
    try:
        yield
    except RecordError as error:
        if error.code not in ("E441", "E442"):
            raise
