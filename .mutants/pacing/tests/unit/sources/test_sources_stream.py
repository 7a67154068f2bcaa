from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice

import pytest

from connector.sources.stream import BrokenArrayError, Malformed, NotAnArrayError, elements

SIZES = [(1, 1), (3, 2), (16, 7), (64, 64), (4096, 100_000)]


def read(text: bytes, *, window: int = 16, chunk: int = 7, largest: int = 50_000) -> list[object]:
    """Everything that comes out, an error last."""
    chunks = (text[start : start + chunk] for start in range(0, len(text), chunk))
    out: list[object] = []
    try:
        for element in elements(chunks, window_bytes=window, element_bytes_max=largest):
            out.append(element)
    except (BrokenArrayError, NotAnArrayError) as error:
        out.append(type(error))
    return out


def shown(element: object) -> object:
    """Malformed elements by their bytes."""
    return element.raw if isinstance(element, Malformed) else element


NESTED = {"id": 1, "parts": [{"id": 2}, {"id": 3}, {"id": 4}]}


@pytest.mark.parametrize(("window", "chunk"), SIZES)
@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="empty"),
        pytest.param([{"id": "a"}], id="a single one"),
        pytest.param([{}, {}, {"id": 1}], id="empty objects"),
        pytest.param([1, -2.5, "x", None, True, [], {}], id="no objects at all"),
        pytest.param([{"id": number, "text": "x" * (number % 7)} for number in range(50)], id="many"),
        pytest.param([{"id": 1, "text": '},{"id":2}]'}, {"id": 2}], id="brackets and quotes in text"),
        pytest.param(
            [{"id": 1, "text": "\\"}, {"id": 2, "text": '\\"'}, {"id": 3}], id="backslashes at the end of text"
        ),
        pytest.param([NESTED] * 5, id="nested objects with the same first key"),
        pytest.param([{"id": 1}, {"other": 2}, {"id": 3}, [{"id": 4}], {"id": 5}], id="elements of different shapes"),
        pytest.param([{"id": "é😀\u2028"}, {"id": "\x7f"}], id="text beyond ASCII"),
        pytest.param([{'a"b\\': 1}, {'a"b\\': 2}], id="keys with quotes"),
        pytest.param(
            [{"id": 1, "text": "x" * 500}, {"id": 2}, {"id": 3, "text": "y" * 500}], id="larger than a window"
        ),
    ],
)
@pytest.mark.parametrize("form", ["plain", "spaced", "indented", "escaped"])
def test_well_formed_arrays(values, window, chunk, form):
    separators = {"plain": (",", ":"), "escaped": (",", ":")}.get(form, (", ", ": "))
    text = json.dumps(
        values, separators=separators, indent=2 if form == "indented" else None, ensure_ascii=form == "escaped"
    )
    assert read(f" {text}\n".encode(), window=window, chunk=chunk) == values


@pytest.mark.parametrize(("window", "chunk"), SIZES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b'\xef\xbb\xbf[{"id":1}]', [{"id": 1}], id="a byte order mark"),
        pytest.param(b'[{"id":1},{"id":NaN},{"id":3}]', [{"id": 1}, b'{"id":NaN}', {"id": 3}], id="not a number"),
        pytest.param(b'[{"id":"\xff"},{"id":2}]', [b'{"id":"\xff"}', {"id": 2}], id="not UTF-8"),
        pytest.param(b'[{"id":1}, 5 ,{"id":3}]', [{"id": 1}, 5, {"id": 3}], id="a number between calls"),
        pytest.param(b'[{"id":1},,{"id":3}]', [{"id": 1}, b"", {"id": 3}], id="a comma too many"),
        pytest.param(b'[{"id":1},]', [{"id": 1}, b""], id="a comma at the end"),
        pytest.param(b'[{"id":1} {"id":2},{"id":3}]', [b'{"id":1} {"id":2}', {"id": 3}], id="a comma too few"),
        pytest.param(b'[{"id":1,},{"id":2}]', [b'{"id":1,}', {"id": 2}], id="a comma within"),
        pytest.param(
            b'[{"id":1,"s":"say "hi"},{"id":2},{"id":3}]',
            [b'{"id":1,"s":"say "hi"}', {"id": 2}, {"id": 3}],
            id="a quote too many",
        ),
        pytest.param(
            b'[{"id":0},{"id":1,"s":"a "b"},{"id":2,"s":"c "d"},{"id":3}]',
            [{"id": 0}, b'{"id":1,"s":"a "b"}', b'{"id":2,"s":"c "d"}', {"id": 3}],
            id="two elements whose quotes even out",
        ),
        pytest.param(
            b'[{"id":1,"s":[},{"id":2},{"id":3}]', [b'{"id":1,"s":[}', {"id": 2}, {"id": 3}], id="an open bracket"
        ),
        pytest.param(b'[{"id":1}},{"id":2},{"id":3}]', [b'{"id":1}}', {"id": 2}, {"id": 3}], id="a brace too many"),
        pytest.param(
            b'[{"id":1,"n":NaN,"p":[{"id":2},{"id":3},{"id":4}]},{"id":5}]',
            [b'{"id":1,"n":NaN,"p":[{"id":2},{"id":3},{"id":4}]}', {"id": 5}],
            id="nested objects in a malformed one are not calls",
        ),
        pytest.param(
            b'[{"id":1},' + b"[" * 20_000 + b"]" * 20_000 + b',{"id":2}]',
            [{"id": 1}, b"[" * 20_000 + b"]" * 20_000, {"id": 2}],
            id="nested too deeply",
        ),
        pytest.param(b'[{"id":1},{"id":2', [{"id": 1}, BrokenArrayError], id="cut short"),
        pytest.param(b'[{"id":1},{"id":"2', [{"id": 1}, BrokenArrayError], id="cut short in a string"),
        pytest.param(b'[{"id":1},', [{"id": 1}, BrokenArrayError], id="cut short after a comma"),
        pytest.param(
            b'[{"id":1},{"id":2,"parts":[{"id":3},{"id":4}]',
            [{"id": 1}, BrokenArrayError],
            id="cut short after a bracket",
        ),
        pytest.param(b'[{"id":1}', [BrokenArrayError], id="cut short before its end"),
        pytest.param(b"[", [BrokenArrayError], id="only opened"),
        pytest.param(b'[{"id":1}]x', [{"id": 1}, BrokenArrayError], id="something after it"),
        pytest.param(b'[{"id":1}]\n[{"id":2}]', [{"id": 1}, BrokenArrayError], id="a second array"),
        pytest.param(b'[{"id":1}]]', [{"id": 1}, BrokenArrayError], id="a bracket too many"),
        pytest.param(b"[1,2}]", [1, BrokenArrayError], id="a brace that closes nothing"),
    ],
)
def test_malformed_arrays(text, expected, window, chunk):
    assert [shown(element) for element in read(text, window=window, chunk=chunk)] == expected


