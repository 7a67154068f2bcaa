"""Stored values as a person reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.sandbox.page_text import duration, initials, moment, sanitized, when, words

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p>Plain &amp; simple</p>", "<p>Plain &amp; simple</p>"),
        ("no tags < at all", "no tags &lt; at all"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<STYLE>p{}</STYLE>b", "ab"),
        ('<p onclick="x()" style="a">t</p>', "<p>t</p>"),
        ("<img src=x onerror=alert(1)>t", "t"),
        ('<a href="javascript:alert(1)">t</a>', "<a>t</a>"),
        ('<a href="java\nscript:alert(1)">t</a>', "<a>t</a>"),
        ('<a href=" https://example.com/?a=1&amp;b=2">t</a>', None),
        ("<p>never closed <b>bold", "<p>never closed <b>bold</b></p>"),
        ("<b><i>crossed</b></i>", "<b><i>crossed</i></b>"),
        ("</p>stray end", "stray end"),
        ("one<br>two<br/>three", "one<br>two<br>three"),
        ("<iframe src=x>inside</iframe>after", "after"),
        ("<!-- comment -->t<!DOCTYPE x>", "t"),
        ("", ""),
    ],
)
def test_only_harmless_tags_are_left(stored: str, shown: str | None) -> None:
    link = '<a href="https://example.com/?a=1&amp;b=2" rel="nofollow noopener noreferrer">t</a>'
    assert sanitized(stored) == (link if shown is None else shown)


@pytest.mark.parametrize("stored", ["<" * 5000, "<a" * 2000, "<b>" * 3000, "&#0;&#xd800;", "\0<p\0>", "<svg><script>x"])
def test_nonsense_gives_something_harmless(stored: str) -> None:
    shown = sanitized(stored).lower()
    assert "<script" not in shown
    assert "<svg" not in shown


@pytest.mark.parametrize(
    ("stored", "at"),
    [
        ("2026-11-20T12:00:00Z", NOW),
        ("2026-11-20T12:00:00.000Z", NOW),
        ("1795176000000", NOW),
        ("2026-11-20T13:00:00+01:00", NOW),
        ("2026-11-20T12:00:00", NOW),
        ("soon", None),
        ("9" * 30, None),
        ("", None),
        (None, None),
    ],
)
def test_moment(stored: str | None, at: datetime | None) -> None:
    assert moment(stored) == at


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-20T08:05:00Z", "Today 08:05"),
        ("2026-11-19T23:59:00Z", "Yesterday 23:59"),
        ("2026-11-21T09:30:00Z", "Tomorrow 09:30"),
        ("2026-11-18T09:30:00Z", "Wed 18 Nov 09:30"),
        ("2026-07-01T09:30:00Z", "Wed 1 Jul 10:30"),
        ("2025-11-18T09:30:00Z", "18 Nov 2025 09:30"),
        ("", ""),
    ],
)
def test_when_in_the_portals_time_zone(at: str, said: str) -> None:
    assert when(moment(at), NOW) == said


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("12000", "12 s"),
        ("0", "0 s"),
        ("72000", "1 min 12 s"),
        ("3720000", "1 h 2 min"),
        ("", ""),
        (None, ""),
        ("x", ""),
    ],
)
def test_duration(stored: str | None, said: str) -> None:
    assert duration(stored) == said


@pytest.mark.parametrize(
    ("stored", "said"), [("lead_captured", "Lead captured"), ("NOT_STARTED", "Not started"), ("", ""), (None, "")]
)
def test_words(stored: str | None, said: str) -> None:
    assert words(stored) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Jane Doe", "JD"), ("Madonna", "M"), ("Ana Maria de Sá", "AS"), ("+447700900123", "·"), ("", "·")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
