from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest

from connector.sources import stream
from connector.sources.stream import HEAD_BYTES, BrokenArrayError, Malformed, NotAnArrayError, elements

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
        pytest.param([{"},{": number} for number in range(20)], id="keys with brackets"),
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
        pytest.param(b"[]x", [BrokenArrayError], id="something after an empty one"),
        pytest.param(b"\x0c[1]", [NotAnArrayError], id="a form feed is no white space before it"),
        pytest.param(b"[\x0c1,2]", [b"\x0c1", 2], id="a form feed at its start"),
        pytest.param(b"[1,2\x0c,3]", [1, b"2\x0c", 3], id="a form feed between"),
        pytest.param(b"[1]\x0c", [1, BrokenArrayError], id="a form feed after it"),
        pytest.param(
            b'[1, \x0c{"id":2},{"id":3,"s":[}\x0c ,{"id":4}]',
            [1, b'\x0c{"id":2}', b'{"id":3,"s":[}\x0c ', {"id": 4}],
            id="a form feed about objects",
        ),
        pytest.param(b'[ \t{"id":NaN}\n\r, -x ]', [b'{"id":NaN}', b"-x"], id="white space about malformed ones"),
    ],
)
def test_malformed_arrays(text, expected, window, chunk):
    assert [shown(element) for element in read(text, window=window, chunk=chunk)] == expected


@pytest.mark.parametrize(
    "text", [b"", b"  \n", b'{"calls":[]}', b"<html>", b"null", b"\xff\xfe[\x00]\x00", b"\xef\xbb"]
)
def test_what_is_no_array(text):
    assert read(text, chunk=1) == [NotAnArrayError]


def told(text: bytes, *, window: int, chunk: int, largest: int = 50_000) -> list[object]:
    """Everything that comes out in full, an error last, as its kind and its text."""
    chunks = (text[start : start + chunk] for start in range(0, len(text), chunk))
    out: list[object] = []
    try:
        out += iter(elements(chunks, window_bytes=window, element_bytes_max=largest))
    except (BrokenArrayError, NotAnArrayError) as error:
        out.append((type(error), str(error)))
    return out


def test_what_is_no_array_is_told_with_its_first_hundred_bytes():
    with pytest.raises(NotAnArrayError, match=r"^not a JSON array$") as refused:
        list(elements([b" " * 9 + b"<" * 500]))
    assert refused.value.start == b"<" * 100


OPEN, UNMATCHED, INVALID = "a string or a bracket does not end", "brackets that do not match", "no valid JSON"


@pytest.mark.parametrize(("window", "chunk"), SIZES)
def test_each_malformed_element_is_told_with_its_place_and_its_reason(window, chunk):
    text = b"[0,1," + b",".join(
        (
            *(b'{"id":NaN}', b'{"id":3,"s":"a "b"}', b'{"id":4}', b'{"id":5}}', b'{"id":6}'),
            *(b'{"id":7,"p":[}', b'{"id":8}', b"nil", b'{"id":"\xff"}', b'{"id":1e999}', b'{"id":"the last"}]'),
        )
    )
    assert told(text, window=window, chunk=chunk) == [
        0,
        1,
        Malformed(2, INVALID, b'{"id":NaN}'),
        Malformed(3, OPEN, b'{"id":3,"s":"a "b"}'),
        {"id": 4},
        Malformed(5, "a brace that closes nothing", b'{"id":5}}'),
        {"id": 6},
        Malformed(7, UNMATCHED, b'{"id":7,"p":[}'),
        {"id": 8},
        Malformed(9, INVALID, b"nil"),
        Malformed(10, "text that is not UTF-8", b'{"id":"\xff"}'),
        Malformed(11, "a number out of range", b'{"id":1e999}'),
        {"id": "the last"},
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'[{"id":0},1,2}]', "after 2 elements: a brace that closes nothing"),
        (b'[{"id":0},1,{"id":"2', f"after 2 elements: {OPEN}"),
        (b'[{"id":0},1,{"id":2,"x":[}', f"after 2 elements: {UNMATCHED}"),
        (b'[{"id":0},1]]', "after 2 elements: something follows its end"),
    ],
)
@pytest.mark.parametrize("chunk", range(1, 27))
def test_a_broken_array_is_told_with_its_place_and_its_reason_wherever_its_pieces_are_cut(text, reason, chunk):
    for window in (1, 4, 16, 100):
        assert told(text, window=window, chunk=chunk) == [{"id": 0}, 1, (BrokenArrayError, reason)]


@pytest.mark.parametrize("spaces", range(12))
def test_white_space_may_stand_wherever_pieces_are_cut(spaces):
    white = b" \n\t\r"[: 1 + spaces % 4] * spaces
    for chunk in range(1, 9):
        assert told(white.join((b"", b"[", b"]", b"")), window=4, chunk=chunk) == []
        assert told(white.join((b"", b"[", b"1", b",", b"{}", b"]", b"")), window=4, chunk=chunk) == [1, {}]


# --- sizes -----------------------------------------------------------------------------------------------------


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
@pytest.mark.parametrize(("window", "chunk"), [(8, 3), (64, 64), (310, 300), (4096, 4096)])
def test_the_largest_is_known_to_the_byte(size, place, window, chunk):
    calls = [b'{"id":"c%d"}' % number for number in range(60)]
    calls[place] = b'{"id":"' + b"x" * (size - len(b'{"id":""}')) + b'"}'
    out = told(b"[" + b",".join(calls) + b"]", window=window, chunk=chunk, largest=300)
    assert len(out) == 60
    assert [position for position, each in enumerate(out) if isinstance(each, Malformed)] == (
        [place] if size > 300 else []
    )


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


def test_a_connection_that_failed_is_asked_for_no_more():
    class Failing:
        def __init__(self) -> None:
            self.pieces = iter((b'[{"id":1},', BrokenLineError(), b'{"id":2}]'))

        def __iter__(self) -> Failing:
            return self

        def __next__(self) -> bytes:
            piece = next(self.pieces)
            if isinstance(piece, bytes):
                return piece
            raise BrokenLineError

    seen: list[object] = []
    with pytest.raises(BrokenLineError):
        seen.extend(iter(elements(Failing()).__next__, None))
    assert seen == [{"id": 1}]


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
