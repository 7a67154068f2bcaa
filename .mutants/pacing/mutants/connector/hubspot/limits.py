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


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
mutants_x_hubspot_http__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_hubspot_http__mutmut)
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


def x_hubspot_http__mutmut_orig(
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


def x_hubspot_http__mutmut_1(
    *,
    clock: Clock,
    transport: Any = None,
    quota_share: float = 1.9,
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


def x_hubspot_http__mutmut_2(
    *,
    clock: Clock,
    transport: Any = None,
    quota_share: float = 0.9,
    concurrency: int = 9,
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


def x_hubspot_http__mutmut_3(
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
        clock=None,
        codes=CODES,
        judge=judge_with(clock),
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_4(
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
        codes=None,
        judge=judge_with(clock),
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_5(
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
        judge=None,
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_6(
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
        user_agent=None,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_7(
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
        transport=None,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_8(
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
        pacing=None,
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_9(
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
        connections_max=None,
        told=told,
    )


def x_hubspot_http__mutmut_10(
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
        told=None,
    )


def x_hubspot_http__mutmut_11(
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
        codes=CODES,
        judge=judge_with(clock),
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_12(
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
        judge=judge_with(clock),
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_13(
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
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_14(
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
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_15(
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
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_16(
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
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_17(
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
        told=told,
    )


def x_hubspot_http__mutmut_18(
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
        )


def x_hubspot_http__mutmut_19(
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
        judge=judge_with(None),
        user_agent=USER_AGENT,
        transport=transport,
        pacing=Pacing(clock=clock, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_20(
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
        pacing=Pacing(clock=None, share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_21(
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
        pacing=Pacing(clock=clock, share=None),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_22(
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
        pacing=Pacing(share=quota_share),
        connections_max=concurrency,
        told=told,
    )


def x_hubspot_http__mutmut_23(
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
        pacing=Pacing(clock=clock, ),
        connections_max=concurrency,
        told=told,
    )

mutants_x_hubspot_http__mutmut['_mutmut_orig'] = x_hubspot_http__mutmut_orig # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_1'] = x_hubspot_http__mutmut_1 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_2'] = x_hubspot_http__mutmut_2 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_3'] = x_hubspot_http__mutmut_3 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_4'] = x_hubspot_http__mutmut_4 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_5'] = x_hubspot_http__mutmut_5 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_6'] = x_hubspot_http__mutmut_6 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_7'] = x_hubspot_http__mutmut_7 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_8'] = x_hubspot_http__mutmut_8 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_9'] = x_hubspot_http__mutmut_9 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_10'] = x_hubspot_http__mutmut_10 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_11'] = x_hubspot_http__mutmut_11 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_12'] = x_hubspot_http__mutmut_12 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_13'] = x_hubspot_http__mutmut_13 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_14'] = x_hubspot_http__mutmut_14 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_15'] = x_hubspot_http__mutmut_15 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_16'] = x_hubspot_http__mutmut_16 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_17'] = x_hubspot_http__mutmut_17 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_18'] = x_hubspot_http__mutmut_18 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_19'] = x_hubspot_http__mutmut_19 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_20'] = x_hubspot_http__mutmut_20 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_21'] = x_hubspot_http__mutmut_21 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_22'] = x_hubspot_http__mutmut_22 # type: ignore # mutmut generated
mutants_x_hubspot_http__mutmut['x_hubspot_http__mutmut_23'] = x_hubspot_http__mutmut_23 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_judge_with__mutmut)
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


def x_judge_with__mutmut_orig(clock: Clock) -> Callable[[Answer], Judgement]:
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


def x_judge_with__mutmut_1(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = None
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


def x_judge_with__mutmut_2(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(None, clock.now())
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


def x_judge_with__mutmut_3(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, None)
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


def x_judge_with__mutmut_4(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(clock.now())
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


def x_judge_with__mutmut_5(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, )
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


def x_judge_with__mutmut_6(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
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


def x_judge_with__mutmut_7(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
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


def x_judge_with__mutmut_8(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 0.0, LOCK_WAIT_SECONDS_MIN))
            case status if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_9(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_10(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_11(clock: Clock) -> Callable[[Answer], Judgement]:
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

    return judge


def x_judge_with__mutmut_12(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(None, seconds)
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


def x_judge_with__mutmut_13(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), None)
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


def x_judge_with__mutmut_14(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(seconds)
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


def x_judge_with__mutmut_15(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), )
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


def x_judge_with__mutmut_16(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(None), seconds)
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


def x_judge_with__mutmut_17(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(None)
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


def x_judge_with__mutmut_18(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(None, LOCK_WAIT_SECONDS_MIN))
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


def x_judge_with__mutmut_19(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 0.0, None))
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


def x_judge_with__mutmut_20(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(LOCK_WAIT_SECONDS_MIN))
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


def x_judge_with__mutmut_21(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 0.0, ))
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


def x_judge_with__mutmut_22(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds and 0.0, LOCK_WAIT_SECONDS_MIN))
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


def x_judge_with__mutmut_23(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 1.0, LOCK_WAIT_SECONDS_MIN))
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


def x_judge_with__mutmut_24(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 0.0, LOCK_WAIT_SECONDS_MIN))
            case status if status != MIGRATING:
                return _migrating(seconds)
            case status if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_25(clock: Clock) -> Callable[[Answer], Judgement]:
    """What the transport should do with an answer. Only what was not applied for certain is simply sent again."""

    def judge(answer: Answer) -> Judgement:
        seconds = retry_after(answer.headers, clock.now())
        match answer.status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                return _limited(decode_problem(answer.body), seconds)
            case HTTPStatus.LOCKED:
                return Wait(max(seconds or 0.0, LOCK_WAIT_SECONDS_MIN))
            case status if status == MIGRATING:
                return _migrating(None)
            case status if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_26(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if status == HTTPStatus.REQUEST_TIMEOUT and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_27(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if status != HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_28(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if status == HTTPStatus.REQUEST_TIMEOUT or status > HTTPStatus.INTERNAL_SERVER_ERROR:
                # A 502 may have committed: only a look at the record can tell.
                return Doubt()
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_29(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES or not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_30(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if HTTPStatus.OK < status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_31(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if HTTPStatus.OK <= status <= HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_32(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and _is_json(answer):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_33(clock: Clock) -> Callable[[Answer], Judgement]:
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
            case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(None):
                return Doubt(NO_JSON)
            case _:
                return Deliver()

    return judge


def x_judge_with__mutmut_34(clock: Clock) -> Callable[[Answer], Judgement]:
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
                return Doubt(None)
            case _:
                return Deliver()

    return judge

mutants_x_judge_with__mutmut['_mutmut_orig'] = x_judge_with__mutmut_orig # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_1'] = x_judge_with__mutmut_1 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_2'] = x_judge_with__mutmut_2 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_3'] = x_judge_with__mutmut_3 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_4'] = x_judge_with__mutmut_4 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_5'] = x_judge_with__mutmut_5 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_6'] = x_judge_with__mutmut_6 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_7'] = x_judge_with__mutmut_7 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_8'] = x_judge_with__mutmut_8 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_9'] = x_judge_with__mutmut_9 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_10'] = x_judge_with__mutmut_10 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_11'] = x_judge_with__mutmut_11 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_12'] = x_judge_with__mutmut_12 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_13'] = x_judge_with__mutmut_13 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_14'] = x_judge_with__mutmut_14 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_15'] = x_judge_with__mutmut_15 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_16'] = x_judge_with__mutmut_16 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_17'] = x_judge_with__mutmut_17 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_18'] = x_judge_with__mutmut_18 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_19'] = x_judge_with__mutmut_19 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_20'] = x_judge_with__mutmut_20 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_21'] = x_judge_with__mutmut_21 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_22'] = x_judge_with__mutmut_22 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_23'] = x_judge_with__mutmut_23 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_24'] = x_judge_with__mutmut_24 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_25'] = x_judge_with__mutmut_25 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_26'] = x_judge_with__mutmut_26 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_27'] = x_judge_with__mutmut_27 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_28'] = x_judge_with__mutmut_28 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_29'] = x_judge_with__mutmut_29 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_30'] = x_judge_with__mutmut_30 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_31'] = x_judge_with__mutmut_31 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_32'] = x_judge_with__mutmut_32 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_33'] = x_judge_with__mutmut_33 # type: ignore # mutmut generated
mutants_x_judge_with__mutmut['x_judge_with__mutmut_34'] = x_judge_with__mutmut_34 # type: ignore # mutmut generated
mutants_x__limited__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__limited__mutmut)
def _limited(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_orig(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_1(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = None
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_2(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".upper()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_3(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "XXdailyXX" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_4(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "DAILY" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_5(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" not in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_6(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(None)
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_7(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(None, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_8(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, None))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_9(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError("the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_10(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, ))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_11(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "XXthe portal's daily limit is used upXX"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_12(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "THE PORTAL'S DAILY LIMIT IS USED UP"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_13(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "XXten_secondlyXX" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_14(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "TEN_SECONDLY" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_15(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" not in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_16(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(None, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_17(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=None)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_18(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_19(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, )
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_20(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds and TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_21(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=False)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_22(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "XXsecondlyXX" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_23(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "SECONDLY" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_24(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" not in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_25(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(None, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_26(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=None)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_27(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_28(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, )
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_29(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds and SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_30(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=False)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_31(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(None, pool_block=True)


def x__limited__mutmut_32(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=None)


def x__limited__mutmut_33(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(pool_block=True)


def x__limited__mutmut_34(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, )


def x__limited__mutmut_35(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds and SECONDLY_WAIT_SECONDS, pool_block=True)


def x__limited__mutmut_36(problem: Problem, seconds: float | None) -> Judgement:
    """Both shapes of a 429: with `policyName`, and the older one that tells the policy in words only."""
    policy = f"{problem.policy_name} {problem.message}".lower()
    if "daily" in policy:
        return Stop(TransientError(DAILY_LIMIT, "the portal's daily limit is used up"))
    if "ten_secondly" in policy:
        return Wait(seconds or TEN_SECONDLY_WAIT_SECONDS, pool_block=True)
    if "secondly" in policy:
        return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=True)
    return Wait(seconds or SECONDLY_WAIT_SECONDS, pool_block=False)

mutants_x__limited__mutmut['_mutmut_orig'] = x__limited__mutmut_orig # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_1'] = x__limited__mutmut_1 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_2'] = x__limited__mutmut_2 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_3'] = x__limited__mutmut_3 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_4'] = x__limited__mutmut_4 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_5'] = x__limited__mutmut_5 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_6'] = x__limited__mutmut_6 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_7'] = x__limited__mutmut_7 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_8'] = x__limited__mutmut_8 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_9'] = x__limited__mutmut_9 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_10'] = x__limited__mutmut_10 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_11'] = x__limited__mutmut_11 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_12'] = x__limited__mutmut_12 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_13'] = x__limited__mutmut_13 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_14'] = x__limited__mutmut_14 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_15'] = x__limited__mutmut_15 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_16'] = x__limited__mutmut_16 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_17'] = x__limited__mutmut_17 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_18'] = x__limited__mutmut_18 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_19'] = x__limited__mutmut_19 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_20'] = x__limited__mutmut_20 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_21'] = x__limited__mutmut_21 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_22'] = x__limited__mutmut_22 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_23'] = x__limited__mutmut_23 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_24'] = x__limited__mutmut_24 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_25'] = x__limited__mutmut_25 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_26'] = x__limited__mutmut_26 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_27'] = x__limited__mutmut_27 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_28'] = x__limited__mutmut_28 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_29'] = x__limited__mutmut_29 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_30'] = x__limited__mutmut_30 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_31'] = x__limited__mutmut_31 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_32'] = x__limited__mutmut_32 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_33'] = x__limited__mutmut_33 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_34'] = x__limited__mutmut_34 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_35'] = x__limited__mutmut_35 # type: ignore # mutmut generated
mutants_x__limited__mutmut['x__limited__mutmut_36'] = x__limited__mutmut_36 # type: ignore # mutmut generated
mutants_x__migrating__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__migrating__mutmut)
def _migrating(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_orig(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_1(seconds: float | None) -> Judgement:
    if seconds is not None or seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_2(seconds: float | None) -> Judgement:
    if seconds is None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_3(seconds: float | None) -> Judgement:
    if seconds is not None and seconds < MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_4(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(None)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_5(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(None)


def x__migrating__mutmut_6(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError(None, "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_7(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", None, retry_after=seconds))


def x__migrating__mutmut_8(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", retry_after=None))


def x__migrating__mutmut_9(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_10(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", retry_after=seconds))


def x__migrating__mutmut_11(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HubSpot is moving the portal between data centres", ))


def x__migrating__mutmut_12(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("XXE220XX", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_13(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("e220", "HubSpot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_14(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "XXHubSpot is moving the portal between data centresXX", retry_after=seconds))


def x__migrating__mutmut_15(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "hubspot is moving the portal between data centres", retry_after=seconds))


def x__migrating__mutmut_16(seconds: float | None) -> Judgement:
    if seconds is not None and seconds <= MIGRATION_WAIT_SECONDS_MAX:
        return Wait(seconds)
    return Stop(TransientError("E220", "HUBSPOT IS MOVING THE PORTAL BETWEEN DATA CENTRES", retry_after=seconds))

mutants_x__migrating__mutmut['_mutmut_orig'] = x__migrating__mutmut_orig # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_1'] = x__migrating__mutmut_1 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_2'] = x__migrating__mutmut_2 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_3'] = x__migrating__mutmut_3 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_4'] = x__migrating__mutmut_4 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_5'] = x__migrating__mutmut_5 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_6'] = x__migrating__mutmut_6 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_7'] = x__migrating__mutmut_7 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_8'] = x__migrating__mutmut_8 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_9'] = x__migrating__mutmut_9 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_10'] = x__migrating__mutmut_10 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_11'] = x__migrating__mutmut_11 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_12'] = x__migrating__mutmut_12 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_13'] = x__migrating__mutmut_13 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_14'] = x__migrating__mutmut_14 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_15'] = x__migrating__mutmut_15 # type: ignore # mutmut generated
mutants_x__migrating__mutmut['x__migrating__mutmut_16'] = x__migrating__mutmut_16 # type: ignore # mutmut generated
mutants_x__is_json__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__is_json__mutmut)
def _is_json(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_orig(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_1(answer: Answer) -> bool:
    if answer.status != HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_2(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return False
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_3(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() or answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_4(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "XXjsonXX" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_5(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "JSON" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_6(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" not in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_7(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").upper() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_8(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get(None, "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_9(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", None).lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_10(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_11(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", ).lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_12(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("XXcontent-typeXX", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_13(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("CONTENT-TYPE", "").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_14(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "XXXX").lower() and answer.body[:1] in (b"{", b"[")


def x__is_json__mutmut_15(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:2] in (b"{", b"[")


def x__is_json__mutmut_16(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] not in (b"{", b"[")


def x__is_json__mutmut_17(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"XX{XX", b"[")


def x__is_json__mutmut_18(answer: Answer) -> bool:
    if answer.status == HTTPStatus.NO_CONTENT:
        return True
    return "json" in answer.headers.get("content-type", "").lower() and answer.body[:1] in (b"{", b"XX[XX")

mutants_x__is_json__mutmut['_mutmut_orig'] = x__is_json__mutmut_orig # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_1'] = x__is_json__mutmut_1 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_2'] = x__is_json__mutmut_2 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_3'] = x__is_json__mutmut_3 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_4'] = x__is_json__mutmut_4 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_5'] = x__is_json__mutmut_5 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_6'] = x__is_json__mutmut_6 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_7'] = x__is_json__mutmut_7 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_8'] = x__is_json__mutmut_8 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_9'] = x__is_json__mutmut_9 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_10'] = x__is_json__mutmut_10 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_11'] = x__is_json__mutmut_11 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_12'] = x__is_json__mutmut_12 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_13'] = x__is_json__mutmut_13 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_14'] = x__is_json__mutmut_14 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_15'] = x__is_json__mutmut_15 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_16'] = x__is_json__mutmut_16 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_17'] = x__is_json__mutmut_17 # type: ignore # mutmut generated
mutants_x__is_json__mutmut['x__is_json__mutmut_18'] = x__is_json__mutmut_18 # type: ignore # mutmut generated
