"""What `connector check` says of a mapping against a portal."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.codes import CODES
from connector.mapping.check import check_against_portal
from connector.mapping.load import load_mapping
from connector.model import Option, Owner, Portal, Property
from connector.reports import Finding, Pipeline, PortalSchema

GOOD = """\
version: 1
source: reception_ai
defaults: {region: GB, timezone: Europe/London}
caller: {number: {from: callerNumber}}
"""


def a_property(name: str, kind: str = "string", *, label: str = "", options: tuple[str, ...] = (), **marks: Any) -> Any:
    listed = tuple(Option(value, value.title()) for value in options)
    return {name: Property(name=name, label=label or name, type=kind, options=listed, **marks)}


CONNECTED = "f240bbac-87c9-4f6e-bf70-924b57d47db7"
PORTAL = Portal(
    id="1",
    properties={
        "contacts": {
            **a_property("lifecyclestage", "enumeration", options=("subscriber", "lead", "customer")),
            **a_property("hs_lead_status", "enumeration", label="Lead Status", options=("NEW", "OPEN")),
            **a_property("num_kids", "number"),
            **a_property("opt_in", "bool"),
            **a_property("birthday", "date"),
            **a_property("next_visit", "datetime"),
            **a_property("jobtitle"),
            **a_property("fav_c", label="Favourite  Colour"),
            **a_property("not_yet_decided", "enumeration"),
            **a_property("createdate", "datetime", read_only=True),
            **a_property("score", "number", calculated=True),
            **a_property("toppings", "enumeration", options=("ham", "egg", "red onion")),
            **a_property("hubspot_owner_id", "enumeration"),
        },
        "calls": {
            **a_property("hs_call_title"),
            **a_property("hs_call_disposition", "enumeration", options=(CONNECTED, "Angry")),
        },
        "tasks": {**a_property("hs_timestamp", "datetime"), **a_property("hs_task_subject")},
        "tickets": {
            **a_property("subject"),
            **a_property("hs_pipeline", "enumeration"),
            **a_property("hs_pipeline_stage", "enumeration"),
        },
        "p_visits": a_property("kind"),
    },
    owners=(
        Owner(id="7", email="priya@example.com"),
        Owner(id="8", email="Lena@example.com", active=False),
    ),
)
SCHEMA = PortalSchema(
    portal=PORTAL,
    pipelines={
        "tickets": (
            Pipeline(id="0", label="Support", stages=(Option("1", "New"), Option("2", "Waiting on us"))),
            Pipeline(id="55", label="Repairs", stages=(Option("901", "Arrived"),)),
        )
    },
    links={"tasks": ("contacts", "deals", "tickets"), "tickets": ("companies", "contacts")},
)


@pytest.fixture
def told(tmp_path: Path) -> Any:
    def lines(text: str, schema: PortalSchema = SCHEMA) -> list[str]:
        path = tmp_path / "m.yaml"
        path.write_text(GOOD + textwrap.dedent(text))
        found = check_against_portal(load_mapping(path), schema)
        assert all(finding.code in CODES for finding in found)
        return [f"{finding.where.removeprefix(str(path))} {finding.code} {finding.message}" for finding in found]

    return lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("contact: {properties: {lifecyclestage: {value: lead}}}", ""),
        ("contact: {properties: {lifecyclestage: {value: Lead}}}", ""),
        (
            "contact: {properties: {lifecyclestage: {value: leed}}}",
            ":5:48 E434 `lifecyclestage` has no option `leed`",
        ),
        ("contact: {properties: {lifecyclestage: {from: outcome, map: {a: lead, '*': x}}}}", "E434"),
        ("contact: {properties: {lifecyclestage: {from: outcome, default: x}}}", "E434"),
        ("contact: {properties: {lifecyclestage: {first: [{from: outcome}, {value: x}]}}}", "E434"),
        ("contact: {properties: {lifecyclestage: [{value: x, when: outcome}]}}", "E434"),
        ("contact: {properties: {toppings: {value: ham;egg}}}", ""),
        ("contact: {properties: {toppings: {value: ham;beef}}}", "E434 `toppings` has no option `beef`"),
        (
            "contact: {properties: {lifecycle_stage: {value: lead}}}",
            ":5:24 E431 contacts have no property",
        ),
        ("contact: {properties: {lead_status: {value: NEW}}}", "(did you mean hs_lead_status?)"),
        ("contact: {properties: {favourite_colour: {value: red}}}", "(did you mean fav_c?)"),
        ("contact: {properties: {not_yet_decided: {value: any}}}", ""),
        ("contact: {properties: {createdate: {value: 1}}}", ":5:24 E432 HubSpot itself sets `createdate`"),
        ("contact: {properties: {score: {value: 1}}}", "E432"),
        ("contact: {properties: {num_kids: {value: 2}}}", ""),
        ("contact: {properties: {num_kids: {value: two}}}", "E433 `num_kids` holds numbers"),
        ("contact: {properties: {num_kids: {value: two, transform: number}}}", ""),
        ("contact: {properties: {opt_in: {value: true}}}", ""),
        ("contact: {properties: {opt_in: {value: 'False'}}}", ""),
        ("contact: {properties: {opt_in: {value: maybe}}}", "E433 `opt_in` holds true or false"),
        ("contact: {properties: {birthday: {value: 2026-01-02}}}", ""),
        ("contact: {properties: {birthday: {value: '1767312000000'}}}", ""),
        ("contact: {properties: {birthday: {value: soon}}}", "E433 `birthday` holds dates"),
        ("call: {properties: {hs_call_disposition: {value: connected}}}", ""),
        ("call: {properties: {hs_call_disposition: {value: angry}}}", ""),
        ("call: {properties: {hs_call_disposition: {value: Busy}}}", "W434 the portal has no disposition `Busy`"),
        ("call: {properties: {hs_call_disposition: {value: angri}}}", "(did you mean Angry?)"),
        ("call: {properties: {hs_call_disposition: {from: outcome, map: {'*': Conected}}}}", "W434"),
        ("call: {properties: {call_connector_call_type: {value: x}}}", ""),
        ("call: {properties: {hs_call_titel: {value: x}}}", "(did you mean hs_call_title?)"),
        (
            "records: [{name: a, object: tasks, properties: {hs_timestamp: {value: soon}}}]",
            "E433 `hs_timestamp` holds times",
        ),
        (
            "records: [{name: a, object: tasks, properties: {hs_timestamp: {value: 2026-01-02}, x: {value: 1}}}]",
            "E431 tasks",
        ),
        (
            "records: [{name: a, object: deals, properties: {a: {value: 1}}}]",
            ":5:29 W431 the saved portal schema says nothing of `deals`",
        ),
    ],
)
def test_properties_options_and_types(told, text, found):
    lines = told(text)
    assert len(lines) == bool(found)
    assert not found or found in lines[0]


def test_only_what_can_be_written_is_suggested(told):
    (line,) = told("contact: {properties: {scores: {value: 1}}}")
    assert line == ":5:24 E431 contacts have no property `scores`"


PROPERTY = "contact: {properties: {%s: {%s}}}"


@pytest.mark.parametrize(
    ("name", "form", "fault"),
    [
        ("num_kids", "from: duration", ""),
        ("num_kids", "from: source.duration", ""),
        ("num_kids", "from: call.started_at, transform: epoch_ms", ""),
        ("num_kids", "from: leadData.kids", ""),
        ("num_kids", "from: [summary, leadData.kids]", ""),
        ("num_kids", "from: summary, transform: digits", ""),
        ("num_kids", "from: summary, map: {a: 1}", ""),
        ("num_kids", "template: '{{ leadData.kids }}'", ""),
        ("num_kids", "template: some", ":5:45 E433 `num_kids` holds numbers"),
        ("num_kids", "from: summary", ":5:41 E433 `num_kids` holds numbers, and this is a text"),
        ("num_kids", "from: [callerName, caller.name]", ":5:41 E433 `num_kids` holds numbers, and this is a text"),
        ("num_kids", "from: summary, transform: trim", ":5:61 E433 `num_kids` holds numbers, and this is a text"),
        (
            "num_kids",
            "from: leadData.x, transform: datetime",
            ":5:64 E433 `num_kids` holds numbers, and this is a time",
        ),
        ("num_kids", "from: leadData.x, transform: [trim, e164]", "E433 `num_kids` holds numbers, and this is a text"),
        ("num_kids", "first: [{from: duration}, {from: summary}]", ":5:68 E433 `num_kids` holds numbers"),
        ("num_kids", "first: [{from: duration}, {value: few}]", ":5:69 E433 `num_kids` holds numbers"),
        ("num_kids", "first: [{value: few}], transform: digits", ""),
        ("num_kids", "first: [{value: few}], map: {few: 3}", ""),
        (
            "num_kids",
            "from: leadData.x, transform: boolean",
            "E433 `num_kids` holds numbers, and this is true or false",
        ),
        ("opt_in", "from: duration", "E433 `opt_in` holds true or false, and this is a number"),
        ("opt_in", "from: leadData.x, transform: boolean", ""),
        ("birthday", "from: call.ended_at", "E433 `birthday` holds dates, and this is a time"),
        ("birthday", "from: createdAt", "E433 `birthday` holds dates, and this is a time"),
        ("birthday", "from: leadData.birthday", ""),
        ("birthday", "value: '2026-01-02T10:00:00Z'", "E433 `birthday` holds dates"),
        ("next_visit", "from: call.ended_at, transform: {business_hours: {after: 1h}}", ""),
        ("next_visit", "from: createdAt", ""),
        ("next_visit", "from: duration", "E433 `next_visit` holds times, and this is a number"),
        ("jobtitle", "from: duration", ""),
        ("toppings", "value: Egg", ""),
        ("toppings", "value: Red Onion", ""),
        ("toppings", "value: ham;Red Onion", "E434 `toppings` has no option `Red Onion` (did you mean red onion?)"),
        ("toppings", "value: ham;bacn", "E434 `toppings` has no option `bacn`"),
        ("hubspot_owner_id", "value: '7'", ""),
        ("hubspot_owner_id", "value: priya@example.com", "E435 `hubspot_owner_id` takes an owner's id, here 7"),
        ("hubspot_owner_id", "value: 9", "E435 the portal has no such user"),
        ("hubspot_owner_id", "value: 8", "W435 this user is not active any more"),
        ("jobtitle", "value: x, write: forward", ":5:52 E437 `forward` goes by the order of a property's options"),
        ("lifecyclestage", "value: lead, write: forward", ""),
    ],
)
def test_what_can_be_known_of_a_value(told, name, form, fault):
    lines = told(PROPERTY % (name, form))
    assert len(lines) == bool(fault), lines
    assert not fault or fault in lines[0]


def test_a_table_may_bear_a_fields_name(told):
    assert told("tables: {summary: {a: 1}}\n" + PROPERTY % ("num_kids", "from: summary.a")) == []


@pytest.mark.parametrize(
    ("owner", "fault"),
    [
        ("{default: null}", ""),
        ("{default: priya@example.com}", ""),
        ("{default: PRIYA@example.com}", ""),
        ("{default: 7}", ""),
        ("{default: lena@example.com}", ":5:18 W435 this user is not active any more: nobody becomes the owner"),
        ("{default: pria@example.com}", ":5:18 E435 the portal has no such user (did you mean p•••@example.com?)"),
        ("{default: 12}", ":5:18 E435 the portal has no such user"),
        ("{map: {Ada: priya@example.com, Bo: 99}}", ":5:43 E435 the portal has no such user"),
    ],
)
def test_owners(told, owner, fault):
    lines = told(f"owner: {owner}\n")
    assert lines == ([fault] if fault else [])


TICKET = "records: [{name: a, object: tickets, properties: {subject: {value: x}, %s}}]"


@pytest.mark.parametrize(
    ("properties", "fault"),
    [
        ("hs_pipeline: {value: 0}, hs_pipeline_stage: {value: 2}", ""),
        ("hs_pipeline: {value: 55}, hs_pipeline_stage: {value: 901}", ""),
        ("hs_pipeline_stage: {value: 901}", ""),
        ("hs_pipeline: {value: Repairs}", "E434 there is no pipeline `Repairs` (did you mean 55?)"),
        ("hs_pipeline: {value: 55}, hs_pipeline_stage: {value: 2}", "E434 the pipeline `55` has no stage `2`"),
        ("hs_pipeline_stage: {value: waiting on us}", "E434 no pipeline has a stage `waiting on us` (did you mean 2?)"),
        ("hs_pipeline_stage: {from: outcome, map: {a: 1, '*': 3}}", "E434 no pipeline has a stage `3`"),
        ("hs_pipeline: {from: outcome, map: {a: 0}}, hs_pipeline_stage: {value: 901}", ""),
    ],
)
def test_pipelines_and_stages(told, properties, fault):
    lines = told(TICKET % properties)
    assert len(lines) == bool(fault), lines
    assert not fault or fault in lines[0]


def a_task(more: str) -> str:
    return f"records: [{{name: a, object: tasks, properties: {{hs_timestamp: {{from: createdAt}}}}, {more}}}, %s]"


A_TICKET = "{name: b, object: tickets, properties: {subject: {value: x}}}"
A_VISIT = "{name: b, object: p_visits, properties: {kind: {value: x}}, associate: []}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (a_task("associate: [contact, ticket]") % A_TICKET, ""),
        (a_task("associate: []") % A_VISIT, ""),
        (a_task("associate: [company]") % A_TICKET, ":5:95 E436 tasks cannot be linked to companies"),
        (a_task("associate: [ticket]") % A_VISIT, ":5:95 W436 no record of this mapping makes tickets"),
        (
            a_task("associate: []") % A_VISIT.replace(", associate: []", ""),
            "E436 p_visits cannot be linked to contacts",
        ),
    ],
)
def test_links(told, text, fault):
    lines = told(text)
    assert len(lines) == bool(fault), lines
    assert not fault or fault in lines[0]


@pytest.mark.parametrize(
    ("unread", "fault"),
    [
        (
            Finding(where="", code="E431", message="the portal has no object `p_visit`"),
            ":5:29 E431 the portal has no object `p_visit` (did you mean p_visits?)",
        ),
        (
            Finding(where="", code="E202", message="HubSpot answered 403: the scope x is missing"),
            ":5:29 E202 HubSpot answered 403: the scope x is missing",
        ),
    ],
)
def test_an_object_that_could_not_be_read(told, unread, fault):
    text = "records: [{name: a, object: p_visit, properties: {kind: {value: x}}}]"
    assert told(text, replace(SCHEMA, unread={"p_visit": unread})) == [fault]


def test_findings_stand_in_the_files_order(told):
    text = """\
        records: [{name: a, object: deals, properties: {x: {value: 1}}}]
        owner: {default: 12}
        contact: {properties: {nope: {value: 1}, num_kids: {from: summary}}}
        """
    assert [line.split()[:2] for line in told(text)] == [
        [":5:29", "W431"],
        [":6:18", "E435"],
        [":7:24", "E431"],
        [":7:59", "E433"],
    ]
