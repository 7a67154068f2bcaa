"""Where records are shown in HubSpot."""

from __future__ import annotations

from connector.model import Portal

TYPE_IDS = {
    # developers.hubspot.com, "object type ids".
    "contacts": "0-1",
    "companies": "0-2",
    "deals": "0-3",
    "tickets": "0-5",
    "tasks": "0-27",
    "notes": "0-46",
    "calls": "0-48",
}


def page(portal: Portal, object_type: str, record_id: str | None) -> str:
    """The record's page; blank while it is still to be created, and for types without a page that we know."""
    type_id = TYPE_IDS.get(object_type)
    if not record_id or type_id is None:
        return ""
    return f"https://{portal.ui_domain}/contacts/{portal.id}/record/{type_id}/{record_id}"
