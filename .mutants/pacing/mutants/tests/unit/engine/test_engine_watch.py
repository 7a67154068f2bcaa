from __future__ import annotations

from connector.engine.watch import Watch
from connector.reports import Progress


def test_a_wait_takes_the_place_of_the_stage_while_it_lasts():
    seen: list[Progress] = []
    left = iter((None, 900, 899, 898))
    watch = Watch(seen.append, lambda: next(left))
    watch(Progress(read=5, stage="writing"))
    watch.wait("waiting for HubSpot's limit")
    watch(Progress(read=5, done=2, stage="writing"))
    watch.wait("")
    assert [(each.done, each.stage) for each in seen] == [
        (0, "writing"),
        (0, "waiting for HubSpot's limit"),
        (2, "waiting for HubSpot's limit"),
        (2, "writing"),
    ]
    assert [each.day_left for each in seen] == [None, 900, 899, 898]
