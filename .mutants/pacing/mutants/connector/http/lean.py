"""Imported before httpx: keeps httpx's own command line out, which loads rich, pygments and click where they exist.

That would be 40 ms of every cold start. A module that stands as None is one that cannot be imported, and httpx then
goes on as if its extra `cli` were not installed.
"""

from __future__ import annotations

import sys

if "httpx" not in sys.modules:
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
