"""What a mapping's tests were passed for. Light: it is all that a run needs whose mapping did not change."""

from __future__ import annotations

import hashlib
from pathlib import Path

from connector import __version__
from connector.mapping.compile import CompiledMapping
from connector.mapping.load import cases_path


def mark_of(path: Path, mapping: CompiledMapping) -> bytes:
    """The same for the same mapping, tests and version of the connector: what passed once need not be run again."""
    tests = cases_path(path).read_bytes() if cases_path(path).is_file() else b""
    return hashlib.sha256(f"{__version__} {mapping.version} ".encode() + tests).hexdigest().encode()
