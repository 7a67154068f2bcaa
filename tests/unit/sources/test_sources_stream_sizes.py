"""Elements that are too large, to the byte, and what reading a huge array costs."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest

from connector.sources import stream
from connector.sources.scanning import Scan
from connector.sources.stream import HEAD_BYTES, BrokenArrayError, Malformed, elements
from tests.stubs.arrays import OPEN, UNMATCHED, read, shown, told


@pytest.mark.parametrize(("window", "chunk"), [(8, 3), (64, 64), (4096, 4096)])
@pytest.mark.parametrize("filler", [b"x", b'\\"', b"\\\\", b"},{"], ids=["text", "quotes", "backslashes", "brackets"])
def test_an_element_that_is_too_large_is_set_aside(window, chunk, filler):
    large = b'{"id":"large","text":"' + filler * 2000 + b'"}'
    text = b'[{"id":"a"},' + large + b',{"id":"b"},' + large + b"]"
    first, aside, second, last = read(text, window=window, chunk=chunk, largest=300)
    assert (first, second) == ({"id": "a"}, {"id": "b"})
    for element, position in ((aside, 1), (last, 3)):
        assert isinstance(element, Malformed)
        assert (element.position, element.reason, element.is_too_large) == (position, "too large", True)
        assert large.startswith(element.raw)
        assert len(element.raw) >= 300


@pytest.mark.parametrize("size", [299, 300, 301])
@pytest.mark.parametrize("place", [0, 1, 30, 59])
@pytest.mark.parametrize(("window", "chunk"), [(8, 3), (64, 64), (300, 1), (310, 1), (4096, 4096)])
def test_the_largest_is_known_to_the_byte(size, place, window, chunk):
    calls = [b'{"id":"c%d"}' % number for number in range(60)]
    calls[place] = b'{"id":"' + b"x" * (size - len(b'{"id":""}')) + b'"}'
    out = told(b"[" + b",".join(calls) + b"]", window=window, chunk=chunk, largest=300)
    assert len(out) == 60
    assert [position for position, each in enumerate(out) if isinstance(each, Malformed)] == (
        [place] if size > 300 else []
    )


def test_the_next_element_is_looked_for_as_far_as_the_largest_one_may_reach():
    for size, expected in ((294, {"id": 2}), (295, BrokenArrayError)):
        broken = b'{"id":1,"p":[},"s":"'
        broken += b"x" * (size - len(broken + b'"}')) + b'"}'
        assert read(b"[" + broken + b',{"id":2}]', window=300, chunk=1, largest=300)[-1] == expected


@pytest.mark.parametrize("bad", [b'"n":NaN', b'"n":[}'], ids=["malformed", "broken"])
def test_an_element_is_measured_from_where_it_begins(bad):
    """However far into a window it does."""
    call = b'{"id":1,%b,"text":"' % bad + b"x" * 600 + b'"}'
    out = told(b"[" + b",".join([call] * 20) + b',{"id":2}]', window=1500, chunk=100, largest=1000)
    assert [each.raw for each in out[:-1] if isinstance(each, Malformed) and not each.is_too_large] == [call] * 20
    assert out[-1] == {"id": 2}


def test_nested_objects_in_one_that_is_too_large_are_no_elements():
    parts = b",".join(b'{"id":%d}' % number for number in range(100))
    out = told(b'[0,{"id":1,"parts":[' + parts + b']},{"id":2}]', window=64, chunk=64, largest=300)
    assert [shown(element) for element in (out[0], *out[2:])] == [0, {"id": 2}]
    assert isinstance(out[1], Malformed)
    assert out[1].is_too_large


def test_of_one_that_is_too_large_the_beginning_is_kept():
    large = b'{"id":"large","text":"' + b"x" * 3 * HEAD_BYTES + b'"}'
    for size in (len(large) - 1, 2 * HEAD_BYTES, HEAD_BYTES):
        [aside] = told(b"[" + large + b"]", window=1024, chunk=1024, largest=size)
        assert aside == Malformed(0, "too large", large[:HEAD_BYTES], is_too_large=True)


def test_a_large_element_within_the_limit_is_read():
    large = {"id": "large", "text": "x" * 9_000}
    assert read(json.dumps([large, {"id": "b"}]).encode()) == [large, {"id": "b"}]


@pytest.mark.parametrize(
    ("end", "reason"),
    [(b"", OPEN), (b'"', OPEN), (b'"}', OPEN), (b'"]}', UNMATCHED), (b'"},"b}', OPEN), (b'"},{"id":"b"', OPEN)],
)
def test_a_large_element_that_is_cut_short_or_broken(end, reason):
    text = b'[0,{"id":"large","text":"' + b"x" * 5000 + end
    last = told(text, window=16, chunk=7, largest=300)[-1]
    position = 2 if b"," in end else 1
    assert last == (BrokenArrayError, f"after {position} elements: {reason}")


def test_a_string_that_never_ends_does_not_swallow_the_rest():
    calls = b",".join(b'{"id":%d,"s":"x"}' % number for number in range(2, 500))
    out = read(b'[{"id":1,"s":"x},' + calls + b"]", largest=1000)
    assert shown(out[0]) == b'{"id":1,"s":"x}'
    assert out[1:] == [{"id": number, "s": "x"} for number in range(2, 500)]
    assert isinstance(out[0], Malformed)
    assert (out[0].reason, out[0].is_too_large) == ("a string does not end", False)


def test_memory_does_not_grow_with_the_length():
    call = b'{"id":"c1","summary":"' + b"x" * 2000 + b'"},'

    def peak(count: int) -> int:
        def chunks() -> Iterator[bytes]:
            yield b"["
            for _ in range(count):
                yield call
            yield b'{"id":"last"}]'

        tracemalloc.start()
        read_count = sum(1 for _ in elements(chunks()))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert read_count == count + 1
        return size

    assert peak(20_000) < 1.5 * peak(800)


def test_stopping_early_stops_reading():
    taken = 0

    def chunks() -> Iterator[bytes]:
        nonlocal taken
        yield b"["
        while True:
            taken += 1
            yield b'{"id":"c1","text":"' + b"x" * 1000 + b'"},'

    reading = elements(chunks(), window_bytes=10_000)
    assert len(list(islice(reading, 100))) == 100
    # A generator, promised as no more than an iterator.
    reading.close()  # type: ignore[attr-defined]
    assert taken <= 115


# --- costs -----------------------------------------------------------------------------------------------------


def plain(count: int) -> bytes:
    return b",".join(b'{"id":%d,"text":"some text"}' % (100 + number) for number in range(count))


NESTED_CALL = b'{"id":1,"parts":[{"id":2},{"id":3},{"id":4}]}'


@pytest.mark.parametrize(
    ("text", "scanned", "decoded"),
    [
        pytest.param(b"[" + plain(1000) + b"]", 1, 30, id="alike: the first one, and each window at once"),
        pytest.param(
            b"[" + plain(500) + b"," + plain(500).replace(b"id", b"ID") + b"]",
            2,
            30,
            id="two kinds: the first one of each",
        ),
        pytest.param(
            b"[" + b",".join([NESTED_CALL] * 600) + b"]",
            1,
            47,
            id="nested objects alike: a window is cut up to three times",
        ),
        pytest.param(
            b"[" + b",".join(b"%d" % number for number in range(3000)) + b"]",
            2922,
            1,
            id="no objects: one by one up to the last window",
        ),
        pytest.param(
            b'[{"id":0},' + plain(500).replace(b'"id":350', b'"id":NaN') + b"]",
            35,
            17,
            id="a bad one: its window one by one",
        ),
    ],
)
def test_what_reading_costs(monkeypatch, text, scanned, decoded):
    """How many elements were looked for bracket by bracket, and how often a window was decoded as a whole."""
    counted: Counter[str] = Counter()

    def counting(name: str) -> Callable[[Any], Any]:
        inner = getattr(stream, name)

        def count(argument: Any) -> Any:
            counted[name] += 1
            return inner(argument)

        return count

    for name in ("Scan", "_values"):
        monkeypatch.setattr(stream, name, counting(name))
    pieces = [text[start : start + 500] for start in range(0, len(text), 500)]
    assert sum(1 for _ in elements(pieces, window_bytes=1000)) > 500
    assert counted == {"Scan": scanned, "_values": decoded}


def test_a_large_element_is_looked_through_in_pieces_that_grow(monkeypatch):
    looked: list[int] = []

    class Looking(Scan):
        def end(self, buffer: bytes) -> int | None:
            looked.append(len(buffer))
            return super().end(buffer)

    monkeypatch.setattr(stream, "Scan", Looking)
    text = b'[{"id":1,"text":"' + b"x" * 90_000 + b'"},{"id":2}]'
    pieces = (text[start : start + 100] for start in range(0, len(text), 100))
    assert sum(1 for _ in elements(pieces, window_bytes=1000, element_bytes_max=80_000)) == 2
    # Twice as far each time, up to where it is too large; then what is left of it, window by window.
    assert (len(looked), max(looked) <= 80_000 + 100) == (8 + 11, True)
