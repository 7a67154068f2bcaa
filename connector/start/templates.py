"""The mappings to begin with: each a whole file with its own tests, copied as it is."""

from __future__ import annotations

from pathlib import Path

from connector.mapping.load import cases_path, find_mapping
from connector.model import SourceName

TEMPLATES = ("leads-only", "log-everything", "regulated")
"""The same three for every platform."""

_LEADS: dict[SourceName, str] = {
    "reception_ai": "new enquiries and referrals become leads with a task",
    "kaicalls": "callers of whom KaiCalls made a lead become leads with a task",
    "klen": "who has a lead's stage in Klen becomes a lead with a task, others who rang wait for a person",
    "krosai": "new numbers that rang and were answered become contacts with a task",
    "vapi": "new enquiries and referrals, as your assistant extracts them, become leads with a task",
}


def meanings(source: SourceName) -> dict[str, str]:
    """What each template is for on this platform, in one line."""
    return {
        "leads-only": f"{_LEADS[source]}; everything else stays on the platform",
        "log-everything": "every call is logged, with its transcript; who can be found again becomes a contact",
        "regulated": "only that there was a call: no transcript, no summary, no names; no contact is made by itself",
    }


def template(source: SourceName, name: str) -> tuple[bytes, bytes]:
    """The mapping and its tests."""
    path = find_mapping(f"{source}.{name}", None)
    return path.read_bytes(), cases_path(path).read_bytes()


def mapping_place(source: SourceName) -> tuple[Path, Path]:
    """Where a connection looks for its mapping in the current folder, and where its tests stand."""
    path = Path("mappings") / f"{source}.yaml"
    return path, cases_path(path)
