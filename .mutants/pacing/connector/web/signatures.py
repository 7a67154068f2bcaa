"""How a platform proves that a delivery is its own. Decided on the bytes as they came, and in constant time."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, assert_never

Header = tuple[str, str]
"""A header's name, in whatever case, and its value."""
Flaw = Literal[
    "no secret is set",
    "no signature",
    "several signatures",
    "malformed signature",
    "wrong signature",
    "no timestamp",
    "several timestamps",
    "malformed timestamp",
    "too old or too new",
]
"""Why a delivery is not believed: for the log alone. Whoever sent it is told nothing."""

_DIGEST = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)


class Signed(NamedTuple):
    """A header holds a prefix and, in hex, the HMAC-SHA256 of the delivery."""

    header: str
    prefix: str
    content: str = "{body}"
    """What is signed: `{body}` once, and `{timestamp}` where the platform sends one."""
    timestamp_header: str = ""
    """Whole seconds since 1970; empty where the platform sends none."""
    tolerance_seconds: int = 300
    """How far the timestamp may be from now, either way."""


class InAddress(NamedTuple):
    """The delivery's address ends with the secret: for a platform whose signature nobody outside can check."""

    length_min: int = 24
    """Characters of such a secret: it is all that keeps others out."""


Proof = Signed | InAddress


def flaw_of(
    body: bytes,
    headers: Iterable[Header],
    *,
    proof: Proof,
    secrets: Sequence[str],
    address_secret: str,
    now: datetime,
) -> Flaw | None:
    """Why this delivery is not believed, None when it is. Any one of the secrets will do, so that they can be rotated.

    `address_secret` is what stands behind the address proper, empty if nothing does.
    """
    if not secrets:
        return "no secret is set"
    match proof:
        case Signed():
            return _flaw_of_signed(body, list(headers), proof, secrets, now)
        case InAddress():
            if not address_secret:
                return "no signature"
            given = address_secret.encode()
            return None if _is_any(given, [secret.encode() for secret in secrets]) else "wrong signature"
        case _:
            assert_never(proof)


def _flaw_of_signed(
    body: bytes, headers: list[Header], proof: Signed, secrets: Sequence[str], now: datetime
) -> Flaw | None:
    timestamp = ""
    if proof.timestamp_header:
        timestamps = _values(headers, proof.timestamp_header)
        if len(timestamps) != 1:
            return "several timestamps" if timestamps else "no timestamp"
        (timestamp,) = timestamps
        if not _SECONDS.fullmatch(timestamp):
            return "malformed timestamp"
    signatures = _values(headers, proof.header)
    if len(signatures) != 1:
        return "several signatures" if signatures else "no signature"
    digest = signatures[0].removeprefix(proof.prefix)
    if not signatures[0].startswith(proof.prefix) or not _DIGEST.fullmatch(digest):
        return "malformed signature"
    content = signed_content(proof.content, timestamp=timestamp, body=body)
    if not _is_any(bytes.fromhex(digest), [hmac_sha256(secret, content) for secret in secrets]):
        return "wrong signature"
    if timestamp and abs(now.timestamp() - int(timestamp)) > proof.tolerance_seconds:
        return "too old or too new"
    return None


def signed_content(template: str, *, timestamp: str, body: bytes) -> bytes:
    """The bytes that are signed. What stands in the body is never read as a part of the template."""
    before, after = template.replace("{timestamp}", timestamp).split("{body}")
    return before.encode() + body + after.encode()


def hmac_sha256(secret: str, content: bytes) -> bytes:
    return hmac.digest(secret.encode(), content, hashlib.sha256)


def _values(headers: Iterable[Header], name: str) -> list[str]:
    return [value.strip() for each, value in headers if each.lower() == name.lower()]


def _is_any(given: bytes, wanted: Iterable[bytes]) -> bool:
    # Compared with every one, so that the time tells nothing of which one fitted.
    return any([hmac.compare_digest(given, each) for each in wanted])  # noqa: C419 - all of them
