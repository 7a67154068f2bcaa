"""One huge array, read window by window: what comes out, however it is cut and whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from connector.sources.stream import BrokenArrayError, Malformed, NotAnArrayError, elements
from tests.stubs.arrays import INVALID, OPEN, UNMATCHED, read, shown, told

SIZES = [(1, 1), (3, 2), (16, 7), (64, 64), (4096, 100_000)]

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
            b'[1, \x0c{"id":2}, \x0c{"id":3,"s":[}\x0c ,{"id":4}]',
            [1, b'\x0c{"id":2}', b'\x0c{"id":3,"s":[}\x0c ', {"id": 4}],
            id="a form feed about objects",
        ),
        pytest.param(b'[ \t{"id":NaN}\n\r, -x ]', [b'{"id":NaN}', b"-x"], id="white space about malformed ones"),
    ],
)
def test_malformed_arrays(text, expected, window, chunk):
    assert [shown(element) for element in read(text, window=window, chunk=chunk)] == expected


@pytest.mark.parametrize(
    "text", [b"", b"  \n", b'{"calls":[]}', b"<html>", b"null", b"\xff\xfe[\x00]\x00", b"\xef\xbb", b"    \x0c[]"]
)
def test_what_is_no_array(text):
    assert read(text, chunk=1) == [NotAnArrayError]


def test_what_is_no_array_is_told_with_its_first_hundred_bytes():
    with pytest.raises(NotAnArrayError, match=r"^not a JSON array$") as refused:
        list(elements([b" " * 9 + b"<" * 500]))
    assert refused.value.start == b"<" * 100


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


def test_positions_are_counted_over_all_elements():
    text = b"[" + b",".join(b'{"id":%d}' % number for number in range(40)) + b',{"id":-},{"id":1},{"id":NaN}]'
    positions = [element.position for element in read(text, window=64) if isinstance(element, Malformed)]
    assert positions == [40, 42]


def test_elements_whose_quotes_even_out_are_told_apart():
    first, second = b'{"id":1,"s":"a "b"}', b'{"id":2,"s":"c "d"}'
    text = b'[{"id":0},' + first + b"," + second + b',{"id":3}]'
    expected = [{"id": 0}, Malformed(1, INVALID, first), Malformed(2, OPEN, second), {"id": 3}]
    assert told(text, window=100, chunk=100) == expected


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
