"""Decoding a body without trusting its size: half a megabyte of gzip can unfold to 500 MB."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPT_ENCODING = "gzip, deflate"
PIECE_BYTES = 256 * 1024
"""Decoded bytes held at once."""


class TooLargeError(Exception):
    """The decoded body is larger than allowed."""


class MalformedBodyError(Exception):
    """The body is cut short, corrupt, or in an encoding that was not asked for."""


def decoded(raw: Iterable[bytes], encoding: str, *, bytes_max: int) -> Iterator[bytes]:
    """The body piece by piece. Raises TooLargeError before more than `bytes_max` is yielded, or MalformedBodyError."""
    size = 0
    for piece in _pieces(raw, encoding.strip().lower()):
        size += len(piece)
        if size > bytes_max:
            raise TooLargeError(f"more than {bytes_max} bytes")
        yield piece


def _pieces(raw: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    match encoding:
        case "" | "identity":
            return iter(raw)
        case "gzip" | "x-gzip":
            return _inflated(raw, zlib.MAX_WBITS | 16)
        case "deflate":
            return _inflated(raw, zlib.MAX_WBITS)
        case _:
            raise MalformedBodyError(f"content encoding {encoding[:40]!r}")


def _inflated(raw: Iterable[bytes], window_bits: int) -> Iterator[bytes]:
    decoder = None
    for chunk in raw:
        rest = chunk
        while rest:
            if decoder is None:
                decoder = zlib.decompressobj(_window_bits(window_bits, rest))
            yield from _drained(decoder, rest)
            # A gzip body may hold several members, one after the other (RFC 1952, 2.2).
            rest, decoder = (decoder.unused_data, None) if decoder.eof else (b"", decoder)
    if decoder is not None:
        raise MalformedBodyError("compressed body cut short")


def _drained(decoder: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """Everything that this chunk unfolds to; a full piece may leave more inside although the chunk is used up."""
    while not decoder.eof:
        try:
            piece = decoder.decompress(chunk, PIECE_BYTES)
        except zlib.error as error:
            raise MalformedBodyError("corrupt compressed body") from error
        if piece:
            yield piece
        chunk = decoder.unconsumed_tail
        if not chunk and len(piece) < PIECE_BYTES:
            return


def _window_bits(window_bits: int, first: bytes) -> int:
    """Some servers say deflate and send it without the zlib header (RFC 9110, 8.4.1.2)."""
    if window_bits == zlib.MAX_WBITS and first[0] & 0x0F != 8:
        return -zlib.MAX_WBITS
    return window_bits
