from __future__ import annotations

import gzip
import zlib

import pytest

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


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("gzip", gzip.compress(TEXT)[:-9], id="cut short"),
        pytest.param("gzip", gzip.compress(TEXT)[:5], id="cut in its header"),
        pytest.param("gzip", b"<html>no gzip</html>", id="not gzip"),
        pytest.param("gzip", gzip.compress(TEXT)[:-8] + b"\1" * 8, id="wrong checksum"),
        pytest.param("gzip", gzip.compress(TEXT) + b"<html>", id="something after it"),
        pytest.param("br", TEXT, id="an encoding that nobody asked for"),
        pytest.param("gzip, gzip", gzip.compress(gzip.compress(TEXT)), id="encoded twice"),
    ],
)
def test_what_cannot_be_decoded(encoding, body):
    with pytest.raises(MalformedBodyError):
        list(decoded([body], encoding, bytes_max=10**9))


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_limit_counts_decoded_bytes(encoding):
    body = gzip.compress(TEXT) if encoding else TEXT
    pieces = decoded(in_chunks(body, 100), encoding, bytes_max=len(TEXT) - 1)
    seen: list[int] = []
    with pytest.raises(TooLargeError):
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
