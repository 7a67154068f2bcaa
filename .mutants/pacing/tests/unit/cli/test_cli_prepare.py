from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.model import Portal
from connector.reports import (
    CheckReport,
    Finding,
    PortalSchema,
    SampledCall,
    SampledProperty,
    SampleReport,
    SetupReport,
    SetupStep,
    Stop,
)

ASKED = {"portal_schema": None, "samples": 0}

STEPS = {
    action: SetupStep(object_type="calls", name="call_connector_key", action=action, detail="unique")
    for action in ("exists", "create", "created", "refused")
}


@pytest.mark.parametrize(
    ("actions", "argv", "code", "said"),
    [
        pytest.param(["created", "exists"], [], 0, "portal 1 is ready", id="prepared"),
        pytest.param(["create", "exists"], ["--dry-run"], 0, "portal 1 lacks 1", id="a dry run"),
        pytest.param(["created", "refused"], [], 2, "portal 1 is not ready", id="refused"),
    ],
)
def test_setup(connector, actions, argv, code, said):
    report = SetupReport(portal_id="1", steps=tuple(STEPS[action] for action in actions), notes=("Saved view: …",))
    ran = connector("setup", *argv, setup=report)
    assert ran.code == code
    assert ran.app.asked == [("setup", (), {"dry_run": "--dry-run" in argv})]
    lines = ran.out.splitlines()
    assert lines[1].split() == [actions[0], "calls", "call_connector_key", "unique"]
    assert lines[-2:] == [said, "Saved view: …"]
    assert ("error E114" in ran.err) is (code == 2)
    as_json = connector("setup", *argv, "--json", setup=report).json
    assert as_json["portal_id"] == "1"
    assert [step["action"] for step in as_json["steps"]] == actions
    assert ("error" in as_json) is (code == 2)


FINDING = Finding(where="m.yaml:3:5", code="E401", message="unknown key `colour`", fix="Did you mean `color`?")
WARNING = Finding(where="m.yaml:4:1", code="W401", message="never used")


@pytest.mark.parametrize(
    ("findings", "code", "verdict"),
    [
        pytest.param((), 0, "ok", id="clean"),
        pytest.param((WARNING,), 0, "ok", id="a warning"),
        pytest.param((FINDING, WARNING), 2, "wrong", id="an error"),
    ],
)
def test_check(connector, findings, code, verdict):
    Path("m.yaml").touch()
    report = CheckReport(files=("m.yaml",), findings=findings, tests_passed=3, tests_failed=1)
    ran = connector("check", "m.yaml", check=report)
    assert ran.code == code
    assert ran.out.splitlines()[-1] == (
        f"{verdict} · 1 mapping · 3 tests passed, 1 failed · not checked against a portal (no token)"
    )
    if FINDING in findings:
        assert "m.yaml:3:5 E401 unknown key `colour`\n  fix: Did you mean `color`?" in ran.out
    assert connector("check", "m.yaml", "--json", check=report).json["tests_passed"] == 3


def test_check_takes_tests_for_their_mapping_and_each_mapping_once(connector):
    for name in ("a.yaml", "a.test.yaml", "b.yaml"):
        Path(name).touch()
    ran = connector(
        "check", "a.test.yaml", "a.yaml", "b.yaml", check=CheckReport(files=("a.yaml", "b.yaml"), findings=())
    )
    assert ran.app.asked == [("check", ([Path("a.yaml"), Path("b.yaml")],), ASKED)]
    assert "2 mappings" in ran.out


def test_check_without_files_checks_the_mapping_in_use(connector):
    Path("mappings").mkdir()
    Path("mappings/reception_ai.yaml").touch()
    ran = connector("check", check=CheckReport(files=("x",), findings=(), portal_checked=True, portal_id="7"))
    assert ran.app.asked == [("check", ([Path("mappings/reception_ai.yaml")],), ASKED)]
    assert ran.out.endswith(" · checked against portal 7\n")


def test_check_of_a_folder_checks_every_mapping_in_it(connector):
    Path("here/deeper").mkdir(parents=True)
    for name in ("b.yaml", "a.yaml", "a.test.yaml", "c.yml", "notes.txt", "deeper/d.yaml"):
        Path("here", name).touch()
    ran = connector("check", "here", check=CheckReport(files=("a", "b", "c"), findings=()))
    assert ran.app.asked == [("check", ([Path("here") / name for name in ("a.yaml", "b.yaml", "c.yml")],), ASKED)]


