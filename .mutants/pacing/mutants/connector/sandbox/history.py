"""A platform's calls over time: made when they are asked for, changed and added to by control."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import msgspec
from msgspec import Struct, field

from connector.sandbox.edges import edge_at, edge_call, edge_index, ordinal
from connector.sandbox.people import ordinary_call, repeated

DAYS = 6.0
"""The first calls lie within so many days before the sandbox began: a first sync looks back seven."""

_LAST_CALL_BEFORE_SECONDS = 120
_SECONDS_BETWEEN_ARRIVALS = 20
_DAY_SECONDS = 86_400
# When people ring: hour of the day → share of the day's calls that came before it.
_HOURS = ((0, 0.0), (7, 0.02), (9, 0.16), (12, 0.52), (14, 0.66), (17, 0.93), (20, 0.98), (24, 1.0))

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPACE = 32**8
_FACTOR = 0x9E3779B1
_INVERSE = pow(_FACTOR, -1, _SPACE)


class Segment(Struct, frozen=True):
    """A stretch of generated calls, spread over working hours between two times."""

    first: int
    count: int
    begins_at: datetime
    ends_at: datetime


class Added(Struct):
    """An element that control added or changed."""

    raw: bytes
    call_id: str | None
    ended_at: datetime | None
    """None for what has no readable time: it is always there, before all others."""


class _State(Struct):
    seed: int
    began_at: datetime
    segments: list[Segment]
    added: list[str] = field(default_factory=list)
    transcript_bytes: int = 0


class History:
    """The calls of one account. Safe to use from several threads; nothing generated is kept in memory.

    With `transcript_bytes` every ordinary call has a transcript of that length: 12,500 of 80 kB are a gigabyte.
    """

    def __init__(
        self, *, seed: int, calls: int, began_at: datetime, days: float = DAYS, transcript_bytes: int = 0
    ) -> None:
        self._lock = threading.Lock()
        self._seed = seed
        self._transcript_bytes = transcript_bytes
        self.began_at = began_at
        last = began_at - timedelta(seconds=_LAST_CALL_BEFORE_SECONDS)
        self._segments = [Segment(0, calls, last - timedelta(days=days), last)]
        self._added: dict[str, Added] = {}
        self.version = 0
        """Another one after each change by control: a twin may keep what it made of the calls until then."""
        self._stray: list[Added] = []
        self.version = 0
        """Grows with every change that control makes: who keeps what it was told knows when to ask again."""

    @property
    def generated(self) -> int:
        """How many calls were made up, those still to come included."""
        last = self._segments[-1]
        return last.first + last.count

    def generate(self, count: int, *, now: datetime, over_seconds: float = 0.0) -> None:
        """Make so many more calls: the latest ones until now, or over so many seconds from now on."""
        with self._lock:
            earliest = max(self._segments[-1].ends_at, self.began_at - timedelta(seconds=_LAST_CALL_BEFORE_SECONDS))
            begins_at, ends_at = now, now + timedelta(seconds=over_seconds)
            if not over_seconds:
                begins_at = max(earliest, now - timedelta(seconds=count * _SECONDS_BETWEEN_ARRIVALS))
            begins_at = max(begins_at, earliest)
            self._segments.append(Segment(self.generated, count, begins_at, max(ends_at, begins_at)))
            self.version += 1

    def put(self, element: Any) -> None:
        """Add this element to the array, or change the call that has its id; what is no call is added as it is."""
        call_id = element.get("id") if isinstance(element, dict) else None
        known = self.find(call_id) if isinstance(call_id, str) else None
        self._keep(element if known is None else {**json.loads(known), **element})

    def _keep(self, element: Any) -> None:
        # The standard library's encoder also writes lone surrogates, which a platform may well send.
        raw = json.dumps(element, separators=(",", ":")).encode()
        call_id = element.get("id") if isinstance(element, dict) else None
        with self._lock:
            if isinstance(call_id, str):
                self._added[call_id] = Added(raw, call_id, _ended_at(element))
            else:
                self._stray.append(Added(raw, None, None))
            self.version += 1

    def find(self, call_id: str) -> bytes | None:
        """The raw record of this id, whether it has ended yet or not."""
        added = self._added.get(call_id)
        if added is not None:
            return added.raw
        index = self._index_of(call_id)
        return None if index is None else self._raw(index)

    def ended(self, call_id: str, now: datetime) -> bytes | None:
        """The raw record of this id, if the call is over by now."""
        added = self._added.get(call_id)
        if added is not None:
            return added.raw if added.ended_at is None or added.ended_at <= now else None
        index = self._index_of(call_id)
        return None if index is None or self.ended_at(index) > now else self._raw(index)

    def newest_first(self, now: datetime) -> Iterator[bytes]:
        """The raw records of all calls that are over by now; made one by one as they are drawn."""
        with self._lock:
            segments = list(self._segments)
            stray = [each.raw for each in reversed(self._stray)]
            added = sorted(self._added.values(), key=lambda each: each.ended_at or datetime.max.replace(tzinfo=UTC))
        yield from stray
        hidden = {index for each in added if each.call_id and (index := self._index_of(each.call_id)) is not None}
        waiting = [each for each in added if each.ended_at is None or each.ended_at <= now]
        for segment in reversed(segments):
            for index in range(self._count_ended(segment, now) - 1, segment.first - 1, -1):
                if index in hidden:
                    continue
                at = self.ended_at(index) if waiting else None
                while waiting and at is not None and (waiting[-1].ended_at is None or waiting[-1].ended_at >= at):
                    yield waiting.pop().raw
                yield self._raw(index)
        while waiting:
            yield waiting.pop().raw

    def _count_ended(self, segment: Segment, now: datetime) -> int:
        """The index after the last call of this segment that is over by now."""
        low, high = segment.first, segment.first + segment.count
        while low < high:
            middle = (low + high) // 2
            if self.ended_at(middle) <= now:
                low = middle + 1
            else:
                high = middle
        return low

    def ended_at(self, index: int) -> datetime:
        """When the generated call of this index ends: a whole second, never before that of an earlier index."""
        edge = edge_at(index)
        if edge is not None and edge.a_second_after_previous:
            return min(self.ended_at(index - 1) + timedelta(seconds=1), self._spread(index + 1))
        return self._spread(index)

    def _spread(self, index: int) -> datetime:
        segment = next((each for each in reversed(self._segments) if index >= each.first), self._segments[0])
        jitter = Random(self._seed << 34 ^ index).random() * 0.8
        share = min((index - segment.first + jitter) / max(segment.count, 1), 1.0)
        begin, end = _worked(segment.begins_at), _worked(segment.ends_at)
        at = _at_worked(begin + share * (end - begin)).replace(microsecond=0)
        return max(at, segment.begins_at.replace(microsecond=0))

    def call_id(self, index: int) -> str:
        """The id of the generated call of this index; looks like the platform's, and leads back to the index."""
        code = (index * _FACTOR + self._seed * 7_777_777 + 1_234_567) % _SPACE
        return "call_01JV" + "".join(_ALPHABET[code >> shift & 31] for shift in range(35, -1, -5))

    def edge_id(self, name: str) -> str:
        """The id of the call that shows this edge. Raises KeyError for an unknown name."""
        return self.call_id(edge_index(name))

    def _index_of(self, call_id: str) -> int | None:
        letters = call_id.removeprefix("call_01JV")
        if len(letters) != 8 or len(call_id) != 17 or any(letter not in _ALPHABET for letter in letters):
            return None
        code = 0
        for letter in letters:
            code = code * 32 + _ALPHABET.index(letter)
        index = (code - self._seed * 7_777_777 - 1_234_567) * _INVERSE % _SPACE
        return index if index < self.generated else None

    def _raw(self, index: int) -> bytes:
        call_id, ended_at = self.call_id(index), self.ended_at(index)
        edge = edge_at(index)
        if edge is not None:
            return msgspec.json.encode(edge_call(self._seed, edge, call_id, ended_at))
        call = ordinary_call(self._seed, ordinal(index), call_id, ended_at)
        if self._transcript_bytes:
            call["transcript"] = repeated(call["transcript"] or call["summary"], self._transcript_bytes)
        return msgspec.json.encode(call)

    def dump(self) -> dict[str, Any]:
        """All that is needed to make the same calls again, as JSON-able data."""
        with self._lock:
            added = [each.raw.decode() for each in (*self._stray, *self._added.values())]
            state = _State(self._seed, self.began_at, list(self._segments), added, self._transcript_bytes)
        plain: dict[str, Any] = msgspec.to_builtins(state)
        return plain

    @classmethod
    def restored(cls, plain: dict[str, Any]) -> History:
        """The history that was dumped. Raises msgspec.ValidationError."""
        state = msgspec.convert(plain, _State)
        history = cls(seed=state.seed, calls=0, began_at=state.began_at, transcript_bytes=state.transcript_bytes)
        history._segments = state.segments
        for text in state.added:
            history._keep(json.loads(text))
        return history


def _ended_at(element: dict[str, Any]) -> datetime | None:
    try:
        at = datetime.fromisoformat(element["createdAt"])
    except (KeyError, TypeError, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _worked(at: datetime) -> float:
    """Days since the epoch, counted so that calls spread evenly over it come at working hours."""
    day, second = divmod(at.timestamp(), _DAY_SECONDS)
    hour = second / 3600
    for (hour_from, share_from), (hour_to, share_to) in pairwise(_HOURS):
        if hour <= hour_to:
            return day + share_from + (hour - hour_from) / (hour_to - hour_from) * (share_to - share_from)
    raise AssertionError("a day has 24 hours")


def _at_worked(worked: float) -> datetime:
    """The reverse of `_worked`."""
    day, share = divmod(worked, 1.0)
    for (hour_from, share_from), (hour_to, share_to) in pairwise(_HOURS):
        if share <= share_to:
            hour = hour_from + (share - share_from) / (share_to - share_from) * (hour_to - hour_from)
            return datetime.fromtimestamp(day * _DAY_SECONDS + hour * 3600, UTC)
    raise AssertionError("a share of a day is at most one")
