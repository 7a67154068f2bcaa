"""Vapi's twin: https://docs.vapi.ai/api-reference/calls/list and its OpenAPI document (read in 2026)."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.people import ORGANIZATION_ID, timestamp
from connector.sandbox.wire import Request, Response, json_response

API_KEY = "5a4db0c5-0000-4000-8000-0000000000f1"
LIMIT, LIMIT_MAX = 100, 1000
RINGS_SECONDS = 4
"""A call is made so long before somebody, or the assistant, takes it."""
ANALYSED_SECONDS = 20
"""What is made of a call comes so long after its end."""
LATE_SECONDS = 25 * 60

BUSY = "busy"
"""Every seventh request is one too many, and says to wait for a second and a half."""
FINE_TIMES = "fine_times"
"""Times are compared more finely than they are written."""
LATE_ARTIFACTS = "late_artifacts"
"""Of every third call transcript, recording and analysis come 25 minutes after its end."""
SAME_MOMENT = "same_moment"
"""Calls of six hours were all made at the same moment, as those of a campaign are."""
SHUFFLED = "shuffled"
"""The list is in no order at all."""
WEB_CALLS = "web_calls"
"""Every eleventh call came from a web page, without a number."""

_FAR = datetime(2200, 1, 1, tzinfo=UTC)
_OVER = "ended"
_REASONS = {"transferred": "assistant-forwarded-call", "message_taken": "assistant-ended-call"}


class VapiTwin:
    """One organization's calls: one private key, no cursor, and a filter for everything that changed."""

    api_key = API_KEY
    traps_known = frozenset((BUSY, FINE_TIMES, LATE_ARTIFACTS, SAME_MOMENT, SHUFFLED, WEB_CALLS))

    def __init__(self, *, now: Callable[[], datetime], history: History, traps: Collection[str] = ()) -> None:
        self.history = history
        self._now = now
        self._traps = frozenset(traps)
        self._lock = threading.Lock()
        self._asked = 0
        self._known: list[_Told] = []
        self._strays: list[Any] = []
        """Elements that are no calls: they are shown as they are, as the newest."""
        self._version = -1

    def handle(self, request: Request, fault: Fault | None = None) -> Response:
        """Answer one request, its path without the prefix; `disorder` and `malformed` faults show in the array."""
        if request.header("authorization") != f"Bearer {self.api_key}":
            return _error(401, "Invalid Key. Hot tip, you may be using the private key instead of the public key.")
        with self._lock:
            self._asked += 1
            if BUSY in self._traps and self._asked % 7 == 0:
                return json_response(429, {"message": "Too many requests."}, (("Retry-After", "1.5"),))
            if request.method == "GET":
                match request.path.split("/")[1:]:
                    case ["call"]:
                        return self._list(request, fault)
                    case ["call", *segments]:
                        return self._one("/".join(segments))
        return _error(404, f"Cannot {request.method} {request.path}")

    def _list(self, request: Request, fault: Fault | None) -> Response:
        try:
            limit = int(request.first("limit", str(LIMIT)))
            bounds = {name: _moment(request.first(name)) for name in _FILTERS if request.first(name)}
        except ValueError:
            return _error(400, "limit and times must be readable")
        if not 0 <= limit <= LIMIT_MAX:
            return _error(400, "limit must not be greater than 1000")
        now = self._now()
        found = [
            call
            for call in self._calls()
            if call.made_at <= now and all(_FILTERS[name](call, at, now) for name, at in bounds.items())
        ]
        if SHUFFLED in self._traps:
            found.sort(key=lambda call: call.luck)
        else:
            found.sort(key=lambda call: call.made_at, reverse=True)
        strays = self._strays if not any(name.startswith("createdAt") for name in bounds) else []
        page = [*strays, *(call.record(now) for call in found[:limit])][:limit]
        if fault is not None and fault.action == "disorder":
            page.insert(2, page.pop(0))
        if fault is not None and fault.action == "malformed":
            page.insert(fault.at, {"id": 17, "createdAt": "last week"})
        return json_response(200, page)

    def _one(self, call_id: str) -> Response:
        now = self._now()
        found = next((call for call in self._calls() if call.id == call_id and call.made_at <= now), None)
        return _error(404, "Call not found") if found is None else json_response(200, found.record(now))

    def _calls(self) -> list[_Told]:
        """All calls, those to come included; made anew when control changed one, which moves its `updatedAt`."""
        if self._version == self.history.version:
            return self._known
        before = {call.id: call for call in self._known}
        self._known, self._strays = [], []
        for told in map(msgspec.json.decode, self.history.newest_first(_FAR)):
            ended_at = _readable(told.get("createdAt")) if isinstance(told, dict) else None
            if ended_at is None:
                self._strays.append(told)
                continue
            call = _Told(told, ended_at, self._traps)
            known = before.get(call.id)
            if known is not None:
                call.edited_at = known.edited_at if known.told == call.told else self._now()
            self._known.append(call)
        self._version = self.history.version
        return self._known


