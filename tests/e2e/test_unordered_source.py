"""A platform that promises no order of its calls: every one that is given is read, and nobody is warned."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from connector.engine.walk import QUIET_STREAK
from connector.model import Call
from tests.stubs.frozen import prepared
from tests.stubs.told_source import ToldSource, run, told
from tests.stubs.world import World

KNOWN = QUIET_STREAK + 50


@pytest.fixture
def world(tmp_path: Path) -> World:
    return prepared(tmp_path, calls=0)


@pytest.fixture
def source(world: World) -> ToldSource:
    """A list that happens to run from newest to oldest, all of it known and days old but for its newest call."""
    source = ToldSource()
    source.listed = [told(world, f"c{number}") for number in range(KNOWN)]
    assert run(world, source).calls.read == KNOWN
    world.wait(days=3)
    source.listed.insert(0, told(world, "newest"))
    return source


def older_than_all(world: World, source: ToldSource) -> Call:
    (*_, known) = source.listed
    assert isinstance(known, Call)
    return told(world, "forgotten", createdAt=known.payload["createdAt"])


@pytest.mark.parametrize(("newest_first", "read"), [(True, False), (False, True)])
def test_a_streak_of_known_calls_ends_only_a_walk_that_claims_an_order(world, source, newest_first, read):
    run(world, source)
    source.listed.append(older_than_all(world, source))
    source.newest_first = newest_first
    assert run(world, source).calls.created == int(read)


@pytest.mark.parametrize(("newest_first", "warnings"), [(True, 1), (False, 0)])
def test_only_a_broken_promise_is_warned_of(world, source, caplog, newest_first, warnings):
    source.newest_first = newest_first
    source.listed.reverse()
    with caplog.at_level(logging.WARNING):
        run(world, source)
    assert [record.message for record in caplog.records].count("source_not_newest_first") == warnings
