"""The one registry of codes: E is wrong and must be mended, W was carried on with less.

E1xx configuration and command line · E2xx HubSpot · E3xx source · E4xx mapping · E5xx ledger; W likewise.
`connector explain CODE` prints an entry.
"""

from __future__ import annotations

from connector.codes.code import Code
from connector.codes.configuration import CONFIGURATION
from connector.codes.hubspot import HUBSPOT
from connector.codes.ledger import LEDGER
from connector.codes.mapping import MAPPING
from connector.codes.source import SOURCE

__all__ = ["CODES", "FAMILIES", "Code"]

FAMILIES = (
    "E1xx configuration and command line, E2xx HubSpot, E3xx the voice platform, E4xx mappings, E5xx the ledger; "
    "W likewise"
)
CODES: dict[str, Code] = {**CONFIGURATION, **HUBSPOT, **SOURCE, **MAPPING, **LEDGER}
