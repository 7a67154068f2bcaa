"""What becomes of calls that a platform does not give by their id: asked for ever more rarely, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

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
    first = an_entry(state=state, engagement_id="7", contact_id="8", listed="m-1", fingerprint="m-2", run_id="before")
    entry, now = first, {"run_id": "r", "updated_at": NOW}
    for number in range(1, runs):
        entry = refused(entry, gives_others=gives_others)
        told = {"code": "E308", "message": "Klen AI answered 500"}
        assert entry == replace(first, attempts=number, look_again_at=NOW + 5 * MINUTE, **told, **now)
    message = f"the platform has this call and did not give it to {runs} runs that asked: Klen AI answered 500"
    told = {"code": "E333", "message": message}
    dead = replace(first, state=State.DEAD, attempts=runs, fingerprint="", **told, **now)
    assert refused(entry, gives_others=gives_others) == dead


def test_of_an_account_without_a_call_it_is_said_that_it_knows_none():
    dead = refused(an_entry(code="E334", attempts=REFUSALS_MAX_ALONE - 1), code="E334", gives_others=False)
    message = f"the platform no longer knows this call nor any other, as {REFUSALS_MAX_ALONE} runs found"
    assert (dead.state, dead.code, dead.message) == (State.DEAD, "E330", message)


@pytest.mark.parametrize("code", sorted(OF_THE_PLATFORM))
def test_what_says_nothing_of_the_call_costs_it_no_attempt(code):
    entry = an_entry()
    for _ in range(3 * REFUSALS_MAX_ALONE):
        entry = refused(entry, code=code)
    assert (entry.state, entry.attempts) == (State.FAILED, 0)


def test_attempts_that_failed_at_the_crm_are_no_refusals_of_the_platform():
    assert refused(an_entry(code="E222", attempts=7)).attempts == 1
