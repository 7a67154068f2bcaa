"""When a settled call is looked at again, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from connector.engine.looks import lacking, next_look, postponed
from connector.mapping.compile import compile_mapping
from connector.mapping.load import load_mapping
from connector.model import Call, CallKey, Entry, State

END = datetime(2026, 4, 22, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def a_call(*, is_partial: bool = False) -> Call:
    return Call(
        key=CallKey("klen", "acme", "c1"),
        started_at=END - MINUTE,
        ended_at=END,
        duration_seconds=60,
        is_partial=is_partial,
    )


@pytest.mark.parametrize(
    ("state", "lacks", "age", "expected"),
    [
        pytest.param(State.DONE, False, MINUTE, None, id="whole: final at once"),
        pytest.param(State.DONE, True, MINUTE, 5 * MINUTE, id="lacks something: after five minutes"),
        pytest.param(State.DONE, True, 5 * MINUTE, HOUR, id="still lacks it at five minutes: after an hour"),
        pytest.param(State.DONE, True, 2 * HOUR, DAY, id="after an hour: after a day"),
        pytest.param(State.DONE, True, DAY, None, id="after a day: final"),
        pytest.param(State.HELD, False, MINUTE, HOUR, id="held: after an hour"),
        pytest.param(State.HELD, False, HOUR, DAY, id="held, after an hour: after a day"),
        pytest.param(State.HELD, False, DAY, 7 * DAY, id="held, after a day: after a week"),
        pytest.param(State.HELD, False, 30 * DAY, 35 * DAY, id="held: weekly"),
        pytest.param(State.HELD, False, 84 * DAY, None, id="held, twelve weeks old: for good"),
        pytest.param(State.HELD, True, MINUTE, 5 * MINUTE, id="held and lacking: whichever comes first"),
        pytest.param(State.SKIPPED, False, MINUTE, None, id="skipped: final"),
        pytest.param(State.SKIPPED, True, MINUTE, 5 * MINUTE, id="skipped before its caller was named: like any other"),
        pytest.param(State.GONE, True, MINUTE, None, id="deleted in the CRM: final"),
        pytest.param(State.DEAD, True, MINUTE, None, id="dead letter: final"),
        pytest.param(State.FAILED, True, MINUTE, None, id="failed: tried again anyway"),
    ],
)
def test_next_look(state: State, lacks: bool, age: timedelta, expected: timedelta | None) -> None:
    at = next_look(a_call(), state=state, lacks=lacks, now=END + age)
    assert at == (None if expected is None else END + expected)


@pytest.mark.parametrize(("lacks", "expected"), [(True, END + 30 * DAY), (False, None)])
def test_what_a_list_gave_only_in_part_is_fetched_at_once_when_it_is_wanted(
    lacks: bool, expected: datetime | None
) -> None:
    call = a_call(is_partial=True)
    assert next_look(call, state=State.DONE, lacks=lacks, now=END + 30 * DAY) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        pytest.param(MINUTE, 5 * MINUTE, id="young: in five minutes"),
        pytest.param(10 * MINUTE, 5 * MINUTE, id="ten minutes old: in five"),
        pytest.param(HOUR, 30 * MINUTE, id="older: when it is half as old again"),
        pytest.param(30 * DAY, 15 * DAY, id="old: as late as that may be"),
        pytest.param(-HOUR, 5 * MINUTE, id="ends in the future"),
    ],
)
def test_what_the_platform_could_not_give_waits_until_it_is_half_as_old_again(
    age: timedelta, expected: timedelta
) -> None:
    entry = Entry(call_id="c", account="acme", state=State.DONE, ended_at=END)
    assert postponed(entry, now=END + age) == replace(entry, look_again_at=END + age + expected)


@pytest.mark.parametrize(
    ("state", "person", "transcript", "expected"),
    [
        pytest.param(State.DONE, "p1", "Hello.", False, id="whole"),
        pytest.param(State.DONE, None, "Hello.", True, id="nobody named yet"),
        pytest.param(State.DONE, "p1", None, True, id="no transcript yet"),
        pytest.param(State.SKIPPED, None, "Hello.", True, id="skipped, and nobody named yet"),
        pytest.param(State.SKIPPED, "p1", None, False, id="skipped: a transcript would change nothing"),
    ],
)
def test_of_a_skipped_call_only_who_called_may_still_come(
    tmp_path: Path, state: State, person: str | None, transcript: str | None, expected: bool
) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        """\
version: 1
source: kaicalls
defaults: {region: GB, timezone: Europe/London}
caller: {number: {from: lead.phone}}
contact: {match: [phone], ambiguous: hold}
call: {transcript: inline}
"""
    )
    mapping = compile_mapping(load_mapping(path))
    assert lacking(mapping, replace(a_call(), person_id=person, transcript=transcript), state) is expected
