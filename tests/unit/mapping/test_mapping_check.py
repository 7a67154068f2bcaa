"""What `connector check` says of a mapping file without a portal."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from connector.codes import CODES
from connector.mapping.check import check_mapping
from connector.mapping.compile import compile_mapping
from connector.mapping.load import MappingFileError, load_mapping
from connector.mapping.regions import REGIONS
from connector.mapping.scan import FILTERS
from connector.mapping.structure import faults_of_source

SHIPPED = Path(__file__).resolve().parents[3] / "mappings" / "reception_ai.yaml"

GOOD = """\
version: 1
source: reception_ai
defaults: {region: GB, timezone: Europe/London}
caller: {number: {from: callerNumber}}
"""


@pytest.fixture
def mapping_file(tmp_path: Path) -> Any:
    def write(text: str, *, head: str = GOOD) -> Path:
        path = tmp_path / "m.yaml"
        path.write_text(head + textwrap.dedent(text))
        return path

    return write


def lines(path: Path) -> list[str]:
    found = check_mapping(path)
    assert all(finding.code in CODES for finding in found)
    return [f"{finding.where.removeprefix(str(path))} {finding.code} {finding.message}" for finding in found]


def test_the_shipped_mapping_has_no_faults():
    assert check_mapping(SHIPPED) == []


def test_faults_of_form_are_told_too(mapping_file):
    assert lines(mapping_file("colour: red\n"))[0].startswith(":5:1 E411")


@pytest.mark.parametrize(
    "path",
    [
        *("id", "organizationId", "callerNumber", "callerName", "callType", "outcome", "duration", "summary"),
        *("transcript", "recordingUrl", "leadData", "createdAt", "leadData.anything", 'leadData."post code".deep'),
        *("call.id", "call.started_at", "call.ended_at", "call.duration_seconds", "call.direction", "call.status"),
        *("call.agent_number", "call.agent_name", "call.summary", "call.transcript", "call.recording_url"),
        *("call.caller_masked", "caller.number", "caller.email", "caller.name", "crm.contact.name"),
        *("crm.contact.jobtitle", "connection.name", "source.callType", "source", "titles.a", "titles"),
    ],
)
def test_paths_that_exist(mapping_file, path):
    text = f"call: {{properties: {{p: {{from: '{path}'}}}}}}\ntables: {{titles: {{a: b}}}}\n"
    assert lines(mapping_file(text)) == []
    expression = path.replace("'", "")
    text = f"call: {{properties: {{p: {{template: '{{{{ {expression} }}}}'}}}}}}\ntables: {{titles: {{a: b}}}}\n"
    assert lines(mapping_file(text)) == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("callernumber", "`callernumber` is not a field of the platform (did you mean callerNumber?)"),
        ("outcom", "`outcom` is not a field of the platform (did you mean outcome?)"),
        ("lead_data.email", "`lead_data.email` is not a field of the platform (did you mean leadData?)"),
        ("email", "`email` is not a field of the platform"),
        ("outcome.deep", "`outcome.deep`: `outcome` has no parts"),
        ("source.outcom", "`source.outcom` is not a field of the platform (did you mean outcome?)"),
        ("call.start_at", "`call.start_at` is not known (did you mean call.started_at?)"),
        ("call", "`call` is not known"),
        ("caller.phone", "`caller.phone` is not known"),
        ("caller.emial", "(did you mean caller.email?)"),
        ("crm.name", "`crm.name` is not known"),
        ("crm.contact", "`crm.contact` is not known"),
        ("connection.nam", "(did you mean connection.name?)"),
        ("titles.b", "`titles.b`: the table has no such entry"),
        ("titels.a", "`titels.a` is not a field of the platform (did you mean titles?)"),
    ],
)
def test_paths_that_lead_nowhere(mapping_file, path, message):
    text = "call:\n  properties:\n    p:\n      {form}\ntables: {{titles: {{a: b}}}}\n"
    (found,) = lines(mapping_file(text.replace("{form}", f"from: {path}").replace("{{", "{").replace("}}", "}")))
    assert found.startswith(":8:13 E421 ")
    assert message in found
    template = text.replace("{{", "{").replace("}}", "}").replace("{form}", f'template: "Title: {{{{ {path} }}}}"')
    (found,) = lines(mapping_file(template))
    assert found.startswith(":8:28 E421 ")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("rules: [{when: crm.contact.name, action: skip}, {}]", ":5:16", "only known in `call` and `records`"),
        ("contact: {properties: {a: {from: crm.contact.name}}}", ":5:34", "only known in `call` and `records`"),
        ("call: {properties: {a: {from: 'a b'}}}", ":5:31", "a path is names with dots between them"),
        ("call: {properties: {a: {from: [outcome, nope]}}}", ":5:41", "`nope` is not a field"),
        ("call: {properties: {a: [{value: 1, when: nope}, {value: 2}]}}", ":5:42", "`nope` is not a field"),
        ("call: {properties: {a: {first: [{from: outcome}, {from: nope}]}}}", ":5:57", "`nope` is not a field"),
        ("records: [{name: a, object: deals, when: nope, properties: {a: {value: 1}}}]", ":5:42", "`nope`"),
    ],
)
def test_paths_are_checked_everywhere(mapping_file, text, place, message):
    (found,) = lines(mapping_file(text))
    assert found.startswith(f"{place} E421 ")
    assert message in found


def test_the_caller_cannot_be_read_from_the_caller(mapping_file):
    (found,) = lines(mapping_file("", head=GOOD.replace("callerNumber", "caller.name")))
    assert "the caller is only known when this part has been read" in found


def test_a_place_within_a_folded_text_is_found(mapping_file):
    text = """\
        call:
          properties:
            hs_call_body:
              template: >-
                <p>{{ summary }}</p>
                <p>{{ sumary }}</p>
        """
    assert lines(mapping_file(text)) == [
        ":8:17 E421 `sumary` is not a field of the platform (did you mean summary?)",
    ]


def test_a_place_within_a_literal_text_of_one_line_is_found(mapping_file):
    (found,) = lines(mapping_file("call: {properties: {a: {template: 'it''s {{ nope }}'}}}"))
    assert found.startswith(":5:35 E421")


WORKING_TIME = "expected hours and minutes such as 1h, 30m or 1h30m"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "call: {properties: {a: {from: outcome, transform: uper}}}",
            [":5:51 E422 there is no transform `uper` (did you mean upper?)"],
        ),
        (
            "call: {properties: {a: {from: outcome, transform: [trim, uper]}}}",
            [":5:58 E422 there is no transform `uper` (did you mean upper?)"],
        ),
        (
            "call: {properties: {a: {from: outcome, transform: {truncate: x}}}}",
            [":5:51 E423 `truncate`: expected a number of characters from 1 to 60000, such as `truncate: 120`"],
        ),
        ("call: {properties: {a: {from: outcome, transform: {trim: 1}}}}", [":5:51 E423 `trim`: it takes no argument"]),
        (
            "call: {properties: {a: {from: outcome, transform: {business_hours: {after: 1x}}}}}",
            [f":5:51 E423 `business_hours`: '1x' is no working time; {WORKING_TIME}"],
        ),
        ("call: {properties: {a: {template: '{{ a'}}}", [":5:36 E424 {{ is not closed with }}"]),
        (
            "call: {properties: {a: {template: 'x {{ outcome|safe }}'}}}",
            [f":5:49 E425 the filter `safe` cannot be used; there are {', '.join(FILTERS)}"],
        ),
        (
            "call: {properties: {a: {value: 1, when: 'a b'}}}",
            [
                ":5:42 E424 unexpected identifier, expected end of block",
                ":5:42 E421 `a` is not a field of the platform",
                ":5:44 E421 `b` is not a field of the platform",
            ],
        ),
        (
            "rules: [{name: a, action: skip}, {name: b, when: outcome}]",
            [
                ":5:9 E414 this rule always holds, so that the rules after it are never reached",
                ":5:44 W414 a call may match none of the rules: it is logged, and held when its caller is unknown",
            ],
        ),
        ("rules: [{name: a, when: outcome}, {name: a}]", [":5:42 E415 a rule before this one is called `a` too"]),
        (
            "call: {properties: {call_connector_key: {value: 1}}}",
            [":5:21 E416 `call_connector_key` is set by the connector alone"],
        ),
        (
            "contact: {properties: {call_connector_contact_key: {value: 1}}}",
            [":5:24 E416 `call_connector_contact_key` is set by the connector alone"],
        ),
        (
            "call: {properties: {call_connector_fingerprint: {value: 1}}}",
            [":5:21 E416 `call_connector_fingerprint` is set by the connector alone"],
        ),
        (
            "records: [{name: a, object: deals, properties: {call_connector_written: {value: 1}}}]",
            [":5:49 E416 `call_connector_written` is set by the connector alone"],
        ),
        ("records: [{name: a, object: tasks, properties: {b: {value: 1}}}]", [":5:36 E417 tasks need `hs_timestamp`"]),
        (
            "records: [{name: a, object: task, properties: {b: {value: 1}}}]",
            [":5:29 E412 there is no object `task` (did you mean tasks?); custom ones begin with p_ or 2-"],
        ),
        (
            "records: [{name: a, object: calls, properties: {b: {value: 1}}}]",
            [":5:29 E412 `calls` have their own part of the mapping: `call`"],
        ),
        ("tables: {call: {a: b}}", [":5:10 E426 `call` means the call itself"]),
        ("own_numbers: ['12']", [":5:15 E412 this is no phone number; write it as +442079460000, in quotes"]),
        ("own_numbers: [abc]", [":5:15 E412 this is no phone number; write it as +442079460000, in quotes"]),
        (
            "own_numbers: ['12', '+442079460000', abc]",
            [
                ":5:15 E412 this is no phone number; write it as +442079460000, in quotes",
                ":5:38 E412 this is no phone number; write it as +442079460000, in quotes",
            ],
        ),
        (
            "rules: [{name: a, action: skip}, {name: a, action: skip}, {name: a}]",
            [
                ":5:9 E414 this rule always holds, so that the rules after it are never reached",
                ":5:34 E414 this rule always holds, so that the rules after it are never reached",
                ":5:41 E415 a rule before this one is called `a` too",
                ":5:66 E415 a rule before this one is called `a` too",
            ],
        ),
        ("rules: [{when: outcome, name: a}, {when: outcome}, {when: callType}, {}]", []),
        (
            "records: [{name: a, object: contacts, properties: {b: {value: 1}}}]",
            [":5:29 E412 `contacts` have their own part of the mapping: `contact`"],
        ),
        (
            "records: [{name: a, object: deal, properties: {call_connector_key: {value: 1}, b: {value: 2}}}]",
            [
                ":5:29 E412 there is no object `deal` (did you mean deals?); custom ones begin with p_ or 2-",
                ":5:48 E416 `call_connector_key` is set by the connector alone",
            ],
        ),
        (
            "call: {properties: {a: {from: outcome, transform: [uper, {truncate: 0}]}}}",
            [
                ":5:52 E422 there is no transform `uper` (did you mean upper?)",
                ":5:58 E423 `truncate`: expected a number of characters from 1 to 60000, such as `truncate: 120`",
            ],
        ),
        ("tables: {a: {b: c}, crm: {a: b}}", [":5:21 E426 `crm` means the call itself"]),
        (
            "records: [{name: a, object: notes, when: outcome, properties: {b: {value: 1}}}]",
            [":5:51 E417 notes need `hs_timestamp`"],
        ),
        (
            "rules: [{name: a, when: outcome < 3 < 4, action: skip}, {}]",
            [
                ":5:33 E424 write `a < b and b < c` in place of `a < b < c`",
                ":5:37 E424 write `a < b and b < c` in place of `a < b < c`",
            ],
        ),
    ],
)
def test_faults_of_structure(mapping_file, text, faults):
    assert lines(mapping_file(text)) == faults


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ("[]", None),
        ("[{when: outcome, action: skip}, {unknown_caller: hold}]", None),
        ("[{name: a, when: outcome}, {name: b, when: callType}]", ":5:45 W414 a call may match none of the rules"),
    ],
)
def test_the_last_rule_should_hold_for_every_call(mapping_file, rules, fault):
    found = lines(mapping_file(f"rules: {rules}\n"))
    assert len(found) == (fault is not None)
    assert fault is None or found[0].startswith(fault)


def test_a_mapping_is_for_one_platform(mapping_file):
    loaded = load_mapping(mapping_file(""))
    assert faults_of_source(loaded, "reception_ai") == []
    (found,) = faults_of_source(loaded, "klen")
    assert (found.where, found.code) == (f"{loaded.path}:2:9", "E418")
    assert found.message == "the mapping is for reception_ai, and CONNECTOR_SOURCE is klen"
    with pytest.raises(MappingFileError) as refused:
        compile_mapping(loaded, source="klen")
    assert refused.value.code == "E418"


def test_the_regions_are_those_that_numbers_can_be_read_in():
    assert {region for region in phonenumbers.SUPPORTED_REGIONS if region.isalpha()} == REGIONS


def test_records_need_names_of_their_own(mapping_file):
    record = "{name: a, object: deals, properties: {b: {value: 1}}}"
    assert lines(mapping_file(f"records: [{record}, {record}]")) == [":5:73 E415 another record is called `a` too"]
    taken = f"records: [{record.replace('name: a', 'name: transcript')}]\ncall: {{transcript: note}}"
    assert lines(mapping_file(taken)) == [":5:18 E415 another record is called `transcript` too"]


@pytest.mark.parametrize("name", ["tasks", "deals", "companies", "p_visits", "2-1234567"])
def test_objects_that_may_be_made(mapping_file, name):
    text = f'records: [{{name: a, object: {name}, properties: {{hs_timestamp: {{value: "1"}}}}}}]'
    assert lines(mapping_file(text)) == []


@pytest.mark.parametrize(
    ("defaults", "faults"),
    [
        ("{region: UK}", [":3:20 E412 `UK` is no country whose numbers are known (did you mean GB?)"]),
        ("{region: XX}", [":3:20 E412 `XX` is no country whose numbers are known"]),
        ("{region: GB, timezone: Europe/Londn}", [":3:34 E412 this is no time zone; Europe/London is one"]),
        ("{region: GB, timezone: ../../etc/passwd}", [":3:34 E412 this is no time zone; Europe/London is one"]),
    ],
)
def test_defaults_that_cannot_be_meant(mapping_file, defaults, faults):
    head = GOOD.replace("{region: GB, timezone: Europe/London}", defaults)
    assert lines(mapping_file("", head=head)) == faults


def test_all_faults_stand_in_the_files_order(mapping_file):
    text = """\
        rules:
          - {action: skip}
          - {when: nope}
          - {}
        call:
          properties:
            a: {from: outcome, transform: uper}
            b: {from: nope}
        """
    assert [found.split()[0] for found in lines(mapping_file(text))] == [":6:5", ":7:12", ":11:35", ":12:15"]
