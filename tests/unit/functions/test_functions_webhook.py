"""Deliveries through each cloud: the very answers of `serve`, and hints in a ledger that outlives the function."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

import pytest

from connector.draft.ledger import DraftLedger
from connector.errors import TransientError
from connector.functions import aws
from connector.functions.shared import Function
from connector.model import Hint
from connector.settings import Settings
from connector.web.answering import ADDRESS
from connector.web.receive import BODY_BYTES_MAX
from tests.stubs.clock import VirtualClock
from tests.stubs.clouds import CLOUDS, Cloud, lambda_v1, lambda_v2
from tests.stubs.deliveries import SECRET, SENDERS, Sent, hexdigest, krosai

each_cloud = pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS)


class Kept(DraftLedger):
    """A database somewhere: closing the way to it takes nothing away."""

    is_down = False
    opened = 0

    def take_hint(self, connection: str, hint: Hint) -> bool:
        if self.is_down:
            raise TransientError("E511", "the ledger is locked")
        return super().take_hint(connection, hint)

    def close(self) -> None:
        self.opened -= 1


class Lambda:
    """A function of one connection, over a ledger in memory."""

    def __init__(self, source: str = "krosai", **settings: Any) -> None:
        self.clock = VirtualClock()
        self.ledger = Kept()
        given = {"ledger_url": "postgresql://db.example.com/calls", "webhook_secret": SECRET, **settings}
        self.function = Function(settings=Settings(source=source, **given), clock=self.clock, ledger_opener=self._open)

    def _open(self, url: str, *, secret: bytes | None, now: object) -> Kept:
        self.ledger.opened += 1
        return self.ledger

    @property
    def hints(self) -> list[str]:
        return [hint.call_id for hint in self.ledger.hints("default", limit=100)]

    def sent(self, call_id: str = "c1", **more: Any) -> Sent:
        return SENDERS[self.function._settings.source](call_id, at=self.clock.now(), **more)


@each_cloud
@pytest.mark.parametrize("source", SENDERS)
def test_a_delivery_is_kept_once(cloud: Cloud, source: str) -> None:
    there = Lambda(source)
    answers = [cloud(there.function, there.sent()) for _ in range(2)]
    assert [(answered.status, answered.said) for answered in answers] == [
        (200, {"status": "accepted"}),
        (200, {"status": "known"}),
    ]
    assert answers[0].headers == {"Content-Type": "application/json"}
    assert (there.hints, there.ledger.opened) == (["c1"], 0)


@each_cloud
def test_a_forged_delivery_is_told_nothing_and_opens_no_ledger(cloud: Cloud) -> None:
    there = Lambda()
    sent = there.sent()
    forged = [
        there.sent(secret="somebody else's"),
        sent._replace(body=sent.body + b" "),
        sent._replace(headers=sent.headers[:1]),
        sent._replace(headers=[*sent.headers, sent.headers[1]]),
    ]
    answers = [cloud(there.function, each) for each in forged]
    assert {(answered.status, str(answered.said)) for answered in answers} == {(401, "{'status': 'unauthorized'}")}
    assert there.hints == []


@each_cloud
def test_what_else_is_answered(cloud: Cloud) -> None:
    there = Lambda()
    sent = there.sent()
    assert cloud(there.function, there.sent(event="number.released")).said == {"status": "ignored"}
    assert cloud(there.function, sent, method="GET").status == 405
    for path in ("/", "/webhooks/other", f"{ADDRESS}s", f"{ADDRESS}/{SECRET}", f"{ADDRESS}/a/b"):
        assert cloud(there.function, sent, path=path).status == 404
    long = krosai("c1", at=there.clock.now(), note="x" * BODY_BYTES_MAX)
    assert cloud(there.function, long).status == 413
    typed = sent._replace(headers=[("Content-Type", "text/plain"), *sent.headers[1:]])
    assert cloud(there.function, typed).status == 415
    assert there.hints == []


@each_cloud
def test_a_ledger_that_takes_nothing_asks_for_the_delivery_again(cloud: Cloud) -> None:
    there = Lambda()
    there.ledger.is_down = True
    answered = cloud(there.function, there.sent())
    assert (answered.status, answered.headers["Retry-After"]) == (503, "30")


@each_cloud
def test_klens_secret_stands_in_the_address(cloud: Cloud) -> None:
    there = Lambda("klen")
    assert cloud(there.function, there.sent()._replace(address_secret=SECRET[:-1])).status == 401
    assert cloud(there.function, there.sent()._replace(address_secret="")).status == 401
    assert there.hints == []


def test_what_is_no_base64_is_malformed() -> None:
    there = Lambda()
    sent = there.sent()
    event = {
        "rawPath": ADDRESS,
        "headers": dict(sent.headers),
        "requestContext": {"http": {"method": "POST"}},
        "body": "=",
        "isBase64Encoded": True,
    }
    assert aws.webhook(event, None, function=there.function)["statusCode"] == 400


def test_bytes_that_are_no_text_are_verified_as_they_came_in_base64_alone() -> None:
    """Format 1.0 hands bytes on as text where no binary types are set: no longer what was signed."""
    there = Lambda()
    body = b"\xff" + there.sent().body
    signature = ("X-Webhook-Signature", f"sha256={hexdigest(SECRET, body)}")
    sent = Sent(body, [signature])
    assert lambda_v2(there.function, sent).said == {"status": "malformed"}, "believed, and no JSON"
    assert lambda_v1(there.function, sent).said == {"status": "unauthorized"}


@pytest.mark.parametrize(
    ("source", "settings", "status"),
    [
        pytest.param("krosai", {"ledger_url": "sqlite:///connector.db"}, 503, id="a ledger that is gone tomorrow"),
        pytest.param("klen", {"webhook_secret": "short"}, 503, id="a secret that can be guessed"),
        pytest.param("reception_ai", {}, 401, id="a platform that sends nothing"),
        pytest.param("krosai", {"webhook_secret": None}, 401, id="no secret"),
    ],
)
def test_a_function_that_is_not_set_up(source: str, settings: dict[str, Any], status: int, caplog: Any) -> None:
    there = Lambda(source, **settings)
    assert lambda_v2(there.function, krosai("c1", at=there.clock.now())).status == status
    assert (there.hints, len(caplog.records)) == ([], 1)


def test_no_request_leaves_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    there = Lambda()
    assert lambda_v2(there.function, there.sent()).status == 200


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_a_cold_start_loads_no_more_than_an_answer_needs(cloud: str) -> None:
    heavy = ("sqlalchemy", "hubspot", "httpx", "minijinja", "phonenumbers", "pydantic", "starlette", "click")
    said = f"import sys, connector.functions.{cloud}; print([name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"
