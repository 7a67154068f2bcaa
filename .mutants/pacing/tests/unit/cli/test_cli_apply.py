"""`plan --out` and `apply` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.errors import AccessError, InputError, LaneError, TransientError
from connector.model import CallCounts
from connector.plans.errors import StalePlanError, UnplannedWriteError
from connector.reports import Applied, Change, Departure
from tests.unit.cli.samples import PERSONAL, a_failure, a_plan, a_planned_call, a_summary

DONE = a_summary(kind="apply", calls=CallCounts(read=2, created=1, held=1))
STALE = StalePlanError(
    "1 of the plan's 2 calls changed since the plan: nothing was written",
    where="a.plan",
    departures=(
        Departure(
            call="reception_ai:org:c1",
            what="other values would be written",
            changes=(
                Change(property="hs_call_title", before="Call Jane Doe back", after="Message: Jane Doe"),
                Change(property="phone", before="+447700900123", after=""),
                Change(property="lifecyclestage", before="lead", after="customer"),
            ),
            people=("Jane Doe",),
        ),
        Departure(what="contacts 51 in HubSpot changed since the plan"),
    ),
)


def test_plan_keeps_its_plan_and_says_how_to_apply_it(connector):
    ran = connector("plan", "--out", "a plan.json", "--since", "2d", "--force", plan=a_plan(a_planned_call()))
    assert ran.code == 0
    assert ran.app.asked[0][2]["out"] == Path("a plan.json")
    assert "personal data in clear" in ran.err
    assert "connector apply 'a plan.json'" in ran.err


@pytest.mark.parametrize(("calls", "code"), [([a_planned_call()], 6), ([], 0)])
def test_plan_out_goes_with_json_and_detailed_exitcode(connector, calls, code):
    ran = connector("plan", "--out", "x", "--json", "--detailed-exitcode", plan=a_plan(*calls))
    assert ran.code == code
    assert ran.json["summary"]["kind"] == "plan"


def test_plan_that_cannot_be_kept(connector):
    ran = connector("plan", "--out", "folder", "--json", plan=InputError("E140", "it is a folder", where="folder"))
    assert ran.code == 2
    assert ran.json["error"]["code"] == "E140"


def test_apply_prints_the_run_summary(connector):
    ran = connector("apply", "a.plan", apply=Applied(summary=DONE))
    assert ran.code == 0
    assert ran.out.startswith("apply ok · run 0197f0c2")
    assert ran.err == ""
    assert ran.app.asked == [("apply", (Path("a.plan"),), {})]
    assert ran.app.closed == 1


def test_apply_as_json_is_the_summary_of_the_public_interface(connector):
    said = connector("apply", "a.plan", "--json", apply=Applied(summary=DONE)).json
    assert (said["kind"], said["calls"]["created"]) == ("apply", 1)


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    ("summary", "code"),
    [(DONE, 0), (a_summary(kind="apply", status="partial", failures=[a_failure()]), 1)],
    ids=["fine", "some failed"],
)
def test_apply_of_a_plan_that_was_applied_shows_that_run_and_exits_as_it_did(connector, summary, code, as_json):
    ran = connector("apply", "a.plan", *["--json"] * as_json, apply=Applied(summary=summary, is_repeated=True))
    assert ran.code == code
    assert "warning W140 this plan was applied before, by run 0197f0c2: nothing was written now" in ran.err
    assert (ran.json["run_id"] if as_json else "0197f0c2") == "0197f0c2"


def test_apply_names_what_changed_and_exits_with_6(connector):
    ran = connector("apply", "a.plan", apply=STALE)
    assert ran.code == 6
    assert ran.out.splitlines() == [
        "! reception_ai:org:c1  other values would be written",
        "      hs_call_title   Call J••• back → Message: J•••",
        "      phone           +44 77•• •••123 → –",
        "      lifecyclestage  lead → customer",
        "! –  contacts 51 in HubSpot changed since the plan",
    ]
    assert ran.err.splitlines()[0] == f"error E145 {STALE.message}"
    assert len(ran.err.splitlines()) == 3
    assert not [word for word in PERSONAL if word in ran.out + ran.err]


def test_apply_as_json_names_what_changed_in_the_error(connector):
    ran = connector("apply", "a.plan", "--json", apply=STALE)
    assert (ran.code, ran.err) == (6, "")
    error = ran.json["error"]
    assert (error["code"], error["where"]) == ("E145", "a.plan")
    assert [change["call"] for change in error["changes"]] == ["reception_ai:org:c1", ""]
    assert error["changes"][0]["changes"][2] == {
        "property": "lifecyclestage", "before": "lead", "after": "customer", "origin": ""
    }  # fmt: skip
    assert not [word for word in PERSONAL if word in ran.out]


@pytest.mark.parametrize("as_json", [False, True])
def test_apply_shows_people_to_who_asks(connector, as_json):
    ran = connector("apply", "a.plan", "--show-pii", *["--json"] * as_json, apply=STALE)
    assert "Call Jane Doe back" in ran.out
    assert "+447700900123" in ran.out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(InputError("E141", "x"), 2, id="no plan"),
        pytest.param(AccessError("E102", "x"), 3, id="refused"),
        pytest.param(TransientError("E511", "x"), 4, id="later"),
        pytest.param(LaneError("E521", "x"), 5, id="another run"),
        pytest.param(UnplannedWriteError("x", is_first=True), 6, id="stopped before the first write"),
        pytest.param(UnplannedWriteError("x", is_first=False), 1, id="stopped on the way"),
    ],
)
def test_apply_exits_as_its_error_says(connector, error, code):
    ran = connector("apply", "a.plan", "--json", apply=error)
    assert ran.code == code
    assert ran.json["error"]["code"] == error.code


def test_apply_needs_a_file(connector):
    ran = connector("apply", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E100")
