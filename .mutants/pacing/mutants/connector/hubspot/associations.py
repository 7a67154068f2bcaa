"""The link types that HubSpot itself defines."""

from __future__ import annotations

from collections.abc import Mapping

TYPE_IDS: Mapping[tuple[str, str], int] = {
    ("calls", "contacts"): 194,
    ("calls", "companies"): 182,
    ("calls", "deals"): 206,
    ("calls", "tickets"): 220,
    ("calls", "leads"): 597,
    ("notes", "contacts"): 202,
    ("notes", "companies"): 190,
    ("notes", "deals"): 214,
    ("notes", "tickets"): 228,
    ("notes", "leads"): 855,
    ("tasks", "contacts"): 204,
    ("tasks", "companies"): 192,
    ("tasks", "deals"): 216,
    ("tasks", "tickets"): 230,
    ("tasks", "leads"): 647,
    ("meetings", "contacts"): 200,
    ("meetings", "companies"): 188,
    ("meetings", "deals"): 212,
    ("meetings", "tickets"): 226,
    ("contacts", "companies"): 279,
    ("contacts", "deals"): 4,
    ("contacts", "tickets"): 15,
    ("companies", "contacts"): 280,
    ("deals", "contacts"): 3,
    ("deals", "companies"): 341,
    ("tickets", "contacts"): 16,
    ("tickets", "companies"): 339,
    ("leads", "contacts"): 578,
}
"""HubSpot's own association types (developer docs "associations v4", 2026-11). A lead needs its *primary* contact."""
