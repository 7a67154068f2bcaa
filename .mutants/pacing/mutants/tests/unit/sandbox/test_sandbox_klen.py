"""The twin of Klen AI's API, as its documentation shows it, and its traps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.sandbox.history import History
from connector.sandbox.platforms.klen import (
    API_KEY,
    LATE,
    LIMITED,
    NO_AGENTS,
    NO_CONTACTS,
    NO_TIMES,
    NUMBER_IDS,
    OLDEST_FIRST,
    PAGING_IGNORED,
    PER_MINUTE,
    SHIFTING,
    UNSORTED,
    KlenTwin,
)
from connector.sandbox.wire import Request

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_twin(*traps: str, calls: int = 250, now: datetime = NOW) -> KlenTwin:
    return KlenTwin(now=lambda: now, history=History(seed=0, calls=calls, began_at=NOW), traps=traps)


def ask(twin: KlenTwin, path: str, *, key: str = API_KEY, **query: str) -> tuple[int, Any]:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    named = {name: [value] for name, value in query.items()}
    response = twin.handle(Request("GET", path, named, headers))
    return response.status, json.loads(b"".join(response.chunks()))


def rows(twin: KlenTwin) -> list[Any]:
    found: list[Any] = []
    for page in range(1, 1 + ask(twin, "/calls", limit="100")[1]["pages"]):
        found += ask(twin, "/calls", limit="100", page=str(page))[1]["calls"]
    return found


@pytest.mark.parametrize(("key", "word"), [("", "authentication_required"), ("klen_other", "invalid_key")])
def test_a_wrong_key(key: str, word: str) -> None:
    status, body = ask(a_twin(), "/calls", key=key)
    assert (status, body["error"]) == (401, word)


def test_pages():
    status, body = ask(a_twin(), "/calls")
    assert status == 200
    assert {name: body[name] for name in ("count", "page", "limit", "pages")} == {
        "count": 250,
        "page": 1,
        "limit": 10,
        "pages": 25,
    }
    assert len(ask(a_twin(), "/calls", limit="1000")[1]["calls"]) == 100
    assert ask(a_twin(), "/calls", page="26")[1]["calls"] == []


def test_the_list_has_no_transcript_and_the_details_have():
    twin = a_twin()
    row = next(row for row in rows(twin) if row["status"] == "completed" and row["contact"])
    assert "transcript" not in row
    _, details = ask(twin, f"/calls/{row['id']}")
    assert (details["call_id"], type(details["id"])) == (row["id"], int)
    assert details["summary"].startswith(row["summary"])
    assert "stage" in details["contact"]
    assert ask(twin, f"/calls/{details['id']}")[1] == details
    assert ask(twin, f"/contacts/{row['contact']['id']}")[1]["phone_numbers"]


@pytest.mark.parametrize("path", ["/calls/call_unknown", "/calls/17", "/contacts/17", "/nowhere"])
def test_what_is_not_there(path: str) -> None:
    assert ask(a_twin(), path)[0] == 404


@pytest.mark.parametrize(("name", "value"), [("status", "failed"), ("type", "outbound")])
def test_filters(name: str, value: str) -> None:
    found = ask(a_twin(), "/calls", limit="100", **{name: value})[1]["calls"]
    assert found
    assert {row[name] for row in found} == {value}


def test_orders():
    plain = [row["id"] for row in rows(a_twin())]
    assert [row["id"] for row in rows(a_twin(OLDEST_FIRST))] == plain[::-1]
    unsorted = [row["id"] for row in rows(a_twin(UNSORTED))]
    assert sorted(unsorted) == sorted(plain)
    assert unsorted not in (plain, plain[::-1])


def test_some_rows_have_a_number_in_place_of_the_id():
    twin = a_twin(NUMBER_IDS)
    numbers = [row["id"] for row in rows(twin) if type(row["id"]) is int]
    assert numbers
    assert ask(twin, f"/calls/{numbers[0]}")[1]["id"] == numbers[0]


def test_calls_come_and_go_while_the_list_is_read():
    twin = a_twin(SHIFTING)
    counts = [ask(twin, "/calls", limit="100", page=str(page))[1]["count"] for page in (1, 2, 3, 2, 3)]
    assert len(set(counts)) > 1
    assert twin.deleted
    assert not twin.deleted & {row["id"] for row in ask(twin, "/calls", limit="100")[1]["calls"]}
    assert all(ask(twin, f"/calls/{call_id}")[0] == 404 for call_id in twin.deleted)


def test_what_is_lacking():
    def count(field: str, *traps: str) -> int:
        return sum(row[field] is None for row in rows(a_twin(*traps, calls=1000)))

    assert count("contact", NO_CONTACTS) > count("contact")
    assert count("started_at", NO_TIMES) > count("started_at") == 0
    assert count("ended_at", NO_TIMES) > count("ended_at") == 0


def test_what_comes_late_comes_in_turn():
    early = a_twin(calls=1)
    (row,) = rows(early)
    ended_at = datetime.fromisoformat(row["ended_at"])
    found = {}
    for minutes in (1, 7, 10, 25):
        details = ask(a_twin(LATE, calls=1, now=ended_at + timedelta(minutes=minutes)), f"/calls/{row['id']}")[1]
        found[minutes] = {name for name in ("transcript", "summary", "recording_url") if details[name]}
    assert [len(found[minutes]) for minutes in (1, 7, 10)] == [0, 1, 2]
    assert found[7] == {"transcript"}
    assert found[25] >= found[10]


def test_the_limit_of_a_minute():
    twin = a_twin(LIMITED)
    statuses = [ask(twin, "/calls")[0] for _ in range(PER_MINUTE + 10)]
    assert statuses.count(200) == PER_MINUTE
    assert statuses[39] == 429, "another program has the same key"
    assert statuses[-1] == 429


def test_agents_and_who_may_read_them():
    assert ask(a_twin(), "/agents")[1]["agents"][0]["phone_number"]
    status, body = ask(a_twin(NO_AGENTS), "/agents")
    assert (status, body["error"]) == (403, "permission_denied")


def test_pages_that_do_not_turn():
    twin = a_twin(PAGING_IGNORED)
    assert ask(twin, "/calls", page="2")[1]["calls"] == ask(twin, "/calls")[1]["calls"]
