"""One huge JSON array, read window by window: memory does not grow with its length, and stopping early is cheap.

How it is quick: what stands between two elements (`},{"id":`) is learnt once. Each window is cut at the last place
that looks like it, and `[` + window + `]` is decoded in one call. Where the guess was wrong (the same characters also
stand between nested objects) that text is never valid, and the window is read by a scanner that knows strings and
brackets. So the guess decides how fast the array is read and never what is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from connector.sources.decoding import MalformedJsonError, decode
from connector.sources.scanning import BRACKET, Scan, following, opening

WINDOW_BYTES = 256 * 1024
ELEMENT_BYTES_MAX = 8 * 1024 * 1024
HEAD_BYTES = 64 * 1024
"""What is kept of an element that is too large."""
CUTS_MAX = 3
"""How often a window is cut and decoded before the scanner reads it."""

_BOM = b"\xef\xbb\xbf"
_WHITESPACE = b" \t\n\r"


class Malformed(Struct, frozen=True):
    """An element that cannot be decoded. `raw` is its bytes, of a too large one the first 64 KiB."""

    position: int
    reason: str
    raw: bytes
    is_too_large: bool = False


class NotAnArrayError(Exception):
    """The text does not begin with `[`. `start` is its first bytes, white space left out."""

    def __init__(self, start: bytes) -> None:
        super().__init__("not a JSON array")
        self.start = start


class BrokenArrayError(Exception):
    """The array cannot be read on: cut short, or so broken that no next element can be made out."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"after {position} elements: {reason}")
        self.position = position
        self.reason = reason


def elements(
    chunks: Iterable[bytes], *, window_bytes: int = WINDOW_BYTES, element_bytes_max: int = ELEMENT_BYTES_MAX
) -> Iterator[Any | Malformed]:
    """Yield each element of the array as decoded, or Malformed in its place.

    Raises NotAnArrayError and BrokenArrayError, and what `chunks` raises, each after the elements that came before.
    """
    return _Reader(chunks, window_bytes, element_bytes_max).read()


