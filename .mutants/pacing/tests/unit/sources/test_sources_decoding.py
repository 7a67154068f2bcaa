from __future__ import annotations

import pytest

from connector.sources.decoding import MalformedJsonError, decode


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param(rb'"\ud83d\ude00"', "😀", id="a surrogate pair"),
        pytest.param(rb'"a\ud83dz"', "a\ufffdz", id="a lone high surrogate"),
        pytest.param(rb'"\uDE00\uD83D"', "\ufffd\ufffd", id="a pair the wrong way round"),
        pytest.param(rb'{"\ud800":["\ud83d\ude00\udfff"]}', {"\ufffd": ["😀\ufffd"]}, id="lone ones within"),
        pytest.param(rb'{"a\u0000b":"c\u0000"}', {"ab": "c"}, id="NUL"),
        pytest.param(rb'["\u0000\ud800", 1, 2.5, null, true]', ["\ufffd", 1, 2.5, None, True], id="both, and others"),
        pytest.param(rb'"\\u0000 \\ud800"', r"\u0000 \ud800", id="only spelt out"),
        pytest.param(b'{"a":1,"a":2}', {"a": 2}, id="the last of two equal names counts"),
        pytest.param('"\u202e\u00e9"'.encode(), "\u202e\u00e9", id="any other text stays"),
        pytest.param(b" [] ", [], id="white space"),
    ],
)
def test_decode(raw, value):
    assert decode(raw) == value


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no valid JSON"),
        (b"<html>", "no valid JSON"),
        (b'{"a":1', "no valid JSON"),
        (b"[1]]", "no valid JSON"),
        (b"[NaN]", "no valid JSON"),
        (b"[-Infinity]", "no valid JSON"),
        (rb'["\ud800", NaN]', "no valid JSON"),
        (rb'["\ud800", 1e999]', "no valid JSON"),
        (b"[1e400]", "a number out of range"),
        (b"[" + b"9" * 5000 + b"]", "a number out of range"),
        (rb'["\ud800", ' + b"9" * 5000 + b"]", "no valid JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (rb'["\ud800", ' + b"[" * 100_000 + b"]" * 100_000 + b"]", "nested too deeply"),
        (b'["\xff"]', "text that is not UTF-8"),
        (b'["\xed\xa0\x80"]', "text that is not UTF-8"),
        ('["é"]'.encode("latin-1"), "text that is not UTF-8"),
        ('["a"]'.encode("utf-16"), "no valid JSON"),
        (b'["\x00"]', "no valid JSON"),
        (b'["\n"]', "no valid JSON"),
    ],
)
def test_what_is_refused(raw, reason):
    with pytest.raises(MalformedJsonError, match=f"^{reason}$"):
        decode(raw)
