"""Control: `POST /_sandbox/reset|faults|clock|calls|edit|limits|token|properties|choices`, `GET …/requests|export`.

Never counted, never delayed, never disturbed. Answers are JSON; what is wrong with a request is a 400 that says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from connector.sandbox.faults import Edit, read_faults
from connector.sandbox.hubspot import Choices, EditError
from connector.sandbox.wire import JSON, Request, Response, json_response

if TYPE_CHECKING:
    from connector.sandbox.site import Sandbox

PARTS = ("portal", "calls", "faults", "log", "clock")

_TEN_YEARS = 10 * 366 * 86_400.0
_YEARS = range(1970, 2101)
_CALLS_MAX = 5_000_000


class Reset(Struct, forbid_unknown_fields=True):
    """Which parts begin again; all of them when nothing is said."""

    parts: tuple[str, ...] = PARTS


class Clock(Struct, forbid_unknown_fields=True):
    """Set the clock, then move it."""

    now: datetime | None = None
    advance: Annotated[float, Meta(ge=-_TEN_YEARS, le=_TEN_YEARS)] = 0.0


class Calls(Struct, forbid_unknown_fields=True):
    """Make `generate` more calls, over so many seconds to come or up to now; switch on the platform's traps."""

    generate: Annotated[int, Meta(ge=0, le=_CALLS_MAX)] = 0
    over_seconds: Annotated[float, Meta(ge=0, le=_TEN_YEARS)] = 0.0
    traps: list[str] | None = None


class Limits(Struct, forbid_unknown_fields=True):
    """HubSpot's limits: on or off, what is left of the day, and another app on the same ten-second pool."""

    on: bool | None = None
    daily_left: int | None = None
    others_per_ten_seconds: int | None = None


class Allowed(Struct, forbid_unknown_fields=True):
    """Per object type: whether new properties may be unique, and whether there may be new ones at all."""

    unique: dict[str, bool] = {}
    custom: dict[str, bool] = {}


class Token(Struct, forbid_unknown_fields=True):
    """The one token that HubSpot takes from now on, and until when."""

    token: str
    expires_at: datetime | None = None


class Control:
    """The control requests of one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._verbs: dict[tuple[str, str], Callable[[Request], Any]] = {
            ("POST", "reset"): self._reset,
            ("POST", "faults"): self._faults,
            ("POST", "clock"): self._clock,
            ("POST", "calls"): self._calls,
            ("POST", "edit"): self._edit,
            ("POST", "limits"): self._limits,
            ("POST", "token"): self._token,
            ("POST", "properties"): self._properties,
            ("POST", "choices"): self._choices,
            ("GET", "requests"): self._requests,
        }

    def handle(self, request: Request) -> Response:
        """Answer one control request."""
        name = request.path.rsplit("/", 1)[-1]
        if (request.method, name) == ("GET", "export"):
            return Response(200, (("Content-Type", JSON),), self._sandbox.hubspot.export())
        verb = self._verbs.get((request.method, name))
        if verb is None:
            return json_response(404, {"message": f"there is no {request.method} {request.path}"})
        try:
            return json_response(200, verb(request))
        except (ValueError, EditError) as error:
            # msgspec's errors are ValueErrors too, and name the place.
            return json_response(400, {"message": str(error)})

    def _reset(self, request: Request) -> Any:
        parts = msgspec.json.decode(request.body or b"{}", type=Reset).parts
        unknown = sorted(set(parts) - set(PARTS))
        if unknown:
            raise ValueError(f"unknown parts {unknown}: there are {', '.join(PARTS)}")
        self._sandbox.reset(parts)
        return {"reset": parts}

    def _faults(self, request: Request) -> Any:
        script = read_faults(request.body or b"[]")
        self._sandbox.faults.set(script)
        return {"faults": len(script)}

    def _clock(self, request: Request) -> Any:
        wish = msgspec.json.decode(request.body or b"{}", type=Clock)
        clock = self._sandbox.clock
        if wish.now is not None:
            if wish.now.year not in _YEARS:
                raise ValueError(f"`now` must lie in the years {_YEARS[0]} to {_YEARS[-1]}")
            clock.set(wish.now if wish.now.tzinfo else wish.now.replace(tzinfo=UTC))
        clock.advance(wish.advance)
        self._sandbox.changed()
        return {"now": clock.now().isoformat().replace("+00:00", "Z")}

    def _calls(self, request: Request) -> Any:
        # The standard library's decoder, because a platform may send what msgspec refuses: a lone surrogate.
        try:
            wish = json.loads(request.body)
        except RecursionError as error:
            raise ValueError("the body is nested too deeply") from error
        history = self._sandbox.history
        if isinstance(wish, list):
            for element in wish:
                history.put(element)
            self._sandbox.changed()
            return {"put": len(wish)}
        order = msgspec.convert(wish, Calls)
        if order.traps is not None:
            self._sandbox.set_traps(order.traps)
        if order.generate > 0:
            history.generate(order.generate, now=self._sandbox.clock.now(), over_seconds=order.over_seconds)
        self._sandbox.changed()
        return {"generated": order.generate, "calls": history.generated}

    def _edit(self, request: Request) -> Any:
        wish = msgspec.json.decode(request.body, type=Edit)
        return self._sandbox.edit(wish)

    def _limits(self, request: Request) -> Any:
        wish = msgspec.json.decode(request.body, type=Limits)
        self._sandbox.hubspot.set_limits(**msgspec.structs.asdict(wish))
        return wish

    def _token(self, request: Request) -> Any:
        wish = msgspec.json.decode(request.body, type=Token)
        expires_at = wish.expires_at
        if expires_at is not None and expires_at.tzinfo is None:
            expires_at = expires_at.replace(tzinfo=UTC)
        self._sandbox.hubspot.set_token(wish.token, expires_at=expires_at)
        return {"changed": True}

    def _properties(self, request: Request) -> Any:
        wish = msgspec.json.decode(request.body, type=Allowed)
        self._sandbox.hubspot.allow(unique=wish.unique, custom=wish.custom)
        return wish

    def _choices(self, request: Request) -> Any:
        changes = msgspec.json.decode(request.body, type=dict[str, Any])
        hubspot = self._sandbox.hubspot
        hubspot.choose(msgspec.convert({**msgspec.structs.asdict(hubspot.choices), **changes}, Choices))
        return hubspot.choices

    def _requests(self, request: Request) -> Any:
        """`?side=hubspot|source`, `?after=NUMBER`, `?bodies=off`."""
        side, after = request.first("side"), int(request.first("after", "0"))
        exchanges = [each.plain() for each in self._sandbox.journal.exchanges(side, after)]
        if request.first("bodies") == "off":
            for each in exchanges:
                del each["body"]
        return {"count": len(exchanges), "requests": exchanges}
