"""What is no longer as a plan has it, told per call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connector.model import Association
from connector.plans.compare import departures
from tests.unit.plans.samples import CALL, NOW, a_call, a_named_call, a_plan, a_record, a_report, a_write

OTHER = "reception_ai:org_1:c2"


def of_call(what: str) -> list[tuple[str, str]]:
    return [(CALL, what)]


def of_none(what: str) -> list[tuple[str, str]]:
    return [("", what)]


def test_the_same_plan_has_no_departure() -> None:
    assert departures(a_plan(), a_plan()) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(
            {"calls": (a_named_call(fingerprint="m1-bb"),)},
            of_call("the call changed on the platform"),
            id="changed call",
        ),
        pytest.param({"calls": ()}, of_call("the platform no longer knows this call"), id="vanished call"),
        pytest.param(
            {"calls": (a_named_call(ledger="x"),)}, of_call("another run has dealt with this call since"), id="ledger"
        ),
        pytest.param(
            {"reads": {"contacts": {"51": "2026-11-20T00:00:00Z"}}},
            of_call("contacts 51 in HubSpot changed since the plan"),
            id="changed contact",
        ),
        pytest.param({"reads": {}}, of_call("contacts 51 in HubSpot is not found any more"), id="deleted contact"),
        pytest.param(
            {"reads": {"contacts": {"51": "2026-11-01T00:00:00Z", "52": "x"}}},
            of_none("contacts 52 in HubSpot was not there to be found when the plan was made"),
            id="another proposal of the search",
        ),
        pytest.param(
            {"report": a_report(a_call(decision="held", reason="several", mark="!"))},
            of_call("it would now be held (several) instead of matched (phone)"),
            id="another decision",
        ),
        pytest.param(
            {"report": a_report(a_call(), a_call(call=OTHER, call_id="c2"))},
            [(OTHER, "this call is not in the plan")],
            id="a call more",
        ),
        pytest.param(
            {"stood_at": NOW}, of_none("another run has moved the ledger on since the plan"), id="another watermark"
        ),
        pytest.param(
            {"account": "org_2"},
            of_none("the ledger's connection is another one than the plan's"),
            id="another account",
        ),
        pytest.param(
            {"portal_id": "8"}, of_none("the ledger's connection is another one than the plan's"), id="another portal"
        ),
        pytest.param(
            {"started_from": NOW - timedelta(days=1)},
            of_none("the ledger's connection is another one than the plan's"),
            id="another beginning",
        ),
    ],
)
def test_a_departure(now: dict[str, Any], told: list[tuple[str, str]]) -> None:
    assert [(each.call, each.what) for each in departures(a_plan(), a_plan(**now))] == told


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(a_write(properties={"hs_call_title": "x"}), id="another value"),
        pytest.param(a_write(properties={"hs_call_title": "New enquiry: Jane Doe", "a": ""}), id="a property more"),
        pytest.param(a_write(properties={}), id="a property less"),
        pytest.param(a_write(links=()), id="a link less"),
        pytest.param(a_write(links=(Association("contacts", "52"),)), id="another link"),
        pytest.param(a_write(name=OTHER), id="another key"),
        pytest.param(a_write(operation="update"), id="another operation"),
        pytest.param(a_write(object_type="notes"), id="another type"),
    ],
)
def test_writes_that_differ_are_never_passed_over_whatever_the_report_says(write: Any) -> None:
    differing = departures(a_plan(), a_plan(writes=(write,)))
    assert differing
    assert all(each.what.startswith("to ") and "Jane" not in each.what for each in differing)


@pytest.mark.parametrize("count", [0, 2])
def test_a_write_counts_as_often_as_it_stands_there(count: int) -> None:
    assert departures(a_plan(), a_plan(writes=(a_write(),) * count))


def test_the_order_of_two_records_says_nothing_and_that_of_one_record_does() -> None:
    first, second = a_write(name="a"), a_write(name="b")
    assert departures(a_plan(writes=(first, second)), a_plan(writes=(second, first))) == []
    early, late = a_write(properties={"a": "1"}), a_write(properties={"a": "2"})
    assert departures(a_plan(writes=(early, late)), a_plan(writes=(late, early)))


def test_values_that_would_differ_are_told_field_by_field_with_the_names_in_them() -> None:
    now = a_call(
        caller_name="Joan Doe",
        contact=a_record("contacts", lastname="Doe"),
        engagement=a_record(hs_call_title="New enquiry: Joan Doe"),
    )
    (told,) = departures(a_plan(), a_plan(report=a_report(now)))
    assert told.what == "other values would be written"
    assert [(each.property, each.before, each.after) for each in told.changes] == [
        ("hs_call_title", "New enquiry: Jane Doe", "New enquiry: Joan Doe"),
        ("lastname", None, "Doe"),
    ]
    assert told.people == ("Jane Doe", "Joan Doe")


def test_what_another_run_has_dealt_with_needs_no_second_reason() -> None:
    found = a_plan(
        calls=(a_named_call(ledger="x"),),
        reads={"contacts": {"51": "2026-11-20T00:00:00Z", "52": "x"}, "calls": {"71": "x"}},
        report=a_report(a_call(mark="·")),
        writes=(),
    )
    assert [each.what for each in departures(a_plan(), found)] == ["another run has dealt with this call since"]


def test_what_reading_alone_settles_may_be_gone() -> None:
    quiet = a_named_call(id="c0", is_carried=False)
    assert departures(a_plan(calls=(a_named_call(), quiet)), a_plan()) == []


def test_calls_stand_in_the_plans_order_and_what_is_about_none_comes_last() -> None:
    planned = a_plan(
        calls=(a_named_call(id="c2"), a_named_call()),
        report=a_report(a_call(), a_call(call=OTHER, call_id="c2", contact=None)),
    )
    found = a_plan(calls=(), stood_at=NOW, report=a_report(a_call(), a_call(call=OTHER, call_id="c2", contact=None)))
    assert [each.call for each in departures(planned, found)] == [CALL, OTHER, ""]
