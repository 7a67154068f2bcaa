"""Made-up stories of a connection, with a death at any point of any of their runs.

Each run of a story is played undisturbed once, then again from the same moment with a death at each of its points; then
it goes on, and portal and ledger must be those of the undisturbed one. `make torture` takes every point of each story
and pairs of deaths. A failure names its story and point: `STORY=7 POINT=31` plays that one alone.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from connector.engine import spool
from connector.engine.lane import LEASE_SECONDS
from tests.stubs import promises
from tests.stubs.acts import Scene
from tests.stubs.crash import Crashed
from tests.stubs.frozen import Frozen, a_prepared_world
from tests.stubs.story import Run, Step, tell

STORIES = int(os.environ.get("STORIES", "20"))
STRIDE = int(os.environ.get("STORY_STRIDE", "60"))
"""Every so manieth point of each story, each story beginning at another."""
PAIRS = int(os.environ.get("STORY_PAIRS", "0"))
"""Double deaths per run."""


@pytest.mark.parametrize("seed", range(STORIES))
def test_a_death_at_any_point_of_a_story_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    luck = random.Random(seed)
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", luck.choice([2, 4, 1000]))
    scene = Scene(a_prepared_world(tmp_path))
    told: list[str] = []
    passed = seed % STRIDE
    for number, step in enumerate(tell(seed)):
        told.append(step.words)
        if isinstance(step, Step):
            step.act(scene)
            continue
        frozen = Frozen(scene, tmp_path / str(number))
        scene.world.crash.arm(None)
        promises.adds_up(step.first(scene))
        count = len(scene.world.crash.names)
        expected = scene.world.export(), promises.in_words(promises.settled(scene))
        deaths = [[point] for point in range(passed, count, STRIDE)]
        deaths += [[luck.randrange(count), luck.randrange(count)] for _ in range(PAIRS)]
        passed = (passed - count) % STRIDE
        for points in deaths:
            try:
                dies_and_goes_on(frozen.thaw(), step, points, expected)
            except Exception as error:
                error.add_note(f"STORY={seed} step {number} POINTS={points}\n" + "\n".join(told))
                raise
        promises.quiet(scene)


def dies_and_goes_on(scene: Scene, step: Run, points: list[int], expected: tuple[object, ...]) -> None:
    crash = scene.world.crash
    run = step.first
    died = []
    for point in points:
        crash.arm(point)
        try:
            run(scene)
        except Crashed:
            died.append(crash.names[-1])
            run = step.again
        crash.arm(None)
        promises.kept(scene)
    if died:
        scene.world.wait(seconds=LEASE_SECONDS)
        run(scene)
    entries = promises.settled(scene)
    assert scene.world.export() == expected[0], died
    assert promises.in_words(entries) == expected[1], died
    promises.quiet(scene)
