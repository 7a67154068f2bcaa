"""What becomes of calls that a platform does not give by their id: asked for ever more rarely, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.engine.withheld import OF_THE_PLATFORM, REFUSALS_MAX, REFUSALS_MAX_ALONE, WAIT_MAX, withheld
from connector.errors import TransientError
from connector.model import Entry, State

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def an_entry(*, minutes_ago: float = 0, state: State = State.FAILED, **known: Any) -> Entry:
    return Entry(call_id="c", account="org", state=state, ended_at=NOW - minutes_ago * MINUTE, **known)


def refused(entry: Entry, *, code: str = "E308", gives_others: bool = True, now: datetime = NOW) -> Entry:
    error = TransientError(code, "Klen AI answered 500")
    return withheld(entry, error, gives_others=gives_others, run_id="r", now=now)


@pytest.mark.parametrize(
    ("minutes_ago", "minutes"),
    [(0, 5), (10, 5), (60, 30), (60 * 24 * 365, 60 * 24), pytest.param(-600, 5, id="ends in the future")],
)
def test_it_waits_until_it_is_half_as_old_again(minutes_ago, minutes):
    assert refused(an_entry(minutes_ago=minutes_ago)).look_again_at == NOW + minutes * MINUTE
    assert minutes * MINUTE <= WAIT_MAX


@pytest.mark.parametrize(("gives_others", "runs"), [(True, REFUSALS_MAX), (False, REFUSALS_MAX_ALONE)])
@pytest.mark.parametrize("state", [State.FAILED, State.INTENT, State.ONGOING])
def test_after_so_many_runs_it_is_a_dead_letter_that_keeps_what_stands_in_the_crm(state, gives_others, runs):
    entry = an_entry(state=state, engagement_id="7", contact_id="8", listed="m-1")
    for number in range(runs - 1):
        entry = refused(entry, gives_others=gives_others)
        assert (entry.state, entry.attempts, entry.code) == (state, number + 1, "E308")
    dead = refused(entry, gives_others=gives_others)
    assert (dead.state, dead.code, dead.look_again_at, dead.fingerprint) == (State.DEAD, "E333", None, "")
    assert (dead.engagement_id, dead.contact_id, dead.listed) == ("7", "8", "m-1")
    assert "Klen AI answered 500" in dead.message


@pytest.mark.parametrize("code", sorted(OF_THE_PLATFORM))
def test_what_says_nothing_of_the_call_costs_it_no_attempt(code):
    entry = an_entry()
    for _ in range(3 * REFUSALS_MAX_ALONE):
        entry = refused(entry, code=code)
    assert (entry.state, entry.attempts) == (State.FAILED, 0)


def test_attempts_that_failed_at_the_crm_are_no_refusals_of_the_platform():
    assert refused(an_entry(code="E222", attempts=7)).attempts == 1
