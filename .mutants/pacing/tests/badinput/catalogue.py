"""All cases, in the order of the page."""

from __future__ import annotations

from tests.badinput.config_cases import CONFIGURATION
from tests.badinput.hubspot_cases import HUBSPOT
from tests.badinput.record_cases import PAYLOAD
from tests.badinput.store_cases import STORE
from tests.badinput.terms import Case
from tests.badinput.transport_cases import TRANSPORT
from tests.badinput.webhook_cases import WEBHOOKS

GROUPS: dict[str, tuple[Case, ...]] = {
    "A. The platform's connection": TRANSPORT,
    "B. The platform's records": PAYLOAD,
    "C. Webhooks": WEBHOOKS,
    "D. HubSpot": HUBSPOT,
    "E. Settings, mapping and command line": CONFIGURATION,
    "F. Ledger and process": STORE,
}
