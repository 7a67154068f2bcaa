"""Vapi (https://docs.vapi.ai/api-reference/calls/list and github.com/VapiAI/docs, fern/apis/api/openapi.json, 2026-08).

`GET /call` is one array of at most `limit` calls (100, at most 1000) without a cursor and without a promised order;
`createdAt…` and `updatedAt…` bound it. Whatever happens to a call moves its `updatedAt`: an end, a summary that comes
late, a later correction. Read are therefore the calls that changed since, window by window of their `createdAt`,
which never changes. Presigned links are made anew for each answer and are no part of a call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from connector.errors import FatalError, TransientError
from connector.http import Answer, Http, Limits
from connector.model import BadCall, Call, CallKey, OngoingCall, SourceProfile
from connector.ports import Clock
from connector.sources import platform
from connector.sources.access import Access
from connector.sources.decoding import MalformedJsonError, decode
from connector.sources.reading import (
    DURATION_SECONDS_MAX,
    find_id,
    is_storable,
    read_id,
    read_text,
    read_time,
    read_word,
    unreadable_id,
)
from connector.sources.stream import BrokenArrayError, Malformed, NotAnArrayError, elements
from connector.sources.windows import NoProgressError, TooHeavyError, Window, Windows

NAME = "vapi"
TITLE = "Vapi"
BASE_URL = "https://api.vapi.ai"
"""Organizations in the European Union have https://api.eu.vapi.ai (docs.vapi.ai/advanced/sip)."""
DEFAULT_ACCOUNT = "default"
PAGE = 100
PAGE_MAX = 1000
PAGE_LIMITS = Limits(idle_seconds=60.0, total_seconds=300.0)
"""A record carries every word of the call several times over, and a long call has many: where a page of them is too
large, fewer are asked for."""
TOO_LARGE = "E305"

NOT_OVER = frozenset(("scheduled", "queued", "ringing", "in-progress", "forwarding"))
STATUSES = {
    "customer-busy": "BUSY",
    "customer-did-not-answer": "NO_ANSWER",
    "manually-canceled": "CANCELED",
    "scheduled-call-deleted": "CANCELED",
}
"""`endedReason` → the status in HubSpot's words, where it tells more than that the call took place."""

Told = Call | BadCall | OngoingCall


def vapi_http(*, clock: Clock, transport: Any = None) -> Http:
    """The way to Vapi. `transport` replaces the network."""
    return platform.platform_http(TITLE, clock=clock, transport=transport)


def read_payload(payload: Mapping[str, Any], *, account: str | None, fallback: str = DEFAULT_ACCOUNT) -> Told:
    """One record as a call. It belongs to `account` if one is configured, else to its own organization."""
    record = _without_presigned(payload)
    call_id = read_id(record.get("id"))
    owner = account or read_id(record.get("orgId")) or fallback
    if call_id is None:
        stand_in = unreadable_id(repr(record).encode(errors="replace"))
        return BadCall(key=CallKey(NAME, owner, stand_in), code="E321", message="the call has no id")
    key = CallKey(NAME, owner, call_id)
    times = {name: read_time(record.get(name)) for name in ("createdAt", "startedAt", "endedAt")}
    wrong = [name for name, at in times.items() if at is None and record.get(name) is not None]
    started_at = times["startedAt"] or times["createdAt"]
    if wrong or started_at is None:
        return BadCall(key=key, code="E322", message=f"{(*wrong, 'createdAt')[0]} is no time that can be read")
    if not is_storable(record):
        return BadCall(key=key, code="E320", message="the record holds a number out of range, or is nested too deeply")
    if read_word(record.get("status")) in NOT_OVER:
        planned_at = read_time(_object(record, "schedulePlan").get("earliestAt"))
        return OngoingCall(key=key, started_at=max(started_at, planned_at or started_at))
    # A call that never got through has no times of its own.
    ended_at = max(times["endedAt"] or started_at, started_at)
    return _call(key, record, started_at, ended_at, is_connected=times["startedAt"] is not None)


def _call(
    key: CallKey, record: dict[str, Any], started_at: datetime, ended_at: datetime, *, is_connected: bool
) -> Call:
    analysis, artifact = _object(record, "analysis"), _object(record, "artifact")
    said = _object(analysis, "structuredData")
    reason = read_word(record.get("endedReason")) or ""
    return Call(
        key=key,
        started_at=started_at,
        ended_at=ended_at,
        duration_seconds=min(round((ended_at - started_at).total_seconds()), DURATION_SECONDS_MAX),
        direction="OUTBOUND" if record.get("type") == "outboundPhoneCall" else "INBOUND",
        status=STATUSES.get(reason, "COMPLETED" if is_connected else "FAILED"),
        agent_number=read_text(_object(record, "phoneNumber").get("number")),
        agent_name=read_text(_object(record, "assistant").get("name")),
        summary=read_text(analysis.get("summary")),
        transcript=read_text(artifact.get("transcript")),
        recording_url=read_text(artifact.get("recordingUrl")),
        call_type=read_word(said.get("callType")),
        outcome=read_word(said.get("outcome")),
        payload=record,
    )


