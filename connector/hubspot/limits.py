"""The one HTTP transport as HubSpot wants it: which answers are waited for, and how long.

Sources: developer docs "usage guidelines" and "error handling", recordings of 2022, HubSpot's own Node client, read
2026-11.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from connector import __version__
from connector.errors import TransientError
from connector.http.client import Answer, Codes, Deliver, Doubt, Http, Judgement, Stop, Wait
from connector.http.pacing import Pacing
from connector.http.retry_after import retry_after
from connector.http.waiting import unwatched
from connector.hubspot.answers import Problem, decode_problem
from connector.hubspot.errors import DAILY_LIMIT
from connector.ports import Clock

USER_AGENT = f"call-connector/{__version__}"

CODES = Codes(
    unreachable="E211",
    certificate="E212",
    timeout="E213",
    malformed="E214",
    too_large="E215",
    redirect="E216",
    limited="E217",
    unavailable="E218",
)

MIGRATING = 477
"""HubSpot's own status for a portal on its way to another data centre, with a `Retry-After` of up to a day."""
MIGRATION_WAIT_SECONDS_MAX = 60.0
LOCK_WAIT_SECONDS_MIN = 2.0
TEN_SECONDLY_WAIT_SECONDS = 10.0
SECONDLY_WAIT_SECONDS = 1.0
NO_JSON = "with something that is not JSON: a proxy or a network's login page may be answering in its place"


def hubspot_http(
    *,
    clock: Clock,
    transport: Any = None,
    quota_share: float = 0.9,
    concurrency: int = 8,
    told: Callable[[str], None] = unwatched,
) -> Http:
    """An `Http` for HubSpot. `transport` is an `httpx.BaseTransport`, for tests and the sandbox.

    `quota_share` is the share of each limit that may be used; `concurrency` is how many requests fly at once; `told`
    hears why requests wait, and `""` when they go on.
    """
    return Http(
        clock=clock,
        codes=CODES,
        judge=judge_with(clock),
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def judge_with(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 0.0, LOCK_WAIT_SECONDS_MIN))
            case status if status == MIGRATING:
                return _migrating(seconds)
            case status if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def _limited(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def _migrating(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def _is_json(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")
