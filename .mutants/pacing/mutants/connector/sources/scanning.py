"""Finding where an element of a JSON array ends, by its strings and brackets alone."""

from __future__ import annotations

import re

QUOTE, COMMA, BRACKET, BRACE = b'",]}'

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(")?|[\[\]{},]', re.DOTALL)
_OPENING = re.compile(rb'\s*\{\s*("[^"\\]*")\s*:')
_CLOSER = {ord("["): BRACKET, ord("{"): BRACE}


class Scan:
    """Looks for the comma or the bracket that ends the element which begins at `at`; goes on where it stopped."""

    def __init__(self, at: int = 0) -> None:
        self._at = at
        self._closers: list[int] = []

    def end(self, buffer: bytes) -> int | None:
        """The index, or None when the buffer ends first. Raises ValueError for brackets that do not match."""
        for token in _TOKEN.finditer(buffer, self._at):
            byte = buffer[token.start()]
            if byte == QUOTE:
                if token[1] is None:
                    self._at = token.start()
                    return None
            elif byte in _CLOSER:
                self._closers.append(_CLOSER[byte])
            elif not self._closers:
                if byte != BRACE:
                    return token.start()
                raise ValueError("a brace that closes nothing")
            elif byte != COMMA and self._closers.pop() != byte:
                raise ValueError("brackets that do not match")
        self._at = len(buffer)
        return None

    def forget(self, buffer: bytes) -> bytes:
        """Let go of a buffer without an end; answers what must stay of it: the start of a string that is still open."""
        is_in_string = self._at < len(buffer)
        self._at = 0
        if not is_in_string:
            return b""
        backslashes = len(buffer) - len(buffer.rstrip(b"\\"))
        return b'"\\' if backslashes % 2 else b'"'


def opening(buffer: bytes, start: int) -> re.Match[bytes] | None:
    """The brace, first key (group 1) and colon with which an object begins here."""
    return _OPENING.match(buffer, start)


def following(buffer: bytes, start: int, end: int, *, structure_is_lost: bool) -> int | None:
    """Where in the text of a broken element another one seems to begin with the same key.

    Within sound strings that text cannot stand, so where it does, a quote is missing or one too many. Between
    sound strings it also stands between nested objects: then it counts only when the brackets are broken too.
    """
    first_key = opening(buffer, start)
    if first_key is None:
        return None
    strings = {token.start() for token in _TOKEN.finditer(buffer, start, end)}
    candidate = re.compile(rb"\}\s*,\s*(\{)\s*(" + re.escape(first_key[1]) + rb")\s*:")
    first = None
    for match in candidate.finditer(buffer, start, end):
        if match.start(2) not in strings:
            return match.start(1)
        first = first or match.start(1)
    return first if structure_is_lost else None
