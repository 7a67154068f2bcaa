"""What all platforms have in common on the wire: what a status means, and answers that are not what they should be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol

from connector import __version__
from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.http import Answer, Codes, Deliver, Doubt, Http, Judgement, Limits, Stop, Wait, retry_after
from connector.ports import Clock
from connector.sources.decoding import MalformedJsonError, decode, decode_page

KEY_SETTING = "CONNECTOR_SOURCE_API_KEY"
ADDRESS_SETTING = "CONNECTOR_SOURCE_BASE_URL"

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
LIST_LIMITS = Limits(idle_seconds=60.0, total_seconds=3600.0, body_bytes_max=16 * 1024**3)
"""For a whole history in one answer: any time it needs, as long as bytes keep coming."""


class AnswerHead(Protocol):
    """What `Answer` and `StreamedAnswer` share."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def judging(clock: Clock, platform: str, *, explained: Collection[int] = ()) -> Callable[[Answer], Judgement]:
    """What the answers of this platform mean. All its requests are reads, so that any may be sent again.

    The statuses that the source explains better itself are delivered to it.
    """

    def judge(answer: Answer) -> Judgement:
        status = answer.status
        if 200 <= status < 300 or status == 404 or status in explained:
            return Deliver()
        if status in (401, 403):
            return Stop(AccessError("E310", f"{platform} refused the key with {status}", where=KEY_SETTING))
        if status in (429, 503):
            return Wait(retry_after(answer.headers, clock.now()))
        if status >= 500:
            return Doubt()
        return Stop(FatalError("E312", f"{platform} answered {status}", where=ADDRESS_SETTING))

    return judge


def platform_http(platform: str, *, clock: Clock, transport: Any = None, explained: Collection[int] = ()) -> Http:
    """The way to one platform. `transport` replaces the network; `explained` are statuses that the source judges."""
    return Http(
        clock=clock,
        codes=CODES,
        judge=judging(clock, platform, explained=explained),
        user_agent=f"call-connector/{__version__}",
        transport=transport,
        connections_max=4,
        other_side=platform,
    )


def checked_key(api_key: str, platform: str) -> str:
    """The key as it can be sent. Raises AccessError for one that cannot be a key."""
    key = api_key.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        message = f"the key of {platform} is empty or has characters that no key has"
        raise AccessError("E310", message, where=KEY_SETTING)
    return key


def expect_json(answer: AnswerHead, path: str, platform: str) -> None:
    """Raises the coded error of an answer that cannot hold what was asked for, by its status and content type."""
    if answer.status == 404:
        raise FatalError("E311", f"{platform} knows no {path}", where=ADDRESS_SETTING)
    if answer.status != 200:
        raise empty(answer.status, path, platform)
    if "html" in answer.headers.get("content-type", "").lower():
        raise FatalError("E313", f"{platform} answered {path} with a web page in place of JSON", where=ADDRESS_SETTING)


def read_page(answer: Answer, path: str, platform: str) -> dict[str, Any]:
    """As `read_object`, for an answer with many records: what cannot be kept costs its record alone."""
    return read_object(answer, path, platform, decode=decode_page)


def read_object(answer: Answer, path: str, platform: str, *, decode: Callable[[bytes], Any] = decode) -> dict[str, Any]:
    """The JSON object of a whole answer. Raises the coded error of one that holds none."""
    expect_json(answer, path, platform)
    if not answer.body.strip():
        raise empty(answer.status, path, platform)
    try:
        value = decode(answer.body)
    except MalformedJsonError as error:
        raise FatalError("E313", f"{platform} answered {path} with {error}", where=ADDRESS_SETTING) from error
    if not isinstance(value, dict):
        raise wrong_shape(path, platform, expected="an object")
    return value


def empty(status: int, path: str, platform: str) -> ConnectorError:
    """An answer without content."""
    return TransientError("E313", f"{platform} answered {path} with {status} and nothing in it", where=ADDRESS_SETTING)


def wrong_shape(path: str, platform: str, *, expected: str) -> ConnectorError:
    """JSON, but not as promised."""
    return FatalError("E314", f"{platform} answered {path} with something else than {expected}", where=ADDRESS_SETTING)


def no_progress(path: str, platform: str, *, what: str) -> ConnectorError:
    """A list that cannot be paged to its end; `what` says how that showed."""
    return TransientError("E316", f"the list of {platform} {what}", where=path)
