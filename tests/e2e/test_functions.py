"""A function that runs on a schedule: within its time, in order when that is up, and whole by the runs after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from connector.errors import AccessError, ConnectorError, InputError
from connector.functions import aws, azure, gcp
from connector.functions.shared import RESERVE_SECONDS, Function
from connector.ledger.sql import SqlLedger
from connector.sandbox.faults import Fault
from tests.stubs.frozen import prepared
from tests.stubs.world import World

COUNTS = {"created", "failed", "held", "read", "skipped", "unchanged", "updated"}


def a_function(world: World, **changes: Any) -> Function:
    """Over the world's ledger, which lasts although it is a file."""
    return Function(
        settings=world.settings(**changes),
        clock=world.clock,
        is_lasting=lambda ledger_url: True,
        hubspot_transport=world.transport,
        source_transport=world.transport,
    )


def lambda_of(world: World, *, seconds: float, **changes: Any) -> dict[str, Any]:
    ends_at = world.clock.monotonic() + seconds
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: int(1000 * (ends_at - world.clock.monotonic())))
    return aws.sync({"source": "aws.scheduler"}, context, function=a_function(world, **changes))


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(lambda world: lambda_of(world, seconds=900), id="lambda"),
        pytest.param(lambda world: gcp.sync(object(), function=a_function(world)), id="google"),
        pytest.param(lambda world: azure.sync(object(), function=a_function(world)), id="azure"),
    ],
)
def test_a_run_answers_its_summary(tmp_path: Path, run: Callable[[World], dict[str, Any]]) -> None:
    world = prepared(tmp_path / "world", calls=20)
    summary = run(world)
    assert (summary["kind"], summary["status"], summary["calls"]["read"]) == ("sync", "ok", 20)
    assert summary["calls"].keys() == COUNTS
    with world.app() as app:
        assert summary["run_id"] == app.runs_list()[0].run_id
    assert run(world)["calls"]["unchanged"] == 20


def cut_short(summary: dict[str, Any]) -> bool:
    """Whether this run ended for want of time; whatever ended it, each call that it tells of is accounted for."""
    assert summary["calls"]["read"] == sum(summary["calls"][name] for name in COUNTS - {"read"})
    if summary["status"] == "ok":
        return False
    assert [failure["code"] for failure in summary["failures"]] == ["E161"]
    return True


def test_a_platform_that_takes_long_is_read_by_several_runs(tmp_path: Path) -> None:
    """KaiCalls is asked for each call by itself, at a pace: 300 calls take longer than this invocation has."""
    whole = prepared(tmp_path / "whole", source="kaicalls", calls=300)
    whole.sync()
    world = prepared(tmp_path / "cut", source="kaicalls", calls=300)
    before = world.clock.monotonic()
    assert cut_short(lambda_of(world, seconds=RESERVE_SECONDS + 30))
    assert world.clock.monotonic() - before <= 30
    world.wait(minutes=1)
    assert not cut_short(lambda_of(world, seconds=900))
    assert world.export() == whole.export()


def test_a_run_that_is_cut_short_at_any_request_to_hubspot_is_whole_after_the_next(tmp_path: Path) -> None:
    whole = prepared(tmp_path / "whole", calls=40)
    whole.sync()
    world = prepared(tmp_path / "cut", calls=40)
    cuts = 0
    for number in range(1, 100):
        limit = Fault(
            side="hubspot", action="refuse", status=429, policy="TEN_SECONDLY_ROLLING", retry_after="50", nth=number
        )
        world.sandbox.faults.set([limit])
        if not cut_short(lambda_of(world, seconds=RESERVE_SECONDS + 40)):
            break
        cuts += 1
    assert cuts > 3
    assert world.export() == whole.export()


def test_what_may_be_better_next_time_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = prepared(tmp_path / "world", calls=5)
    world.sandbox.faults.set([Fault(side="source", action="status", status=503, times=0)])
    assert lambda_of(world, seconds=900)["error"]["code"] == "E308"
    world.sandbox.faults.set([])
    with world.app() as app, app._parts.lane.held("48121107"):
        assert lambda_of(world, seconds=RESERVE_SECONDS + 5)["error"]["code"] == "E161"
        monkeypatch.setattr(SqlLedger, "take_lane", lambda *_, **__: None)
        assert lambda_of(world, seconds=900)["error"]["code"] == "E521"
    monkeypatch.undo()
    assert lambda_of(world, seconds=900)["status"] == "ok"


@pytest.mark.parametrize(
    ("changes", "seconds", "kind", "code"),
    [
        pytest.param({"source_api_key": "krai_wrong"}, 900, AccessError, "E310", id="a wrong key"),
        pytest.param({"hubspot_token": None}, 900, InputError, "E102", id="no token"),
        pytest.param({}, RESERVE_SECONDS, InputError, "E162", id="no time at all"),
    ],
)
def test_what_a_person_must_mend_fails_the_invocation(
    tmp_path: Path, changes: dict[str, Any], seconds: float, kind: type[ConnectorError], code: str
) -> None:
    world = prepared(tmp_path / "world", calls=5)
    with pytest.raises(kind, match=code):
        lambda_of(world, seconds=seconds, **changes)


def test_a_file_is_no_ledger_for_a_function(tmp_path: Path) -> None:
    function = Function(settings=World(tmp_path).settings())
    with pytest.raises(InputError, match="E160"):
        function.sync(seconds=900)
    assert list(tmp_path.iterdir()) == []
