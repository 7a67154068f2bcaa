"""Reception AI's twin: https://voice.klarnow.ai/docs/integrations (read in 2026)."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.people import ORGANIZATION_ID, OWN_NUMBER
from connector.sandbox.phrases import FIRM
from connector.sandbox.wire import JSON, Request, Response, json_response

API_KEY = "krai_sandbox_5a4db0c5"
NO_PROFILE = "no_profile"
"""The older deployment, which has no `/profile`."""
CHUNK_BYTES = 32 * 1024
_TYPES = ("new_enquiry", "existing_client", "staff", "referral", "unknown")
_OUTCOMES = ("lead_captured", "transferred", "callback_scheduled", "message_taken", "resolved")
_BROKEN = b'{"id":17,"createdAt":"last week","duration":"long","leadData":[]}'


class _Counted(Struct, rename={"call_type": "callType"}):
    """The fields that the statistics count."""

    call_type: str | None = None
    outcome: str | None = None
    duration: float = 0


class ReceptionAI:
    """One organization's integration API: read-only, one key, every call that is over in one array."""

    api_key = API_KEY
    traps_known = frozenset((NO_PROFILE,))

    def __init__(self, *, now: Callable[[], datetime], history: History, traps: Collection[str] = ()) -> None:
        self.history = history
        self._has_profile = NO_PROFILE not in traps
        self._now = now

    def handle(self, request: Request, fault: Fault | None = None) -> Response:
        """Answer one request, its path without the prefix; `disorder` and `malformed` faults show in the array."""
        if request.header("x-api-key") != self.api_key:
            return _error(401, "Missing, malformed, or revoked API key.")
        if request.method != "GET":
            return _error(404, f"Cannot {request.method} {request.path}")
        match request.path.rstrip("/").split("/")[1:]:
            case ["calls"]:
                return self._calls(request, fault)
            case ["calls", "stats"]:
                return json_response(200, self._stats())
            case ["calls", *segments]:
                # An id may hold a slash: it came encoded, and the path is decoded by now.
                return self._call("/".join(segments))
            case ["profile"] if self._has_profile:
                return json_response(200, _PROFILE)
        return _error(404, f"Cannot GET {request.path}")

    def _calls(self, request: Request, fault: Fault | None) -> Response:
        records: Iterator[bytes] = self.history.newest_first(self._now())
        if fault is not None and fault.action == "disorder":
            records = _disordered(records)
        if fault is not None and fault.action == "malformed":
            records = _with_broken(records, fault.at)
        headers = (("Content-Type", JSON), ("Vary", "Accept-Encoding"))
        chunks = _array(records)
        if "gzip" in request.header("accept-encoding"):
            return Response(200, (*headers, ("Content-Encoding", "gzip")), stream=_gzipped(chunks))
        return Response(200, headers, stream=chunks)

    def _call(self, call_id: str) -> Response:
        raw = self.history.ended(call_id, self._now())
        if raw is None:
            return _error(404, "Call not found.")
        return Response(200, (("Content-Type", JSON),), raw)

    def _stats(self) -> dict[str, Any]:
        types, outcomes = Counter(dict.fromkeys(_TYPES, 0)), Counter(dict.fromkeys(_OUTCOMES, 0))
        total, seconds = 0, 0.0
        for raw in self.history.newest_first(self._now()):
            try:
                call = msgspec.json.decode(raw, type=_Counted)
            except msgspec.DecodeError:
                call = _Counted()
            total += 1
            seconds += call.duration
            types[call.call_type or "unknown"] += 1
            outcomes[call.outcome or "resolved"] += 1
        return {
            "totalCalls": total,
            "averageDuration": round(seconds / total, 1) if total else 0,
            "callsByType": dict(types),
            "callsByOutcome": dict(outcomes),
            "leadsCaptured": outcomes["lead_captured"],
        }


# The fields of /profile are not public; these are a guess at "business details, assigned phone number, owner".
_PROFILE = {
    "organizationId": ORGANIZATION_ID,
    "name": f"{FIRM} Accountants",
    "phoneNumber": OWN_NUMBER,
    "timezone": "Europe/London",
    "plan": "professional",
    "owner": {"name": "Harriet Finch", "email": "harriet.finch@example.com"},
}


def _error(status: int, message: str) -> Response:
    return json_response(status, {"statusCode": status, "message": message})


def _array(records: Iterable[bytes]) -> Iterator[bytes]:
    """One JSON array in pieces of about `CHUNK_BYTES`."""
    pieces: list[bytes] = [b"["]
    size = 1
    comma = b""
    for record in records:
        pieces += (comma, record)
        size += len(comma) + len(record)
        comma = b","
        if size >= CHUNK_BYTES:
            yield b"".join(pieces)
            pieces, size = [], 0
    pieces.append(b"]")
    yield b"".join(pieces)


def _gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Each chunk flushed, so that a client that stops early has read little."""
    packer = zlib.compressobj(level=1, wbits=31)
    for chunk in chunks:
        yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def _disordered(records: Iterator[bytes]) -> Iterator[bytes]:
    """The newest call comes third."""
    first_three = list(islice(records, 3))
    yield from first_three[1:]
    yield from first_three[:1]
    yield from records


def _with_broken(records: Iterator[bytes], position: int) -> Iterator[bytes]:
    yield from islice(records, position)
    yield _BROKEN
    yield from records
