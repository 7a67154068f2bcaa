"""Every platform with the verbs that look at it, on its twin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from connector.model import SourceName
from connector.sandbox.platforms import TWINS
from tests.stubs.frozen import prepared
from tests.stubs.world import MAPPINGS, World

CONNECTOR = Path(sys.executable).with_name("connector")
SOURCES = [name for name in get_args(SourceName) if (MAPPINGS / f"{name}.yaml").is_file()]

each_source = pytest.mark.parametrize("source", SOURCES)


@each_source
def test_doctor_finds_nothing_wrong(tmp_path: Path, source: str) -> None:
    world = prepared(tmp_path, source=source, calls=60)
    world.sync()
    with world.app() as app:
        report = app.doctor()
    assert [(each.code, each.message) for each in report.diagnoses if each.status not in ("ok", "unchecked")] == []
    assert report.exit_code == 0


@each_source
def test_doctor_knows_a_key_that_is_refused(tmp_path: Path, source: str) -> None:
    world = World(tmp_path, source=source, calls=60)
    with world.app(source_api_key="invented_wrong_key") as app:
        report = app.doctor()
    assert ("key", "E310") in {(each.check, each.code) for each in report.diagnoses}


@each_source
def test_the_packaged_mapping_fits_the_calls_and_the_portal(tmp_path: Path, source: str) -> None:
    world = prepared(tmp_path, source=source, calls=60)
    with world.app() as app:
        report = app.check(samples=20)
    assert [finding for finding in report.findings if finding.is_error] == []
    assert report.tests_failed == 0


@each_source
def test_preview_and_calls_show_agree_with_the_run(tmp_path: Path, source: str) -> None:
    world = prepared(tmp_path, source=source, calls=60)
    world.sync()
    with world.app() as app:
        entry = next(entry for entry in app.calls_list(limit=100) if entry.contact_id)
        story = app.calls_show(entry.call_id)
        assert (story.key.split(":")[0], story.entry) == (source, entry)
        assert story.preview is not None
        assert story.preview.payload == app.preview(entry.call_id).payload


def demo(folder: Path, source: str) -> Any:
    ran = subprocess.run(
        [CONNECTOR, "demo", "--source", source, "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


@each_source
def test_the_demo_carries_every_call_and_writes_nothing_when_run_again(tmp_path: Path, source: str) -> None:
    shown = demo(tmp_path, source)
    assert sum(count for reasons in shown["calls"].values() for count in reasons.values()) in (40, 60)
    # Klen says of nobody what they wanted: whom the portal does not know is held.
    assert shown["summary"]["calls"]["created"] + shown["summary"]["calls"]["held"] > 20
    again = demo(tmp_path, source)["summary"]
    assert (again["calls"]["created"], again["calls"]["updated"], again["requests"]["hubspot"]) == (0, 0, 0)


@each_source
def test_later_runs_create_nothing_and_come_to_rest(tmp_path: Path, source: str) -> None:
    world = prepared(tmp_path, source=source, calls=60)
    world.sync()
    # What a list gave in part is completed by its id, call by call.
    summaries = []
    for _ in range(3):
        world.wait(minutes=1)
        summaries.append(world.sync())
    created = [each.calls.created + each.contacts.created + each.records.created for each in summaries]
    assert (created, [each.calls.failed for each in summaries]) == ([0] * 3, [0] * 3)
    assert summaries[-1].calls.updated == 0


def test_demos_of_two_platforms_share_nothing(tmp_path: Path) -> None:
    for source in ("vapi", "reception_ai"):
        demo(tmp_path, source)
    env = [(tmp_path / ".demo" / place / "env").read_text() for place in ("", "vapi")]
    assert ["CONNECTOR_SOURCE=reception_ai" in env[0], "CONNECTOR_SOURCE=vapi" in env[1]] == [True, True]
    assert TWINS["vapi"].api_key in env[1]
    assert TWINS["vapi"].api_key not in env[0]
