from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.errors import AccessError, InputError, LaneError, TransientError, UncertainWriteError
from connector.model import CallCounts
from tests.unit.cli.conftest import NOW
from tests.unit.cli.samples import PERSONAL, a_failure, a_plan, a_planned_call, a_summary

FINE = a_summary(calls=CallCounts(read=2, created=1, held=1))
PARTIAL = a_summary(status="partial", failures=[a_failure(), a_failure(retryable=True)])


def test_sync_prints_the_run_summary(connector):
    ran = connector("sync", sync=[FINE])
    assert ran.code == 0
    assert ran.out == (
        "sync ok · run 0197f0c2 · 0.0 s\n"
        "  calls      2 read: 1 created, 0 updated, 0 unchanged, 0 skipped, 1 held, 0 failed\n"
        "  contacts   1 created, 2 updated, 3 matched\n"
        "  records    0 created, 0 updated\n"
        "  requests   1 to the platform, 7 to HubSpot\n"
        "  watermark  2026-11-20 10:14:07Z\n"
    )
    assert ran.err == ""
    assert ran.app.asked == [("sync", (), {"force": False})]
    assert ran.app.closed == 1


def test_sync_as_json_is_the_summary_of_the_public_interface(connector):
    said = connector("sync", "--json", sync=[FINE]).json
    assert list(said) == [
        "run_id", "connection", "kind", "status", "started_at", "finished_at", "watermark", "calls", "degraded",
        "contacts", "records", "requests", "failures",
    ]  # fmt: skip
    assert said["started_at"] == "2026-11-20T10:14:07Z"
    assert said["calls"] == {
        "read": 2, "created": 1, "updated": 0, "unchanged": 0, "skipped": 0, "held": 1, "failed": 0
    }  # fmt: skip


def test_sync_with_failures_exits_with_1_and_tells_them(connector):
    ran = connector("sync", sync=[PARTIAL])
    assert ran.code == 1
    assert "failed     reception_ai:org:c1 E501 refused (dead letter)" in ran.out
    assert "failed     reception_ai:org:c1 E501 refused (kept for retry)" in ran.out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(InputError("E101", "x"), 2, id="settings"),
        pytest.param(AccessError("E102", "x"), 3, id="refused"),
        pytest.param(TransientError("E511", "x"), 4, id="later"),
        pytest.param(UncertainWriteError("E511", "x"), 4, id="uncertain"),
        pytest.param(LaneError("E511", "x"), 5, id="another run"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_an_error_of_the_run_is_told_with_its_exit_code(connector, error, code, as_json):
    ran = connector("sync", *["--json"] * as_json, sync=[error])
    assert ran.code == code
    if as_json:
        assert ran.json == {"error": {"code": error.code, "message": "x", "where": None, "fix": error.fix}}
        assert ran.err == ""
    else:
        assert ran.out == ""
        assert ran.err == f"error {error.code} x\n  fix: {error.fix}\n"
    assert ran.app.closed == 1


def test_sync_every_goes_on_after_what_may_be_better_next_time(connector):
    passes = [
        FINE,
        TransientError("E511", "locked"),
        LaneError("E511", "held"),
        PARTIAL,
        AccessError("E102", "revoked"),
    ]
    ran = connector("sync", "--every", "5m", "--force", sync=passes)
    assert ran.code == 3
    assert ran.clock.slept == [300.0] * 4
    assert ran.out.count("sync ok") == 1
    assert ran.out.count("sync partial") == 1
    assert "error E511 locked" in ran.err
    assert ran.app.asked == [("sync", (), {"force": True})] * 5
    assert ran.app.closed == 5


@pytest.mark.parametrize(
    ("argv", "code", "where"),
    [
        pytest.param(["--every", "5m", "--json"], "E100", "--every", id="never one object"),
        pytest.param(["--every", "5m", "--dry-run"], "E100", "--every", id="plan does not repeat"),
        pytest.param(["--every", "5"], "E103", "--every", id="no unit"),
        pytest.param(["--every", "1s"], "E103", "--every", id="too often"),
        pytest.param(["--every", "2w"], "E103", "--every", id="too seldom"),
    ],
)
def test_every_that_cannot_be(connector, argv, code, where):
    ran = connector("sync", *argv)
    assert ran.code == 2
    assert code in ran.out + ran.err
    assert where in ran.out + ran.err


def test_sync_dry_run_is_plan(connector):
    ran = connector("sync", "--dry-run", "--json", plan=a_plan())
    assert ran.app.asked == [("plan", (), {"since": None, "out": None, "force": False})]
    assert ran.json["summary"]["kind"] == "plan"


def test_backfill_reads_its_window_in_the_settings_time_zone(connector, monkeypatch):
    monkeypatch.setenv("CONNECTOR_TIMEZONE", "Europe/London")
    ran = connector(
        "backfill", "--since", "2026-07-01", "--until", "2026-07-02T00:00Z", "--resume", "--remap", backfill=FINE
    )
    assert ran.code == 0
    assert ran.app.asked == [
        (
            "backfill",
            (),
            {
                "since": datetime(2026, 6, 30, 23, tzinfo=UTC),
                "until": datetime(2026, 7, 2, tzinfo=UTC),
                "resume": True,
                "remap": True,
                "force": False,
            },
        )
    ]


def test_backfill_resume_needs_no_window(connector):
    asked = connector("backfill", "--resume", backfill=FINE).app.asked
    assert asked == [("backfill", (), {"since": None, "until": None, "resume": True, "remap": False, "force": False})]


def test_backfill_until_takes_in_the_hour_that_a_clock_change_repeats(connector, monkeypatch):
    monkeypatch.setenv("CONNECTOR_TIMEZONE", "Europe/London")
    asked = connector("backfill", "--since", "2026-10-25T01:30", "--until", "2026-10-25T01:30", backfill=FINE).app.asked
    assert asked[0][2]["until"] - asked[0][2]["since"] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        pytest.param([], "E100", id="a window is needed"),
        pytest.param(["--since", "soon"], "E103", id="words"),
        pytest.param(["--since", "2026-03-02", "--until", "2026-03-01"], "E104", id="ends before it starts"),
        pytest.param(["--since", "2026-03-01", "--until", "2026-03-01"], "E104", id="holds no time"),
        pytest.param(["--since", "2026-11-20T23:00"], "E104", id="starts after now"),
        pytest.param(["--since", "9999-12-31"], "E105", id="the year 9999"),
        pytest.param(["--since", "7d", "--until", "9999-12-31"], "E105", id="until the year 9999"),
    ],
)
def test_a_window_that_cannot_be(connector, argv, code):
    ran = connector("backfill", *argv, "--json", backfill=FINE)
    assert ran.code == 2
    assert ran.json["error"]["code"] == code
    assert ran.app.asked == []


