"""Faults by script: which request is disturbed, and how, so that a test can be told in advance what will go wrong."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field, structs

from connector.sandbox.wire import JSON, Dropped, Response, Trouble

Action = Literal[
    "status", "body", "refuse", "drop", "stall", "truncate", "slow_headers", "slow_body", "disorder", "malformed"
]
KEEPS_ANSWER = frozenset({"truncate", "slow_headers", "slow_body", "disorder", "malformed"})
"""Actions that disturb the real answer: the request is applied, whatever `when` says."""


class Fault(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the script. `when`: `before` the request would be applied (it never is), or `after` it was.

    status: answer with `status`, `headers` and `body` · body: the same, with 200 · refuse (hubspot): as HubSpot does
    with `status` (429, 423, 477, 5xx), a 429 in the shape of its `policy` · drop: reset the connection ·
    stall: silence for `seconds`, then the answer (after) or a reset (before) · truncate: the end after `at` bytes of
    the body · slow_headers, slow_body: the head or the body comes in drips over `seconds` · disorder (source): the
    newest call comes third · malformed (source): the element at position `at` is JSON, but no call.
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
        return self.when == "after" or self.action in KEEPS_ANSWER


class Script:
    """The faults to come. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._seen: list[int] = []

    def set(self, faults: Sequence[Fault]) -> None:
        """Play these from now on in place of those before."""
        with self._lock:
            self._faults = list(faults)
            self._seen = [0] * len(faults)

    def next(self, side: str, method: str, path: str, body: bytes = b"") -> Fault | None:
        """Count this request; the first fault that is due for it, if any."""
        with self._lock:
            return next(iter(list(self._due(side, method, path, body))), None)

    def _due(self, side: str, method: str, path: str, body: bytes) -> Iterator[Fault]:
        for index, fault in enumerate(self._faults):
            if not fault.matches(side, method, path, body):
                continue
            self._seen[index] += 1
            count = self._seen[index]
            if count >= fault.nth and (fault.times == 0 or count < fault.nth + fault.times):
                yield fault


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


def answer(fault: Fault, real: Response | None) -> Response:
    """What is sent in place of the real answer (None when the request was not applied). Raises Dropped."""
    match fault.action:
        case "drop":
            raise Dropped
        case "status" | "body":
            return _verbatim(fault)
        case "refuse":
            raise AssertionError("HubSpot itself gives this answer")
        case "stall" if real is None:
            return Response(503, trouble=Trouble(stall_seconds=fault.seconds, silent=True))
        case "stall":
            return _troubled(real, Trouble(stall_seconds=fault.seconds))
        case "truncate":
            return _troubled(real, Trouble(cut_after_bytes=fault.at))
        case "slow_headers":
            return _troubled(real, Trouble(head_seconds=fault.seconds))
        case "slow_body":
            return _troubled(real, Trouble(body_seconds=fault.seconds))
        case "disorder" | "malformed":
            # The platform played these itself while it made the answer.
            return _troubled(real, None)


def _verbatim(fault: Fault) -> Response:
    status = fault.status if fault.status is not None else (200 if fault.action == "body" else 500)
    headers = tuple(fault.headers.items())
    if not any(name.lower() == "content-type" for name in fault.headers):
        headers = (("Content-Type", JSON), *headers)
    body = fault.body.encode() if isinstance(fault.body, str) else msgspec.json.encode(fault.body)
    return Response(status, headers, body)


def _troubled(real: Response | None, trouble: Trouble | None) -> Response:
    if real is None:
        raise AssertionError("a fault on the real answer needs one")
    return structs.replace(real, trouble=trouble)
