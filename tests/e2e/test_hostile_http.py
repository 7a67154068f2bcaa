"""Servers that mean no good, and the connector in a process of its own: it ends with a code, and stays small.

Its peak memory is compared with that of the same command against servers that are friendly. A few cases stand among the
tests; `make torture` (HOSTILE_HTTP=all) has them all, those that take minutes among them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.stubs.hostile import MB, PIECE, Ended, bomb, connector, streams
from tests.stubs.server import RawServer, Script, answers, says, serving, silent

ALL = os.environ.get("HOSTILE_HTTP") == "all"
MORE_MAX = 32 * MB
"""What a hostile server may cost the process above a friendly one."""
JSON = {"Content-Type": "application/json"}
ACCOUNT = answers(200, b'{"portalId": 4711, "timeZone": "Europe/London", "accountType": "STANDARD"}', JSON)
EMPTY_LISTS = {
    "reception_ai": b"[]",
    "kaicalls": b'{"calls": [], "has_more": false}',
    "klen": b'{"data": [], "total": 0}',
    "krosai": b'{"calls": [], "total": 0}',
    "vapi": b"[]",
}
PAGED = tuple(source for source in EMPTY_LISTS if source != "reception_ai")
HUBSPOT = "hubspot"
BOMB_MB = 500 if ALL else 100
DRIPS = [b"x"] * 5000


def blanks() -> Iterator[bytes]:
    return repeat(b" " * PIECE)


def one_endless_text() -> Iterator[bytes]:
    return chain([b'[{"id": "'], repeat(b"x" * PIECE))


def half_a_gigabyte() -> Iterator[bytes]:
    return chain([b'["'], repeat(b"x" * MB, 500))


class Hostile(NamedTuple):
    name: str
    script: Script
    codes: set[str]
    """One per side: E3xx of a platform, E2xx of HubSpot."""
    sides: tuple[str, ...]
    exits: tuple[int, ...] = (2, 4)
    is_quick: bool = False
    """Whether it stands among the tests of every day, for its last side."""


CASES = (
    Hostile("endless blanks", streams("", blanks), {"E305", "E215"}, (*PAGED, HUBSPOT)),
    Hostile("a text without an end", streams("", one_endless_text), {"E305", "E215"}, (*PAGED, HUBSPOT)),
    Hostile(
        "500 MB", streams(f"Content-Length: {500 * MB + 2}\r\n", half_a_gigabyte), {"E305", "E215"}, (*PAGED, HUBSPOT),
    ),
    Hostile("500 MB of one call", streams("", half_a_gigabyte), {"E315"}, ("reception_ai",)),
    Hostile(
        "a gzip bomb",
        streams("Content-Encoding: gzip\r\n", lambda: iter([bomb(BOMB_MB)])),
        {"E305", "E215", "E315"},
        (HUBSPOT, *EMPTY_LISTS),
        is_quick=True,
    ),
    Hostile(
        "brotli, which nobody asked for",
        streams("Content-Encoding: br\r\n", lambda: iter([b"\0" * 1000])),
        {"E304", "E214"},
        ("kaicalls", HUBSPOT, "reception_ai"),
    ),
    Hostile(
        "a head without an end",
        says(b"HTTP/1.1 200 OK\r\n", *[b"X: " + b"x" * PIECE + b"\r\n"] * 100),
        {"E304", "E214"},
        ("kaicalls", HUBSPOT, "reception_ai"),
    ),
    Hostile(
        "a head in drips",
        says(b"HTTP/1.1 200 OK\r\nX: ", *DRIPS, pause_seconds=0.1),
        {"E303", "E213"},
        ("kaicalls", HUBSPOT),
        exits=(4,),
    ),
    Hostile(
        "a body in drips",
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", *DRIPS, pause_seconds=0.1),
        {"E303", "E213"},
        ("kaicalls", HUBSPOT),
        exits=(4,),
    ),
    Hostile("silence", silent, {"E303", "E213"}, ("kaicalls", HUBSPOT, "reception_ai"), exits=(4,)),
)  # fmt: skip
CHOSEN = [
    pytest.param(case, side, id=f"{case.name}: {side}")
    for case in CASES
    for side in case.sides
    if ALL or (case.is_quick and side == case.sides[-1])
]


def against(side: str, script: Script, folder: Path) -> Ended:
    """A sync whose platform, or HubSpot, is this server; the other one is friendly."""
    source = "reception_ai" if side == HUBSPOT else side
    platform = answers(200, EMPTY_LISTS[source], JSON)
    with ExitStack() as stack:
        hubspot = stack.enter_context(serving(script if side == HUBSPOT else ACCOUNT))
        other = stack.enter_context(serving(platform if side == HUBSPOT else script))
        return sync(source, other, hubspot, folder)


def sync(source: str, platform: RawServer, hubspot: RawServer, folder: Path) -> Ended:
    return connector(
        "sync",
        folder=folder,
        source=source,
        source_api_key="kc_live_invented",
        source_base_url=platform.url,
        hubspot_token="pat-eu1-invented",
        hubspot_base_url=hubspot.url,
    )


@pytest.fixture(scope="module")
def friendly_bytes(tmp_path_factory: pytest.TempPathFactory) -> int:
    """The peak of the same command when nobody means harm: the same for every platform, within a megabyte."""
    ended = against("reception_ai", answers(200, b"[]", JSON), tmp_path_factory.mktemp("friendly"))
    assert ended.exit_status == 0, ended.said
    return ended.peak_bytes


@pytest.mark.parametrize(("case", "side"), CHOSEN)
def test_a_hostile_server_ends_the_run_with_a_code_and_costs_little_memory(
    case: Hostile, side: str, friendly_bytes: int, tmp_path: Path
) -> None:
    ended = against(side, case.script, tmp_path)
    assert ended.code in case.codes, ended.said
    assert ended.exit_status in case.exits
    assert "Traceback" not in ended.said
    assert ended.peak_bytes - friendly_bytes <= MORE_MAX


@pytest.mark.parametrize("side", ["reception_ai", "kaicalls", HUBSPOT] if ALL else [HUBSPOT])
@pytest.mark.parametrize(
    "to", ["itself", "elsewhere", "http://169.254.169.254/latest", "http://[fd00:ec2::254]/"] if ALL else ["elsewhere"]
)
def test_no_redirect_is_followed_nor_told_a_key(side: str, to: str, tmp_path: Path) -> None:
    with serving(answers(200, b"[]", JSON)) as elsewhere:
        address = elsewhere.url if to == "elsewhere" else "/again" if to == "itself" else to
        ended = against(side, answers(302, headers={"Location": address}), tmp_path)
        assert (ended.exit_status, ended.code) == (2, "E216" if side == HUBSPOT else "E306"), ended.said
        assert elsewhere.requests == []
        assert "invented" not in ended.said
