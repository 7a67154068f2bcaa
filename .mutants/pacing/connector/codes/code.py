"""What an error code stands for."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One plain sentence each: what it means, what usually causes it, how to mend it."""

    meaning: str
    cause: str
    fix: str
