"""A platform's calls in lists short enough to look up in the ledger at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connector.engine.walk import weight
from connector.model import BadCall, Call, OngoingCall

CHUNK = 50
"""Calls looked up in the ledger at once: few, since what was read beyond the stop was read in vain."""
CHUNK_TEXT = 500_000
"""Characters of text after which a chunk ends before that: heavy calls are not read in vain, nor gathered in memory."""


def chunks(calls: Iterable[Call | BadCall | OngoingCall]) -> Iterator[list[Call | BadCall | OngoingCall]]:
    """The calls in lists of at most `CHUNK`, fewer where they are heavy."""
    chunk: list[Call | BadCall | OngoingCall] = []
    text = 0
    for call in calls:
        chunk.append(call)
        text += weight(call)
        if len(chunk) >= CHUNK or text >= CHUNK_TEXT:
            yield chunk
            chunk, text = [], 0
    if chunk:
        yield chunk
