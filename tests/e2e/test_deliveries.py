"""Ten thousand deliveries, shuffled, repeated and a fifth of them forged, give exactly the calls that polling gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from connector.model import BadCall, Call, OngoingCall
from connector.web.platforms import KROSAI
from connector.web.receive import Accepted, Refused, Verdict, receive
from tests.stubs.deliveries import SECRET, Sent, krosai
from tests.stubs.door import open_door
from tests.stubs.world import World

CALLS = 600
DELIVERIES = 10_000
FORGED = 0.2
ROUNDS = 10
SPAN = timedelta(days=3)
LAG = timedelta(hours=12)
EVENTS = ("call.completed", "call.ended", "transcript.ready", "recording.ready", "call.ringing", "number.released")


class Lagging:
    """A source whose list tells of a call twelve hours late; asked by its id, it knows it at once."""

    def __init__(self, source: Any, world: World) -> None:
        self._source = source
        self._world = world
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall | OngoingCall]:
        for call in self._source.calls(since=since):
            at = call.ended_at if isinstance(call, Call) else self._world.clock.now()
            if at < self._world.clock.now() - LAG:
                yield call

    def call(self, call_id: str) -> Call | BadCall | OngoingCall | None:
        self.asked.append(call_id)
        found: Call | BadCall | OngoingCall | None = self._source.call(call_id)
        return found


def a_world(folder: Path) -> World:
    folder.mkdir()
    world = World(folder, source="krosai", calls=CALLS)
    world.setup()
    return world


def rounds(world: World) -> Iterator[datetime]:
    """From before the first call to the last one: calls appear when they have ended."""
    world.wait(seconds=-SPAN.total_seconds())
    for _ in range(ROUNDS):
        world.wait(seconds=SPAN.total_seconds() / ROUNDS)
        yield world.clock.now()


def at_rest(world: World) -> bytes:
    """The portal when the list has told everything and every held call was looked up again."""
    for days in (1, 8):
        world.wait(days=days)
        assert world.sync(since=timedelta(days=60)).status == "ok"
    return world.export()


def every_call(world: World) -> list[str]:
    with world.app() as app:
        return [call.key.id for call in app._parts.source.calls(since=world.clock.now() - timedelta(days=60))]


def forged(sent: Sent, dice: random.Random) -> Sent:
    """What somebody without the secret can do."""
    kept, (name, signature) = sent.headers[:1], sent.headers[1]
    match dice.randrange(5):
        case 0:
            return sent._replace(body=sent.body.replace(b"inbound", b"outbound"))
        case 1:
            return sent._replace(headers=kept)
        case 2:
            return sent._replace(headers=[*kept, (name, signature[:-2])])
        case 3:
            return sent._replace(headers=[*sent.headers, (name, signature)])
        case _:
            return sent._replace(headers=[*kept, (name, "sha256=" + f"{dice.getrandbits(256):064x}")])


def storm(call_ids: list[str], at: datetime, dice: random.Random) -> list[tuple[Sent, bool]]:
    """Deliveries about calls past and to come, and whether each is forged."""
    sent = [
        krosai(dice.choice([*call_ids, "never heard of"]), at=at, event=dice.choice(EVENTS))
        for _ in range(DELIVERIES // ROUNDS)
    ]
    marked = [(forged(each, dice), True) if dice.random() < FORGED else (each, False) for each in sent]
    dice.shuffle(marked)
    return marked


def judged(sent: Sent, now: datetime) -> Verdict:
    return receive(sent.body, sent.headers, platform=KROSAI, secrets=["a-newer-one", SECRET], now=now)


def test_ten_thousand_deliveries_and_polling_alone_give_the_same(tmp_path: Path) -> None:
    polled = a_world(tmp_path / "polled")
    for _ in rounds(polled):
        polled.sync(since=timedelta(days=60))
    expected = at_rest(polled)

    world, dice, seen = a_world(tmp_path / "told"), random.Random(20260301), Counter[str]()  # noqa: S311 - invented noise
    call_ids = every_call(world)
    assert len(call_ids) >= CALLS
    for now in rounds(world):
        with world.app(since=timedelta(days=60)) as app:
            for sent, is_forged in storm(call_ids, now, dice):
                verdict = judged(sent, now)
                seen[type(verdict).__name__] += 1
                assert isinstance(verdict, Refused) == is_forged
                if isinstance(verdict, Accepted):
                    seen["known" if not app.take_hint(verdict.hint) else "new"] += 1
            lagging = Lagging(app._parts.source, world)
            app._parts.__dict__["source"] = lagging
            summary = app.sync()
        assert summary.status == "ok"
        seen["by id"] += len(lagging.asked)
        seen["created"] += summary.calls.created
    assert seen["Refused"] + seen["Accepted"] + seen["Ignored"] == DELIVERIES
    assert abs(seen["Refused"] - FORGED * DELIVERIES) < 0.05 * DELIVERIES
    assert min(seen["known"], seen["new"], seen["Ignored"], seen["by id"], seen["created"]) > 100, seen
    assert at_rest(world) == expected


def test_hundreds_at_once_over_real_sockets(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 - invented noise
    with open_door() as door:
        now = door.clock.now()
        marked = storm([f"c{number}" for number in range(40)], now, dice)[:400]
        with ThreadPoolExecutor(16) as platform:
            answers = list(platform.map(lambda each: door.deliver(each[0]), marked))
        for (_, is_forged), said in zip(marked, answers, strict=True):
            assert said.status == (401 if is_forged else 200)
        wanted = {
            verdict.hint.delivery
            for sent, is_forged in marked
            if not is_forged and isinstance(verdict := judged(sent, now), Accepted)
        }
        assert {hint.delivery for hint in door.hints} == wanted
        assert Counter(str(said.said["status"]) for said in answers)["accepted"] == len(wanted) == door.rings