class _Told:
    """One invented call in Vapi's words. Its times are as the filters compare them."""

    def __init__(self, told: Mapping[str, Any], ended_at: datetime, traps: frozenset[str]) -> None:
        self.id = told.get("id")
        self.told = told
        self.luck = zlib.crc32(str(self.id).encode())
        seconds = told.get("duration")
        self._lasts = timedelta(seconds=seconds if isinstance(seconds, int | float) else 0)
        self._ended_at = ended_at
        self._started_at = ended_at - self._lasts
        self.made_at = self._made_at(traps)
        late = LATE_ARTIFACTS in traps and self.luck % 3 == 0
        self._analysed_at = ended_at + timedelta(seconds=LATE_SECONDS if late else ANALYSED_SECONDS)
        self._is_web = (WEB_CALLS in traps and self.luck % 11 == 0) or told.get("callerNumber") is None
        self.edited_at = self.made_at
        """When control changed it."""

    def changed_at(self, now: datetime) -> datetime:
        """When what the account has of it now last became what it is."""
        times = (self.made_at, self._started_at, self._ended_at, self._analysed_at, self.edited_at)
        return max(at for at in times if at <= now)

    def _made_at(self, traps: frozenset[str]) -> datetime:
        at = self._started_at - timedelta(seconds=RINGS_SECONDS)
        if SAME_MOMENT in traps:
            at = at.replace(hour=at.hour // 6 * 6, minute=0, second=0, microsecond=0)
        if FINE_TIMES in traps:
            at += timedelta(microseconds=self.luck % 1000)
        return at

    def record(self, now: datetime) -> dict[str, Any]:
        record: dict[str, Any] = {
            "id": self.id,
            "orgId": ORGANIZATION_ID,
            "type": "webCall" if self._is_web else "inboundPhoneCall",
            "status": self._status(now),
            "assistantId": "0c6f9a52-0000-4000-8000-000000000001",
            "phoneNumberId": None if self._is_web else "0c6f9a52-0000-4000-8000-000000000002",
            "createdAt": timestamp(self.made_at),
            "updatedAt": timestamp(self.changed_at(now)),
        }
        if not self._is_web:
            record["customer"] = {"number": self.told.get("callerNumber")}
        if now >= self._started_at:
            record["startedAt"] = timestamp(self._started_at)
        if now >= self._ended_at:
            outcome = self.told.get("outcome")
            record |= {
                "endedAt": timestamp(self._ended_at),
                "endedReason": _REASONS.get(outcome or "", "customer-ended-call"),
                "cost": round(self._lasts.total_seconds() * 0.0015, 4),
            }
        if now >= self._analysed_at:
            record |= {"analysis": self._analysis(), "artifact": self._artifact(now)}
        return record

    def _status(self, now: datetime) -> str:
        if now >= self._ended_at:
            return _OVER
        return "in-progress" if now >= self._started_at else "ringing"

    def _analysis(self) -> dict[str, Any]:
        """Structured data as the organization asked for them: what the assistant made of the caller."""
        told = self.told
        lead = told.get("leadData") if isinstance(told.get("leadData"), dict) else {}
        said = {"name": told.get("callerName"), "callType": told.get("callType"), "outcome": told.get("outcome")}
        data = {name: value for name, value in {**said, **(lead or {})}.items() if value is not None}
        return {"summary": told.get("summary"), "structuredData": data, "successEvaluation": "true"}

    def _artifact(self, now: datetime) -> dict[str, Any]:
        transcript, recording = self.told.get("transcript"), self.told.get("recordingUrl")
        artifact: dict[str, Any] = {"messages": []}
        if isinstance(transcript, str):
            artifact["transcript"] = transcript.replace("Assistant: ", "AI: ").replace("Caller: ", "User: ")
        if isinstance(recording, str):
            # The address itself is lasting; what opens it is made for each answer.
            lasting = recording.partition("?")[0]
            expires_at = timestamp(now + timedelta(hours=1))
            signed = {"presignedMonoUrl": f"{lasting}?X-Until={expires_at}", "presignedUrlsExpiresAt": expires_at}
            artifact |= {"recordingUrl": lasting, **signed}
        return artifact


_FILTERS: dict[str, Callable[[_Told, datetime, datetime], bool]] = {
    "createdAtGt": lambda call, at, now: call.made_at > at,
    "createdAtGe": lambda call, at, now: call.made_at >= at,
    "createdAtLt": lambda call, at, now: call.made_at < at,
    "createdAtLe": lambda call, at, now: call.made_at <= at,
    "updatedAtGt": lambda call, at, now: call.changed_at(now) > at,
    "updatedAtGe": lambda call, at, now: call.changed_at(now) >= at,
    "updatedAtLt": lambda call, at, now: call.changed_at(now) < at,
    "updatedAtLe": lambda call, at, now: call.changed_at(now) <= at,
}


def _readable(text: Any) -> datetime | None:
    try:
        return _moment(text)
    except (TypeError, ValueError):
        return None


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _error(status: int, message: str) -> Response:
    return json_response(status, {"message": message, "statusCode": status})