def test_plan_prints_every_field_masked(connector):
    ran = connector("plan", plan=a_plan(a_planned_call()))
    assert ran.code == 0
    assert ran.out == (
        "+ create  ~ update  · none  ! held  - skipped\n"
        "\n"
        "+ call c1  2026-11-20 10:14:07Z  created · rule: new business\n"
        "    caller J•••  +44 77•• •••123  j•••@example.com\n"
        "  + contacts\n"
        "      phone           +44 77•• •••123  (callerNumber)\n"
        "      email           j•••@example.com  (leadData.email)\n"
        "      firstname       – → J•••  (leadData.name)\n"
        "      lifecyclestage  lead  (value)\n"
        "      post_code       (8 characters)  (leadData.postcode)\n"
        "      note: j•••@example.com looks right\n"
        "  + calls\n"
        "      hs_call_title        New enquiry: J•••  (template)\n"
        "      hs_call_body         (34 characters)  (template)\n"
        "      hs_call_duration     12000  (set by the connector)\n"
        "      hs_call_from_number  +44 77•• •••123  (set by the connector)\n"
        "  + tasks callback\n"
        "      hs_task_subject  Call back J•••  (template)\n"
        "    note: called from +44•••123\n"
        "\n"
        "of 1 calls: create 1, update 0, hold 0, skip 0, leave 0, cannot be planned 0\n"
        "it would cost 7 HubSpot requests; nothing was written\n"
    )


@pytest.mark.parametrize("as_json", [False, True])
def test_plan_shows_people_only_when_asked(connector, as_json):
    argv = ["plan", *["--json"] * as_json]
    masked = connector(*argv, plan=a_plan(a_planned_call())).out
    shown = connector(*argv, "--show-pii", plan=a_plan(a_planned_call())).out
    assert not [text for text in PERSONAL if text in masked]
    assert "+447700900123" in shown
    assert "Jane Doe wants a new boiler" in shown


@pytest.mark.parametrize(
    ("marks", "argv", "code"),
    [
        pytest.param("+", [], 0, id="changes"),
        pytest.param("+", ["--detailed-exitcode"], 6, id="changes, asked for"),
        pytest.param("!", ["--detailed-exitcode"], 6, id="a held call is a change"),
        pytest.param("·-", ["--detailed-exitcode"], 0, id="nothing to do"),
        pytest.param("", ["--detailed-exitcode"], 0, id="no calls"),
    ],
)
def test_plan_exit_codes(connector, marks, argv, code):
    report = a_plan(*(a_planned_call(mark=mark) for mark in marks))
    assert connector("plan", *argv, plan=report).code == code


def test_plan_exits_with_1_when_a_call_cannot_be_planned(connector):
    report = a_plan(a_planned_call(mark="-", decision="failed", code="E501"))
    report.summary.calls.failed = 1
    ran = connector("plan", "--detailed-exitcode", plan=report)
    assert ran.code == 1
    assert "failed · rule: new business · E501" in ran.out


def test_plan_since_counts_back_from_now(connector):
    ran = connector("plan", "--since", "2d", plan=a_plan())
    assert ran.app.asked == [("plan", (), {"since": NOW - timedelta(days=2), "out": None, "force": False})]
