"""Klen AI's twin: https://docs.klen.ai/api-reference (read in 2026), which says nothing of the order of the list."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.people import timestamp
from connector.sandbox.platforms.klen_records import AGENT, TwinCalls
from connector.sandbox.wire import Request, Response, json_response

API_KEY = "klen_sandbox_5a4db0c5"

OLDEST_FIRST = "oldest_first"
UNSORTED = "unsorted"
NUMBER_IDS = "number_ids"
"""Some rows of the list have the number of the database in place of the id."""
SHIFTING = "shifting"
"""While the list is read for the first time, calls come and others disappear."""
NO_CONTACTS = "no_contacts"
"""Some calls of known people have no contact."""
NO_TIMES = "no_times"
"""Calls that failed lack their start, their end, or both."""
LATE = "late_artifacts"
"""The transcript, then the summary, then the recording come minutes after the call."""
LIMITED = "limited"
"""60 requests a minute, as documented; every fortieth is refused besides: another program has the same key."""
NO_AGENTS = "no_agents"
"""The key may not read agents."""
PAGING_IGNORED = "paging_ignored"

PER_MINUTE = 60
SHIFTS_MAX = 12
_BROKEN: dict[str, Any] = {"id": [17], "started_at": "last week", "duration_seconds": "long"}


class KlenTwin:
    """One key's calls, contacts and agents: read-only, page by page."""

    api_key = API_KEY
    traps_known = frozenset(
        (
            *(OLDEST_FIRST, UNSORTED, NUMBER_IDS, SHIFTING, NO_CONTACTS, NO_TIMES, LATE, LIMITED, NO_AGENTS),
            PAGING_IGNORED,
        )
    )
    traps_without_way_out = frozenset((PAGING_IGNORED,))
    """Those that a client can only notice."""

    def __init__(self, *, now: Callable[[], datetime], history: History, traps: Collection[str] = ()) -> None:
        self._traps = frozenset(traps)
        self._now = now
        self._history = history
        self._calls = TwinCalls(
            history,
            are_late=LATE in traps,
            have_number_ids=NUMBER_IDS in traps,
            lack_times=NO_TIMES in traps,
            lack_contacts=NO_CONTACTS in traps,
        )
        self._turns: list[datetime] = []
        self._asked = self._shifts = 0
        self.deleted: set[Any] = set()
        """The ids of calls that disappeared."""

    def handle(self, request: Request, fault: Fault | None = None) -> Response:
        """Answer one request, its path without the prefix; `disorder` and `malformed` faults show in the list."""
        refusal = self._unauthorized(request) or self._over_limit()
        if refusal is not None:
            return refusal
        if request.method != "GET":
            return _error(404, "not_found", f"Cannot {request.method} {request.path}")
        match request.path.rstrip("/").split("/")[1:]:
            case ["calls"]:
                return self._list(request, fault)
            case ["calls", *segments]:
                # An id may hold a slash: it came encoded, and the path is decoded by now.
                record = self._calls.details("/".join(segments), self._now())
                is_there = record is not None and record["call_id"] not in self.deleted
                return json_response(200, record) if is_there else _error(404, "not_found", "Call not found")
            case ["agents"] if NO_AGENTS in self._traps:
                return _error(403, "permission_denied", "This needs the permission can_read_agents.")
            case ["agents"]:
                return json_response(200, {"agents": [AGENT]})
            case ["contacts", contact_id]:
                contact = self._calls.contact(contact_id)
                return _error(404, "not_found", "Contact not found") if contact is None else json_response(200, contact)
        return _error(404, "not_found", f"Cannot GET {request.path}")

    # --- the list ----------------------------------------------------------------------------------------------

    def _list(self, request: Request, fault: Fault | None) -> Response:
        page, limit = max(_whole(request.first("page"), 1), 1), min(_whole(request.first("limit"), 10), 100)
        if SHIFTING in self._traps and page > 1 and self._shifts < SHIFTS_MAX:
            self._shift()
        rows = self._ordered(request)
        if fault is not None and fault.action == "disorder":
            rows.insert(2, rows.pop(0))
        if fault is not None and fault.action == "malformed":
            rows.insert(fault.at, dict(_BROKEN))
        start = 0 if PAGING_IGNORED in self._traps else (page - 1) * limit
        envelope = {"count": len(rows), "page": page, "limit": limit, "pages": math.ceil(len(rows) / limit)}
        return json_response(200, {**envelope, "calls": rows[start : start + limit]})

    def _ordered(self, request: Request) -> list[Any]:
        rows = [row for row in self._calls.rows(self._now()) if self._is_asked_for(row, request)]
        if UNSORTED in self._traps:
            return sorted(rows, key=lambda row: crc32(str(row.get("id") if isinstance(row, dict) else row).encode()))
        return rows[::-1] if OLDEST_FIRST in self._traps else rows

    def _is_asked_for(self, row: Any, request: Request) -> bool:
        if not isinstance(row, dict):
            return True
        named = (("status", request.first("status")), ("type", request.first("type")))
        return row.get("id") not in self.deleted and all(not value or row.get(name) == value for name, value in named)

    def _shift(self) -> None:
        """One call more, and a few less further on."""
        self._shifts += 1
        rows = self._calls.rows(self._now())
        texts = [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]
        if len(texts) > SHIFTS_MAX * 3:
            self.deleted.update(texts[30 + self._shifts : 30 + self._shifts + self._shifts % 3])
        now = self._now()
        latest = next(json.loads(raw) for raw in self._history.newest_first(now))
        self._history.put({**latest, "id": f"call_meanwhile_{self._shifts}", "createdAt": timestamp(now)})

    # --- who asks, and how often -------------------------------------------------------------------------------

    def _unauthorized(self, request: Request) -> Response | None:
        key = request.header("authorization").removeprefix("Bearer ").strip()
        if not key:
            return _error(401, "authentication_required", "No API key was provided.")
        return None if key == self.api_key else _error(401, "invalid_key", "The API key is invalid or inactive.")

    def _over_limit(self) -> Response | None:
        if LIMITED not in self._traps:
            return None
        now = self._now()
        self._asked += 1
        self._turns = [turn for turn in self._turns if turn > now - timedelta(minutes=1)]
        if len(self._turns) < PER_MINUTE and self._asked % 40:
            self._turns.append(now)
            return None
        wait = (self._turns[0] + timedelta(minutes=1) - now).total_seconds() if self._asked % 40 else 3
        headers = (("Retry-After", str(math.ceil(wait))),)
        return _error(429, "rate_limit_exceeded", "Too many requests.", headers)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def _error(status: int, word: str, message: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    return json_response(status, {"error": word, "message": message}, headers)
