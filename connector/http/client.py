"""The one way out: every request to HubSpot and to a platform is sent by `Http`."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar, assert_never

import httpx

from connector.http.body import ACCEPT_ENCODING
from connector.http.deadline import deadline_transport
from connector.http.exchange import Exchange, StreamedAnswer, place
from connector.http.failures import Failures
from connector.http.pacing import LongWaitError, Pacing
from connector.http.retry import AgainError, Retry
from connector.http.terms import Answer, Codes, Deliver, Doubt, Judgement, Limits, Stop, Wait
from connector.http.waiting import FOR_LIMIT, Waiting, unwatched
from connector.ports import Clock

__all__ = ["Answer", "Codes", "Deliver", "Doubt", "Http", "Judgement", "Limits", "Stop", "StreamedAnswer", "Wait"]

KEEPALIVE_SECONDS = 30.0
"""Longer than a full pause of the ten-second pool, so that pacing costs no new connections."""
REFUSAL_BYTES_MAX = 64 * 1024
"""How much of a body is read when a stream was asked for and a refusal came."""
POOL_BLOCK_SECONDS = 1.0
"""For a limit that did not name its end: HubSpot's search pool is counted by the second."""

LIMITS = Limits()

log = logging.getLogger("connector.http")

T = TypeVar("T")


def _nothing() -> None:
    """What most callers have to do before an attempt."""


