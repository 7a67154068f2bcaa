"""Whatever the array, the windows and the chunks, our reader gives what an independent parser gives."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import ijson
from hypothesis import given
from hypothesis import strategies as st

from connector.sources.stream import BrokenArrayError, Malformed, elements

# Text that looks like the places where arrays are cut.
tricky = st.sampled_from(
    ['},{"id":', '"', "\\", '\\"', "}", "]", "[{", ',{"id":"', '"},{"id":1}]', "\u2028", "😀", " ", ""]
)
text = st.one_of(tricky, st.lists(tricky, max_size=4).map("".join), st.text(max_size=12))
names = st.one_of(st.sampled_from(["id", "a", '"', "\\"]), text)
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.just(0.5), text)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=8,
)
calls = st.fixed_dictionaries(
    {"id": text}, optional={"parts": st.lists(st.fixed_dictionaries({"id": scalars})), "x": values}
)
arrays = st.one_of(st.lists(values, max_size=12), st.lists(calls, max_size=12))
sizes = st.one_of(st.integers(1, 8), st.integers(8, 200))
END = object()
clean = str.maketrans({"\0": None})


def dumped(array: list[object], style: tuple[int | None, bool, str, str]) -> bytes:
    indent, ascii_only, comma, colon = style
    return json.dumps(array, indent=indent, ensure_ascii=ascii_only, separators=(comma, colon)).encode()


styles = st.tuples(
    st.sampled_from([None, 0, 2]), st.booleans(), st.sampled_from([",", " ,\t", ", "]), st.sampled_from([":", " : "])
)


def chunked(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


def stripped(value: Any) -> Any:
    """Without NUL, which our reader drops."""
    if isinstance(value, str):
        return value.translate(clean)
    if isinstance(value, list):
        return [stripped(item) for item in value]
    if isinstance(value, dict):
        return {stripped(name): stripped(item) for name, item in value.items()}
    return value


@given(array=arrays, style=styles, window=sizes, chunk=sizes)
def test_the_same_as_ijson(array, style, window, chunk):
    body = dumped(array, style)
    expected = [stripped(item) for item in ijson.items(io.BytesIO(body), "item", use_float=True)]
    assert list(elements(chunked(body, chunk), window_bytes=window)) == expected


def read(reading: Iterator[object]) -> tuple[list[object], bool]:
    """What came, and whether it ended well."""
    seen: list[object] = []
    try:
        seen.extend(iter(lambda: next(reading, END), END))
    except BrokenArrayError:
        return seen, False
    return seen, True


@given(array=arrays, style=styles, window=sizes, chunk=sizes, data=st.data())
def test_a_cut_array_is_never_taken_for_whole(array, style, window, chunk, data):
    body = dumped(array, style)
    cut = body[: data.draw(st.integers(1, len(body) - 1))]
    seen, ended_well = read(elements(chunked(cut, chunk), window_bytes=window))
    assert not ended_well
    if not any(isinstance(element, Malformed) for element in seen):
        assert seen == stripped(array)[: len(seen)]


@given(
    array=st.lists(calls, min_size=1, max_size=12),
    style=styles,
    window=sizes,
    chunk=sizes,
    data=st.data(),
)
def test_a_value_that_no_json_has_costs_its_own_element_alone(array, style, window, chunk, data):
    place = data.draw(st.integers(0, len(array) - 1))
    bad = data.draw(st.sampled_from([b"NaN", b"-Infinity", b'"\xff"', b"1e999", b"9" * 5000, b"+1", b"[1,]"]))
    array = [*array[:place], {"id": "the bad one", "value": "BAD"}, *array[place:]]
    body = dumped(array, style).replace(b'"BAD"', bad)
    out = list(elements(chunked(body, chunk), window_bytes=window))
    assert len(out) == len(array)
    assert isinstance(out[place], Malformed)
    assert bad in out[place].raw
    assert [*out[:place], *out[place + 1 :]] == [stripped(item) for item in [*array[:place], *array[place + 1 :]]]


@given(body=st.binary(max_size=200), window=sizes, chunk=sizes)
def test_any_bytes_end_in_elements_or_in_a_named_error(body, window, chunk):
    read(elements(chunked(b"[" + body, chunk), window_bytes=window, element_bytes_max=60))


tokens = st.sampled_from([b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b'{"id":', b"1", b" "])


@given(pieces=st.lists(tokens, max_size=60), window=sizes)
def test_any_tokens_end_in_elements_or_in_a_named_error(pieces, window):
    read(elements(chunked(b"[" + b"".join(pieces), 3), window_bytes=window, element_bytes_max=40))