@pytest.mark.parametrize("path", ["none.yaml", "none.test.yaml", "."])
def test_check_of_what_is_not_there(connector, path):
    ran = connector("check", path, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E107")


def test_check_against_a_saved_portal(connector):
    Path("m.yaml").touch()
    saved_at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    report = CheckReport(files=("m.yaml",), findings=(), portal_checked=True, portal_id="7", portal_saved_at=saved_at)
    ran = connector("check", "m.yaml", "--portal-schema", "p.json", check=report)
    assert ran.app.asked == [("check", ([Path("m.yaml")],), {**ASKED, "portal_schema": Path("p.json")})]
    assert ran.out.endswith(" · checked against portal 7 as saved on 2026-11-03\n")


def test_check_saves_the_portal_and_checks_against_it(connector):
    Path("m.yaml").touch()
    ran = connector(
        *("check", "m.yaml", "--save-portal-schema", "p.json"),
        save_portal_schema=PortalSchema(portal=Portal(id="7")),
        check=CheckReport(files=("m.yaml",), findings=()),
    )
    assert [(verb, named) for verb, _, named in ran.app.asked] == [
        ("save_portal_schema", {}),
        ("check", {**ASKED, "portal_schema": Path("p.json")}),
    ]
    assert ran.err == "portal 7 is saved in p.json, the addresses of its owners included\n"


def test_a_portal_is_saved_or_taken_from_a_file(connector):
    Path("m.yaml").touch()
    ran = connector("check", "m.yaml", "--portal-schema", "a", "--save-portal-schema", "b", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E100")


def test_check_says_why_no_portal_was_looked_at(connector, monkeypatch):
    Path("m.yaml").touch()
    report = CheckReport(files=("m.yaml",), findings=(FINDING,))
    assert connector("check", "m.yaml", check=report).out.endswith(" · not checked against a portal (no token)\n")
    monkeypatch.setenv("CONNECTOR_HUBSPOT_TOKEN", "pat-eu1-invented")
    assert connector("check", "m.yaml", check=report).out.endswith("against a portal (errors come first)\n")


SAMPLES = SampleReport(
    calls=(
        SampledCall(call="reception_ai:a:c1", rule="x", action="log"),
        SampledCall(call="reception_ai:a:c2", rule="y", action="skip"),
        SampledCall(call="reception_ai:a:c3", code="E441", message="hs_call_title failed", where="m.yaml:3:5"),
    ),
    properties=(
        SampledProperty(
            place="contact",
            property="jobtitle",
            of=2,
            values=0,
            blank=1,
            left_out={"W235 no": 1},
            examples=("Ada Fern",),
        ),
        SampledProperty(place="call", property="hs_call_title", of=2, values=2, blank=0),
    ),
)


def test_check_on_samples_shows_counts_and_masks_values(connector):
    Path("m.yaml").touch()
    report = CheckReport(files=("m.yaml",), findings=(), samples=SAMPLES)
    ran = connector("check", "m.yaml", "--samples", "3", check=report)
    assert ran.app.asked == [("check", ([Path("m.yaml")],), {**ASKED, "samples": 3})]
    assert "3 calls tried: 1 would be skipped, 1 failed\n  reception_ai:a:c3 E441 hs_call_title failed\n" in ran.out
    assert "contact.jobtitle    2      0            1      1: W235 no; such as (8 characters)\n" in ran.out
    assert "call.hs_call_title  2      2            0\n" in ran.out
    assert "Ada" not in ran.out
    assert "Ada Fern" in connector("check", "m.yaml", "--samples", "3", "--show-pii", check=report).out
    masked = connector("check", "m.yaml", "--samples", "3", "--json", check=report).json
    assert masked["samples"]["properties"][0]["examples"] == ["(8 characters)"]


@pytest.mark.parametrize(
    "argv", [("--samples", "0"), ("--samples", "1001"), ("--samples", "x"), ("--samples", "2", "b.yaml")]
)
def test_samples_that_cannot_be_taken(connector, argv):
    for name in ("a.yaml", "b.yaml"):
        Path(name).touch()
    ran = connector("check", "a.yaml", *argv, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E100")


@pytest.mark.parametrize(("findings", "code", "verdict"), [((), 4, "unfinished"), ((FINDING,), 2, "wrong")])
def test_check_tells_what_it_found_before_it_was_stopped(connector, monkeypatch, findings, code, verdict):
    monkeypatch.setenv("CONNECTOR_HUBSPOT_TOKEN", "pat-eu1-invented")
    Path("m.yaml").touch()
    stop = Stop(code="E211", message="HubSpot cannot be reached", where="GET /x", fix="Later.", exit_code=4)
    report = CheckReport(files=("m.yaml",), findings=findings, stopped=stop)
    ran = connector("check", "m.yaml", check=report)
    assert ran.code == code
    assert ran.out.splitlines()[-1].startswith(f"{verdict} · 1 mapping · ")
    assert ran.err == "error E211 HubSpot cannot be reached\n  where: GET /x\n  fix: Later.\n"
    told = connector("check", "m.yaml", "--json", check=report).json
    assert told["error"] == {"code": "E211", "message": "HubSpot cannot be reached", "where": "GET /x", "fix": "Later."}
    assert len(told["findings"]) == len(findings)
    assert "stopped" not in told
