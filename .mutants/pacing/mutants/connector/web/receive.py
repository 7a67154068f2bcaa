"""What is to be made of a delivery: decided from its bytes and headers alone, whoever received them.

A delivery is a hint that a call is worth fetching by its id. Nothing else in it is ever used, so that a forged, stale
or repeated one can at worst cost a look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from connector.model import ID_LENGTH_MAX, Hint
from connector.web.platforms import Path, Platform
from connector.web.signatures import Header, flaw_of

BODY_BYTES_MAX = 1024 * 1024
"""More than any platform's delivery; one that is longer is not read to its end."""

_NO_NAMES: dict[str, Any] = {}


class Accepted(NamedTuple):
    """To be kept, and seen to soon. Its hint is done already where the delivery names no call: then a look at the
    platform's list is all that can be done, and the hint serves to know a repetition."""

    hint: Hint
    event: str


class Ignored(NamedTuple):
    """The platform's own, and about nothing that is carried."""

    event: str


class Refused(NamedTuple):
    """Not to be touched. The reason is for the log, the status for who sent it."""

    status: int
    reason: str


Verdict = Accepted | Ignored | Refused


def refusal_of_head(headers: Sequence[Header]) -> Refused | None:
    """Why a delivery is refused before its body is read, None when it is not."""
    lengths = [value.strip() for name, value in headers if name.lower() == "content-length"]
    if any(not length.isdecimal() or int(length[:20]) > BODY_BYTES_MAX for length in lengths):
        return Refused(413, "too long")
    types = [value.partition(";")[0].strip().lower() for name, value in headers if name.lower() == "content-type"]
    # One without a type is taken for what it is: the signature vouches for its bytes.
    if not all(each == "application/json" or each.endswith("+json") for each in types):
        return Refused(415, "not JSON by its type")
    return None


def receive(
    body: bytes,
    headers: Sequence[Header],
    *,
    platform: Platform,
    secrets: Sequence[str],
    address_secret: str = "",
    now: datetime,
) -> Verdict:
    """Judge a delivery. Raises nothing, whatever the bytes are."""
    refused = refusal_of_head(headers)
    if refused is not None:
        return refused
    if len(body) > BODY_BYTES_MAX:
        return Refused(413, "too long")
    flaw = flaw_of(body, headers, proof=platform.proof, secrets=secrets, address_secret=address_secret, now=now)
    if flaw is not None:
        return Refused(401, flaw)
    return _read(body, platform, now)


def _read(body: bytes, platform: Platform, now: datetime) -> Verdict:
    try:
        said = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
        return Refused(400, "not JSON")
    event = _text(said, platform.event)
    if event not in platform.events and (event or platform.needs_event):
        return Ignored(event)
    call_id = _text(said, platform.call_id)
    delivery = _text(said, platform.delivery_id) or f"sha256-{hashlib.sha256(body).hexdigest()}"
    hint = Hint(delivery=delivery, call_id=call_id, received_at=now, is_done=not call_id)
    return Accepted(hint, event)


def _text(said: Any, paths: Sequence[Path]) -> str:
    """The first text that stands at one of these places and could be a name; empty when there is none."""
    return next((found for path in paths if (found := _at(said, path))), "")


def _at(said: Any, path: Path) -> str:
    for name in path:
        said = (said if isinstance(said, dict) else _NO_NAMES).get(name)
    is_name = isinstance(said, str) and 0 < len(said) <= ID_LENGTH_MAX and said.isprintable() and bool(said.strip())
    return said if is_name else ""
