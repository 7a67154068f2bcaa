"""A compiled mapping applied to calls: properties, caller, rules, engagement, records, owner, fingerprint."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.errors import InputError, RecordError
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.engagement import GUESSED_LINE
from connector.mapping.hours import business_hours
from connector.mapping.load import MappingFileError, load_mapping
from connector.mapping.people import GUESSED
from connector.mapping.view import Caller, View
from connector.model import Call, CallKey

HEAD = """\
version: 1
source: reception_ai
defaults: {region: GB, timezone: Europe/London, business_hours: {from: "09:00", to: "17:30"}}
"""
CALLER = """\
caller:
  number: {from: callerNumber}
  email: {from: leadData.email}
  name: {from: [leadData.name, callerName]}
"""


@pytest.fixture
def compiled(tmp_path: Path) -> Any:
    def compile_text(text: str = "", *, caller: str = CALLER, **overrides: Any) -> CompiledMapping:
        path = tmp_path / "m.yaml"
        path.write_text(HEAD + caller + textwrap.dedent(text))
        return compile_mapping(load_mapping(path), **overrides)

    return compile_text


def a_call(direction: str = "INBOUND", **payload: Any) -> Call:
    return Call(
        key=CallKey("reception_ai", "org", payload.get("id", "c1")),
        started_at=datetime(2026, 4, 22, 10, 13, 7, tzinfo=UTC),
        ended_at=datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC),
        duration_seconds=60,
        direction=direction,
        agent_number=payload.pop("agent_number", None),
        agent_name=payload.pop("agent_name", None),
        recording_url=payload.get("recordingUrl"),
        summary=payload.get("summary"),
        transcript=payload.get("transcript"),
        payload=payload,
    )


def contact_of(mapping: CompiledMapping, **payload: Any) -> dict[str, str]:
    return {wish.property: wish.value for wish in mapping.contact(mapping.view(a_call(**payload))).wishes}


def call_of(mapping: CompiledMapping, view: View) -> dict[str, str]:
    return {wish.property: wish.value for wish in mapping.call(view).wishes}


def test_what_a_mapping_says_before_any_call(compiled):
    mapping = compiled("""\
        contact:
          match: [email]
          ambiguous: oldest
          properties:
            jobtitle: {from: crm.contact.city}
            company: {from: leadData.work.company_name}
            message: {template: "{{ crm.contact.name }}{{ crm.contact }}"}
        call: {transcript: note, properties: {hs_call_title: {value: x}}}
        records:
          - {name: a, object: tasks, properties: {hs_timestamp: {value: 1}}, associate: [contact, deal]}
          - {name: b, object: deals, properties: {dealname: {value: z}}}
        own_numbers: ["020 7946 0000", "+44 7700 900123"]
        owner: {default: 12}
        """)
    assert (mapping.source, mapping.region, mapping.timezone) == ("reception_ai", "GB", "Europe/London")
    assert (mapping.match, mapping.ambiguous, mapping.default_owner) == (("email",), "oldest", "12")
    assert mapping.own_numbers == {"+447700900123", "+442079460000"}
    assert mapping.hours == business_hours(
        days=("mon", "tue", "wed", "thu", "fri"), opens="09:00", closes="17:30", timezone="Europe/London"
    )
    of_the_caller = {"email", "phone", "firstname", "lastname"}
    assert mapping.contact_properties == {*of_the_caller, "jobtitle", "company", "message", "city"}
    assert mapping.call_properties >= {"hs_call_title", "hs_timestamp", "call_connector_outcome"}
    assert mapping.object_types == {"tasks", "deals", "notes"}
    assert mapping.record_types == {"a": "tasks", "b": "deals", "transcript": "notes"}
    assert mapping.record_links == {"a": ("contact", "deal"), "b": ("contact",), "transcript": ("contact",)}
    assert mapping.record_properties == {"hs_timestamp", "dealname", "hs_note_body"}
    assert mapping.wants == {"transcript"}


def test_business_hours_are_those_of_the_mapping(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(HEAD.replace('to: "17:30"', 'to: "16:00", days: [mon, sat], holidays: [2026-12-26]') + CALLER)
    assert compile_mapping(load_mapping(path)).hours == business_hours(
        days=("mon", "sat"), opens="09:00", closes="16:00", holidays=("2026-12-26",), timezone="Europe/London"
    )


def test_what_the_platform_sends_late_is_wanted_under_the_platforms_name(compiled):
    assert compiled("contact: {properties: {message: {from: transcript}}}").wants == {"transcript"}


def test_what_is_left_to_the_command_line_wins_over_the_defaults(compiled):
    mapping = compiled("own_numbers: ['07700 900123']", region="US", timezone="Asia/Kolkata")
    assert (mapping.region, mapping.timezone, mapping.hours.timezone) == ("US", "Asia/Kolkata", "Asia/Kolkata")
    assert mapping.view(a_call(), connection="second").connection == {
        "name": "second",
        "source": "reception_ai",
        "region": "US",
        "timezone": "Asia/Kolkata",
    }


def test_a_mapping_without_records_or_owner_makes_no_objects(compiled):
    mapping = compiled()
    assert (mapping.object_types, mapping.default_owner, mapping.record_types) == (frozenset(), None, {})
    assert compiled("owner: {default: 12}").object_types == {"tasks"}


def test_a_path_that_is_none_has_its_place(compiled):
    with pytest.raises(InputError) as raised:
        compiled("call: {properties: {hs_call_title: {from: 'a b'}}}")
    error = raised.value
    words = "a path is names with dots between them; odd names stand in double quotes"
    assert (error.code, error.message) == ("E421", f"`a b`: {words}")
    assert error.where is not None
    assert error.where.endswith("m.yaml:8:43")


# --- one property ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "payload", "value"),
    [
        pytest.param("{from: summary}", {"summary": "hello"}, "hello", id="from"),
        pytest.param("{from: summary}", {"summary": "  "}, None, id="only spaces is blank"),
        pytest.param("{from: summary}", {"summary": None}, None, id="null is blank"),
        pytest.param("{from: [a, b]}", {"a": "", "b": "second"}, "second", id="first that is not blank"),
        pytest.param("{from: duration}", {"duration": 60}, "60", id="a number"),
        pytest.param("{from: duration}", {"duration": 0}, "0", id="zero is not blank"),
        pytest.param("{from: flag}", {"flag": False}, "false", id="false is not blank"),
        pytest.param("{from: half}", {"half": 2.50}, "2.5", id="a fraction"),
        pytest.param("{from: call.started_at}", {}, "2026-04-22T10:13:07.000Z", id="a time"),
        pytest.param('{from: leadData."post code"}', {"leadData": {"post code": "N1"}}, "N1", id="quoted key"),
        pytest.param("{from: leadData.tags.1}", {"leadData": {"tags": ["a", "b"]}}, "b", id="position"),
        pytest.param("{from: leadData.tags.2}", {"leadData": {"tags": ["a", "b"]}}, None, id="position past the end"),
        pytest.param("{from: leadData.tags.first}", {"leadData": {"tags": ["a"]}}, None, id="no position"),
        pytest.param("{from: leadData.tags}", {"leadData": {"tags": ["a"]}}, None, id="a list is a noted blank"),
        pytest.param("{from: leadData.tags, transform: join}", {"leadData": {"tags": ["a", "b"]}}, "a; b", id="joined"),
        pytest.param("{from: leadData}", {"leadData": {"a": 1}}, None, id="an object is a noted blank"),
        pytest.param('{template: "{{ leadData }}"}', {"leadData": {"a": 1}}, "a: 1", id="an object by template"),
        pytest.param("{value: NEW}", {}, "NEW", id="value"),
        pytest.param("{value: true}", {}, "true", id="a true value"),
        pytest.param("{value: 0}", {}, "0", id="a zero value"),
        pytest.param('{value: " "}', {}, None, id="a blank value"),
        pytest.param("{first: [{from: a}, {value: x}]}", {}, "x", id="first"),
        pytest.param("{first: [{from: a, when: b}, {value: x}]}", {"a": "no"}, "x", id="first with a condition"),
        pytest.param("{first: [{from: t, transform: number}, {value: x}]}", {"t": "a"}, "x", id="first, unreadable"),
        pytest.param("{first: [{first: [{from: a}]}, {from: b}], transform: upper}", {"b": "y"}, "Y", id="nested"),
        pytest.param("{from: a, transform: [trim, upper, {truncate: 3}]}", {"a": " abcdef "}, "AB…", id="transforms"),
        pytest.param("{from: a, transform: digits}", {"a": "none"}, None, id="a transform that leaves nothing"),
        pytest.param("{from: a, transform: [digits, upper], default: d}", {"a": "x"}, "d", id="default after nothing"),
        pytest.param("{from: a, map: {x: X, '*': other}}", {"a": "x"}, "X", id="map"),
        pytest.param("{from: a, map: {x: X, '*': other}}", {"a": "y"}, "other", id="the rest"),
        pytest.param("{from: a, map: {x: X, '*': other}}", {}, None, id="a blank is not the rest"),
        pytest.param("{from: a, map: {x: X}}", {"a": "y"}, None, id="no entry is a noted blank"),
        pytest.param("{from: a, map: {x: X}, default: D}", {"a": "y"}, "D", id="no entry, but a default"),
        pytest.param("{from: a, map: {'3': three, 'true': yes}}", {"a": 3}, "three", id="a number as key"),
        pytest.param("{from: a, map: {'3': three, 'true': yes}}", {"a": True}, "yes", id="a truth as key"),
        pytest.param("{from: a, transform: upper, map: {X: y}}", {"a": "x"}, "y", id="transform before map"),
        pytest.param("{from: a, default: 7}", {}, "7", id="default"),
        pytest.param("{from: a, default: d, when: b}", {}, None, id="no default when the condition fails"),
        pytest.param("{from: a, when: a == 'x'}", {"a": "x"}, "x", id="when"),
        pytest.param("[{value: one, when: a}, {value: two}]", {"a": 1}, "one", id="list, the first that holds"),
        pytest.param("[{value: one, when: a}, {value: two}]", {}, "two", id="list, the last"),
        pytest.param("[{from: a, when: b}, {value: two}]", {"b": 1}, None, id="list, used even when blank"),
        pytest.param("[{from: a, when: b}, {from: a, when: c}]", {}, None, id="list, none holds"),
        pytest.param("{from: source.call}", {"call": "a field"}, "a field", id="source"),
        pytest.param("{from: call}", {"call": "a field"}, None, id="a reserved name"),
        pytest.param("{from: words.a}", {"words": {"a": "field"}}, "table", id="a table wins"),
        pytest.param("{from: connection.name}", {}, "default", id="connection"),
        pytest.param("{from: a.b.c}", {"a": "text"}, None, id="through a text"),
        pytest.param("{from: a}", {"a": "x\0y\x07z"}, "xyz", id="control characters go"),
        pytest.param("{from: a}", {"a": "\0"}, None, id="only control characters is blank"),
        pytest.param("{from: a}", {"a": " \0"}, None, id="spaces and control characters are blank"),
    ],
)
def test_a_property(compiled, form, payload, value):
    mapping = compiled(f"contact: {{properties: {{p: {form}}}}}\ntables: {{words: {{a: table}}}}\n")
    assert contact_of(mapping, **payload).get("p") == value


@pytest.mark.parametrize(
    ("form", "payload", "note"),
    [
        ("{from: a}", {"a": ["secret"]}, "p: a list is no text"),
        ("{from: a, transform: number}", {"a": "secret"}, "p: it is no number"),
        ("{from: a, map: {x: y}}", {"a": "secret"}, "p: its `map` has no entry for this value"),
        ("{from: a}", {"a": "x" * 70_000}, "p: shortened to 60000 characters"),
    ],
)
def test_what_cannot_be_read_is_noted_without_its_value(compiled, form, payload, note):
    mapping = compiled(f"contact: {{properties: {{p: {form}}}}}")
    notes = mapping.contact(mapping.view(a_call(**payload))).notes
    assert len(notes) == 1
    assert notes[0].startswith(note)
    assert "secret" not in notes[0]


def test_writes_and_origins(compiled):
    mapping = compiled("""\
        contact:
          properties:
            a: {from: [x, y]}
            b: {value: 1, write: newest}
            c: [{from: x, write: never}, {value: 2}]
        call: {properties: {hs_call_title: {template: "t"}}}
        records: [{name: n, object: tasks, properties: {hs_timestamp: {from: z, default: "0"}}}]
        """)
    view = mapping.view(a_call(y="1"))
    wishes = {wish.property: (wish.write, wish.origin) for wish in mapping.contact(view).wishes}
    assert wishes == {"a": ("if_empty", "y"), "b": ("newest", "value")}
    title = mapping.call(view).wishes[-1]
    assert (title.property, title.write, title.origin) == ("hs_call_title", "always", "template")
    assert mapping.records(view)[0].wishes[0].write == "on_create"
    assert mapping.records(view)[0].wishes[0].origin == "default"


@pytest.mark.parametrize(
    ("section", "what", "place"),
    [
        ("call: {properties: {p: {value: x, when: %s}}}", "condition of p", "8:41"),
        ("call: {properties: {p: [{value: x, when: a}, {value: x, when: %s}]}}", "condition of p", "8:63"),
        ("contact: {properties: {p: {first: [{value: x, when: %s}]}}}", "condition of p", "8:53"),
        ("call: {properties: {p: {template: '{{ %s }}'}}}", "template of p", "8:35"),
        (
            "records: [{name: r, object: deals, when: %s, properties: {p: {value: x}}}]",
            "condition of the record r",
            "8:42",
        ),
        ("records: [{name: r, object: deals, properties: {p: {value: x, when: %s}}}]", "condition of p", "8:69"),
    ],
)
def test_what_fails_for_a_call_has_its_place(compiled, section, what, place):
    mapping = compiled(section % "summary > 3")
    with pytest.raises(RecordError) as raised:
        view = mapping.view(a_call(summary="private words"))
        _ = mapping.contact(view), mapping.call(view), mapping.records(view)
    error = raised.value
    assert error.message == f"the {what} failed: values of different kinds cannot be compared"
    assert error.where is not None
    assert error.where.endswith(f"m.yaml:{place}")


def test_what_a_record_could_not_read_is_noted_with_it(compiled):
    mapping = compiled("records: [{name: r, object: deals, properties: {p: {from: a}, q: {value: x}}}]")
    (record,) = mapping.records(mapping.view(a_call(a=["secret"])))
    assert record.notes == ("p: a list is no text; join it or take one of its fields",)
    assert [(wish.property, wish.value) for wish in record.wishes] == [("q", "x")]


def test_a_text_may_be_as_long_as_it_says(compiled):
    mapping = compiled("contact: {properties: {p: {from: a}}}")
    for text in ("x" * 60_000, "x\n" * 30_000):
        wishes = mapping.contact(mapping.view(a_call(a=text)))
        assert ([wish.value for wish in wishes.wishes], wishes.notes) == ([text], ())


# --- HTML ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("{from: summary}", "&lt;b&gt; &amp;"),
        ("{from: summary, transform: html}", "&lt;b&gt; &amp;"),
        ("{from: summary, transform: [trim, upper]}", "&lt;B&gt; &amp;"),
        ("{from: summary, transform: [trim, html]}", "&lt;b&gt; &amp;"),
        ('{template: "<p>{{ summary }}</p>"}', "<p>&lt;b&gt; &amp;</p>"),
        ('{template: "<p>{{ summary }}</p>", transform: collapse_spaces}', "<p>&lt;b&gt; &amp;</p>"),
        ('{template: "<p>{{ summary }}</p>", transform: plain_text}', "&lt;b&gt; &amp;"),
        ('{first: [{from: missing}, {from: summary}], default: "<i>"}', "&lt;b&gt; &amp;"),
        ('{value: "<p>ours</p>"}', "<p>ours</p>"),
        ('{value: "<p>ours</p>\\n<p>too</p>"}', "<p>ours</p>\n<p>too</p>"),
        ('{from: missing, default: "<p>ours</p>"}', "<p>ours</p>"),
        ('{from: summary, map: {"*": "<p>ours</p>"}}', "<p>ours</p>"),
    ],
)
def test_bodies_hold_only_the_mappings_own_tags(compiled, form, body):
    mapping = compiled(f"call: {{properties: {{hs_call_body: {form}}}}}")
    assert call_of(mapping, mapping.view(a_call(summary="<b> &")))["hs_call_body"] == body


def test_titles_are_plain_and_on_one_line(compiled):
    mapping = compiled('call: {properties: {hs_call_title: {template: "{{ summary }}"}}}')
    title = call_of(mapping, mapping.view(a_call(summary="a <b>\u202e x\u200by\n\tz 👩\u200d👧")))["hs_call_title"]
    assert title == "a <b> xy z 👩\u200d👧"


def test_a_long_body_is_cut_below_the_limit(compiled):
    mapping = compiled('call: {properties: {hs_call_body: {template: "<p>{{ summary }}</p>"}}}')
    body = call_of(mapping, mapping.view(a_call(summary="<word> " * 20_000)))["hs_call_body"]
    assert len(body) <= 60_000
    assert body.endswith("</p>")


# --- the caller ------------------------------------------------------------------------------------------------------


NOT_MATCHED = ("caller.number: it is no number that can be matched",)
NO_TEXT = "is no text; join it or take one of its fields"


@pytest.mark.parametrize(
    ("payload", "caller"),
    [
        ({"callerNumber": "07700 900123"}, Caller(number="+447700900123", masked="+44 77•• •••123")),
        (
            {"callerNumber": "anonymous"},
            Caller(masked="withheld number", notes=("caller.number: it is withheld",)),
        ),
        ({"callerNumber": ""}, Caller(masked="unknown caller")),
        ({}, Caller(masked="unknown caller")),
        ({"callerNumber": "5"}, Caller(masked="5", notes=NOT_MATCHED)),
        ({"callerNumber": "999999"}, Caller(masked="999999", notes=NOT_MATCHED)),
        ({"callerNumber": "00000000"}, Caller(masked="•••• •000", notes=NOT_MATCHED)),
        ({"callerNumber": "call me"}, Caller(masked="•••", notes=NOT_MATCHED)),
        ({"callerNumber": "+44 20 7946 0000 ext. 12"}, Caller(masked="+44 20•• •••••012", notes=NOT_MATCHED)),
        (
            {"callerNumber": ["+447700900123"], "callerName": {"first": "Jane"}, "leadData": {"email": [1]}},
            Caller(
                masked="unknown caller",
                notes=(
                    f"caller.number: a list {NO_TEXT}",
                    f"caller.email: a list {NO_TEXT}",
                    f"caller.name: an object {NO_TEXT}",
                ),
            ),
        ),
        (
            {"leadData": {"email": "jd at example dot com"}},
            Caller(email="jd@example.com", masked="j•••@example.com"),
        ),
        (
            {"leadData": {"email": "jane@gmial.com"}},
            Caller(
                email="jane@gmial.com",
                masked="j•••@gmial.com",
                notes=("caller.email: its domain may be a slip for gmail.com",),
            ),
        ),
        (
            {"leadData": {"email": "jane at gmial"}},
            Caller(
                masked="unknown caller",
                notes=("caller.email: nothing like .com behind the @; gmail.com may be meant",),
            ),
        ),
        (
            {"leadData": {"name": "Unknown"}, "callerName": "jane doe"},
            Caller(name="Jane Doe", masked="unknown caller"),
        ),
        ({"callerName": "Jane O'Brien"}, Caller(name="Jane O'Brien", masked="unknown caller")),
        ({"callerName": "07700900123"}, Caller(masked="unknown caller", notes=("caller.name: it is no name",))),
    ],
)
def test_the_caller(compiled, payload, caller):
    assert compiled().view(a_call(**payload)).caller == caller


@pytest.mark.parametrize(
    ("payload", "caller"),
    [
        ({"a": "anonymous", "b": "07700 900123"}, Caller(number="+447700900123", masked="+44 77•• •••123")),
        ({"a": "anonymous", "b": "201"}, Caller(masked="201", notes=NOT_MATCHED)),
        (
            {"c": "jane at gmial", "d": "no"},
            Caller(
                masked="unknown caller",
                notes=("caller.email: nothing like .com behind the @; gmail.com may be meant",),
            ),
        ),
        ({"c": "jane at gmial", "d": "j@example.com"}, Caller(email="j@example.com", masked="•••@example.com")),
    ],
)
def test_the_first_usable_source_of_the_caller_is_taken(compiled, payload, caller):
    mapping = compiled(caller="caller: {number: {from: [a, b]}, email: {from: [c, d]}}\n")
    assert mapping.view(a_call(**payload)).caller == caller


def test_a_caller_may_be_put_together_like_a_property(compiled):
    mapping = compiled(
        caller='caller: {number: {template: "{{ leadData.cc }}{{ leadData.no }}"}, name: {from: n, default: Ann Lee}}\n'
    )
    caller = mapping.view(a_call(leadData={"cc": "+44", "no": "7700900123"}, n="unknown")).caller
    assert (caller.number, caller.name, caller.email) == ("+447700900123", "Ann Lee", None)


@pytest.mark.parametrize("form", ["{from: [m, n]}", '{template: "{{ n }}"}'])
def test_a_caller_is_no_html(compiled, form):
    caller = compiled(caller=f"caller: {{email: {form}}}\n").view(a_call(n="smith&sons@example.com")).caller
    assert caller.email == "smith&sons@example.com"


@pytest.mark.parametrize(
    ("form", "payload", "email"),
    [
        ("{from: [a, b], default: d@example.com}", {"b": "b@example.com"}, "b@example.com"),
        ("{from: [a, b], default: d@example.com}", {"a": "no", "b": "nobody"}, "d@example.com"),
        ("{from: a, transform: {truncate: 5}, default: d@example.com}", {}, "d@example.com"),
        ("{from: a, map: {x: x@example.com}, default: d@example.com}", {}, "d@example.com"),
        ("{from: a, map: {x: x@example.com}, default: d@example.com}", {"a": "x"}, "x@example.com"),
        ('{from: a, default: " "}', {}, None),
    ],
)
def test_a_default_of_the_caller_comes_last_and_as_it_is(compiled, form, payload, email):
    caller = compiled(caller=f"caller: {{email: {form}}}\n").view(a_call(**payload)).caller
    assert caller.email == email
    assert email or not caller.notes


def test_a_contact_comes_from_the_caller_unless_the_mapping_says_otherwise(compiled):
    payload: Any = {
        "callerNumber": "+447700900123",
        "callerName": "Jane van Doe",
        "leadData": {"email": "J@example.com"},
    }
    from_caller = {"email": "j@example.com", "phone": "+447700900123", "firstname": "Jane", "lastname": "van Doe"}
    assert contact_of(compiled(), **payload) == from_caller
    wishes = compiled().contact(compiled().view(a_call(**payload))).wishes
    assert {(wish.property, wish.write, wish.origin) for wish in wishes} == {
        ("email", "if_empty", "caller.email"),
        ("phone", "if_empty", "caller.number"),
        ("firstname", "if_empty", "caller.name"),
        ("lastname", "if_empty", "caller.name"),
    }
    mapping = compiled("contact: {properties: {phone: {from: missing}, mobilephone: {from: caller.number}}}")
    without_phone = {name: value for name, value in from_caller.items() if name != "phone"}
    assert contact_of(mapping, **payload) == {**without_phone, "mobilephone": "+447700900123"}
    assert mapping.contact_properties >= {"email", "phone", "firstname", "lastname", "mobilephone"}


@pytest.mark.parametrize("part", ["number", "email", "name"])
def test_a_condition_of_the_caller_that_fails_has_its_place(compiled, part):
    mapping = compiled(caller=f"caller: {{{part}: {{from: x, when: summary > 3}}}}\n")
    with pytest.raises(RecordError) as raised:
        mapping.view(a_call(x="y", summary="private words"))
    assert raised.value.message == (
        f"the condition of caller.{part} failed: values of different kinds cannot be compared"
    )
    assert raised.value.where is not None
    assert raised.value.where.endswith(f"m.yaml:4:{28 + len(part)}")


# --- rules -----------------------------------------------------------------------------------------------------------

RULES = """\
rules:
  - {name: staff only, when: callType == "staff", action: skip}
  - {name: created, when: callType == "lead", unknown_caller: create}
  - {when: callType == "odd"}
  - {unknown_caller: log}
