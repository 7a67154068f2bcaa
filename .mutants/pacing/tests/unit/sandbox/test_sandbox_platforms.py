"""The twin of Reception AI's integration API."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.platforms.reception_ai import API_KEY, CHUNK_BYTES, NO_PROFILE, ReceptionAI
from connector.sandbox.wire import Request, Response

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY = API_KEY


def a_platform(calls: int = 60, *, traps: tuple[str, ...] = ()) -> ReceptionAI:
    history = History(seed=0, calls=calls, began_at=NOW)
    return ReceptionAI(now=lambda: NOW, history=history, traps=traps)


def ask(
    platform: ReceptionAI, path: str, *, fault: Fault | None = None, method: str = "GET", packing: str = "identity"
) -> Response:
    return platform.handle(Request(method, path, {}, {"x-api-key": KEY, "accept-encoding": packing}), fault)


def decoded(response: Response) -> Any:
    return json.loads(b"".join(response.chunks()))


@pytest.mark.parametrize("key", [None, "", "krai_other"])
@pytest.mark.parametrize("path", ["/calls", "/calls/stats", "/calls/x", "/profile", "/nowhere"])
def test_a_wrong_key_is_refused_in_json(key: str | None, path: str) -> None:
    headers = {} if key is None else {"x-api-key": key}
    response = a_platform().handle(Request("GET", path, {}, headers))
    assert response.status == 401
    assert decoded(response)["message"]


def test_calls_is_one_array_newest_first() -> None:
    calls = decoded(ask(a_platform(), "/calls"))
    assert len(calls) == 60
    assert [call["createdAt"] for call in calls] == sorted((call["createdAt"] for call in calls), reverse=True)


def test_an_empty_history_is_an_empty_array() -> None:
    assert decoded(ask(a_platform(0), "/calls")) == []


def test_calls_come_in_chunks_made_as_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    platform = a_platform(5000)
    asked: list[int] = []
    real = platform.history.ended_at

    def noted(index: int) -> datetime:
        asked.append(index)
        return real(index)

    monkeypatch.setattr(platform.history, "ended_at", noted)
    stream = ask(platform, "/calls").stream
    assert stream is not None
    first = next(iter(stream))
    assert CHUNK_BYTES <= len(first) < 2 * CHUNK_BYTES + 100_000
    assert len(asked) < 500


def test_calls_are_gzipped_when_asked() -> None:
    response = ask(a_platform(), "/calls", packing="gzip, deflate")
    assert response.header("content-encoding") == "gzip"
    assert json.loads(gzip.decompress(b"".join(response.chunks()))) == decoded(ask(a_platform(), "/calls"))


def test_each_gzipped_chunk_can_be_read_by_itself() -> None:
    stream = ask(a_platform(5000), "/calls", packing="gzip").stream
    assert stream is not None
    first = zlib.decompressobj(wbits=31).decompress(next(iter(stream)))
    assert first.endswith(b"}")


def test_one_call() -> None:
    platform = a_platform()
    wanted = decoded(ask(platform, "/calls"))[3]
    assert decoded(ask(platform, f"/calls/{wanted['id']}")) == wanted


@pytest.mark.parametrize("path", ["/calls/call_unknown", "/nowhere", "/"])
def test_what_is_not_there_is_a_404_in_json(path: str) -> None:
    response = ask(a_platform(), path)
    assert response.status == 404
    assert decoded(response)["message"]


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH"])
def test_it_is_read_only(method: str) -> None:
    assert ask(a_platform(), "/calls", method=method).status == 404


def test_statistics_count_every_call() -> None:
    platform = a_platform()
    calls = decoded(ask(platform, "/calls"))
    stats = decoded(ask(platform, "/calls/stats"))
    assert stats["totalCalls"] == sum(stats["callsByType"].values()) == len(calls)
    assert stats["leadsCaptured"] == sum(call["outcome"] == "lead_captured" for call in calls)


def test_statistics_survive_what_is_no_call() -> None:
    platform = a_platform()
    platform.history.put([])
    assert decoded(ask(platform, "/calls/stats"))["totalCalls"] == 61


@pytest.mark.parametrize(("on", "status"), [(True, 200), (False, 404)])
def test_older_deployments_have_no_profile(on: bool, status: int) -> None:
    assert ask(a_platform(traps=() if on else (NO_PROFILE,)), "/profile").status == status


def test_disorder_breaks_the_order_and_loses_nothing() -> None:
    whole = decoded(ask(a_platform(), "/calls"))
    fault = Fault(side="source", action="disorder")
    assert decoded(ask(a_platform(), "/calls", fault=fault)) == [whole[1], whole[2], whole[0], *whole[3:]]


def test_a_malformed_element_stands_among_the_others() -> None:
    whole = decoded(ask(a_platform(), "/calls"))
    broken = decoded(ask(a_platform(), "/calls", fault=Fault(side="source", action="malformed", at=2)))
    assert broken[:2] + broken[3:] == whole
    assert not isinstance(broken[2]["id"], str)


def test_a_hundred_thousand_calls_need_not_be_made_to_read_ten() -> None:
    history = a_platform(100_000).history
    assert len(list(islice(history.newest_first(NOW), 10))) == 10
