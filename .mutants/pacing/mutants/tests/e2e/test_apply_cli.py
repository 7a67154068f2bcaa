"""From `plan --out` to `apply` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector.app import App
from connector.cli.main import run
from tests.stubs.phone_line import ring
from tests.stubs.world import World

Command = Callable[..., tuple[int, Any]]


@pytest.fixture
def command(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> Command:
    """Run one command with `--json`; answers its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)

    def command(*argv: str, **changes: Any) -> tuple[int, Any]:
        def open_app(settings: Any, clock: Any) -> App:
            return App.from_settings(
                world.settings(**changes),
                clock=world.clock,
                hubspot_transport=world.transport,
                source_transport=world.transport,
            )

        code = run([*argv, "--json"], open_app=open_app, clock=world.clock)
        return code, json.loads(capfd.readouterr().out)

    return command


def test_from_plan_to_apply_to_nothing_left(world: World, command: Command) -> None:
    ring(world)
    code, said = command("plan", "--out", "a.plan", "--detailed-exitcode", "--since", "2d")
    assert (code, said["summary"]["calls"]["created"]) == (6, 1)
    code, said = command("apply", "a.plan")
    assert (code, said["kind"], said["calls"]["created"]) == (0, "apply", 1)
    assert command("apply", "a.plan") == (0, said)
    code, shown = command("runs", "show", said["run_id"])
    assert (code, shown) == (0, said)
    assert command("plan", "--out", "a.plan", "--detailed-exitcode")[0] == 0
    code, said = command("apply", "a.plan")
    assert (code, said["calls"]["read"]) == (0, 0)


def test_a_plan_that_is_stale(world: World, command: Command) -> None:
    ring(world)
    command("plan", "--out", "a.plan")
    world.sandbox.history.put({"id": "c1", "callerName": "Bea Elm", "leadData": {"name": "Bea Elm"}})
    code, said = command("apply", "a.plan")
    assert code == 6
    assert next((each["call"], each["what"]) for each in said["error"]["changes"]) == (
        "reception_ai:org_1:c1",
        "the call changed on the platform",
    )
    assert not any(name in json.dumps(said) for name in ("Fern", "Elm", "ada.fern", "0199"))
    assert "Elm" in json.dumps(command("apply", "a.plan", "--show-pii"))
    assert command("runs", "list")[1]["runs"] == []


def test_plans_that_are_none_of_ours(world: World, tmp_path: Path, command: Command) -> None:
    ring(world)
    command("plan", "--out", "a.plan")
    whole = (tmp_path / "a.plan").read_text()
    before = world.export()
    for text, code in (
        (whole[:-100], "E141"),
        ("{}", "E141"),
        (whole.replace('"format": 1', '"format": 2'), "E142"),
        (whole.replace('"connection": "default"', '"connection": "other"', 1), "E144"),
    ):
        (tmp_path / "b.plan").write_text(text)
        exit_code, said = command("apply", "b.plan")
        assert (exit_code, said["error"]["code"], said["error"]["where"]) == (2, code, "b.plan")
    assert command("apply", "nothing.plan")[1]["error"]["code"] == "E107"
    world.wait(hours=24, minutes=1)
    assert command("apply", "a.plan")[1]["error"]["code"] == "E143"
    assert world.export() == before


def test_a_plan_that_somebody_edited_is_not_the_plan(world: World, tmp_path: Path, command: Command) -> None:
    ring(world)
    command("plan", "--out", "a.plan")
    before = world.export()
    text = (tmp_path / "a.plan").read_text()
    (tmp_path / "a.plan").write_text(text.replace("Asked for a quote.", "Asked for the safe."))
    code, said = command("apply", "a.plan")
    assert (code, said["error"]["code"]) == (6, "E145")
    assert world.export() == before


def test_no_plan_is_made_for_a_place_that_takes_none(world: World, tmp_path: Path, command: Command) -> None:
    ring(world)
    (tmp_path / "folder").mkdir()
    for out in ("folder", "nowhere/a.plan", "/dev/null", ""):
        world.forget_requests()
        code, said = command("plan", "--out", out)
        assert (code, said["error"]["code"]) == (2, "E140")
        assert world.requests() == world.requests("source") == []
    assert not list((tmp_path / "folder").iterdir())
