"""What an interrupted run may have sent, and when at the latest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.engine.doubt import FRESH, LONG_AGO, Doubt, doubt_left
from connector.model import ConnectionState, Entry, State

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HELD = NOW - timedelta(minutes=5)
FRESH_SINCE = NOW - FRESH


def an_entry(perhaps_sent_at: datetime | None) -> Entry:
    return Entry(call_id="c1", account="org", state=State.DONE, ended_at=NOW, perhaps_sent_at=perhaps_sent_at)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(an_entry(NOW), HELD, id="by the last run"),
        pytest.param(an_entry(FRESH_SINCE), HELD, id="just so that it may be the last run's"),
        pytest.param(an_entry(FRESH_SINCE - SECOND), LONG_AGO, id="long before"),
    ],
)
@pytest.mark.parametrize("reads_keys_first", [True, False])
def test_what_the_ledger_says_of_a_call_comes_first(entry, expected, reads_keys_first):
    doubt = Doubt(fresh_since=FRESH_SINCE, held_before=HELD, reads_keys_first=reads_keys_first)
    assert doubt.of_call(entry) == expected


@pytest.mark.parametrize("entry", [None, an_entry(None)], ids=["a call that it does not know", "one never in doubt"])
@pytest.mark.parametrize(("reads_keys_first", "expected"), [(True, LONG_AGO), (False, None)])
def test_a_lost_ledger_may_have_known_more(entry, reads_keys_first, expected):
    doubt = Doubt(fresh_since=FRESH_SINCE, held_before=HELD, reads_keys_first=reads_keys_first)
    assert doubt.of_call(entry) == expected
    assert doubt.of_anything == expected


def test_contacts_are_in_doubt_with_any_call():
    doubt = Doubt(fresh_since=FRESH_SINCE, held_before=HELD, is_of_contacts=True, reads_keys_first=False)
    assert (doubt.of_anything, doubt.of_call(None)) == (HELD, None)


class Left:
    """A ledger in which calls of these connections are in doubt, and which was never lost."""

    def __init__(self, *doubted: str) -> None:
        self._doubted = doubted
        self.asked: list[Any] = []

    def connections(self) -> list[ConnectionState]:
        portals = {"main": "1", "second": "1", "elsewhere": "2"}
        return [ConnectionState(name=name, source="klen", portal_id=portal) for name, portal in portals.items()]

    def doubted(self, connection: str, *, since: datetime, limit: int) -> list[Entry]:
        self.asked.append((connection, since, limit))
        return [an_entry(NOW)] if connection in self._doubted else []

    def recall(self, name: str, *, now: datetime, age_seconds_max: float | None) -> bytes:
        assert (name, now) == ("keys-first:main", NOW)
        return b"yes"


class Lane:
    def __init__(self, held_before: datetime | None) -> None:
        self.held_before = held_before


@pytest.mark.parametrize(
    ("doubted", "is_of_contacts"),
    [((), False), (("main",), True), (("second",), True), (("elsewhere",), False)],
    ids=["nothing", "this connection", "another one of this portal", "one of another portal"],
)
@pytest.mark.parametrize(("held_before", "expected"), [(HELD, HELD), (None, NOW)])
def test_what_is_left_in_doubt(doubted, is_of_contacts, held_before, expected):
    ledger: Any = Left(*doubted)
    lane: Any = Lane(held_before)
    crm: Any = None
    left = doubt_left(ledger, crm, "main", [], portal_id="1", lane=lane, now=NOW)
    assert left == Doubt(
        fresh_since=NOW - timedelta(hours=2),
        held_before=expected,
        is_of_contacts=is_of_contacts,
        reads_keys_first=True,
    )
    assert ledger.asked[0] == ("main", NOW - timedelta(hours=2), 1)
