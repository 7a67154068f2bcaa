"""What a contact answers to besides its id: its e-mail addresses, and the ids of contacts merged into it."""

from __future__ import annotations

ADDITIONAL_EMAILS = "hs_additional_emails"
MERGED_IDS = "hs_merged_object_ids"
"""Ids of the contacts that were merged into this one (developer docs "merge", 2026-11)."""


def addresses(email: str | None, additional: str | None) -> list[str]:
    """A contact's addresses in lower case, the primary one first; HubSpot joins the others with `;`."""
    return [text.lower() for text in _parts(f"{email or ''};{additional or ''}")]


def former_ids(merged: str | None) -> list[str]:
    """The ids in `MERGED_IDS`, joined by `;`."""
    return _parts(merged or "")


def _parts(joined: str) -> list[str]:
    return [text.strip() for text in joined.split(";") if text.strip()]
