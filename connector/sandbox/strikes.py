"""What a fault makes of a request, and of its answer."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import structs

from connector.sandbox.faults import Fault
from connector.sandbox.wire import JSON, Dropped, Request, Response, Trouble

REWRITES = frozenset({"recode", "omit", "strip", "wrong_length", "bad_chunks"})
"""Actions that need the body as it is, not compressed."""
_MEGABYTE = 1024 * 1024
_BLANKS = b" " * 64 * 1024


def disturbed(fault: Fault, request: Request) -> Request:
    """The request as it is carried out."""
    if fault.action in REWRITES:
        headers = {name: value for name, value in request.headers.items() if name != "accept-encoding"}
        request = structs.replace(request, headers=headers)
    if fault.action == "omit" and fault.when == "before":
        request = structs.replace(request, body=_rewritten(request.body, "inputs", fault.count))
    return request


def answer(fault: Fault, real: Response | None) -> Response:
    """What is sent in place of the real answer (None when the request was not applied). Raises Dropped."""
    match fault.action:
        case "drop" | "late":
            raise Dropped
        case "status" | "body":
            return _verbatim(fault)
        case "refuse":
            raise AssertionError("HubSpot itself gives this answer")
        case "stall" if real is None:
            return Response(503, trouble=Trouble(stall_seconds=fault.seconds, silent=True))
    if real is None:
        raise AssertionError("a fault on the real answer needs one")
    trouble = _trouble(fault)
    return _garbled(fault, real) if trouble is None else structs.replace(real, trouble=trouble)


def _garbled(fault: Fault, real: Response) -> Response:
    match fault.action:
        case "endless":
            return Response(200, (("Content-Type", JSON),), stream=_endless(), trouble=Trouble(endless=True))
        case "bomb":
            headers = (("Content-Type", JSON), ("Content-Encoding", "gzip"))
            return Response(200, headers, stream=_bomb(fault.count * _MEGABYTE))
        case "recode":
            text = _whole(real).decode("utf-8", "replace")
            return structs.replace(real, body=text.encode(fault.charset, "replace"), stream=None)
        case "omit" if fault.when == "after":
            return structs.replace(real, body=_rewritten(_whole(real), "results", fault.count), stream=None)
        case "strip":
            return structs.replace(real, body=_stripped(_whole(real), frozenset(fault.fields)), stream=None)
        case _:
            # What was edited, disordered, carried out twice or in part travels undisturbed.
            return real


def _trouble(fault: Fault) -> Trouble | None:
    match fault.action:
        case "stall":
            return Trouble(stall_seconds=fault.seconds)
        case "truncate":
            return Trouble(cut_after_bytes=fault.at)
        case "reset":
            return Trouble(cut_after_bytes=fault.at, is_reset=True)
        case "slow_headers":
            return Trouble(head_seconds=fault.seconds)
        case "slow_body":
            return Trouble(body_seconds=fault.seconds)
        case "wrong_length":
            return Trouble(length_off=fault.count)
        case "bad_chunks":
            return Trouble(bad_chunks=True)
        case "interim":
            return Trouble(interim_count=fault.count or None)
        case _:
            return None


def _verbatim(fault: Fault) -> Response:
    status = fault.status if fault.status is not None else (200 if fault.action == "body" else 500)
    headers = tuple(fault.headers.items())
    if not any(name.lower() == "content-type" for name in fault.headers):
        headers = (("Content-Type", JSON), *headers)
    if status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        return Response(status, headers)
    body = fault.body.encode() if isinstance(fault.body, str) else msgspec.json.encode(fault.body)
    return Response(status, headers, body)


def _whole(response: Response) -> bytes:
    return b"".join(response.chunks())


def _rewritten(body: bytes, name: str, count: int) -> bytes:
    """A JSON object without so many entries of one of its lists, or without any for 0; whatever else as it is."""
    try:
        content = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body
    if not isinstance(content, dict) or not isinstance(content.get(name), list):
        return body
    return msgspec.json.encode({**content, name: content[name][count:] if count else []})


def _stripped(body: bytes, names: frozenset[str]) -> bytes:
    try:
        return msgspec.json.encode(_without(msgspec.json.decode(body), names))
    except msgspec.DecodeError:
        return body


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(each, names) for name, each in value.items() if name not in names}
    return [_without(each, names) for each in value] if isinstance(value, list) else value


def _endless() -> Iterator[bytes]:
    yield b"["
    while True:
        yield _BLANKS


def _bomb(size: int) -> Iterator[bytes]:
    packer = zlib.compressobj(level=9, wbits=31)
    yield packer.compress(b"[")
    for _ in range(size // len(_BLANKS)):
        yield packer.compress(_BLANKS)
    yield packer.compress(b"]") + packer.flush()
