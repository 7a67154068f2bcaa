"""Made-up stories of a connection, with a death at any point of any of their runs, and with runs in bad weather.

Each run of a story is played undisturbed once, then again and again from the same moment: with a death at one of its
points, with two of them, and in storms. Portal and ledger must end as the undisturbed ones, whether the portal refuses
a second key by itself or not. `make torture` takes every point of each story. A failure tells its story, the step and
what befell it; the same story is the same each time.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.engine import spool
from tests.stubs import promises
from tests.stubs.acts import Scene
from tests.stubs.frozen import Frozen, a_prepared_world
from tests.stubs.ordeals import Deaths, Detour, Storm
from tests.stubs.programme import Addresses, stories
from tests.stubs.story import Step, habits, tell

FIRST = int(os.environ.get("STORIES_FIRST", "0"))
STORIES = int(os.environ.get("STORIES", "20"))
STRIDE = int(os.environ.get("STORY_STRIDE", "45"))
"""Every so manieth point of each story, each story beginning at another."""
PAIRS = int(os.environ.get("STORY_PAIRS", "0"))
"""Double deaths per run."""
WEATHERS = int(os.environ.get("STORY_WEATHERS", "1"))
"""How often each run is played in bad weather."""
DETOURS = int(os.environ.get("STORY_DETOURS", "1"))
"""How often calls are something else for a while after a run of theirs died."""


@pytest.mark.parametrize(("seed", "step", "ledger"), stories(FIRST, STORIES))
def test_nothing_that_befalls_a_run_of_a_story_changes_its_end(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    addresses: Callable[[str], Addresses],
    seed: int,
    step: str,
    ledger: str,
) -> None:
    luck = random.Random(seed)
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", luck.choice([2, 4, 1000]))
    here, elsewhere = addresses(ledger)
    scene = Scene(a_prepared_world(tmp_path, step=step, postgresql=here))
    scene.world.sandbox.hubspot.choose(habits(seed))
    told: list[str] = []
    points_before = seed
    began, troubles_met = time.monotonic(), 0
    for number, part in enumerate(tell(seed)):
        told.append(part.words)
        if isinstance(part, Step):
            part.act(scene)
            continue
        frozen = Frozen(scene, tmp_path / str(number), elsewhere=elsewhere)
        scene.world.crash.arm(None)
        summary = part.first(scene)
        promises.adds_up(summary, calls=len(scene.rung))
        points = len(scene.world.crash.names)
        expected = scene.world.export(), promises.in_words(promises.settled(scene))
        for trouble in troubles(luck, points, -points_before % STRIDE):
            befallen = frozen.thaw()
            troubles_met += 1
            try:
                trouble.ride_out(befallen, part, summary.status)
                if isinstance(trouble, Detour):
                    # Elsewhere calls had been other calls: there is nothing to compare with.
                    promises.settled(befallen)
                    promises.quiet(befallen)
                else:
                    is_as(befallen, expected)
            except Exception as error:
                error.add_note(f"story {seed} part {number}: {trouble.happened}\n" + "\n".join(told))
                raise
        points_before += points
        promises.quiet(scene)
    points, seconds = points_before - seed, time.monotonic() - began
    print(f"story {seed}, {step}, {ledger}: {points} points, {troubles_met} troubles, {seconds:.1f} s", flush=True)  # noqa: T201 - whoever runs it is to see it


def troubles(luck: random.Random, points: int, first: int) -> list[Deaths | Storm | Detour]:
    """A death at every so manieth point of a run, pairs of them, storms, and detours after a death."""
    deaths = [Deaths([point]) for point in range(first, points, STRIDE)]
    pairs = [Deaths([luck.randrange(points), luck.randrange(points)]) for _ in range(PAIRS)]
    storms = [Storm(random.Random(luck.random()), points) for _ in range(WEATHERS)]
    detours = [Detour(random.Random(luck.random()), points) for _ in range(DETOURS)]
    return [*deaths, *pairs, *storms, *detours]


def is_as(scene: Scene, expected: tuple[object, ...]) -> None:
    """Portal and ledger are the undisturbed ones, and a second run is quiet."""
    entries = promises.settled(scene)
    assert scene.world.export() == expected[0]
    assert promises.in_words(entries) == expected[1]
    promises.quiet(scene)