class Http:
    """Sends requests within limits, retries what may be retried, and turns every failure into a coded error.

    Thread-safe. `judge` says what an answer means; an answer that it wants delivered is returned whatever its status.
    Redirects are never followed: the key would go with them. `transport` replaces the network, deadlines included.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        codes: Codes,
        judge: Callable[[Answer], Judgement],
        user_agent: str,
        limits: Limits = LIMITS,
        transport: httpx.BaseTransport | None = None,
        pacing: Pacing | None = None,
        attempts_max: int = 5,
        patience_seconds: float = 300.0,
        connections_max: int = 20,
        other_side: str = "HubSpot",
        jitter: Callable[[], float] = random.random,
        told: Callable[[str], None] = unwatched,
    ) -> None:
        """`told` hears why requests wait for longer than a moment, and `""` when they go on."""
        self._clock = clock
        self._judge = judge
        self._limits = limits
        self._pacing = pacing
        self._patience_seconds = patience_seconds
        self._failures = Failures(codes, other_side)
        self._waiting = Waiting(clock, other_side=other_side, told=told)
        self._retry = Retry(
            waiting=self._waiting, attempts_max=attempts_max, patience_seconds=patience_seconds, jitter=jitter
        )
        self._requests = 0
        self._lock = threading.Lock()
        _quieten_libraries()
        self._client = httpx.Client(
            transport=transport
            or deadline_transport(connections_max=connections_max, keepalive_seconds=KEEPALIVE_SECONDS),
            headers={"User-Agent": user_agent, "Accept": "application/json", "Accept-Encoding": ACCEPT_ENCODING},
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
        )

    @property
    def requests(self) -> int:
        """How many requests were sent so far, retries included."""
        with self._lock:
            return self._requests

    @property
    def day_remaining(self) -> int | None:
        """Requests that may still be sent today within the share; None until an answer told, and without a limit."""
        return None if self._pacing is None else self._pacing.day_remaining

    def take_part_of_day(self, part: float) -> None:
        """Leave the rest of what is left of each day's requests to others: 0.5 takes half."""
        if self._pacing is not None:
            self._pacing.take_part_of_day(part)

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        repeatable: bool,
        pool: str = "",
        limits: Limits | None = None,
        before_send: Callable[[], None] = _nothing,
    ) -> Answer:
        """Send and return the answer that `judge` delivers.

        `before_send` is called right before each attempt, after all waiting; what it raises ends the request.

        Raises what `judge` stops with; TransientError when the other side stays unreachable, limited or failing;
        UncertainWriteError when a request that is not repeatable may have been applied; FatalError for redirects,
        untrusted certificates and answers that are too large.
        """
        limits = limits or self._limits
        request = self._request(method, url, headers, body, limits)

        def attempt() -> Answer:
            exchange = self._send(request, limits, pool=pool, repeatable=repeatable, before_send=before_send)
            try:
                answer = Answer(exchange.status, exchange.headers, b"".join(exchange.pieces()))
            finally:
                exchange.close()
            self._follow(self._judge(answer), answer, request, pool=pool, repeatable=repeatable)
            return answer

        return self._retried(attempt, request)

    @contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        pool: str = "",
        limits: Limits | None = None,
    ) -> Iterator[StreamedAnswer]:
        """Send a repeatable request and read a 2xx body as it is consumed; leaving the context closes the connection.

        Any other answer is judged as in `ask`, by its first 64 KiB. Once the body flows nothing is retried.
        """
        limits = limits or self._limits
        request = self._request(method, url, headers, None, limits)

        def attempt() -> tuple[Exchange, StreamedAnswer]:
            exchange = self._send(request, limits, pool=pool, repeatable=True)
            if 200 <= exchange.status < 300:
                return exchange, StreamedAnswer(exchange.status, exchange.headers, exchange.pieces())
            try:
                answer = Answer(exchange.status, exchange.headers, _first_bytes(exchange))
            finally:
                exchange.close()
            self._follow(self._judge(answer), answer, request, pool=pool, repeatable=True)
            return exchange, StreamedAnswer(answer.status, answer.headers, iter((answer.body,)))

        exchange, answer = self._retried(attempt, request)
        try:
            yield answer
        finally:
            exchange.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _request(
        self, method: str, url: str, headers: Mapping[str, str] | None, body: bytes | None, limits: Limits
    ) -> httpx.Request:
        timeout = httpx.Timeout(
            connect=limits.connect_seconds,
            read=limits.idle_seconds,
            write=limits.idle_seconds,
            pool=limits.total_seconds,
        )
        try:
            request = self._client.build_request(method, url, headers=headers, content=body, timeout=timeout)
        except (httpx.InvalidURL, ValueError):
            # httpx raises ValueErrors for headers that are not ASCII, and they repeat the header: the key.
            raise self._failures.unsendable(where=method) from None
        if request.url.scheme not in ("http", "https") or not request.url.host:
            raise self._failures.unsendable(where=place(request))
        return request

    def _send(
        self,
        request: httpx.Request,
        limits: Limits,
        *,
        pool: str,
        repeatable: bool,
        before_send: Callable[[], None] = _nothing,
    ) -> Exchange:
        self._take_turn(pool, request)
        before_send()
        with self._lock:
            self._requests += 1
        began = self._clock.monotonic()
        exchange = Exchange(
            self._client, request, limits, clock=self._clock, failures=self._failures, repeatable=repeatable
        )
        log.debug(
            "http_answered",
            extra={
                "method": request.method,
                "host": request.url.host,
                "path": request.url.path,
                "status": exchange.status,
                "milliseconds": round((self._clock.monotonic() - began) * 1000),
            },
        )
        if self._pacing is not None:
            self._pacing.learn(pool, exchange.headers)
        if exchange.redirect is not None:
            exchange.close()
            raise self._failures.redirected(exchange.status, exchange.redirect, where=place(request))
        return exchange

    def _take_turn(self, pool: str, request: httpx.Request) -> None:
        if self._pacing is None:
            return
        try:
            self._pacing.acquire(
                pool,
                seconds_max=self._patience_seconds,
                sleep=lambda seconds: self._waiting.sleep(seconds, FOR_LIMIT),
            )
        except LongWaitError as wait:
            raise self._failures.paused(wait.seconds, where=place(request)) from wait

    def _follow(
        self, judgement: Judgement, answer: Answer, request: httpx.Request, *, pool: str, repeatable: bool
    ) -> None:
        """Return when the answer is to be delivered, raise what the judgement asks for otherwise."""
        where = place(request)
        match judgement:
            case Deliver():
                return
            case Wait(seconds, pool_block):
                if pool_block and self._pacing is not None:
                    self._pacing.block(pool, POOL_BLOCK_SECONDS if seconds is None else seconds)
                raise self._failures.refused(answer.status, where=where, seconds=seconds)
            case Doubt(garbled):
                raise self._failures.doubtful(answer.status, where=where, repeatable=repeatable, garbled=garbled)
            case Stop(error):
                raise error
            case _:
                assert_never(judgement)

    def _retried(self, attempt: Callable[[], T], request: httpx.Request) -> T:
        # No part of `say` may hold the request: tenacity's objects hold it, and each other, until they are collected.
        told = {"method": request.method, "host": request.url.host, "path": request.url.path}

        def say(again: AgainError, number: int, seconds: float) -> None:
            log.info(
                "http_retry",
                extra={
                    **told,
                    "code": again.error.code,
                    "attempt": number,
                    "seconds": round(seconds, 1),
                },
            )

        return self._retry.run(attempt, before_wait=say)


def _first_bytes(exchange: Exchange) -> bytes:
    body = b""
    for piece in exchange.pieces():
        body += piece
        if len(body) >= REFUSAL_BYTES_MAX:
            break
    return body[:REFUSAL_BYTES_MAX]


def _quieten_libraries() -> None:
    """httpx logs whole addresses at INFO, query included: keys, numbers and e-mail addresses."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
