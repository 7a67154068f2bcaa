"""The language of faults: which requests are disturbed, by script or by chance, and how. docs/testing-faults.md has it
in words."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

Action = Literal[
    "status", "body", "refuse", "drop", "late", "stall",
    "truncate", "reset", "slow_headers", "slow_body", "wrong_length", "bad_chunks", "interim", "endless", "bomb",
    "recode", "omit", "strip", "twice", "edit",
    "disorder", "malformed",
]  # fmt: skip
REPLACES_ANSWER = frozenset({"status", "body", "refuse", "drop", "stall"})
"""Actions for which `when` says whether the request takes effect; with any other one it does."""


class Edit(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person does in HubSpot, as `HubSpot.edit` takes it."""

    action: str
    object_type: str = "contacts"
    record_id: str = ""
    properties: dict[str, str] = {}
    other: str = ""


class Fault(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the script. `when`: `before` the request would be applied (it never is), or `after` it was.

    In place of the answer. status: `status`, `headers` and `body` · body: the same, with 200 · refuse (hubspot): as
    HubSpot does with `status` (401, 404, 423, 429, 477, 5xx), a 429 in the shape of its `policy` · drop: reset the
    connection · late: the same, and the request is carried out `seconds` later all the same · stall: silence for
    `seconds`, then the answer (after) or a reset (before).

    The real answer, on its way. truncate: the end after `at` bytes of the body · reset: the same, by a reset ·
    slow_headers, slow_body: the head or the body comes in drips over `seconds` · wrong_length: `count` bytes more
    (or fewer) than there are, are announced · bad_chunks: a chunk whose length is no number · interim: `count`
    answers `103` before it, 0 for no end of them · recode: in `charset`.

    Another body. endless: an array without an end · bomb: `count` megabytes of blanks, compressed to a thousandth.

    The real answer, garbled. omit (hubspot): `count` of its results are left out, 0 for all; with `when: before`
    those inputs were not carried out either · strip: without the `fields` named, wherever they stand · twice: the
    request is carried out twice, the second answer is sent · edit (hubspot): a person does the `edits` just before or
    after it · disorder (source): the newest call comes third · malformed (source): the element at position `at` is
    JSON, but no call.
    """

    side: Literal["hubspot", "source"]
    action: Action
    method: str = ""
    path: str = ""
    """A regular expression, searched in the path; empty for any."""
    contains: str = ""
    """Text that the request's body must contain, byte for byte: for a record on which HubSpot fails each time."""
    nth: int = 1
    """The first matching request that is disturbed, counted from 1 since the script was set."""
    times: int = 1
    """How many matching requests in a row are disturbed; 0 for all that follow."""
    lasts: Annotated[float, Meta(ge=0)] = 0.0
    """It is over so many seconds after the first request that it was due for, by the sandbox's clock; 0: never."""
    chance: Annotated[float, Meta(ge=0, le=1)] = 1.0
    """Of the requests that it is due for, it strikes this part."""
    seed: int = 0
    """Decides which: the same seed, the same requests."""
    when: Literal["before", "after"] = "before"
    status: Annotated[int, Meta(ge=200, le=599)] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = ""
    """Text is sent as it is, anything else as JSON."""
    policy: str = ""
    """Of a refusal with 429: `DAILY`, `TEN_SECONDLY_ROLLING`, `SECONDLY`, or `bare` for the shape without a policy."""
    retry_after: str = ""
    """The `Retry-After` of a refusal, as it is sent: seconds, a fraction of them, a date, or nonsense."""
    seconds: Annotated[float, Meta(ge=0)] = 30.0
    at: int = 100
    count: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 1
    charset: Literal["latin-1", "utf-16", "utf-8-sig"] = "utf-16"
    """`utf-8-sig` is UTF-8 with a byte order mark."""
    fields: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()

    def matches(self, side: str, method: str, path: str, body: bytes = b"") -> bool:
        """Whether this request is one that the fault counts."""
        if side != self.side or (self.method and method != self.method.upper()):
            return False
        if self.contains.encode() not in body:
            return False
        return not self.path or re.search(self.path, path) is not None

    @property
    def applies_request(self) -> bool:
        """Whether the request still takes effect."""
        return self.action != "late" and (self.when == "after" or self.action not in REPLACES_ANSWER)


class _Line:
    """One fault, and what it has met so far."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._seen = 0
        self._over_at: datetime | None = None

    def strikes(self, now: datetime) -> bool:
        """Count one matching request; whether it is struck."""
        fault = self.fault
        self._seen += 1
        if self._seen < fault.nth or (fault.times and self._seen >= fault.nth + fault.times):
            return False
        if fault.lasts:
            self._over_at = self._over_at or now + timedelta(seconds=fault.lasts)
            if now >= self._over_at:
                return False
        return fault.chance >= 1 or random.Random(f"{fault.seed}/{self._seen}").random() < fault.chance


class Script:
    """The faults to come. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: list[_Line] = []

    def set(self, faults: Sequence[Fault]) -> None:
        """Play these from now on in place of those before."""
        with self._lock:
            self._lines = [_Line(fault) for fault in faults]

    def next(self, side: str, method: str, path: str, body: bytes = b"", *, now: datetime) -> Fault | None:
        """Count this request; the first fault that strikes it, if any."""
        with self._lock:
            return next(iter(list(self._due(side, method, path, body, now))), None)

    def _due(self, side: str, method: str, path: str, body: bytes, now: datetime) -> Iterator[Fault]:
        for line in self._lines:
            if line.fault.matches(side, method, path, body) and line.strikes(now):
                yield line.fault


def read_faults(body: bytes) -> list[Fault]:
    """Read a script. Raises msgspec.ValidationError, naming the place, when it is not one."""
    faults = msgspec.json.decode(body, type=list[Fault])
    for index, fault in enumerate(faults):
        try:
            re.compile(fault.path)
        except re.error as error:
            raise msgspec.ValidationError(
                f"`path` is not a regular expression: {error} - at `$[{index}].path`"
            ) from error
    return faults
