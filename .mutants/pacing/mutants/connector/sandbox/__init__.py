"""The offline HubSpot and voice platform on localhost, with a page to look at. Nothing here leaves this machine."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from connector.sandbox.history import DAYS
from connector.sandbox.keeper import InUseError
from connector.sandbox.platforms import TWINS
from connector.sandbox.server import Running, serve
from connector.sandbox.site import Sandbox

__all__ = ["TWINS", "InUseError", "Options", "Running", "Sandbox", "serve", "start"]


class Options(Struct, frozen=True, kw_only=True):
    """The options of `connector sandbox`."""

    port: int = 0
    state: Path | None = None
    seed: int = 0
    source: str = "reception_ai"
    calls: int = 60
    days: float = DAYS
    transcript_bytes: int = 0
    unique_calls: bool = True
    limits: bool = True
    search_lag_seconds: float = 3.0
    latency_ms: float = 0.0


def start(options: Options) -> Running:
    """Serve a sandbox until its `close()`. Raises ValueError for bad options or state, OSError for a taken port."""
    sandbox = Sandbox(
        seed=options.seed,
        source=options.source,
        calls=options.calls,
        days=options.days,
        transcript_bytes=options.transcript_bytes,
        unique_calls=options.unique_calls,
        limits=options.limits,
        search_lag_seconds=options.search_lag_seconds,
        latency_ms=options.latency_ms,
        state=options.state,
    )
    try:
        return serve(sandbox, port=options.port)
    except OSError:
        sandbox.close()
        raise
