"""Ten minutes in which HubSpot refuses everything, under a schedule of five: how often it is asked, to the request.

What a refusal names is waited for, each time once longer than before, for five minutes in all; so how many requests a
run may send is known beforehand. A pause that is longer ends the run at its first request.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from connector.errors import TransientError
from connector.sandbox.faults import Fault
from tests.e2e.test_limits import limited, make_world
from tests.stubs.world import World

STORM = timedelta(minutes=10)
EVERY = timedelta(minutes=5)
AT_ONCE = timedelta(seconds=5)
"""After the storm the next run begins, and writes."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    world = make_world(tmp_path_factory.mktemp("undisturbed"))
    world.sync()
    return world.export()


def refuse(world: World, *, nth: int, **fault: Any) -> None:
    """From its nth request on HubSpot refuses all, for ten minutes."""
    storm = Fault(side="hubspot", action="refuse", path="/crm/", nth=nth, times=0, lasts=STORM.total_seconds(), **fault)
    world.sandbox.faults.set([storm])


def wait_until(world: World, moment: datetime) -> None:
    world.clock.sleep(max((moment - world.clock.now()).total_seconds(), 0.0))


def runs_in_the_storm(world: World) -> list[str]:
    """A run every five minutes while it lasts; the codes that they ended with."""
    codes, began = [], world.clock.now()
    for number in range(STORM // EVERY):
        wait_until(world, began + number * EVERY)
        with pytest.raises(TransientError) as raised:
            world.sync(concurrency=1)
        assert raised.value.exit_code == 4
        codes.append(raised.value.code)
    wait_until(world, began + STORM + AT_ONCE)
    return codes


def pauses(world: World) -> list[float]:
    """Seconds from each refusal to the request after it."""
    asked = world.sandbox.journal.exchanges("hubspot")
    return [(after.at - before.at).total_seconds() for before, after in pairwise(asked) if before.status >= 400]


@pytest.mark.parametrize(
    ("fault", "seconds", "refusals", "nth"),
    [
        pytest.param({"policy": "TEN_SECONDLY_ROLLING"}, 10, 2 * 8, 1, id="ten seconds"),
        pytest.param({"policy": "TEN_SECONDLY_ROLLING"}, 10, 2 * 8, 7, id="ten seconds, in the midst of a run"),
        pytest.param({"policy": "TEN_SECONDLY_ROLLING", "retry_after": "20"}, 20, 2 * 5, 1, id="ten seconds, longer"),
        pytest.param({"policy": "SECONDLY"}, 1, 2 * 24, 1, id="a second"),
        pytest.param({"policy": "bare"}, 1, 2 * 24, 7, id="without a policy, in the midst of a run"),
        pytest.param({"policy": "bare", "retry_after": "60"}, 60, 2 * 3, 1, id="without a policy, a minute"),
    ],
)
def test_a_storm_that_may_pass_is_waited_for(
    tmp_path: Path, undisturbed: bytes, fault: dict[str, str], seconds: float, refusals: int, nth: int
) -> None:
    world = make_world(tmp_path)
    refuse(world, nth=nth, **fault)
    assert runs_in_the_storm(world) == ["E217", "E217"]
    assert limited(world) == refusals
    assert len(world.requests()) == refusals + nth - 1
    assert min(pauses(world)) >= seconds, "nothing is asked during a pause"
    ends_well(world, undisturbed)


@pytest.mark.parametrize(
    ("fault", "code", "refusals"),
    [
        pytest.param({"policy": "bare", "retry_after": "550"}, "E217", 1, id="429, for minutes"),
        pytest.param({"status": 477, "retry_after": "120"}, "E220", 2, id="477, for minutes"),
        pytest.param({"status": 477, "retry_after": "600"}, "E220", 1, id="477, for longer than a schedule"),
    ],
)
def test_a_pause_that_is_longer_than_patience_ends_the_run(
    tmp_path: Path, undisturbed: bytes, fault: dict[str, Any], code: str, refusals: int
) -> None:
    world = make_world(tmp_path)
    refuse(world, nth=1, **fault)
    assert runs_in_the_storm(world) == [code, code]
    assert len(world.requests()) == refusals, "what is remembered is not asked about"
    ends_well(world, undisturbed)


def test_a_spent_day_costs_one_request_and_one_an_hour(tmp_path: Path, undisturbed: bytes) -> None:
    world = make_world(tmp_path)
    refuse(world, nth=1, policy="DAILY")
    assert runs_in_the_storm(world) == ["E219", "E219"]
    assert len(world.requests()) == 1
    # Here it is over long before midnight: the request of the next hour finds out.
    world.wait(hours=1)
    ends_well(world, undisturbed)


def ends_well(world: World, undisturbed: bytes) -> None:
    """The next run writes all of it at once, and once."""
    began, refused = world.clock.now(), limited(world)
    summary = world.sync(concurrency=1)
    assert (summary.status, summary.calls.failed) == ("ok", 0)
    assert limited(world) == refused
    assert world.clock.now() - began <= AT_ONCE
    assert world.export() == undisturbed
    world.audit()
