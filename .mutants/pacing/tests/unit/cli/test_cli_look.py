from __future__ import annotations

from datetime import timedelta

import pytest

from connector.model import State
from tests.unit.cli.conftest import NOW
from tests.unit.cli.samples import PERSONAL, a_preview, a_story, a_summary, an_entry


@pytest.mark.parametrize(
    ("argv", "answers"),
    [(["preview", "c1"], {"preview": a_preview()}), (["calls", "show", "c1"], {"calls_show": a_story()})],
    ids=["preview", "calls show"],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_people_are_shown_only_when_asked(connector, argv, answers, as_json):
    argv = [*argv, *["--json"] * as_json]
    masked, shown = connector(*argv, **answers), connector(*argv, "--show-pii", **answers)
    assert (masked.code, shown.code) == (0, 0)
    assert not [text for text in PERSONAL if text in masked.out]
    assert "+447700900123" in shown.out
    assert "I am Jane Doe" in shown.out


def test_preview_says_where_each_value_comes_from(connector):
    out = connector("preview", "c1", preview=a_preview()).out
    assert '"callType": "new_enquiry"' in out
    assert "hs_call_duration     12000  (set by the connector)" in out


def test_calls_show_explains(connector):
    out = connector("calls", "show", "c1", calls_show=a_story()).out
    for line in (
        "reception_ai:org:c1",
        "  state        done",
        "  decision     matched",
        "  reason       phone",
        "  record callback 81",
        "  note         owner left out: inactive",
        "  contact page https://app.hubspot.com/contacts/1/record/0-1/51",
    ):
        assert line in out.splitlines()


def test_calls_show_tells_what_happened_in_the_call(connector):
    out = connector("calls", "show", "c1", calls_show=a_story()).out
    assert '"hangup_cause": "user_hangup"' in out
    assert '"event": "call.answered"' in out
    told = connector("calls", "show", "c1", "--show-pii", calls_show=a_story()).out
    assert '"recording_url": "https://recordings.example.com/jane.doe@example.com.mp3"' in told
    assert "beside its record" not in connector("calls", "show", "c1", calls_show=a_story(details={})).out


def test_calls_show_tells_a_persons_reason_from_a_failure(connector):
    left = an_entry(state=State.SKIPPED, reason="by_hand", message="asked not to be kept")
    refused = an_entry(state=State.DEAD, code="E231", message="refused")
    assert "  why          asked not to be kept" in connector("calls", "show", "c1", calls_show=a_story(entry=left)).out
    assert "  failure      E231 refused" in connector("calls", "show", "c1", calls_show=a_story(entry=refused)).out


def test_calls_show_of_a_call_that_no_run_has_seen(connector):
    out = connector("calls", "show", "c1", calls_show=a_story(entry=None)).out
    assert "not in the ledger: no run has seen it yet" in out


def test_calls_show_of_a_call_that_the_platform_forgot(connector):
    out = connector("calls", "show", "c1", calls_show=a_story(preview=None)).out
    assert "the platform does not know this call any more" in out


def test_calls_show_of_a_call_that_nobody_knows(connector):
    ran = connector("calls", "show", "c9", "--json", calls_show=a_story(entry=None, preview=None))
    assert (ran.code, ran.json["error"]["code"]) == (2, "E109")


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        pytest.param([], {"states": [], "since": None, "code": "", "limit": 100}, id="all"),
        pytest.param(["--held"], {"states": [State.HELD], "since": None, "code": "", "limit": 100}, id="held"),
        pytest.param(
            ["--failed"], {"states": [State.FAILED, State.DEAD], "since": None, "code": "", "limit": 100}, id="failed"
        ),
        pytest.param(
            ["--state", "done", "--state", "gone", "--limit", "5"],
            {"states": [State.DONE, State.GONE], "since": None, "code": "", "limit": 5},
            id="states",
        ),
        pytest.param(["--dead"], {"states": [State.DEAD], "since": None, "code": "", "limit": 100}, id="dead"),
        pytest.param(["--code", "w231"], {"states": [], "since": None, "code": "W231", "limit": 100}, id="code"),
        pytest.param(
            ["--since", "1d"], {"states": [], "since": NOW - timedelta(days=1), "code": "", "limit": 100}, id="since"
        ),
    ],
)
def test_calls_list_asks_for(connector, argv, expected):
    ran = connector("calls", "list", *argv, calls_list=[])
    assert ran.app.asked == [("calls_list", (), expected)]


def test_calls_list(connector):
    entries = [an_entry(), an_entry(call_id="c2", state=State.DEAD, code="E501", message="refused", contact_id=None)]
    ran = connector("calls", "list", calls_list=entries)
    assert [line.split() for line in ran.out.splitlines()] == [
        ["ended", "call", "state", "decision", "reason", "contact", "engagement"],
        ["2026-11-20", "10:14:07Z", "c1", "done", "matched", "phone", "51", "71"],
        ["2026-11-20", "10:14:07Z", "c2", "dead", "matched", "E501", "refused", "71"],
    ]
    assert [entry["call_id"] for entry in connector("calls", "list", "--json", calls_list=entries).json["calls"]] == [
        "c1",
        "c2",
    ]


@pytest.mark.parametrize(("group", "said"), [("calls", "no such calls"), ("runs", "no runs yet")])
def test_an_empty_list_says_so_instead_of_showing_bare_headings(connector, group, said):
    ran = connector(group, "list", **{f"{group}_list": []})
    assert (ran.out, ran.code) == ("", 0)
    assert said in ran.err
    assert connector(group, "list", "--json", **{f"{group}_list": []}).json == {group: []}


def test_runs_list(connector):
    ran = connector("runs", "list", runs_list=[a_summary()])
    assert ran.out.splitlines()[1].split() == [
        "0197f0c2", "sync", "ok", "2026-11-20", "10:14:07Z", "6", "1", "1", "1", "1", "1", "7",
    ]  # fmt: skip
    assert connector("runs", "list", "--json", runs_list=[a_summary()]).json["runs"][0]["run_id"] == "0197f0c2"


def test_runs_show_is_the_run_summary(connector):
    assert connector("runs", "show", "0197", runs_show=a_summary()).out.startswith("sync ok · run 0197f0c2")
    assert connector("runs", "show", "0197", "--json", runs_show=a_summary()).json["requests"] == {
        "source": 1,
        "hubspot": 7,
    }
    unfinished = connector("runs", "show", "0197", runs_show=a_summary(finished_at=None, degraded=2, watermark=None))
    assert "· not finished" in unfinished.out
    assert "degraded   2 written without a property" in unfinished.out
