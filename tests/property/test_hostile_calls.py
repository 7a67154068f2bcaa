"""Whole calls of any shape, of each platform, through whole runs: none is lost, none harms another, none is told.

A platform lists sound calls among others whose fields hold anything that JSON can: nothing, numbers without an end,
lists in lists, halves of characters, NUL, NaN. Only whose a call is stays: one of another account ends a run on purpose
(E120). `make torture` (HOSTILE_CALLS) plays many more.
"""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from connector.app import App
from connector.cli import masking
from connector.codes import CODES
from connector.log import JsonLineFormatter
from connector.model import KEY, RunSummary
from connector.sandbox.platforms import TWINS
from connector.sandbox.site import HUBSPOT_TOKEN
from tests.stubs.acts import Scene
from tests.stubs.frozen import Frozen, prepared
from tests.stubs.once import folder_of_this_process
from tests.stubs.phone_line import ring
from tests.stubs.world import World

EXAMPLES = int(os.environ.get("HOSTILE_CALLS", "0"))
GOOD, BAD = 3, 9
"""Calls of an example; what becomes of one bad one must not hang on the others."""
SAID, WHISPERED = "Alabasterwords", "Obsidianwords"
"""A word of each summary, which only HubSpot may know, and one of each transcript, for which hardly a mapping asks."""
ACCOUNTS = {"organizationId", "organization_id", "orgId", "business_id", "org_id", "account_id"}
BY_THE_MINUTE = ("createdate", "hs_createdate", "hs_lastmodifieddate", "hs_object_id")
SECRETS = (HUBSPOT_TOKEN, *(twin.api_key for twin in TWINS.values()))

TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", " ", "\0", "\ud800", "a\udfffb", "\u202e", "=1+1", "<script>", "{{ 1 // 0 }}"]),
)
NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.sampled_from([0, -1, 2**63, float("nan"), float("inf"), 1e30, 1_776_859_200_000]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
STANDINS: dict[str, Any] = {"long": "x" * 70_000, "deep": json.loads("[" * 300 + "]" * 300), "huge": 10**400}
"""What would make examples unreadable, by the words that stand for it in them."""
EVERYWHERE = range(60)
ANYTHING: list[Any] = [{"a": []}, 2**63, float("nan"), "deep", "huge", "long"]
CHOSEN: list[list[tuple[int, Any]]] = [
    [(at, None) for at in EVERYWHERE[::3]],
    [(at, []) for at in EVERYWHERE[1::3]],
    [(at, "\ud800\0") for at in EVERYWHERE[2::3]],
    *([(at, value) for at in EVERYWHERE] for value in ANYTHING),
]
"""What is played every day."""
DAMAGES = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(VALUES, st.sampled_from(list(STANDINS)))), min_size=1, max_size=6
)


class Damaging(httpx.BaseTransport):
    """A way to a platform on which the records of some calls arrive with other values in their fields."""

    def __init__(self, inner: httpx.BaseTransport, prefix: str, damages: dict[str, list[tuple[int, Any]]]) -> None:
        self._inner = inner
        self._prefix = prefix
        self._damages = damages

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        if not request.url.path.startswith(self._prefix) or answer.status_code != 200:
            return answer
        content = json.dumps(self._damaged(json.loads(answer.read()))).encode()
        return httpx.Response(200, headers={"content-type": "application/json"}, content=content, request=request)

    def _damaged(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._damaged(item) for item in value]
        if not isinstance(value, dict):
            return value
        names = sorted(value.keys() - ACCOUNTS)
        whose = next((value[name] for name in names if str(value[name]) in self._damages), None)
        changed = {name: self._damaged(item) for name, item in value.items()}
        for at, other in self._damages.get(str(whose), ()):
            # Beyond the fields there are, it is one that nobody knows.
            held = STANDINS.get(other, other) if isinstance(other, str) else other
            changed[names[at] if at < len(names) else f"unheard{at}"] = held
        return changed


def number_of(call_id: str) -> str:
    return f"+4477009{int(call_id[1:]) + (500 if call_id[0] == 'b' else 0):05}"


