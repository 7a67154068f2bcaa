"""reconcile: what it asks of the app, and what it says to people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from connector.audit.findings import NEVER_READ, Kind, Reconciliation, Standing, discrepancy
from connector.codes import CODES
from connector.model import RequestCounts
from tests.unit.cli.conftest import NOW
from tests.unit.cli.samples import a_summary

MISSING = discrepancy(
    NEVER_READ,
    "no run has read it",
    call="klen:org:c1",
    call_id="c1",
    ended_at=NOW,
    caller_name="Ada Fern",
    caller_number="+447700900199",
    mend="list",
)


def a_report(**fields: Any) -> Reconciliation:
    counts = {standing.value: 0 for standing in Standing} | {"carried": 3, "skipped": 2}
    return Reconciliation(
        **{
            "since": NOW - timedelta(hours=72),
            "until": NOW,
            "calls": {"listed": 5, **counts},
            "skipped": {"staff": 1, "own_number": 1},
            "found": dict.fromkeys(map(str, Kind), 0),
            "requests": RequestCounts(source=1, hubspot=2),
            **fields,
        }
    )


ONE_MISSING = a_report(findings=(MISSING,), found={"missing": 1}, wrong=1, mendable=1)


def test_all_is_well(connector):
    ran = connector("reconcile", reconcile=a_report(platform_total=1_234))
    assert ran.code == 0
    assert ran.app.asked == [("reconcile", (), {"since": None, "until": None, "repair": False, "force": False})]
    assert ran.out.splitlines() == [
        "2026-11-17 12:00:00Z to 2026-11-20 12:00:00Z: 5 calls of the platform",
        "  carried            3",
        "  skipped            2 (staff 1, own_number 1)",
        "  missing            0",
        "  the platform counts 1,234 in all, whatever the window",
        "every call is accounted for",
        "requests of the look: 1 to the platform, 2 to HubSpot",
    ]


def test_a_finding_stands_in_a_table_with_what_to_do(connector):
    ran = connector("reconcile", reconcile=ONE_MISSING)
    assert ran.code == 1
    row = next(line for line in ran.out.splitlines() if line.startswith("E271"))
    assert row.split("  ")[:3] == ["E271", "2026-11-20 12:00:00Z", "klen:org:c1"]
    assert row.endswith("no run has read it")
    assert f"  E271  {CODES['E271'].fix}" in ran.out.splitlines()
    assert "1 of the findings must be mended; `connector reconcile --repair` may mend 1" in ran.out


def test_who_called_is_masked_unless_asked_for(connector):
    assert not any(part in connector("reconcile", reconcile=ONE_MISSING).out for part in ("Fern", "0199"))
    assert "Ada Fern +447700900199" in connector("reconcile", "--show-pii", reconcile=ONE_MISSING).out


def test_findings_beyond_those_that_are_told_are_counted(connector):
    ran = connector("reconcile", reconcile=replace(ONE_MISSING, found={"missing": 1_001}, wrong=1_001))
    assert "1,000 more findings are not shown" in ran.out


def test_a_repair_is_told_with_its_runs(connector):
    ran = connector("reconcile", "--repair", reconcile=a_report(repairs=(a_summary(),)))
    assert ran.app.asked[0][2]["repair"]
    assert f"repaired by run {a_summary().run_id}: created" in ran.out


def test_the_window_is_read_as_everywhere(connector):
    ran = connector("reconcile", "--since", "7d", "--until", "2026-11-19", "--json", reconcile=a_report())
    asked = ran.app.asked[0][2]
    assert (asked["since"], asked["until"]) == (NOW - timedelta(days=7), NOW.replace(day=19, hour=0))
    assert ran.json["calls"]["listed"] == 5


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_time_that_cannot_be_read(connector, option):
    ran = connector("reconcile", option, "soon", "--json", reconcile=a_report())
    assert (ran.code, ran.json["error"]["code"]) == (2, "E103")
