"""Made-up stories in bad weather: whatever befalls the runs, the portal ends as it would have without.

Every run of a story is stormy: it dies, answers are lost, it stalls past its lease while another one overtakes it. When
it has come to its end, portal and ledger must be those of the same story in fine weather. `make torture` takes
thousands; a failure names its seed, and `STORMY_FIRST=seed STORMY_STORIES=1` plays that one alone.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.engine import spool
from tests.stubs import promises
from tests.stubs.acts import Scene
from tests.stubs.frozen import a_prepared_world
from tests.stubs.ordeals import Storm
from tests.stubs.programme import Addresses, stories
from tests.stubs.story import Step, habits, tell

FIRST = int(os.environ.get("STORMY_FIRST", "1000"))
STORIES = int(os.environ.get("STORMY_STORIES", "16"))


@pytest.mark.parametrize(("seed", "step", "ledger"), stories(FIRST, STORIES))
def test_a_story_in_bad_weather_ends_as_in_fine(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    addresses: Callable[[str], Addresses],
    seed: int,
    step: str,
    ledger: str,
) -> None:
    luck = random.Random(seed)
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", luck.choice([2, 4, 1000]))
    fine, stormy = (
        Scene(a_prepared_world(tmp_path / name, step=step, postgresql=url))
        for name, url in zip(("fine", "stormy"), addresses(ledger), strict=True)
    )
    for scene in (fine, stormy):
        scene.world.sandbox.hubspot.choose(habits(seed))
    told: list[str] = []
    try:
        for part in tell(seed):
            told.append(part.words)
            if isinstance(part, Step):
                part.act(fine)
                part.act(stormy)
                continue
            fine.world.crash.arm(None)
            summary = part.first(fine)
            storm = Storm(luck, len(fine.world.crash.names))
            try:
                storm.ride_out(stormy, part, summary.status)
            finally:
                told.append(f"  … {storm.happened}")
            assert stormy.world.export() == fine.world.export()
            known = [promises.in_words(promises.settled(scene)) for scene in (stormy, fine)]
            assert known[0] == known[1]
        promises.quiet(stormy)
    except Exception as error:
        error.add_note(f"STORMY_FIRST={seed} STORMY_STORIES=1\n" + "\n".join(told))
        raise
