"""What a delivery is answered, through whatever door it came: judged, kept as a hint, and not a word more.

Nothing here asks the platform or HubSpot.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, assert_never

from connector.errors import ConnectorError, InputError
from connector.model import Hint
from connector.web.platforms import PLATFORMS, Platform
from connector.web.receive import Accepted, Ignored, Refused, receive, refusal_of_head
from connector.web.signatures import Header, InAddress

ADDRESS = "/webhooks/default"
"""Where deliveries of the connection of that name go."""
SECRET = "CONNECTOR_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
RETRY_AFTER_SECONDS = 30
TELL_EVERY_SECONDS = 60.0
"""The log tells of refusals once a minute for each reason: a flood of forged deliveries must not flood the log."""

_SAID = {400: "malformed", 401: "unauthorized", 408: "too slow", 413: "too large", 415: "unsupported type"}
_UNVERIFIABLE = Refused(401, "this platform's deliveries cannot be verified")

log = logging.getLogger("connector.web")


class Reply(NamedTuple):
    """An answer, and what it means to whoever sends it."""

    status: int
    said: str
    retry_after_seconds: int | None = None
    refused: str = ""
    """Why the delivery is not believed: for the log alone."""
    is_new: bool = False
    """Whether there is something to see to now."""


class Desk(NamedTuple):
    """What answering needs of the product. `take_hint` may block, and may raise ConnectorError."""

    platform: Platform | None
    secrets: Sequence[str]
    take_hint: Callable[[Hint], bool]
    """Keep a hint; False when its delivery is known."""
    now: Callable[[], datetime]


def believed(source: str, secrets: Sequence[str]) -> Platform | None:
    """How this source sends, None when nothing that it sends could be verified.

    Raises InputError (E151) for a secret that cannot stand in an address or could be guessed.
    """
    platform = PLATFORMS.get(source)
    if platform is not None and isinstance(platform.proof, InAddress):
        fits = re.compile(rf"[\w-]{{{platform.proof.length_min},}}", re.ASCII)
        if not all(fits.fullmatch(secret) for secret in secrets):
            message = f"a secret must be {platform.proof.length_min} letters, digits, - and _ or more"
            raise InputError("E151", f"with {source}, {message}", where=SECRET)
    return platform


def has_secret_in_address(platform: Platform | None) -> bool:
    """Whether the address of deliveries ends with a secret."""
    return platform is not None and isinstance(platform.proof, InAddress)


def answer_to_head(desk: Desk, headers: Sequence[Header]) -> Reply | None:
    """What is to be said before the body is read, None when it is to be read."""
    refused = _UNVERIFIABLE if desk.platform is None else refusal_of_head(headers)
    return refusal(refused) if refused is not None else None


def answer(desk: Desk, body: bytes, headers: Sequence[Header], *, address_secret: str = "") -> Reply:
    """Judge a whole delivery and keep what it says. Raises nothing."""
    if desk.platform is None:
        return refusal(_UNVERIFIABLE)
    verdict = receive(
        body,
        headers,
        platform=desk.platform,
        secrets=desk.secrets,
        address_secret=address_secret,
        now=desk.now(),
    )
    match verdict:
        case Accepted():
            return _keep(desk, verdict.hint)
        case Ignored():
            return Reply(200, "ignored")
        case Refused():
            return refusal(verdict)
        case _:
            assert_never(verdict)


def refusal(refused: Refused) -> Reply:
    """The same few words for every cause: whoever sent it learns nothing."""
    return Reply(refused.status, _SAID[refused.status], refused=refused.reason)


def unable() -> Reply:
    """Nothing can be kept just now: the platform is to send again."""
    return Reply(503, "try again later", retry_after_seconds=RETRY_AFTER_SECONDS)


def _keep(desk: Desk, hint: Hint) -> Reply:
    try:
        is_new = desk.take_hint(hint)
    except ConnectorError as error:
        log.warning("delivery_not_kept", extra={"code": error.code})
        return unable()
    return Reply(200, "accepted" if is_new else "known", is_new=is_new)


class Refusals:
    """Tells the log of refusals: the first of a kind at once, those of the next minute together."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._told_at: dict[str, float] = {}
        self._untold: Counter[str] = Counter()

    def tell(self, reason: str) -> None:
        self._untold[reason] += 1
        now = self._monotonic()
        if reason in self._told_at and now - self._told_at[reason] < TELL_EVERY_SECONDS:
            return
        log.warning("delivery_refused", extra={"reason": reason, "times": self._untold.pop(reason)})
        self._told_at[reason] = now
