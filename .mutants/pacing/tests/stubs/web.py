"""The transport as tests use it: coded for a source, judged by status alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import httpx

from connector.errors import AccessError
from connector.http import Answer, Codes, Deliver, Doubt, Http, Judgement, Limits, Stop, Wait, retry_after
from connector.ports import Clock
from tests.stubs.clock import VirtualClock

CODES = Codes(
    unreachable="E301",
    certificate="E302",
    timeout="E303",
    malformed="E304",
    too_large="E305",
    redirect="E306",
    limited="E307",
    unavailable="E308",
)


def judge_by_status(answer: Answer) -> Judgement:
    if answer.status == 429:
        return Wait(retry_after(answer.headers, VirtualClock().now()), pool_block=True)
    if answer.status >= 500:
        return Doubt()
    if answer.status == 401:
        return Stop(AccessError("E310", "the key was refused"))
    return Deliver()


def an_http(
    clock: Clock | None = None,
    *,
    judge: Callable[[Answer], Judgement] = judge_by_status,
    **arguments: Any,
) -> Http:
    return Http(
        clock=clock or VirtualClock(),
        codes=CODES,
        judge=judge,
        user_agent="call-connector/test",
        jitter=lambda: 0.0,
        **arguments,
    )


class Said(httpx.BaseTransport):
    """Answers in turn, in-process; the last answer is repeated. An exception among them is raised."""

    def __init__(self, *answers: httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]) -> None:
        self._answers: list[Any] = list(answers)
        self.asked: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return answer(request)  # type: ignore[no-any-return]


def paths(transport: Said) -> Sequence[str]:
    return [request.url.path for request in transport.asked]


SMALL = Limits(connect_seconds=1.0, idle_seconds=0.5, total_seconds=1.0, body_bytes_max=10_000)
