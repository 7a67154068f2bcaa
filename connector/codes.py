"""The one registry of codes: E is wrong and must be mended, W was carried on with less.

E1xx configuration and command line · E2xx HubSpot · E3xx source · E4xx mapping · E5xx ledger; W likewise.
`connector explain CODE` prints an entry.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    meaning: str
    cause: str
    fix: str


_CONFIGURATION: dict[str, Code] = {}

_HUBSPOT: dict[str, Code] = {}

_SOURCE: dict[str, Code] = {}

_MAPPING: dict[str, Code] = {}

_LEDGER: dict[str, Code] = {}

CODES: dict[str, Code] = {**_CONFIGURATION, **_HUBSPOT, **_SOURCE, **_MAPPING, **_LEDGER}
