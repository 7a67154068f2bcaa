"""Deliveries, shuffled, repeated and a fifth of them forged, give exactly the calls that polling gives."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.model import BadCall, Call, OngoingCall
from connector.web.platforms import PLATFORMS
from connector.web.receive import Accepted, Refused, Verdict, receive
from tests.stubs.deliveries import SECRET, SENDERS, Sent
from tests.stubs.door import open_door
from tests.stubs.frozen import prepared
from tests.stubs.world import World

DELIVERIES = int(os.environ.get("DELIVERIES", "500"))
"""For each platform; `make torture` sends 10,000."""
CALLS = 30 + DELIVERIES // 25
FORGED = 0.2
ROUNDS = 5 if DELIVERIES < 1_000 else 10
SPAN = timedelta(days=3)
LAG = timedelta(hours=12)


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


def a_world(folder: Path, source: str, calls: int) -> World:
    folder.mkdir()
    return prepared(folder, source=source, calls=calls)


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
    if world.source == "kaicalls":
        read_again(world)
    return world.export()


def read_again(world: World) -> None:
    """A KaiCalls lead goes on changing with its later calls: each delivery sees it as it is then, polling only once."""
    with world.app() as app:
        assert app.calls_retry([entry.call_id for entry in app.calls_list(limit=1000)]).status == "ok"


def every_call(world: World) -> list[str]:
    with world.app() as app:
        return [call.key.id for call in app._parts.source.calls(since=world.clock.now() - timedelta(days=60))]


def forged(sent: Sent, dice: random.Random) -> Sent:
    """What somebody without the secret can do."""
    if sent.address_secret:
        secrets = ("", sent.address_secret[:-1], sent.address_secret.upper(), f"{dice.getrandbits(256):064x}")
        return sent._replace(address_secret=dice.choice(secrets))
    *others, (name, signature) = sent.headers
    match dice.randrange(5):
        case 0:
            return sent._replace(body=sent.body.replace(b"event", b"events"))
        case 1:
            return sent._replace(headers=others)
        case 2:
            return sent._replace(headers=[*others, (name, signature[:-2])])
        case 3:
            return sent._replace(headers=[*sent.headers, (name, signature)])
        case _:
            return sent._replace(headers=[*others, (name, f"sha256={dice.getrandbits(256):064x}")])


def storm(source: str, call_ids: list[str], number: int, at: datetime, dice: random.Random) -> list[tuple[Sent, bool]]:
    """Deliveries about calls past and to come, and whether each is forged; several of each are the same."""
    events = [*sorted(PLATFORMS[source].events), "call.started", "something.new"]
    named = [*call_ids, "never heard of"]
    sent = [SENDERS[source](dice.choice(named), at=at, event=dice.choice(events)) for _ in range(number // 2)]
    sent += [dice.choice(sent) for _ in range(number - len(sent))]
    marked = [(forged(each, dice), True) if dice.random() < FORGED else (each, False) for each in sent]
    dice.shuffle(marked)
    return marked


def judged(source: str, sent: Sent, now: datetime) -> Verdict:
    return receive(
        sent.body,
        sent.headers,
        platform=PLATFORMS[source],
        secrets=["a-newer-one", SECRET],
        address_secret=sent.address_secret,
        now=now,
    )


@pytest.mark.parametrize("source", sorted(SENDERS))
def test_deliveries_and_polling_alone_give_the_same(tmp_path: Path, source: str) -> None:
    polled = a_world(tmp_path / "polled", source, CALLS)
    for _ in rounds(polled):
        polled.sync(since=timedelta(days=60))
    expected = at_rest(polled)

    dice, seen = random.Random(20260301), Counter[str]()
    world = a_world(tmp_path / "told", source, CALLS)
    call_ids = every_call(world)
    assert len(call_ids) > 0.9 * CALLS
    for now in rounds(world):
        with world.app(since=timedelta(days=60)) as app:
            for sent, is_forged in storm(source, call_ids, DELIVERIES // ROUNDS, now, dice):
                verdict = judged(source, sent, now)
                seen[type(verdict).__name__] += 1
                assert isinstance(verdict, Refused) == is_forged
                if isinstance(verdict, Accepted):
                    seen["new" if app.take_hint(verdict.hint) else "known"] += 1
            lagging = Lagging(app._parts.source, world)
            app._parts.__dict__["source"] = lagging
            summary = app.sync()
        assert summary.status == "ok"
        seen["by id"] += len(lagging.asked)
        seen["created"] += summary.calls.created
    assert seen["Refused"] + seen["Accepted"] + seen["Ignored"] == DELIVERIES
    assert abs(seen["Refused"] - FORGED * DELIVERIES) < 0.05 * DELIVERIES
    assert min(seen["known"], seen["new"], seen["Ignored"], seen["by id"], seen["created"]) > CALLS // 10, seen
    assert at_rest(world) == expected


def test_hundreds_at_once_over_real_sockets(tmp_path: Path) -> None:
    dice = random.Random(7)
    with open_door() as door:
        now = door.clock.now()
        marked = storm("krosai", [f"c{number}" for number in range(40)], 400, now, dice)
        with ThreadPoolExecutor(16) as platform:
            answers = list(platform.map(lambda each: door.deliver(each[0]), marked))
        for (_, is_forged), said in zip(marked, answers, strict=True):
            assert said.status == (401 if is_forged else 200)
        wanted = {
            verdict.hint.delivery
            for sent, is_forged in marked
            if not is_forged and isinstance(verdict := judged("krosai", sent, now), Accepted)
        }
        assert {hint.delivery for hint in door.hints} == wanted
        assert Counter(str(said.said["status"]) for said in answers)["accepted"] == len(wanted) == door.rings
