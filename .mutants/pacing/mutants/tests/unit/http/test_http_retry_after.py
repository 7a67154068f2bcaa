from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.http import retry_after

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("1.5", 1.5),
        (" 30 ", 30.0),
        ("0", 1.0),
        ("-1", 1.0),
        ("1e9", 86_400.0),
        ("inf", 86_400.0),
        ("nan", None),
        ("Wed, 22 Apr 2026 12:00:30 GMT", 30.0),
        ("Wed, 22 Apr 2026 14:00:30 +0200", 30.0),
        ("Wed, 22 Apr 2026 12:00:30 -0000", 30.0),
        ("Wed, 22 Apr 2026 11:00:00 GMT", 1.0),
        ("Thu, 22 Apr 2027 12:00:00 GMT", 86_400.0),
        ("Wed, 99 Apr 2026 12:00:30 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after(text, seconds):
    assert retry_after({"retry-after": text}, NOW) == seconds


def test_without_the_header():
    assert retry_after({}, NOW) is None