@cache
def rung(source: str) -> Frozen:
    """A platform with all these calls, sound as yet, and a portal after `setup`."""
    folder = folder_of_this_process(f"hostile-{source}")
    world = prepared(folder, source=source, calls=0)
    for call_id in (*(f"g{n}" for n in range(GOOD)), *(f"b{n}" for n in range(BAD))):
        lead = {"name": f"Ada {call_id.title()}", "email": f"ada.{call_id}@people.example.com"}
        fields = {"callerNumber": number_of(call_id), "leadData": lead, "transcript": f"Caller: {WHISPERED}."}
        ring(world, call_id, summary=f"{SAID} {call_id}.", **fields)
        world.wait(minutes=1)
    world.wait(minutes=10)
    return Frozen(Scene(world), folder / "frozen")


@contextmanager
def overheard() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, as machines get it."""
    root, stream = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(JsonLineFormatter())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def engagements(world: World) -> dict[str, dict[str, str]]:
    """What stands in the portal of each sound call."""
    found = {}
    for record in world.sandbox.hubspot.records("calls"):
        call_id = (record.properties.get(KEY) or "").rpartition(":")[2]
        if call_id.startswith("g"):
            assert call_id not in found, "two engagements for one call"
            found[call_id] = {name: value for name, value in record.properties.items() if name not in BY_THE_MINUTE}
    return found


@cache
def undisturbed(source: str) -> dict[str, dict[str, str]]:
    world = rung(source).thaw().world
    assert world.sync().calls.failed == 0
    found = engagements(world)
    assert len(found) == GOOD
    return found


def told_of_nobody(text: str) -> None:
    """No key, no number, no address, no word of anybody."""
    for secret in (*SECRETS, SAID, WHISPERED, "ada.g", "ada.b"):
        assert secret not in text, secret
    for call_id in (*(f"g{n}" for n in range(GOOD)), *(f"b{n}" for n in range(BAD))):
        assert number_of(call_id)[3:] not in text, call_id


def carried(app: App) -> RunSummary:
    summary = app.sync()
    calls = summary.calls
    assert calls.read == calls.created + calls.updated + calls.unchanged + calls.skipped + calls.held + calls.failed
    assert len({failure.call for failure in summary.failures}) == len(summary.failures) <= calls.failed
    assert {failure.code for failure in summary.failures} <= CODES.keys()
    return summary


@pytest.mark.parametrize("source", TWINS)
@settings(
    max_examples=max(EXAMPLES, 1),
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=(Phase.generate,) if EXAMPLES else (Phase.explicit,),
)
@example(damages=CHOSEN)
@given(damages=st.lists(DAMAGES, min_size=BAD, max_size=BAD))
def test_whatever_a_call_holds_the_others_are_carried(source: str, damages: list[list[tuple[int, Any]]]) -> None:
    expected = undisturbed(source)
    world = rung(source).thaw().world
    by_call = {f"b{number}": damage for number, damage in enumerate(damages)}
    world.between = lambda inner: Damaging(inner, f"/{source}/", by_call)
    with overheard() as log, world.app() as app:
        plan = world.ledger.with_name("a.plan.json")
        told_of_nobody(msgspec.json.encode(masking.plan_report(app.plan(out=plan))).decode())
        hidden = SECRETS if "from: transcript" in world.mapping.read_text() else (*SECRETS, WHISPERED)
        assert not [secret for secret in hidden if secret in plan.read_text()]
        first = carried(app)
        assert first.calls.read >= GOOD
        assert engagements(world) == expected
        world.wait(minutes=1)
        second = carried(app)
        assert second.calls.created == second.calls.failed == 0, second.failures
        assert engagements(world).keys() == expected.keys()
        entries = app.calls_list(limit=100)
    assert len({entry.call_id for entry in entries}) == len(entries)
    told_of_nobody(log.getvalue())
    told_of_nobody(msgspec.json.encode([first, second, [(entry.message, entry.notes) for entry in entries]]).decode())
    told_of_nobody(Path(world.ledger).read_bytes().decode("latin-1"))
