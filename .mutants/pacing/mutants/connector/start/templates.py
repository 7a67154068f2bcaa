"""The mappings to begin with: each a whole file with its own tests, copied as it is."""

from __future__ import annotations

from pathlib import Path

from connector.mapping.load import cases_path, find_mapping

TEMPLATES = {
    "leads-only": "new enquiries and referrals become leads with a task; everything else stays on the platform",
    "log-everything": "every call is logged, with its transcript; who can be found again becomes a contact",
    "regulated": "only that there was a call: no transcript, no summary, no names; no contact is made by itself",
}
"""What each is for, in one line."""


def template(source: str, name: str) -> tuple[bytes, bytes]:
    """The mapping and its tests. Raises InputError (E401) when this platform has no such template."""
    path = find_mapping(f"{source}.{name}", None)
    return path.read_bytes(), cases_path(path).read_bytes()


def mapping_place(source: str) -> tuple[Path, Path]:
    """Where a connection looks for its mapping in the current folder, and where its tests stand."""
    path = Path("mappings") / f"{source}.yaml"
    return path, cases_path(path)
