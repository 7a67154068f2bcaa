"""The one HTTP transport as HubSpot wants it: its codes, its three pools, its way of saying no."""

from __future__ import annotations

from typing import Any

from connector.http.client import Http
from connector.ports import Clock


def hubspot_http(*, clock: Clock, transport: Any = None, quota_share: float = 0.9, concurrency: int = 8) -> Http:
    """An `Http` for HubSpot. `transport` is an `httpx.BaseTransport`, for tests and the sandbox.

    `quota_share` is the share of each pool that may be used; `concurrency` is how many requests fly at once.
    """
    raise NotImplementedError
