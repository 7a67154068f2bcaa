"""The port of `serve`, over real sockets."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from connector.draft.ledger import DraftLedger
from connector.errors import InputError
from connector.web import server
from connector.web.receive import BODY_BYTES_MAX
from connector.web.server import listen
from connector.web.site import ADDRESS, TELL_EVERY_SECONDS, Refusals
from tests.stubs.clock import VirtualClock
from tests.stubs.deliveries import SECRET, SENDERS, Sent, krosai
from tests.stubs.door import Door, open_door

JSON = ("Content-Type", "application/json")


@pytest.fixture(scope="module")
def shared() -> Iterator[Door]:
    with open_door() as opened:
        yield opened


@pytest.fixture
def door(shared: Door) -> Door:
    shared.ledger, shared.rings = DraftLedger(), 0
    return shared


def good(door: Door, call_id: str = "c1", **more: str) -> Sent:
    return krosai(call_id, at=door.clock.now(), **more)


@pytest.mark.parametrize("source", SENDERS)
def test_a_delivery_is_kept_and_rings(source: str) -> None:
    with open_door(source) as door:
        said = door.deliver(SENDERS[source]("c1", at=door.clock.now()))
        assert (said.status, said.said) == (200, {"status": "accepted"})
        assert [hint.call_id for hint in door.hints] == ["c1"]
        assert door.rings == 1


def test_a_repeated_delivery_has_no_second_effect(door: Door) -> None:
    sent = good(door)
    answers = [door.deliver(sent).said for _ in range(3)]
    assert answers == [{"status": "accepted"}, {"status": "known"}, {"status": "known"}]
    assert (len(door.hints), door.rings) == (1, 1)


def test_an_unknown_event_is_fine_and_does_nothing(door: Door) -> None:
    said = door.deliver(good(door, event="number.released"))
    assert (said.status, said.said, door.hints, door.rings) == (200, {"status": "ignored"}, [], 0)


def test_a_forged_delivery_is_told_nothing(door: Door) -> None:
    sent = good(door)
    forged = [
        good(door, secret="somebody else's"),
        sent._replace(body=sent.body + b" "),
        sent._replace(headers=[JSON]),
        sent._replace(headers=[*sent.headers, sent.headers[1]]),
        sent._replace(headers=[JSON, ("X-Webhook-Signature", "sha256=00")]),
    ]
    answers = [door.deliver(each) for each in forged]
    assert {(said.status, said.said["status"], len(said.said)) for said in answers} == {(401, "unauthorized", 1)}
    assert (door.hints, door.rings) == ([], 0)


def test_what_is_no_json_is_malformed_only_for_who_may_know(door: Door) -> None:
    sent = good(door)
    assert door.deliver(sent._replace(body=b"{")).status == 401


def test_klens_deliveries_need_the_secret_in_their_address() -> None:
    with open_door("klen") as door:
        sent = SENDERS["klen"]("c1", at=door.clock.now())
        for secret in ("", SECRET[:-1], SECRET + "0"):
            assert door.deliver(sent._replace(address_secret=secret)).status == 401
        assert door.deliver(sent._replace(address_secret=f"{SECRET}/more")).status == 404
        assert door.hints == []


@pytest.mark.parametrize("source", ["klen", "krosai", "reception_ai"])
def test_without_a_secret_or_a_proof_all_are_refused(source: str) -> None:
    with open_door(source, secrets=()) as door:
        assert door.deliver(good(door)).status == 401
        assert door.hints == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", ADDRESS, 405),
        ("PUT", ADDRESS, 405),
        ("DELETE", ADDRESS, 405),
        ("POST", "/healthz", 405),
        ("POST", "/", 404),
        ("POST", "/webhooks", 404),
        ("POST", "/Webhooks/default", 404),
        ("POST", "/webhooks/another", 404),
        ("POST", f"{ADDRESS}/{SECRET}", 404),
        ("POST", "/webhooks/../webhooks/default", 404),
    ],
)
def test_another_method_or_path(door: Door, method: str, path: str, status: int) -> None:
    sent = good(door)
    assert door.ask(method, path, body=sent.body, headers=sent.headers).status == status
    assert door.hints == []


def test_another_type_is_refused(door: Door) -> None:
    sent = good(door)
    typed = sent._replace(headers=[("Content-Type", "text/plain"), sent.headers[1]])
    assert (door.deliver(typed).status, door.hints) == (415, [])


class TestALongBody:
    def test_is_refused_before_it_is_sent(self, door: Door) -> None:
        head = f"POST {ADDRESS} HTTP/1.1\r\nHost: h\r\nContent-Length: {BODY_BYTES_MAX + 1}\r\n\r\n"
        with door.connected() as connection:
            connection.sendall(head.encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 413 ")

    def test_without_a_length_is_refused_once_it_is_too_long(self, door: Door) -> None:
        with door.connected() as connection:
            connection.sendall(f"POST {ADDRESS} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
            for _ in range(17):
                connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 413 ")

    def test_in_pieces_of_no_given_length_is_read(self, door: Door) -> None:
        sent = good(door)
        named = "".join(f"{name}: {value}\r\n" for name, value in sent.headers)
        with door.connected() as connection:
            head = f"POST {ADDRESS} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n{named}\r\n"
            connection.sendall(head.encode())
            for byte in sent.body:
                connection.sendall(b"1\r\n" + bytes([byte]) + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
        assert len(door.hints) == 1


class TestASlowSender:
    HEAD = f"POST {ADDRESS} HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n".encode()

    def test_of_a_body_is_told_so(self) -> None:
        with open_door(body_seconds_max=0.3) as door, door.connected() as connection:
            connection.sendall(self.HEAD + b"\r\n")
            stop = threading.Event()
            drip = threading.Thread(target=self.drip, args=(connection, stop))
            drip.start()
            assert connection.recv(100).startswith(b"HTTP/1.1 408 ")
            stop.set()
            drip.join()

    @pytest.mark.parametrize("said", [b"", b"POST /", HEAD], ids=["nothing", "half a line", "no end of headers"])
    def test_of_headers_is_cut_off(self, said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "CONNECTION_SECONDS_MAX", 0.3)
        with open_door() as door, door.connected() as connection:
            began = time.monotonic()
            connection.sendall(said)
            assert gone(connection)
            assert 0.25 < time.monotonic() - began < 5
            assert door.ask("GET", "/healthz").status == 200

    def drip(self, connection: socket.socket, stop: threading.Event) -> None:
        while not stop.wait(0.05):
            try:
                connection.sendall(b" ")
            except OSError:
                return


def gone(connection: socket.socket) -> bool:
    try:
        return connection.recv(100) == b""
    except ConnectionResetError:
        return True


def test_more_connections_than_there_is_room_for_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS_MAX", 3)
    with open_door() as door:
        held = [door.connected() for _ in range(3)]
        for each in held:
            each.sendall(b"POST ")
        deadline = time.monotonic() + 5
        while (status := door.deliver(good(door)).status) != 503 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert status == 503
        for each in held:
            each.close()
        while (status := door.deliver(good(door)).status) == 503 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert status == 200


@pytest.mark.parametrize("said", [b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\x00" * 100 + b"\r\n\r\n"], ids=repr)
def test_what_is_no_http_is_told_so_and_not_logged(door: Door, said: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with door.connected() as connection:
        connection.sendall(said + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(100)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert caplog.records == []


def test_a_ledger_that_takes_nothing_asks_for_the_delivery_again(door: Door) -> None:
    door.is_locked = True
    try:
        said = door.deliver(good(door))
        assert (said.status, said.headers["retry-after"], door.rings) == (503, "30", 0)
        ready = door.ask("GET", "/readyz")
        assert (ready.status, ready.said) == (503, {"status": "not ready", "ledger": "E511"})
        assert door.ask("GET", "/healthz").status == 200
    finally:
        door.is_locked = False
    assert door.deliver(good(door)).said == {"status": "accepted"}


def test_health() -> None:
    with open_door() as door:
        assert door.ask("GET", "/healthz").said == {"status": "alive"}
        assert door.ask("HEAD", "/healthz").status == 200
        assert door.ask("GET", "/readyz").said == {"status": "ready", "ledger": "ok", "hints": 0, "last_run": None}
        door.deliver(good(door))
        door.rounds.ended("ok", is_good=True)
        at = door.clock.now().isoformat()
        ready = {"status": "ready", "ledger": "ok", "hints": 1, "last_run": {"ended_at": at, "outcome": "ok"}}
        assert door.ask("GET", "/readyz").said == ready
        door.clock.sleep(3600)
        door.rounds.ended("E308", is_good=False)
        late = door.ask("GET", "/readyz")
        assert (late.status, late.said["status"], late.said["last_run"]["outcome"]) == (503, "not ready", "E308")


def test_answers_say_nothing_of_the_server_and_end_their_connection(door: Door) -> None:
    headers = {name.lower(): value for name, value in door.deliver(good(door)).headers.items()}
    assert headers["connection"] == "close"
    assert "server" not in headers


def test_a_port_that_is_taken(door: Door) -> None:
    for host, port in (("127.0.0.1", door.port), ("192.0.2.1", 0), ("no such host.invalid", 0)):
        with pytest.raises(InputError) as caught:
            listen(host, port)
        assert caught.value.code == "E150"


def test_a_flood_of_forged_deliveries_does_not_flood_the_log(caplog: pytest.LogCaptureFixture) -> None:
    clock = VirtualClock()
    refusals = Refusals(clock.monotonic)
    with caplog.at_level(logging.WARNING):
        for _ in range(1000):
            refusals.tell("wrong signature")
        refusals.tell("too long")
        clock.sleep(TELL_EVERY_SECONDS)
        refusals.tell("wrong signature")
    told = [(vars(record)["reason"], vars(record)["times"]) for record in caplog.records]
    assert told == [("wrong signature", 1), ("too long", 1), ("wrong signature", 1000)]
