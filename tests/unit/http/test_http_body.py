from __future__ import annotations

import gzip
import zlib

import pytest

import connector.http.body
from connector.http.body import PIECE_BYTES, MalformedBodyError, TooLargeError, decoded

TEXT = b"".join(b"call %d, " % number for number in range(5_000))


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def in_chunks(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1, 7, 4096, 10_000_000])
@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("", TEXT, id="plain"),
        pytest.param("identity", TEXT, id="identity"),
        pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
        pytest.param(" GZIP ", gzip.compress(TEXT), id="gzip in capitals"),
        pytest.param("x-gzip", gzip.compress(TEXT), id="gzip by its old name"),
        pytest.param("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), id="gzip of two members"),
        pytest.param("deflate", zlib.compress(TEXT), id="deflate"),
        pytest.param("deflate", raw_deflate(TEXT), id="deflate without its header"),
    ],
)
def test_decoded(encoding, body, size):
    assert b"".join(decoded(in_chunks(body, size), encoding, bytes_max=len(TEXT))) == TEXT


@pytest.mark.parametrize("length", [PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_a_body_that_fills_whole_pieces_is_not_taken_for_cut_short(length):
    body = b"\0" * length
    assert b"".join(decoded([gzip.compress(body)], "gzip", bytes_max=length)) == body


CUT_SHORT, CORRUPT = "compressed body cut short", "corrupt compressed body"


@pytest.mark.parametrize(
    ("encoding", "body", "why"),
    [
        pytest.param("gzip", gzip.compress(TEXT)[:-9], CUT_SHORT, id="cut short"),
        pytest.param("gzip", gzip.compress(TEXT)[:5], CUT_SHORT, id="cut in its header"),
        pytest.param("gzip", b"<html>no gzip</html>", CORRUPT, id="not gzip"),
        pytest.param("gzip", gzip.compress(TEXT)[:-8] + b"\1" * 8, CORRUPT, id="wrong checksum"),
        pytest.param("gzip", gzip.compress(TEXT) + b"<html>", CORRUPT, id="something after it"),
        pytest.param("br", TEXT, "content encoding 'br'", id="an encoding that nobody asked for"),
        pytest.param("gzip, gzip", b"", "content encoding 'gzip, gzip'", id="encoded twice"),
        pytest.param("x" * 41, b"", f"content encoding '{'x' * 40}'", id="a long name"),
    ],
)
def test_what_cannot_be_decoded(encoding, body, why):
    with pytest.raises(MalformedBodyError) as raised:
        list(decoded([body], encoding, bytes_max=10**9))
    assert str(raised.value) == why


def test_what_a_used_up_chunk_left_inside_is_taken_out(monkeypatch):
    monkeypatch.setattr(connector.http.body, "PIECE_BYTES", 16)
    # In some of these the last byte holds a symbol that unfolds to more than one piece, and the end.
    for length in (*range(1, 60), 5_000):
        body = b"\0" * length
        pieces = list(decoded([raw_deflate(body)], "deflate", bytes_max=length))
        assert (b"".join(pieces), max(map(len, pieces))) == (body, min(length, 16))


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_limit_counts_decoded_bytes(encoding):
    body = gzip.compress(TEXT) if encoding else TEXT
    pieces = decoded(in_chunks(body, 100), encoding, bytes_max=len(TEXT) - 1)
    seen: list[int] = []
    with pytest.raises(TooLargeError, match=f"more than {len(TEXT) - 1} bytes"):
        seen.extend(map(len, pieces))
    assert sum(seen) < len(TEXT)


def test_a_bomb_is_never_unfolded():
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    pieces = decoded([bomb], "gzip", bytes_max=1_000_000)
    sizes: list[int] = []
    with pytest.raises(TooLargeError):
        sizes.extend(map(len, pieces))
    assert sizes
    assert sum(sizes) <= 1_000_000
    assert max(sizes, default=0) <= PIECE_BYTES
