"""Links to recordings: when they end, and which may be played."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.mapping.recording import is_playable, link_ends_at, recording_line

HOUR = datetime(2026, 4, 22, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "ends_at"),
    [
        ("X-Amz-Date=20260422T100000Z&X-Amz-Expires=3600", HOUR),
        ("x-goog-date=20260422T100000Z&x-goog-expires=3600", HOUR),
        ("se=2026-04-22T11%3A00%3A00Z&sig=abc", HOUR),
        ("se=2026-04-22T11%3A00%3A00&sig=abc", HOUR),
        ("Expires=1776855600&Signature=abc", HOUR),
        ("se=2026-04-22T11%3A00%3A00Z", None),
        ("Expires=12", None),
        ("Expires=99999999999999999999", None),
        ("Expires=soon", None),
        ("X-Amz-Date=yesterday&X-Amz-Expires=3600", None),
        ("X-Amz-Expires=3600", None),
        ("", None),
        ("&".join(f"a{n}=1" for n in range(100)), None),
    ],
)
def test_when_a_signed_link_ends(query, ends_at):
    assert link_ends_at(f"https://example.com/a.mp3?{query}") == ends_at


def test_an_absurd_life_is_capped():
    ends_at = link_ends_at(f"https://example.com/a?X-Amz-Date=20260422T100000Z&X-Amz-Expires={10**12}")
    assert ends_at is not None
    assert ends_at.year == 2036


def test_the_line_says_when_in_the_connections_time_zone():
    line = recording_line("https://example.com/a.mp3?Expires=1776855600", "America/New_York")
    assert line is not None
    assert line.endswith("(the link ends 2026-04-22 07:00, America/New_York)</p>")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com/a.mp3",
        "https://user:word@example.com/a.mp3",
        'https://example.com/"><script>.mp3',
        "not an address",
        "",
    ],
)
def test_unsafe_addresses_are_never_linked_nor_played(url):
    assert recording_line(url, "UTC") is None
    assert not is_playable(url)
