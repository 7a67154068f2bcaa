"""calls retry, calls skip: what the command line asks of the app, and what it says."""

from __future__ import annotations

import pytest

from connector.errors import InputError
from tests.unit.cli.samples import a_summary, an_entry


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        pytest.param(["c1", "c2"], (("c1", "c2"), {"failed": False, "code": "", "force": False}), id="by id"),
        pytest.param(["--failed"], ((), {"failed": True, "code": "", "force": False}), id="all"),
        pytest.param(["--failed", "--code", "e231"], ((), {"failed": True, "code": "E231", "force": False}), id="code"),
        pytest.param(["c1", "--force"], (("c1",), {"failed": False, "code": "", "force": True}), id="force"),
    ],
)
def test_retry_asks_for(connector, argv, asked):
    ran = connector("calls", "retry", *argv, calls_retry=a_summary())
    ((verb, (call_ids,), options),) = ran.app.asked
    assert (verb, call_ids, options) == ("calls_retry", *asked)
    assert "calls " in ran.out


def test_retry_says_the_run_summary_as_json(connector):
    ran = connector("calls", "retry", "c1", "--json", calls_retry=a_summary())
    assert "calls" in ran.json
    assert ran.json["run_id"]


@pytest.mark.parametrize(
    "argv", [[], ["c1", "--failed"], ["c1", "--code", "E231"]], ids=["nothing", "both", "a code alone"]
)
def test_retry_says_what_it_needs(connector, argv):
    ran = connector("calls", "retry", *argv, "--json", calls_retry=a_summary())
    assert (ran.code, ran.json["error"]["code"]) == (2, "E100")


def test_an_unknown_code_is_an_error(connector):
    ran = connector("calls", "retry", "--failed", "--code", "E999", "--json", calls_retry=a_summary())
    assert (ran.code, ran.json["error"]["code"]) == (2, "E108")


@pytest.mark.parametrize("verb", ["retry", "skip"])
def test_an_unknown_call_is_an_error(connector, verb):
    error = InputError("E109", "the ledger does not know the call c9", where="CALL_ID")
    ran = connector("calls", verb, "c9", "--json", **{f"calls_{verb}": error})
    assert (ran.code, ran.json["error"]["code"]) == (2, "E109")


def test_skip_says_how_to_undo_it(connector):
    ran = connector("calls", "skip", "c1", "--reason", "a prank", calls_skip=[an_entry()])
    assert ran.app.asked == [("calls_skip", (("c1",),), {"reason": "a prank"})]
    assert ran.out == "c1 will not be tried again; `connector calls retry c1` undoes it\n"


def test_skip_says_the_entries_as_json(connector):
    ran = connector("calls", "skip", "c1", "--json", calls_skip=[an_entry()])
    assert [entry["call_id"] for entry in ran.json["calls"]] == ["c1"]


@pytest.mark.parametrize("argv", [[], ["c1", "--reason", "x" * 201]], ids=["no call", "a novel"])
def test_skip_says_what_it_needs(connector, argv):
    ran = connector("calls", "skip", *argv, "--json", calls_skip=[])
    assert (ran.code, ran.json["error"]["code"]) == (2, "E100")