"""


@pytest.mark.parametrize(
    ("rules", "payload", "ruling"),
    [
        (RULES, {"callType": "staff"}, ("staff only", "skip", "log", "staff_only")),
        (RULES, {"callType": "lead", "callerName": "Jane Doe"}, ("created", "log", "create", "created")),
        (RULES, {"callType": "lead"}, ("created", "log", "create", "no_identity")),
        (RULES, {"callType": "odd", "callerName": "Jane Doe"}, ("rule 3", "log", "log", "rule_3")),
        (RULES, {"callerName": "Jane Doe"}, ("otherwise", "log", "log", "unknown_caller")),
        ("", {"callerName": "Jane Doe"}, ("otherwise", "log", "hold", "unknown_caller")),
        ("rules: [{when: callType}]", {"callType": "x", "callerName": "Jane Doe"}, ("rule 1", "log", "hold", "rule_1")),
        ("rules: [{action: skip, name: Alle!}]", {"callType": "x"}, ("Alle!", "skip", "hold", "alle")),
    ],
)
def test_rules(compiled, rules, payload, ruling):
    mapping = compiled(rules)
    said = mapping.ruling(mapping.view(a_call(**payload)))
    assert (said.rule, said.action, said.unknown_caller, said.reason) == ruling


def test_a_rule_that_fails_makes_the_call_fail(compiled):
    mapping = compiled("rules: [{name: long, when: summary > 3, action: skip}]")
    with pytest.raises(RecordError) as raised:
        mapping.ruling(mapping.view(a_call(summary="private words")))
    assert raised.value.code == "E441"
    assert "rule 'long'" in raised.value.message
    assert raised.value.where is not None
    assert raised.value.where.endswith("m.yaml:8:28")
    assert "private" not in str(raised.value)


# --- the engagement --------------------------------------------------------------------------------------------------


def test_what_is_set_without_being_asked(compiled):
    mapping = compiled()
    call = a_call(callerNumber="07700 900123", callType="referral", outcome="resolved", agent_number="020 7946 0000")
    assert call_of(mapping, mapping.view(call)) == {
        "hs_timestamp": "2026-04-22T10:13:07.000Z",
        "hs_call_duration": "60000",
        "hs_call_direction": "INBOUND",
        "hs_call_status": "COMPLETED",
        "hs_call_from_number": "+447700900123",
        "hs_call_to_number": "+442079460000",
        "call_connector_call_type": "referral",
        "call_connector_outcome": "resolved",
    }


def test_an_outbound_call_goes_the_other_way(compiled):
    mapping = compiled()
    call = a_call(direction="OUTBOUND", callerNumber="+447700900123", agent_number="+442079460000")
    values = call_of(mapping, mapping.view(call))
    assert (values["hs_call_from_number"], values["hs_call_to_number"]) == ("+442079460000", "+447700900123")


@pytest.mark.parametrize("number", ["anonymous", "201", "", None, "+266696687", "sip:anonymous@anonymous.invalid", "x"])
def test_a_number_that_is_not_usable_is_never_written(compiled, number):
    mapping = compiled()
    view = mapping.view(a_call(callerNumber=number, agent_number=number))
    assert {"hs_call_from_number", "hs_call_to_number"}.isdisjoint(call_of(mapping, view))


def test_the_mapping_overrides_what_is_set_without_being_asked(compiled):
    mapping = compiled("""\
        call:
          properties:
            hs_call_status: {value: BUSY}
            hs_call_duration: {from: missing}
            call_connector_call_type: {value: mine}
        """)
    values = call_of(mapping, mapping.view(a_call(callType="x")))
    assert (values["hs_call_status"], values["call_connector_call_type"]) == ("BUSY", "mine")
    assert values["hs_call_duration"] == "60000"


SIGNED = "X-Amz-Date=20260422T100000Z&X-Amz-Expires=3600"
SIGNED_LINK = "https://example.com/a?" + SIGNED.replace("&", "&amp;")


def link(address: str) -> str:
    return f'<a href="{address}" rel="nofollow">example.com</a>'


TALK = "Assistant: Hello <there>\nCaller: Hi"


@pytest.mark.parametrize(
    ("options", "payload", "body"),
    [
        ("", {"transcript": TALK, "recordingUrl": "https://example.com/a.mp3"}, "<p>S</p>"),
        (
            "transcript: inline",
            {"transcript": TALK},
            "<p>S</p><p>Assistant: Hello &lt;there&gt;<br>Caller: Hi</p>",
        ),
        ("transcript: inline", {"transcript": " "}, "<p>S</p>"),
        (
            "recording: link",
            {"recordingUrl": "https://example.com/a.mp3?x=1&y=2"},
            f"<p>S</p><p>Recording: {link('https://example.com/a.mp3?x=1&amp;y=2')} (the link may end)</p>",
        ),
        (
            "recording: link",
            {"recordingUrl": f"https://example.com/a?{SIGNED}"},
            f"<p>S</p><p>Recording: {link(SIGNED_LINK)} (the link ends 2026-04-22 12:00, Europe/London)</p>",
        ),
        ("recording: link", {"recordingUrl": "javascript:alert(1)"}, "<p>S</p>"),
        ("recording: link", {"recordingUrl": None}, "<p>S</p>"),
    ],
)
def test_transcript_and_recording_only_when_asked_for(compiled, options, payload, body):
    template = '{template: "<p>{{ summary }}</p>"}'
    mapping = compiled(f"call: {{properties: {{hs_call_body: {template}}}, {options}}}")
    assert call_of(mapping, mapping.view(a_call(summary="S", **payload)))["hs_call_body"] == body


@pytest.mark.parametrize(
    ("section", "rest"),
    [
        ("{transcript: none}", ""),
        ('{properties: {hs_call_body: {template: "<p>{{ summary }}</p>"}}}', "<p>S</p>"),
        ("{transcript: inline}", "<p>A: x</p>"),
    ],
)
def test_a_guessed_caller_is_said_to_be_one_whatever_the_mapping_writes(compiled, section, rest):
    mapping = compiled(f"call: {section}")
    call = a_call(summary="S", transcript="A: x")
    assert GUESSED_LINE not in (call_of(mapping, mapping.view(call)).get("hs_call_body") or "")
    view = mapping.view(replace(call, is_caller_guessed=True))
    assert call_of(mapping, view)["hs_call_body"] == GUESSED_LINE + rest
    assert [note.partition(" ")[0] for note in view.caller.notes] == [GUESSED]


def test_a_transcript_needs_no_body_of_the_mappings_own(compiled):
    mapping = compiled("call: {transcript: inline}")
    body = call_of(mapping, mapping.view(a_call(transcript="A: x\nB: y")))["hs_call_body"]
    assert body == "<p>A: x<br>B: y</p>"


def test_a_transcript_of_80_kilobytes_is_cut_by_whole_turns(compiled):
    mapping = compiled("call: {transcript: inline}")
    transcript = "\n".join(f"Caller: <{n:05}> words and words & words" for n in range(2_000))
    body = call_of(mapping, mapping.view(a_call(transcript=transcript)))["hs_call_body"]
    assert len(body) <= 60_000
    assert "&lt;00000&gt;" in body
    assert "&lt;01999&gt;" in body
    assert "left out" in body or "…" in body


def test_a_transcript_as_a_note(compiled):
    mapping = compiled("call: {transcript: note}")
    assert mapping.object_types == {"notes"}
    record = mapping.records(mapping.view(a_call(transcript=TALK)))[0]
    assert (record.name, record.object_type, record.associate) == ("transcript", "notes", ("contact",))
    assert {wish.property: wish.value for wish in record.wishes} == {
        "hs_timestamp": "2026-04-22T10:14:07.000Z",
        "hs_note_body": "<p>Transcript</p><p>Assistant: Hello &lt;there&gt;<br>Caller: Hi</p>",
    }
    assert mapping.records(mapping.view(a_call(transcript=None))) == ()


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://example.com/a.mp3?sig=1", True),
        ("https://example.com/a.WAV", True),
        ("http://example.com/a.mp3", False),
        ("https://example.com/a.ogg", False),
    ],
)
def test_the_player_takes_only_https_mp3_and_wav(compiled, url, is_kept):
    mapping = compiled("call: {properties: {hs_call_recording_url: {from: recordingUrl}}}")
    view = mapping.view(a_call(recordingUrl=url))
    values = call_of(mapping, view)
    assert ("hs_call_recording_url" in values) is is_kept
    assert ("hs_call_body" in values) is not is_kept
    assert bool(mapping.call(view).notes) is not is_kept


def test_an_unsafe_recording_is_noted_not_linked(compiled):
    mapping = compiled("call: {recording: link}")
    wishes = mapping.call(mapping.view(a_call(recordingUrl="javascript:alert(1)")))
    assert wishes.notes == ("recording: its address is not safe to link to",)


# --- records and owner -----------------------------------------------------------------------------------------------


def test_records(compiled):
    mapping = compiled("""\
        records:
          - name: a
            object: tasks
            when: outcome == "x"
            properties:
              hs_timestamp: {from: call.ended_at, transform: {business_hours: {after: 1h}}}
              hs_task_subject: {template: "Call {{ crm.contact.name or caller.name }}"}
            associate: [contact, deal, contact]
          - {name: b, object: notes, properties: {hs_timestamp: {value: 1}, hs_note_body: {from: missing}}}
        """)
    assert mapping.object_types == {"tasks", "notes"}
    view = mapping.view(a_call(outcome="x", callerName="Jane Doe"))
    first, second = mapping.records(view.with_contact({"id": "7", "name": "J. Doe"}))
    assert {wish.property: wish.value for wish in first.wishes} == {
        "hs_timestamp": "2026-04-22T11:14:07.000Z",
        "hs_task_subject": "Call J. Doe",
    }
    assert first.associate == ("contact", "deal")
    assert [wish.property for wish in second.wishes] == ["hs_timestamp"]
    assert [record.name for record in mapping.records(mapping.view(a_call()))] == ["b"]
    assert mapping.records(view)[0].wishes[1].value == "Call Jane Doe"


@pytest.mark.parametrize(
    ("section", "agent", "owner"),
    [
        ("{}", {}, None),
        ("{default: jane@example.com}", {}, "jane@example.com"),
        ("{default: 123}", {"agent_number": "+442079460000"}, "123"),
        ('{map: {"020 7946 0000": a@example.com}}', {"agent_number": "+442079460000"}, "a@example.com"),
        ("{map: {Kai: 77}, default: d@example.com}", {"agent_name": "kai"}, "77"),
        ("{map: {Kai: 77}, default: d@example.com}", {"agent_name": "Bob"}, "d@example.com"),
        ("{map: {Kai: 77, reception: 78}}", {"agent_number": "Reception", "agent_name": "Kai"}, "78"),
        ("{map: {Kai: 77}}", {}, None),
    ],
)
def test_owner(compiled, section, agent, owner):
    mapping = compiled(f"owner: {section}")
    assert mapping.owner(mapping.view(a_call(**agent))) == owner


# --- fingerprint and version -----------------------------------------------------------------------------------------

READS = """\
contact: {properties: {a: {from: leadData.a}, l: {template: "{{ leadData.link }}"}}}
call: {properties: {hs_call_title: {template: "{{ titles[outcome] }}{% if leadData.t %}x{% endif %}"}}}
records: [{name: r, object: tasks, when: leadData.r, properties: {hs_timestamp: {from: source.due}}}]
rules: [{when: "'x' in leadData.rule", action: skip}]
tables: {titles: {a: b}}
"""


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"callerNumber": "+447700900124"}, True),
        ({"leadData": {"a": "2"}}, True),
        ({"leadData": {"t": "2"}}, True),
        ({"leadData": {"r": "2"}}, True),
        ({"leadData": {"rule": "2"}}, True),
        ({"leadData": {"email": "x@example.com"}}, True),
        ({"due": "2"}, True),
        ({"outcome": "z"}, True),
        ({"callType": "z"}, True),
        ({"agent_number": "+442079460000"}, True),
        ({"direction": "OUTBOUND"}, True),
        ({"leadData": {"link": "https://example.com/b"}}, True),
        ({"leadData": {"link": "https://example.com/a?sig=2"}}, False),
        ({"leadData": {"unread": "2"}}, False),
        ({"unread": "2", "titles": {"a": "c"}}, False),
        ({"summary": "2"}, False),
        ({"transcript": "2"}, False),
        ({"recordingUrl": "https://example.com/r.mp3"}, False),
        ({"leadData": {"a": None}}, False),
    ],
)
def test_the_fingerprint_covers_what_is_read_and_nothing_else(compiled, change, differs):
    mapping = compiled(READS)
    base: dict[str, Any] = {"callerNumber": "+447700900123", "leadData": {"link": "https://example.com/a?sig=1"}}
    lead = {**base["leadData"], **change.get("leadData", {})}
    before = mapping.fingerprint(a_call(**base))
    after = mapping.fingerprint(a_call(**{**base, **change, "leadData": lead}))
    assert len(before) == 32
    assert (before != after) is differs


@pytest.mark.parametrize(
    ("option", "field"),
    [("transcript: inline", "transcript"), ("transcript: note", "transcript"), ("recording: link", "recordingUrl")],
)
def test_what_is_asked_for_is_in_the_fingerprint(compiled, option, field):
    mapping = compiled(f"call: {{{option}}}")
    assert mapping.fingerprint(a_call()) != mapping.fingerprint(a_call(**{field: "https://example.com/x"}))


def test_the_version_is_of_what_the_file_says_not_how(compiled):
    base = compiled("owner: {default: a}")
    assert len(base.version) == 16
    assert compiled("# words\nowner:   {default: 'a'}").version == base.version
    assert compiled("owner: {default: b}").version != base.version
    assert compiled("owner: {default: a}", region="US").version != base.version
    assert compiled("owner: {default: a}", region="GB").version == base.version
    assert compiled("owner: {default: a}", timezone="UTC").version != base.version


def test_overrides_are_used(compiled):
    mapping = compiled(region="US", timezone="America/New_York")
    assert mapping.view(a_call(callerNumber="(202) 555-0123")).caller.number == "+12025550123"
    assert (mapping.region, mapping.timezone) == ("US", "America/New_York")


def test_what_the_engine_asks_of_a_mapping(compiled):
    mapping = compiled("""\
        own_numbers: ["020 7946 0000"]
        contact: {match: [phone], ambiguous: newest, properties: {city: {value: x}}}
        call: {properties: {hs_call_title: {template: "{{ crm.contact.jobtitle }} {{ crm.contact.name }}"}}}
        """)
    assert mapping.source == "reception_ai"
    assert mapping.own_numbers == {"+442079460000"}
    assert (mapping.match, mapping.ambiguous) == (("phone",), "newest")
    assert mapping.contact_properties == {"email", "phone", "firstname", "lastname", "city", "jobtitle"}
    assert mapping.view(a_call(), connection="main").connection["name"] == "main"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("call: {properties: {hs_call_title: {from: 'a b'}}}", "E421"),
        ("call: {properties: {hs_call_title: {from: a, transform: nope}}}", "E422"),
        ("call: {properties: {hs_call_title: {from: a, transform: truncate}}}", "E423"),
        ("call: {properties: {hs_call_title: {template: '{{ a'}}}", "E424"),
        ("call: {properties: {hs_call_title: {template: '{{ a|safe }}'}}}", "E425"),
        ("call: {properties: {call_connector_key: {value: x}}}", "E416"),
    ],
)
def test_a_mapping_that_cannot_be_applied_is_refused_whole(compiled, text, code):
    with pytest.raises(InputError) as raised:
        compiled(text)
    assert raised.value.code == code
    assert isinstance(raised.value, MappingFileError) or code == "E421"


def test_unknown_fields_of_the_platform_do_not_stop_a_mapping(compiled):
    assert contact_of(compiled("contact: {properties: {a: {from: brandNew}}}"), brandNew="x")["a"] == "x"


HEAVY: dict[str, Any] = {
    "callerNumber": "+447700900123",
    "callerName": "Jane Doe",
    "callType": "new_enquiry",
    "outcome": "lead_captured",
    "summary": "Asked for a quote.",
    "transcript": "Caller: Hello\n" * 1000,
    "recordingUrl": "https://recordings.example.com/c1.mp3",
    "leadData": {"email": "jane@example.com", "note": "50 units", "post code": "ZZ1"},
    "brandNew": "x",
}
TITLE = "call: {properties: {hs_call_title: {template: '%s'}}}"


@pytest.mark.parametrize(
    ("text", "payload_keys", "texts"),
    [
        pytest.param("", {"callType", "outcome", "callerNumber", "leadData", "callerName"}, "", id="nothing asked"),
        pytest.param(TITLE % "{{ summary }}", {"summary"}, "", id="the platform's summary"),
        pytest.param(TITLE % "{{ call.summary }}", set(), "summary", id="the call's summary"),
        pytest.param(TITLE % "{{ source.transcript }}", {"transcript"}, "", id="the platform's transcript"),
        pytest.param(TITLE % "transcript: {{ summary }}", {"summary"}, "", id="words of the mapping's own"),
        pytest.param("call: {transcript: inline}", set(), "transcript", id="a transcript"),
        pytest.param("call: {transcript: note}", set(), "transcript", id="a transcript as a note"),
        pytest.param("call: {recording: link}", set(), "recording_url", id="a recording"),
        pytest.param("rules: [{when: brandNew == 'x', unknown_caller: log}]", {"brandNew"}, "", id="a condition"),
        pytest.param("owner: {default: 'a'}\n" + TITLE % "{{ source }}", set(HEAVY) | {"id"}, "", id="everything"),
    ],
)
def test_a_lightened_call_keeps_what_is_read_and_means_the_same(compiled, text, payload_keys, texts):
    mapping = compiled(text)
    call = a_call(**HEAVY, id="c1")
    light = mapping.lightened(call)
    assert set(light.payload) >= payload_keys
    assert ("transcript" in light.payload) is ("transcript" in payload_keys)
    assert [name for name in ("summary", "transcript", "recording_url") if getattr(light, name)] == texts.split()
    assert mapping.fingerprint(light) == mapping.fingerprint(call)
    assert mapping.lightened(light) == light
    assert wanted(mapping, light) == wanted(mapping, call)


def wanted(mapping: CompiledMapping, call: Call) -> Any:
    """Everything that a mapping says of a call."""
    view = mapping.view(call)
    return view.caller, mapping.ruling(view), mapping.contact(view), mapping.call(view), mapping.records(view)


def test_the_shipped_mapping_does_without_transcripts():
    shipped = Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"
    light = compile_mapping(load_mapping(shipped)).lightened(a_call(**HEAVY))
    assert light.transcript is None
    assert "transcript" not in light.payload
