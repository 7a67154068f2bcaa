"""Where records are shown in HubSpot."""

from __future__ import annotations

from connector.model import Portal

CONTACT_TYPE = "0-1"
CALL_TYPE = "0-48"


def contact_page(portal: Portal, contact_id: str | None) -> str:
    """The contact's page, blank while it is still to be created."""
    return _page(portal, CONTACT_TYPE, contact_id)


def call_page(portal: Portal, engagement_id: str | None) -> str:
    """The engagement's page, blank while it is still to be created."""
    return _page(portal, CALL_TYPE, engagement_id)


def _page(portal: Portal, type_id: str, record_id: str | None) -> str:
    if not record_id:
        return ""
    return f"https://{portal.ui_domain}/contacts/{portal.id}/record/{type_id}/{record_id}"
