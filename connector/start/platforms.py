"""The platforms as the first question offers them, and where each one's key is found (docs/platforms.md has more)."""

from __future__ import annotations

from msgspec import Struct

from connector.model import SourceName


class Platform(Struct, frozen=True):
    """A platform's name, and what to know of its key in one line."""

    title: str
    key: str


PLATFORMS: dict[SourceName, Platform] = {
    "reception_ai": Platform(
        "Reception AI", "Settings, Connect apps (an administrator makes it; it begins with krai_)."
    ),
    "kaicalls": Platform(
        "KaiCalls", "It begins with kc_live_ and needs the scopes calls:read, leads:read and agents:read."
    ),
    "klen": Platform(
        "Klen AI", "Klen's dashboard; it begins with klen_ and needs can_read_calls, for your own line can_read_agents."
    ),
    "krosai": Platform(
        "KrosAI",
        "It begins with kros_live_ and needs calls:read. If its owner belongs to several organizations, leave with "
        "Ctrl-C and set CONNECTOR_SOURCE_ACCOUNT to the id of the one that is meant.",
    ),
    "vapi": Platform("Vapi", "Dashboard, API Keys: the private key; the public one is refused."),
}