@pytest.mark.parametrize(
    "text", [b"", b"  \n", b'{"calls":[]}', b"<html>", b"null", b"\xff\xfe[\x00]\x00", b"\xef\xbb"]
)
def test_what_is_no_array(text):
    assert read(text, chunk=1) == [NotAnArrayError]


def test_positions_are_counted_over_all_elements():
    text = b"[" + b",".join(b'{"id":%d}' % number for number in range(40)) + b',{"id":-},{"id":1},{"id":NaN}]'
    positions = [element.position for element in read(text, window=64) if isinstance(element, Malformed)]
    assert positions == [40, 42]


# --- sizes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("window", "chunk"), [(8, 3), (64, 64), (4096, 4096)])
@pytest.mark.parametrize("filler", [b"x", b'\\"', b"\\\\", b"},{"], ids=["text", "quotes", "backslashes", "brackets"])
def test_an_element_that_is_too_large_is_set_aside(window, chunk, filler):
    large = b'{"id":"large","text":"' + filler * 2000 + b'"}'
    text = b'[{"id":"a"},' + large + b',{"id":"b"},' + large + b"]"
    first, aside, second, last = read(text, window=window, chunk=chunk, largest=300)
    assert (first, second) == ({"id": "a"}, {"id": "b"})
    for element in (aside, last):
        assert isinstance(element, Malformed)
        assert element.is_too_large
        assert large.startswith(element.raw)


def test_a_large_element_within_the_limit_is_read():
    large = {"id": "large", "text": "x" * 9_000}
    assert read(json.dumps([large, {"id": "b"}]).encode()) == [large, {"id": "b"}]


@pytest.mark.parametrize("end", [b"", b'"', b'"}', b'"},{"id":"b"'])
def test_a_large_element_that_is_cut_short(end):
    text = b'[{"id":"large","text":"' + b"x" * 5000 + end
    assert read(text, largest=300)[-1] is BrokenArrayError


def test_a_string_that_never_ends_does_not_swallow_the_rest():
    calls = b",".join(b'{"id":%d,"s":"x"}' % number for number in range(2, 500))
    out = read(b'[{"id":1,"s":"x},' + calls + b"]", largest=1000)
    assert shown(out[0]) == b'{"id":1,"s":"x}'
    assert out[1:] == [{"id": number, "s": "x"} for number in range(2, 500)]


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
    reading.close()  # type: ignore[attr-defined]
    assert taken <= 115


class BrokenLineError(Exception):
    pass


@pytest.mark.parametrize(
    ("arrived", "before"), [(b"", 0), (b"[", 0), (b'[{"id":1},{"id":2},{"id"', 2), (b'[{"id":1}', 0)]
)
def test_what_the_connection_raises_comes_after_what_arrived(arrived, before):
    def chunks() -> Iterator[bytes]:
        yield arrived
        raise BrokenLineError

    seen: list[object] = []
    with pytest.raises(BrokenLineError):
        seen.extend(iter(elements(chunks()).__next__, None))
    assert len(seen) == before
