"""The sandbox over real sockets."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from connector.sandbox import Options, Running, Sandbox, serve, server, start
from connector.sandbox.transport import SandboxTransport

CALLS = "/reception_ai/calls"
CONTACTS = "/crm/v3/objects/contacts"


@pytest.fixture
def running() -> Iterator[Running]:
    with serve(Sandbox(limits=False)) as running:
        yield running


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    addresses = running.addresses
    headers = {"Authorization": f"Bearer {addresses['hubspot_token']}", "X-Api-Key": addresses["source_api_key"]}
    with httpx.Client(base_url=running.base_url, headers=headers, timeout=10) as client:
        yield client


def script(client: httpx.Client, *faults: dict[str, Any]) -> None:
    assert client.post("/_sandbox/faults", json=list(faults)).status_code == 200


def raw_exchange(running: Running, request: bytes) -> bytes:
    """Send these bytes; all that comes until the other side closes."""
    host, port = running.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(request)
        wire.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
        return answer


def wait_for(condition: Any) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within ten seconds"
        time.sleep(0.01)


# --- the ordinary -------------------------------------------------------------------------------------------------


def test_the_addresses_lead_somewhere(running: Running) -> None:
    addresses = running.addresses
    with httpx.Client() as client:
        assert client.get(addresses["page"]).status_code == 200
        key = {"X-Api-Key": addresses["source_api_key"]}
        assert len(client.get(addresses["source_base_url"] + "/calls", headers=key).json()) == 60
        token = {"Authorization": f"Bearer {addresses['hubspot_token']}"}
        assert client.get(addresses["hubspot_base_url"] + "/account-info/v3/details", headers=token).status_code == 200


def test_one_connection_serves_many_requests(running: Running, client: httpx.Client) -> None:
    for _ in range(20):
        assert client.get(CONTACTS).status_code == 200
        assert client.post(CONTACTS, json={"properties": {}}).status_code in {201, 400}
        assert client.delete(f"{CONTACTS}/1").status_code in {204, 404}
        assert len(client.get(CALLS).json()) == 60
    assert len(running._open) == 1


def test_a_body_arrives_whole(client: httpx.Client) -> None:
    note = "ü" * 30_000
    created = client.post(CONTACTS, json={"properties": {"email": "big@example.com", "message": note}})
    assert created.status_code == 201
    read = client.get(f"{CONTACTS}/big%40example.com", params={"idProperty": "email", "properties": "message"})
    assert read.json()["properties"]["message"] == note


def test_many_clients_at_once(running: Running, client: httpx.Client) -> None:
    def create(number: int) -> int:
        return client.post(CONTACTS, json={"properties": {"email": f"c{number}@example.com"}}).status_code

    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(create, range(64))) == {201}
    assert running.sandbox.journal.count("hubspot") == 64


def test_gzip_and_plain_hold_the_same(client: httpx.Client) -> None:
    packed = client.get(CALLS, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == client.get(CALLS, headers={"Accept-Encoding": "identity"}).json()


def test_head_has_no_body(client: httpx.Client) -> None:
    assert client.head("/").status_code == 200
    assert client.get("/").status_code == 200, "and the connection goes on"


def test_a_client_may_wait_for_a_go_ahead(running: Running) -> None:
    request = b"POST /_sandbox/clock HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}"
    answer = raw_exchange(running, request)
    assert answer.startswith(b"HTTP/1.1 100 ")
    assert b"HTTP/1.1 200 " in answer


# --- streams ------------------------------------------------------------------------------------------------------


def test_a_client_that_stops_early_is_noticed() -> None:
    with serve(Sandbox(calls=20_000)) as running:
        key = {"X-Api-Key": running.addresses["source_api_key"], "Accept-Encoding": "identity"}
        with httpx.Client() as client, client.stream("GET", running.base_url + CALLS, headers=key) as response:
            next(response.iter_raw())
        wait_for(lambda: not running._open)
        exchange = running.sandbox.journal.exchanges("source")[0]
        assert not exchange.complete
        assert exchange.bytes_sent < 2_000_000


# --- faults on the wire -------------------------------------------------------------------------------------------


def test_a_drop_is_a_reset(client: httpx.Client) -> None:
    script(client, {"side": "hubspot", "action": "drop"})
    with pytest.raises(httpx.ReadError):
        client.get(CONTACTS)
    assert client.get(CONTACTS).status_code == 200


def test_a_truncated_answer_ends_early(client: httpx.Client) -> None:
    script(
        client, {"side": "source", "action": "truncate", "at": 1000}, {"side": "hubspot", "action": "truncate", "at": 3}
    )
    for path in (CALLS, CONTACTS):
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(path)
        assert client.get(path).status_code == 200


def test_a_stall_outlasts_the_clients_patience(running: Running, client: httpx.Client) -> None:
    script(client, {"side": "hubspot", "method": "POST", "action": "stall", "when": "after", "seconds": 60})
    with pytest.raises(httpx.ReadTimeout):
        client.post(CONTACTS, json={"properties": {"email": "late@example.com"}}, timeout=0.2)
    assert client.get(f"{CONTACTS}/late@example.com?idProperty=email").status_code == 200, "the write took effect"
    wait_for(lambda: len(running._open) == 1)


def test_a_stall_after_ends_with_the_answer(client: httpx.Client) -> None:
    script(client, {"side": "hubspot", "action": "stall", "when": "after", "seconds": 0.3})
    began = time.monotonic()
    assert client.get(CONTACTS).status_code == 200
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize("action", ["slow_headers", "slow_body"])
def test_drips_keep_a_client_waiting(client: httpx.Client, action: str) -> None:
    script(client, {"side": "hubspot", "action": action, "seconds": 0.4})
    began = time.monotonic()
    # Each drip is well within the client's patience: no read times out.
    assert client.get(CONTACTS, timeout=0.3).status_code == 200
    assert time.monotonic() - began >= 0.35


WIRED: dict[str, tuple[dict[str, Any], type[Exception] | None]] = {
    "reset": ({"action": "reset", "at": 40}, httpx.ReadError),
    "too long a length": ({"action": "wrong_length", "count": 5}, httpx.RemoteProtocolError),
    "too short a length": ({"action": "wrong_length", "count": -5}, None),
    "a chunk without a length": ({"action": "bad_chunks"}, httpx.RemoteProtocolError),
    "interim answers": ({"action": "interim", "count": 200}, None),
    "no answer": ({"action": "status", "status": 204, "body": "ignored"}, None),
    "a redirect": ({"action": "status", "status": 302, "headers": {"Location": "/elsewhere"}}, None),
    "another charset": ({"action": "recode"}, None),
    "a bomb": ({"action": "bomb", "count": 3}, None),
    "without its fields": ({"action": "strip", "fields": ["id", "createdAt"]}, None),
}


@pytest.mark.parametrize("side", ["hubspot", "source"])
@pytest.mark.parametrize("name", WIRED)
def test_a_fault_is_the_same_on_the_wire_and_in_process(
    running: Running, client: httpx.Client, name: str, side: str
) -> None:
    """Both clients see the same answer, or the same error, and the next request is served."""
    fault, raised = WIRED[name]
    path = CALLS if side == "source" else CONTACTS
    told = []
    with httpx.Client(
        base_url=running.base_url, headers=client.headers, transport=SandboxTransport(running.sandbox)
    ) as inside:
        for each in (client, inside):
            script(client, {"side": side, **fault})
            if raised is None:
                answer = each.get(path)
                told.append((answer.status_code, answer.content))
            else:
                with pytest.raises(raised):
                    each.get(path)
            assert each.get(path).json()
    assert len(set(told)) <= 1


@pytest.mark.parametrize("fault", [{"action": "endless"}, {"action": "interim", "count": 0}])
def test_what_never_ends_ends_with_the_client(running: Running, client: httpx.Client, fault: dict[str, Any]) -> None:
    def enough() -> None:
        with client.stream("GET", CONTACTS) as answer:
            for number, _ in enumerate(answer.iter_raw()):
                if number > 50:
                    return

    script(client, {"side": "hubspot", **fault})
    if fault["action"] == "endless":
        enough()
    else:
        host, port = running.base_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as wire:
            wire.sendall(b"GET /crm/v3/objects/contacts HTTP/1.1\r\nHost: a\r\n\r\n")
            heard = b"".join(wire.recv(65536) for _ in range(20))
        assert heard.startswith(b"HTTP/1.1 103") and b"200" not in heard  # noqa: PT018 - one fact
    wait_for(lambda: len(running._open) <= 1)
    assert client.get(CONTACTS).status_code == 200


def test_latency_is_for_the_far_sides_only() -> None:
    with serve(Sandbox(latency_ms=150)) as running, httpx.Client(base_url=running.base_url) as client:
        for path, slow in ((CALLS, True), (CONTACTS, True), ("/", False), ("/_sandbox/export", False)):
            began = time.monotonic()
            client.get(path)
            assert (time.monotonic() - began >= 0.15) is slow, path


# --- what is no HTTP ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_bytes", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost x\r\n\r\n"]
)
def test_nonsense_is_answered_400_and_harms_nobody(
    running: Running, client: httpx.Client, request_bytes: bytes
) -> None:
    assert raw_exchange(running, request_bytes).startswith(b"HTTP/1.1 400 ")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "request_bytes", [b"", b"GET / HT", b"POST /_sandbox/clock HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{}"]
)
def test_half_a_request_harms_nobody(running: Running, client: httpx.Client, request_bytes: bytes) -> None:
    raw_exchange(running, request_bytes)
    assert client.get("/").status_code == 200


def test_a_huge_body_is_refused(monkeypatch: pytest.MonkeyPatch, client: httpx.Client) -> None:
    monkeypatch.setattr(server, "BODY_BYTES_MAX", 1000)
    try:
        assert client.post(CONTACTS, content=b"x" * 5000).status_code == 413
    except httpx.WriteError:
        pytest.fail("the refusal should be readable")
    assert client.get("/").status_code == 200


# --- start and stop -----------------------------------------------------------------------------------------------


def test_start_takes_a_free_port_and_close_gives_it_back(tmp_path: Path) -> None:
    first = start(Options(state=tmp_path))
    port = int(first.base_url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        start(Options(port=port))
    first.close()
    second = start(Options(port=port, state=tmp_path))
    assert second.base_url == first.base_url
    second.close()


@pytest.mark.parametrize("options", [Options(source="walkie_talkie")])
def test_wrong_options_are_refused(options: Options) -> None:
    with pytest.raises(ValueError, match="unknown source"):
        start(options)


def test_close_ends_waiting_connections() -> None:
    running = serve(Sandbox())
    stalled: list[Exception] = []
    with httpx.Client(base_url=running.base_url, timeout=30) as idle, httpx.Client(timeout=30) as waiting:
        idle.get("/")
        script(idle, {"side": "hubspot", "action": "stall", "when": "after", "seconds": 60})

        def ask() -> None:
            try:
                waiting.get(running.base_url + CONTACTS)
            except httpx.TransportError as error:
                stalled.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        wait_for(lambda: running.sandbox.journal.count("hubspot") == 1)
        began = time.monotonic()
        running.close()
        thread.join()
        assert time.monotonic() - began < 5
        assert stalled
        with pytest.raises(httpx.TransportError):
            idle.get("/")


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    exports = []
    for _ in range(2):
        with start(Options(state=tmp_path, limits=False)) as running, httpx.Client(base_url=running.base_url) as client:
            token = {"Authorization": f"Bearer {running.addresses['hubspot_token']}"}
            client.post(CONTACTS, headers=token, json={"properties": {"email": "once@example.com"}})
            exports.append(json.loads(client.get("/_sandbox/export").content))
    assert exports[0] == exports[1]
