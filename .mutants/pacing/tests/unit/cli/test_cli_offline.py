from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from connector.model import CallCounts, ContactCounts, RecordCounts, RequestCounts, State
from connector.sandbox.platforms import TWINS
from connector.sandbox.site import Sandbox
from tests.unit.cli.samples import a_summary, an_entry

ENTRIES = [
    an_entry(call_id="c1"),
    an_entry(call_id="c2"),
    an_entry(call_id="c3", reason="email"),
    an_entry(call_id="c4", decision="created", reason=""),
    an_entry(call_id="c5", decision="held", reason="several contacts", state=State.HELD),
    an_entry(call_id="c6", decision="skipped", reason="staff", state=State.SKIPPED),
    an_entry(call_id="c7", decision="", code="E501", state=State.DEAD),
]
FIRST = a_summary(
    calls=CallCounts(read=7, created=4, held=1, skipped=1, failed=1),
    contacts=ContactCounts(created=1, updated=2, matched=3),
    records=RecordCounts(created=2),
    requests=RequestCounts(source=1, hubspot=9),
)
AGAIN = a_summary(calls=CallCounts(read=7, unchanged=7), contacts=ContactCounts(), requests=RequestCounts(source=1))


def test_demo_off_a_terminal_ends_by_itself_and_says_what_came_of_it(connector):
    ran = connector("demo", setup=None, sync=[FIRST], calls_list=ENTRIES)
    assert (ran.code, ran.err) == (0, "")
    for row in (
        "logged, contact created            1",
        "logged, contact found              3      phone 2, email 1",
        "held: logged, waits for a person   1      several contacts 1",
        "skipped: nothing written           1      staff 1",
        "dead                               1      E501 1",
        "this run: contacts created         1",
        "this run: contacts updated         2",
        "this run: follow-up tasks created  2",
        "this run: requests to HubSpot      9",
        "7 calls read, 5 written, 0 unchanged.",
    ):
        assert row in ran.out.splitlines()
    assert "closed now" in ran.out
    assert "connector sandbox --state .demo/sandbox --port" in ran.out


def test_demo_again_says_that_nothing_was_written_twice(connector):
    ran = connector("demo", setup=None, sync=[AGAIN], calls_list=ENTRIES)
    assert "Nothing was written twice: 0 created, 7 unchanged, 0 skipped, 0 HubSpot requests." in ran.out


def test_demo_as_json(connector):
    said = connector("demo", "--json", setup=None, sync=[FIRST], calls_list=ENTRIES).json
    assert said["summary"]["calls"]["read"] == 7
    assert said["calls"]["matched"] == {"phone": 2, "email": 1}
    assert said["page"].startswith("http://127.0.0.1:")


def test_demo_reaches_nothing_but_its_sandbox(connector, monkeypatch):
    monkeypatch.setenv("CONNECTOR_HUBSPOT_BASE_URL", "https://api.hubapi.com")
    monkeypatch.setenv("CONNECTOR_HUBSPOT_TOKEN", "pat-of-a-real-portal")
    Path(".env").write_text("CONNECTOR_LEDGER_URL=sqlite:///real.db\n")
    settings = connector("demo", setup=None, sync=[FIRST], calls_list=[]).app.settings
    assert settings.hubspot_base_url.startswith("http://127.0.0.1:")
    assert settings.source_base_url.startswith("http://127.0.0.1:")
    assert settings.required_hubspot_token() != "pat-of-a-real-portal"
    assert settings.ledger_url == "sqlite:///.demo/ledger.db"


def test_demo_leaves_an_env_file_that_a_shell_can_read(connector):
    settings = connector("demo", setup=None, sync=[FIRST], calls_list=[]).app.settings
    shown = subprocess.run(
        ["bash", "-c", "set -a; . .demo/env; env"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )
    lines = shown.stdout.splitlines()
    assert f"CONNECTOR_HUBSPOT_BASE_URL={settings.hubspot_base_url}" in lines
    assert f"CONNECTOR_SOURCE_API_KEY={settings.required_source_api_key()}" in lines
    assert "CONNECTOR_LEDGER_URL=sqlite:///.demo/ledger.db" in lines


def test_demo_takes_another_port_when_its_own_is_taken(connector):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("connector.cli.offline.DEMO_PORT", taken)
            settings = connector("demo", setup=None, sync=[FIRST], calls_list=[]).app.settings
    assert not settings.hubspot_base_url.endswith(f":{taken}")


def test_demo_with_a_state_that_cannot_be_read(connector):
    Path(".demo/sandbox").mkdir(parents=True)
    Path(".demo/sandbox/sandbox.json").write_text("{")
    ran = connector("demo", "--json", setup=None, sync=[FIRST], calls_list=[])
    assert ran.code == 2
    assert ran.json["error"]["code"] == "E111"
    assert ran.json["error"]["fix"] == "Delete .demo/ and run again."


def test_a_second_demo_says_that_there_is_one(connector):
    with Sandbox(state=Path(".demo/sandbox"), calls=0):
        ran = connector("demo", "--json", setup=None, sync=[FIRST], calls_list=[])
        assert ran.code == 2
        assert ran.json["error"]["code"] == "E111"
        assert ran.json["error"]["message"] == "the demo cannot start: another sandbox uses .demo/sandbox"
        assert "Wait for the other demo" in ran.json["error"]["fix"]
    assert not Path(".demo/env").exists(), "the first one's addresses stay what they are"
    assert connector("demo", "--json", setup=None, sync=[FIRST], calls_list=[]).code == 0


def test_sandbox_of_a_platform_that_nobody_plays(connector):
    ran = connector("sandbox", "--source", "telegraph", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E111")


def test_sandbox_on_a_port_that_is_taken(connector):
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = connector("sandbox", "--port", str(other.getsockname()[1]), "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E111")


def test_demo_of_a_platform_that_nobody_plays(connector):
    ran = connector("demo", "--source", "telegraph", "--json", setup=None, sync=[FIRST], calls_list=[])
    assert (ran.code, ran.json["error"]["code"]) == (2, "E111")
    assert "reception_ai" in ran.json["error"]["fix"]
    assert not Path(".demo").exists()


@pytest.mark.parametrize("source", [name for name in TWINS if name != "reception_ai"])
def test_demo_of_another_source_has_a_place_of_its_own(connector, source):
    first = connector("demo", setup=None, sync=[FIRST], calls_list=[]).app.settings
    ran = connector("demo", "--source", source, setup=None, sync=[FIRST], calls_list=[])
    settings = ran.app.settings
    assert (settings.source, settings.ledger_url) == (source, f"sqlite:///.demo/{source}/ledger.db")
    assert settings.source_base_url.endswith(f"/{source}")
    assert settings.required_source_api_key() == TWINS[source].api_key != first.required_source_api_key()
    assert f"connector sandbox --source {source} --state .demo/{source}/sandbox --port" in ran.out
    assert f"CONNECTOR_SOURCE={source}" in Path(f".demo/{source}/env").read_text().splitlines()
    assert "CONNECTOR_SOURCE=reception_ai" in Path(".demo/env").read_text().splitlines()
