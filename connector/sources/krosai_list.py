"""KrosAI's list of calls as its two documents have it, which contradict each other: either is asked, either is read.

The guide (https://docs.krosai.com/voice/call-logs) pages by `offset`, filters by `from_date` and answers `calls`; the
reference (OpenAPI 1.3.0) pages by `page` and answers `data`. Both read in 2026.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from msgspec import Raw, Struct

from connector.errors import FatalError, TransientError
from connector.http import Answer
from connector.sources import platform
from connector.sources.decoding import MalformedJsonError, decode, decode_page
from connector.sources.pages import Page
from connector.sources.reading import EARLIEST, find_id, read_id, unreadable_id

TITLE = "KrosAI"
PATH = "/calls"
ROWS = 100
"""The most that either document allows; what is taken where nothing is said differs."""

STYLES = (
    ("limit", "page", "offset", "from_date"),
    ("limit", "offset", "from_date"),
    ("limit", "page"),
    ("limit", "offset"),
)
"""What is sent, in this order, until the platform refuses no parameter. Both pagings always name the same rows."""

LONGEST = timedelta(days=1)
"""The platform filters by when a call was set up; one that ended since may have been set up so much earlier."""

Document = Literal["guide", "reference"]


class Unreadable(Struct, frozen=True):
    """An element of the list that is no JSON that can be read."""

    call_id: str
    reason: str


class Listed(Struct, frozen=True, kw_only=True):
    """One answer of the list."""

    rows: list[Any]
    total: int | None
    limit: int | None
    document: Document | None
    """Which document the answer follows; None for a bare list."""


class Book:
    """The pages of one reading: which rows a page has is learned from the first one."""

    def __init__(self, ask: Callable[[int, int], Listed]) -> None:
        """`ask` fetches a page by its number, from 1, and how many rows each has."""
        self._ask = ask
        self._rows = ROWS
        self._total_is_right = True

    def page(self, number: int) -> Page:
        """One page, from 1."""
        listed = self._ask(number, self._rows)
        if number == 1:
            self._learn(listed)
        rows, total = listed.rows, listed.total if self._total_is_right else None
        if not rows:
            return Page(number=number, items=rows, count=total, pages=max(number - 1, 1))
        if total is not None:
            return Page(number=number, items=rows, count=total, pages=max(math.ceil(total / self._rows), 1))
        return Page(number=number, items=rows, count=None, pages=number + (len(rows) >= self._rows))

    def _learn(self, first: Listed) -> None:
        """A platform may give fewer rows than it was asked for; both pagings must then count by what it gives."""
        if first.limit is not None and 0 < first.limit < self._rows:
            self._rows = first.limit
        given, total = len(first.rows), first.total
        if 0 < given < self._rows and (total is None or total > given) and first.limit != given:
            # Either it has a smaller page than it says, or its total counts what the filter leaves out.
            if self._ask(2, given).rows:
                self._rows = given
            else:
                self._total_is_right = False


def parameters(style: int, *, number: int, rows: int, created_from: datetime | None) -> dict[str, str]:
    """The query of one page in this style."""
    values: dict[str, str] = {"limit": str(rows), "page": str(number), "offset": str((number - 1) * rows)}
    if created_from is not None:
        # A whole day, so that a platform that reads only the date means the same.
        values["from_date"] = created_from.strftime("%Y-%m-%dT00:00:00Z")
    return {name: values[name] for name in STYLES[style] if name in values}


def created_from(since: datetime) -> datetime | None:
    """The day before which no call of interest was set up; None for the whole history."""
    if since < EARLIEST + LONGEST:
        return None
    return (since - LONGEST).replace(hour=0, minute=0, second=0, microsecond=0)


def read_list(answer: Answer) -> Listed:
    """The rows of an answer, whichever document it follows. Raises the coded error of one that holds none."""
    platform.expect_json(answer, PATH, TITLE)
    found = _opened(answer)
    if isinstance(found, list):
        return Listed(rows=_rows(found), total=None, limit=None, document=None)
    for name, document in _ENVELOPES.items():
        elements = _part(found, name, list[Raw])
        if elements is not None:
            return Listed(
                rows=_rows(elements),
                total=_part(found, "total", int),
                limit=_part(found, "limit", int),
                document=document,
            )
    raise platform.wrong_shape(PATH, TITLE, expected="a list of calls, in `calls`, in `data` or bare")


def name_of(row: Any) -> str:
    """What makes a row this row: its id, or what stands in for one."""
    if isinstance(row, Unreadable):
        return row.call_id
    call_id = read_id(row.get("id")) if isinstance(row, dict) else None
    return call_id or unreadable_id(repr(row).encode(errors="replace"))


_ENVELOPES: Mapping[str, Document] = {"calls": "guide", "data": "reference"}


def _opened(answer: Answer) -> dict[str, Raw] | list[Raw]:
    body = answer.body.strip()
    if not body:
        raise platform.empty(answer.status, PATH, TITLE)
    try:
        return _apart(body)
    except msgspec.ValidationError as error:
        raise platform.wrong_shape(PATH, TITLE, expected="a list of calls") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if body[:1] in (b"{", b"["):
            raise TransientError("E315", f"{TITLE}'s list of calls ends early or is malformed", where=PATH) from error
        message = f"{TITLE} answered {PATH} with something else than JSON"
        raise FatalError("E313", message, where=platform.ADDRESS_SETTING) from error


def _apart(body: bytes) -> dict[str, Raw] | list[Raw]:
    """The envelope with its elements undecoded: one that cannot be kept must not cost the others."""
    try:
        return msgspec.json.decode(body, type=dict[str, Raw] | list[Raw])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if isinstance(error, msgspec.ValidationError):
            raise
        try:
            mended = json.dumps(decode_page(body)).encode()
        except MalformedJsonError:
            raise error from None
        return msgspec.json.decode(mended, type=dict[str, Raw] | list[Raw])


def _part(found: Mapping[str, Raw], name: str, kind: Any) -> Any:
    """This part of the envelope, None where it is not there or of another kind."""
    raw = found.get(name)
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        return None


def _rows(elements: list[Raw]) -> list[Any]:
    return [_row(bytes(element)) for element in elements]


def _row(raw: bytes) -> Any:
    try:
        return decode(raw)
    except MalformedJsonError as error:
        return Unreadable(find_id(raw) or unreadable_id(raw), str(error))
