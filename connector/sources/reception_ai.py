"""Reception AI by Klarnow (https://voice.klarnow.ai/docs/integrations, read in 2026).

`/calls` is one array of the whole history, newest first, without paging or filters. `createdAt` is when the call
ended. The schema is additive: fields that are not named here stay in the payload.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from connector.errors import ConnectorError, FatalError, TransientError
from connector.http import Http
from connector.model import BadCall, Call, CallKey, SourceProfile
from connector.ports import Clock
from connector.sources import platform
from connector.sources.access import Access
from connector.sources.decoding import MalformedJsonError, decode
from connector.sources.reading import (
    find_id,
    is_storable,
    read_count,
    read_id,
    read_seconds,
    read_text,
    read_time,
    read_word,
    unreadable_id,
)
from connector.sources.stream import BrokenArrayError, Malformed, NotAnArrayError, elements

NAME = "reception_ai"
TITLE = "Reception AI"
BASE_URL = "https://voiceapi.klarnow.ai/api/integrations/v1"
DEFAULT_ACCOUNT = "default"
WAITING_MAX = 10_000
"""Unreadable elements at the start of a list that wait for the first call to tell whose they are."""


def reception_ai_http(*, clock: Clock, transport: Any = None) -> Http:
    """The way to Reception AI. `transport` replaces the network."""
    return platform.platform_http(TITLE, clock=clock, transport=transport)


def read_payload(payload: Mapping[str, Any], *, account: str | None, fallback: str = DEFAULT_ACCOUNT) -> Call | BadCall:
    """One record as a call. It belongs to `account` if one is configured, else to its own organization."""
    record = payload if isinstance(payload, dict) else dict(payload)
    call_id = read_id(record.get("id"))
    owner = account or read_id(record.get("organizationId")) or fallback
    if call_id is None:
        stand_in = unreadable_id(repr(record).encode(errors="replace"))
        return BadCall(key=CallKey(NAME, owner, stand_in), code="E321", message="the call has no id")
    key = CallKey(NAME, owner, call_id)
    ended_at = read_time(record.get("createdAt"))
    if ended_at is None:
        return BadCall(key=key, code="E322", message="createdAt is no time that can be read")
    seconds = read_seconds(record.get("duration"))
    if seconds is None:
        return BadCall(key=key, code="E322", message="duration is no number")
    if not is_storable(record):
        return BadCall(key=key, code="E320", message="the record holds a number out of range, or is nested too deeply")
    return Call(
        key=key,
        started_at=ended_at - timedelta(seconds=seconds),
        ended_at=ended_at,
        duration_seconds=seconds,
        summary=read_text(record.get("summary")),
        transcript=read_text(record.get("transcript")),
        recording_url=read_text(record.get("recordingUrl")),
        call_type=read_word(record.get("callType")),
        outcome=read_word(record.get("outcome")),
        payload=record,
    )


class ReceptionAi:
    """One organization's calls. Implements `ports.Source` and `ports.Counted`."""

    name = NAME
    newest_first = True

    def __init__(
        self, *, api_key: str, http: Http, clock: Clock, base_url: str = BASE_URL, account: str | None = None
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._account = account or None
        self._seen_account: str | None = None
        self._headers = {"X-Api-Key": platform.checked_key(api_key, TITLE)}

    @classmethod
    def open(cls, access: Access) -> ReceptionAi:
        """The organization that this key belongs to. Raises AccessError for what cannot be a key."""
        http = reception_ai_http(clock=access.clock, transport=access.transport)
        base_url = access.base_url or BASE_URL
        return cls(api_key=access.api_key, http=http, clock=access.clock, base_url=base_url, account=access.account)

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._http.requests

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall]:
        """The whole history whatever `since` says: the platform cannot filter. Read as it is consumed.

        Raises TransientError for a list that stalls or breaks off, after the calls that came before.
        """
        with self._http.stream(
            "GET", f"{self._base_url}/calls", headers=self._headers, limits=platform.LIST_LIMITS
        ) as answer:
            platform.expect_json(answer, "/calls", TITLE)
            try:
                yield from self._owned(elements(answer.chunks()))
            except NotAnArrayError as error:
                raise _no_list(error.start) from error
            except BrokenArrayError as error:
                raise TransientError("E315", f"the list of calls cannot be read on {error}", where="/calls") from error

    def call(self, call_id: str) -> Call | BadCall | None:
        """One call by its id, None when the platform does not know it."""
        if not call_id.strip(" ."):
            # An empty path segment or one of dots names another resource.
            return None
        path = f"/calls/{quote(call_id, safe='')}"
        answer = self._http.ask("GET", self._base_url + path, headers=self._headers, repeatable=True)
        if answer.status == 404:
            return None
        platform.expect_json(answer, "/calls/:id", TITLE)
        if not answer.body.strip():
            raise platform.empty(answer.status, "/calls/:id", TITLE)
        key = CallKey(NAME, self._account or self._fallback, call_id)
        try:
            payload = decode(answer.body)
        except MalformedJsonError as error:
            return BadCall(key=key, code="E320", message=f"the record holds {error}")
        if not isinstance(payload, dict) or read_id(payload.get("id")) != call_id:
            return BadCall(key=key, code="E320", message="the platform answered with something else than this call")
        return read_payload(payload, account=self._account, fallback=self._fallback)

    def profile(self) -> SourceProfile:
        """Whose key this is. Older deployments have no `/profile`: there `/calls/stats` proves the key and no more."""
        answer = self._http.ask("GET", f"{self._base_url}/profile", headers=self._headers, repeatable=True)
        if answer.status == 404:
            self.stats()
            return SourceProfile(account=self._account)
        found = platform.read_object(answer, "/profile", TITLE)
        # Its fields are not published; these are the names that the rest of the API would lead one to expect.
        return SourceProfile(
            account=self._account or read_id(found.get("organizationId")) or read_id(found.get("id")),
            name=_first_text(found, "name", "businessName", "organizationName"),
            phone_number=_first_text(found, "phoneNumber", "assignedPhoneNumber"),
        )

    def stats(self) -> dict[str, Any]:
        """`/calls/stats`: totals "in the period", of which the documentation names neither start nor end."""
        answer = self._http.ask("GET", f"{self._base_url}/calls/stats", headers=self._headers, repeatable=True)
        return platform.read_object(answer, "/calls/stats", TITLE)

    def call_count(self) -> int | None:
        """The `totalCalls` of `stats`."""
        return read_count(self.stats().get("totalCalls"))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _owned(self, found: Iterator[Any]) -> Iterator[Call | BadCall]:
        """Each element as a call; unreadable ones at the start wait for a call that tells whose they are."""
        waiting: list[BadCall] = []
        try:
            for element in found:
                call = self._read(element)
                if isinstance(call, BadCall) and self._is_ownerless(element) and len(waiting) < WAITING_MAX:
                    waiting.append(call)
                    continue
                self._seen_account = self._seen_account or call.key.account
                yield from map(self._claimed, waiting)
                waiting.clear()
                yield call
        except Exception:
            yield from map(self._claimed, waiting)
            raise
        yield from map(self._claimed, waiting)

    def _is_ownerless(self, element: Any) -> bool:
        if self._account or self._seen_account:
            return False
        return not isinstance(element, dict) or read_id(element.get("organizationId")) is None

    def _claimed(self, call: BadCall) -> BadCall:
        return replace(call, key=CallKey(NAME, self._fallback, call.key.id))

    def _read(self, element: Any) -> Call | BadCall:
        if isinstance(element, dict):
            return read_payload(element, account=self._account, fallback=self._fallback)
        if isinstance(element, Malformed):
            code = "E323" if element.is_too_large else "E320"
            call_id = find_id(element.raw) or unreadable_id(element.raw)
            message = f"element {element.position + 1} of the list: {element.reason}"
        else:
            code, message = "E320", "an element of the list is no object"
            call_id = unreadable_id(repr(element).encode(errors="replace"))
        return BadCall(key=CallKey(NAME, self._account or self._fallback, call_id), code=code, message=message)

    @property
    def _fallback(self) -> str:
        """Whose a record is that does not say it itself."""
        return self._seen_account or DEFAULT_ACCOUNT


def _no_list(start: bytes) -> ConnectorError:
    """What came in place of the list, told by its first bytes."""
    if not start:
        return platform.empty(200, "/calls", TITLE)
    if start[0] in b'{"-0123456789ntf':
        return platform.wrong_shape("/calls", TITLE, expected="a list")
    return FatalError("E313", f"{TITLE} answered /calls with something else than JSON", where=platform.ADDRESS_SETTING)


def _first_text(found: Mapping[str, Any], *names: str) -> str | None:
    return next((text for name in names if (text := read_text(found.get(name)))), None)
