"""The settings, as they were read."""

from __future__ import annotations

from collections.abc import Sequence

from connector.doctor.reading import fine, found
from connector.reports import Diagnosis, Finding

CHECK = "config"


def check_config(warnings: Sequence[Finding]) -> list[Diagnosis]:
    """What looks like a slip in the environment or in `.env`."""
    return [found(CHECK, warning) for warning in warnings] or [fine(CHECK, "every setting can be read")]