def _object(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _without_presigned(payload: Mapping[str, Any]) -> dict[str, Any]:
    artifact = payload.get("artifact")
    if not isinstance(artifact, dict):
        return dict(payload)
    kept = {name: value for name, value in artifact.items() if not name.startswith("presigned")}
    return {**payload, "artifact": kept}


class Vapi:
    """One organization's calls. Implements `ports.Source`."""

    name = NAME
    newest_first = False

    def __init__(self, *, api_key: str, http: Http, base_url: str = BASE_URL, account: str | None = None) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._account = account or None
        self._seen_account: str | None = None
        self._headers = {"Authorization": f"Bearer {platform.checked_key(api_key, TITLE)}"}

    @classmethod
    def open(cls, access: Access) -> Vapi:
        """The organization that this private key belongs to. Raises AccessError for what cannot be a key."""
        http = vapi_http(clock=access.clock, transport=access.transport)
        base_url = access.base_url or BASE_URL
        return cls(api_key=access.api_key, http=http, base_url=base_url, account=access.account)

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._http.requests

    def calls(self, *, since: datetime) -> Iterator[Told]:
        """Every call that changed at or after `since`, from the newest to the oldest where Vapi gives them so.

        Raises TransientError for a list that breaks off or cannot be read to its end, after the calls before that.
        """

        def ask(window: Window, limit: int) -> Sequence[Any]:
            bounds = {"updatedAtGe": since, "createdAtGe": window.low, "createdAtLt": window.high}
            try:
                return self._page(limit, **{name: at for name, at in bounds.items() if at is not None})
            except FatalError as error:
                if error.code != TOO_LARGE:
                    raise
                raise TooHeavyError from error

        windows = Windows(ask, _created_at, size=PAGE, size_max=PAGE_MAX)
        try:
            for element in windows.read():
                yield self._read(element)
        except NoProgressError as error:
            raise platform.no_progress("/call", TITLE, what=str(error)) from error
        except TooHeavyError as error:
            raise error.__cause__ or error from None

    def call(self, call_id: str) -> Told | None:
        """`/call/{id}`: one call, None when Vapi does not know it."""
        if not call_id.strip(" ."):
            # An empty path segment or one of dots names another resource.
            return None
        answer = self._ask(f"/call/{quote(call_id, safe='')}")
        if answer.status == 404:
            return None
        platform.expect_json(answer, "/call/:id", TITLE)
        if not answer.body.strip():
            raise platform.empty(answer.status, "/call/:id", TITLE)
        key = CallKey(NAME, self._fallback, call_id)
        try:
            payload = decode(answer.body)
        except MalformedJsonError as error:
            return BadCall(key=key, code="E320", message=f"the record holds {error}")
        if not isinstance(payload, dict) or read_id(payload.get("id")) != call_id:
            return BadCall(key=key, code="E320", message="the platform answered with something else than this call")
        return read_payload(payload, account=self._account, fallback=self._fallback)

    def profile(self) -> SourceProfile:
        """Whose key this is, as one of its calls tells: Vapi has no address that says it."""
        self._page(1)
        return SourceProfile(account=self._account or self._seen_account)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(self, path: str) -> Answer:
        return self._http.ask("GET", self._base_url + path, headers=self._headers, repeatable=True, limits=PAGE_LIMITS)

    def _page(self, limit: int, **bounds: datetime) -> list[Any]:
        """`/call`: at most so many calls within these bounds, each as decoded, or Malformed in its place."""
        written = {name: _written(at) for name, at in bounds.items()}
        answer = self._ask(f"/call?{urlencode({'limit': limit, **written})}")
        platform.expect_json(answer, "/call", TITLE)
        if not answer.body.strip():
            raise platform.empty(answer.status, "/call", TITLE)
        try:
            page = list(elements([answer.body]))
        except NotAnArrayError as error:
            if error.start[:1] in b'{"-0123456789ntf':
                raise platform.wrong_shape("/call", TITLE, expected="a list") from error
            message = f"{TITLE} answered /call with something else than JSON"
            raise FatalError("E313", message, where=platform.ADDRESS_SETTING) from error
        except BrokenArrayError as error:
            raise TransientError("E315", f"the list of calls cannot be read on {error}", where="/call") from error
        if self._seen_account is None:
            owners = (read_id(element.get("orgId")) for element in page if isinstance(element, dict))
            self._seen_account = next((owner for owner in owners if owner), None)
        return page

    def _read(self, element: Any) -> Told:
        if isinstance(element, dict):
            return read_payload(element, account=self._account, fallback=self._fallback)
        if isinstance(element, Malformed):
            code = "E323" if element.is_too_large else "E320"
            call_id = find_id(element.raw) or unreadable_id(element.raw)
            message = f"element {element.position + 1} of the list: {element.reason}"
        else:
            code, message = "E320", "an element of the list is no object"
            call_id = unreadable_id(repr(element).encode(errors="replace"))
        return BadCall(key=CallKey(NAME, self._fallback, call_id), code=code, message=message)

    @property
    def _fallback(self) -> str:
        """Whose a record is that does not say it itself."""
        return self._account or self._seen_account or DEFAULT_ACCOUNT


def _created_at(element: Any) -> datetime | None:
    """When a record was made, to the millisecond: bounds are no finer."""
    at = read_time(element.get("createdAt")) if isinstance(element, dict) else None
    return None if at is None else at.replace(microsecond=at.microsecond // 1000 * 1000)


def _written(at: datetime) -> str:
    """As Vapi writes times, cut to the millisecond: a lower bound may come a little early, and upper ones are whole."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
