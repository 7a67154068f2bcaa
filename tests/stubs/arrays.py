"""What comes out of the reader of huge arrays, as a test compares it."""

from __future__ import annotations

from connector.sources.stream import BrokenArrayError, Malformed, NotAnArrayError, elements

OPEN, UNMATCHED, INVALID = "a string or a bracket does not end", "brackets that do not match", "no valid JSON"
"""Why an element could not be read."""


def told(text: bytes, *, window: int, chunk: int, largest: int = 50_000) -> list[object]:
    """Everything that comes out in full, an error last, as its kind and its text."""
    chunks = (text[start : start + chunk] for start in range(0, len(text), chunk))
    out: list[object] = []
    try:
        out += iter(elements(chunks, window_bytes=window, element_bytes_max=largest))
    except (BrokenArrayError, NotAnArrayError) as error:
        out.append((type(error), str(error)))
    return out


def read(text: bytes, *, window: int = 16, chunk: int = 7, largest: int = 50_000) -> list[object]:
    """Everything that comes out, an error last, as its kind."""
    return [
        each[0] if isinstance(each, tuple) else each for each in told(text, window=window, chunk=chunk, largest=largest)
    ]


def shown(element: object) -> object:
    """Malformed elements by their bytes."""
    return element.raw if isinstance(element, Malformed) else element
