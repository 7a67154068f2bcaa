"""What every write to HubSpot needs, whatever it writes."""

from __future__ import annotations

from typing import NamedTuple

from connector.hubspot.client import HubSpotClient
from connector.hubspot.doubts import Doubts
from connector.hubspot.failing import Pulse
from connector.ports import Clock


class Means(NamedTuple):
    """The way to HubSpot, and what is known of its health and of the portal's properties."""

    client: HubSpotClient
    clock: Clock
    pulse: Pulse
    doubts: Doubts
