"""The words in which a caller and the one HTTP transport speak of an exchange."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from connector.errors import ConnectorError


class Limits(Struct, frozen=True, kw_only=True):
    """How long and how large one exchange may become."""

    connect_seconds: float = 5.0
    idle_seconds: float = 30.0
    """Without a single byte."""
    total_seconds: float = 60.0
    """From the first attempt to connect to the last byte of the body, however the bytes drip."""
    body_bytes_max: int = 24 * 1024 * 1024
    """After decoding. A whole body is held in memory: a hundred records with the longest texts that HubSpot takes are
    not larger, and whoever means no good gets no more."""


class Answer(Struct, frozen=True):
    """A whole answer. Header names are lower case; the body is decoded."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Deliver(Struct, frozen=True):
    """The caller wants this answer, whatever its status."""


class Wait(Struct, frozen=True):
    """Refused, nothing applied: ask again after so many seconds; None leaves it to the back-off."""

    seconds: float | None = None
    pool_block: bool = False
    """Let nobody else draw from this request's pool meanwhile."""


class Doubt(Struct, frozen=True):
    """The other side failed and may have applied it: a repeatable request is sent again, another one is uncertain."""

    garbled: str = ""
    """What is wrong with the answer itself, where its status alone says nothing of a failure."""


class Stop(Struct, frozen=True):
    """No use in asking again."""

    error: ConnectorError


Judgement = Deliver | Wait | Doubt | Stop


class Codes(Struct, frozen=True, kw_only=True):
    """The codes that failures of the transport carry on this side (E2xx for HubSpot, E3xx for a source)."""

    unreachable: str
    """No connection: name, network, port."""
    certificate: str
    """The other side's TLS certificate is not to be trusted."""
    timeout: str
    """Silent, or slower than the limits allow."""
    malformed: str
    """Not HTTP, cut short, or in an encoding that nobody asked for."""
    too_large: str
    redirect: str
    limited: str
    """A `Wait` that is longer than our patience, or a day's quota that is used up."""
    unavailable: str
    """A `Doubt` that did not end within the attempts."""
