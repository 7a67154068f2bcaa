"""Properties that HubSpot works out from others when somebody looks: previews, coordinates, owners."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

from connector.sandbox.hubspot.kinds import ACTIVITIES, KINDS

PREVIEW_LENGTH_MAX: Final = 400
_BODIES: Final = {"calls": "hs_call_body", "tasks": "hs_task_body", "notes": "hs_note_body"}
_TAG: Final = re.compile(r"<[^>]*>")
# Enough of a body to fill a preview, tags included; an 80 kB transcript need not be read to its end.
_READ_LENGTH_MAX: Final = 2_000
_DERIVED_WORDS: Final = (
    "hs_body_preview hs_body_preview_html hs_body_preview_is_truncated hs_obj_coords hs_all_owner_ids"
    " hs_user_ids_of_all_owners hs_engagements_last_contacted hs_connected_count hs_voicemail_count hs_is_contact"
    " hs_email_domain hs_full_name_or_email hs_all_contact_vids hs_task_is_completed"
)
DERIVED: Final = frozenset(_DERIVED_WORDS.split())
"""Every name that `derive` may answer."""


def derive(object_type: str, properties: Mapping[str, str]) -> dict[str, str]:
    """The derived properties of a record that have a value."""
    record_id = properties["hs_object_id"]
    values = {"hs_obj_coords": f"{KINDS[object_type].type_id}-{record_id}"}
    owner = properties.get("hubspot_owner_id")
    if owner:
        values["hs_all_owner_ids"] = owner
        values["hs_user_ids_of_all_owners"] = owner
    if object_type in ACTIVITIES:
        values.update(_preview(properties.get(_BODIES[object_type])))
    match object_type:
        case "calls":
            values["hs_connected_count"] = "0"
            values["hs_voicemail_count"] = "0"
            values["hs_engagements_last_contacted"] = properties.get("hs_timestamp", "")
        case "tasks":
            values["hs_task_is_completed"] = "1" if properties.get("hs_task_status") == "COMPLETED" else "0"
        case "contacts":
            values.update(_person(record_id, properties))
    return values


def _preview(body: str | None) -> dict[str, str]:
    if not body:
        return {}
    text = " ".join(html.unescape(_TAG.sub(" ", body[:_READ_LENGTH_MAX])).split())
    truncated = len(text) > PREVIEW_LENGTH_MAX or len(body) > _READ_LENGTH_MAX
    text = text[:PREVIEW_LENGTH_MAX]
    return {
        "hs_body_preview": text,
        "hs_body_preview_html": f"<html>\n <head></head>\n <body>\n {html.escape(text)}\n </body>\n</html>",
        "hs_body_preview_is_truncated": "true" if truncated else "false",
    }


def _person(record_id: str, properties: Mapping[str, str]) -> dict[str, str]:
    values = {"hs_is_contact": "true", "hs_all_contact_vids": record_id}
    merged = properties.get("hs_merged_object_ids")
    if merged:
        values["hs_all_contact_vids"] = f"{record_id};{merged}"
    email = properties.get("email", "")
    if email:
        values["hs_email_domain"] = email.partition("@")[2]
    name = " ".join(filter(None, (properties.get("firstname"), properties.get("lastname"))))
    if name or email:
        values["hs_full_name_or_email"] = name or email
    return values