class _Reader:
    def __init__(self, chunks: Iterable[bytes], window_bytes: int, element_bytes_max: int) -> None:
        self._chunks = iter(chunks)
        self._window_bytes = window_bytes
        self._element_bytes_max = element_bytes_max
        self._buffer = b""
        self._start = 0
        """Where in the buffer the next element begins."""
        self._position = 0
        self._boundary = b""
        self._is_at_end = False
        self._is_closed = False
        self._failure: Exception | None = None

    def read(self) -> Iterator[Any]:
        self._open()
        while not self._is_closed:
            self._buffer, self._start = self._buffer[self._start :], 0
            self._fill(self._window_bytes)
            values = self._decoded_at_once()
            if values is None:
                yield from self._scanned()
            else:
                self._position += len(values)
                yield from values
        self._expect_nothing_more()

    def _open(self) -> None:
        self._fill(len(_BOM))
        self._buffer = self._buffer.removeprefix(_BOM)
        self._skip_whitespace()
        if not self._buffer and self._failure is not None:
            raise self._failure
        if not self._buffer.startswith(b"["):
            raise NotAnArrayError(self._buffer[:100])
        self._buffer = self._buffer[1:]
        self._skip_whitespace()
        if self._buffer.startswith(b"]"):
            self._start, self._is_closed = 1, True

    def _skip_whitespace(self) -> None:
        self._buffer = self._buffer.lstrip(_WHITESPACE)
        while not self._buffer and not self._is_at_end:
            self._fill(1)
            self._buffer = self._buffer.lstrip(_WHITESPACE)

    def _expect_nothing_more(self) -> None:
        while True:
            if self._buffer[self._start :].strip(_WHITESPACE):
                raise BrokenArrayError(self._position, "something follows its end")
            if self._is_at_end:
                return
            self._buffer, self._start = b"", 0
            self._fill(1)

    def _fill(self, size: int) -> None:
        """Read until the buffer holds so many bytes, or nothing more comes."""
        pieces = [self._buffer]
        held = len(self._buffer)
        try:
            while held < size and not self._is_at_end:
                chunk = next(self._chunks, None)
                if chunk is None:
                    self._is_at_end = True
                else:
                    pieces.append(chunk)
                    held += len(chunk)
        except Exception as failure:  # noqa: BLE001 -- raised once the elements that did arrive are read
            self._is_at_end, self._failure = True, failure
        self._buffer = b"".join(pieces)

    def _fill_more(self) -> None:
        """Hold twice as much, but no more than it takes to see that an element is too large."""
        self._fill(min(2 * len(self._buffer) + 1, max(len(self._buffer), self._start + self._element_bytes_max) + 1))

    # --- the quick way ---

    def _decoded_at_once(self) -> list[Any] | None:
        """The elements of the buffer, but for one that its end may cut; None when the guess does not hold."""
        if self._is_at_end and len(self._buffer) <= self._element_bytes_max:
            values = _values(b"[" + self._buffer)
            # Nothing at all is no array's end here, but what follows a comma too many.
            if values:
                self._start, self._is_closed = len(self._buffer), True
                return values
        cut = len(self._buffer)
        for _ in range(CUTS_MAX if self._boundary else 0):
            cut = self._buffer.rfind(self._boundary, 0, cut)
            if not 0 <= cut < self._element_bytes_max:
                break
            values = _values(b"".join((b"[", memoryview(self._buffer)[: cut + 1], b"]")))
            if values is not None:
                self._start = cut + self._boundary.index(b"{")
                return values
        return None

    # --- the sure way ---

    def _scanned(self) -> Iterator[Any]:
        """The elements of this window one by one, or only the next when there is a boundary to learn."""
        if self._boundary not in self._buffer:
            self._boundary = b""
        window_end = len(self._buffer)
        learns = not self._boundary
        while True:
            yield self._next()
            if self._is_closed or self._start >= window_end or (learns and self._boundary):
                return

    def _next(self) -> Any:
        scan = Scan(self._start)
        while True:
            try:
                end = scan.end(self._buffer)
            except ValueError as error:
                return self._given_up(str(error), structure_is_lost=True)
            if end is not None:
                return self._ended(end)
            if self._is_at_end:
                # Brackets that are merely still open are those of an array cut short, not of a broken element.
                return self._given_up("a string or a bracket does not end", structure_is_lost=False)
            if len(self._buffer) - self._start > self._element_bytes_max:
                return self._skipped(scan)
            self._fill_more()

    def _ended(self, end: int) -> Any:
        """The element that the scanner saw end here."""
        text = self._buffer[self._start : end].rstrip(_WHITESPACE)
        raw = text.lstrip(_WHITESPACE)
        value: Any
        if len(raw) > self._element_bytes_max:
            value = Malformed(self._position, "too large", raw[:HEAD_BYTES], is_too_large=True)
        else:
            try:
                value = decode(raw)
            except MalformedJsonError as error:
                next_start = following(self._buffer, self._start, end, structure_is_lost=False)
                if next_start is not None:
                    return self._set_aside(next_start, str(error))
                value = Malformed(self._position, str(error), raw)
        if not self._boundary and raw.endswith(b"}"):
            self._learn(self._start + len(text) - 1, end + 1)
        self._is_closed = self._buffer[end] == BRACKET
        self._start = end + 1
        self._position += 1
        return value

    def _learn(self, closing: int, after: int) -> None:
        """Take what stands from this element's last brace to the next one's first colon as the boundary."""
        first_key = opening(self._buffer, after)
        if first_key is not None:
            self._boundary = self._buffer[closing : first_key.end()]

    def _given_up(self, reason: str, *, structure_is_lost: bool) -> Malformed:
        """The scanner is lost in this element: go on where the next one seems to begin."""
        while True:
            next_start = following(self._buffer, self._start, len(self._buffer), structure_is_lost=structure_is_lost)
            if next_start is not None:
                return self._set_aside(next_start, reason)
            if self._is_at_end or len(self._buffer) - self._start > self._element_bytes_max:
                raise self._failure or BrokenArrayError(self._position, reason)
            self._fill_more()

    def _set_aside(self, next_start: int, reason: str) -> Malformed:
        raw = self._buffer[self._start : next_start].strip(_WHITESPACE).removesuffix(b",")
        aside = Malformed(self._position, reason, raw[: self._element_bytes_max])
        self._start = next_start
        self._position += 1
        return aside

    def _skipped(self, scan: Scan) -> Malformed:
        """An element larger than allowed: kept is its beginning, the rest is read and let go."""
        next_start = following(self._buffer, self._start, len(self._buffer), structure_is_lost=False)
        if next_start is not None:
            return self._set_aside(next_start, "a string does not end")
        aside = Malformed(
            self._position, "too large", self._buffer[self._start : self._start + HEAD_BYTES], is_too_large=True
        )
        end = None
        while end is None:
            if self._is_at_end:
                raise self._failure or BrokenArrayError(self._position, "a string or a bracket does not end")
            self._buffer = scan.forget(self._buffer)
            self._fill(len(self._buffer) + self._window_bytes)
            try:
                end = scan.end(self._buffer)
            except ValueError as error:
                raise BrokenArrayError(self._position, str(error)) from error
        self._is_closed = self._buffer[end] == BRACKET
        self._start = end + 1
        self._position += 1
        return aside


def _values(text: bytes) -> list[Any] | None:
    try:
        values: list[Any] = decode(text)
    except MalformedJsonError:
        return None
    return values
