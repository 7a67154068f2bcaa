from __future__ import annotations

import pytest

from connector.mapping import mask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+447700900123", "+44 77•• •••123"),
        ("+14155550100", "+1 41•• •••100"),
        ("+35316000123", "+353 •••• •123"),
        ("+77001234567", "+7 70•• •••567"),
        ("+15550123", "+1 •••• 123"),
        ("+44999", "+44 •••"),
        ("+4", "•••"),
        ("07700 900123", "•••• ••••123"),
        ("60777", "•••"),
        ("anonymous", "•••"),
        ("", ""),
        ("  ", ""),
        (None, ""),
    ],
)
def test_phone(text, expected):
    assert mask.phone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@example.com", "j•••@example.com"),
        ("j@example.com", "•••@example.com"),
        ("jane at example dot com", "•••"),
        ("jane@example.com, joe@example.com", "•••"),
        ("jane@example", "•••"),
        ("@example.com", "•••@example.com"),
        ("", ""),
        (None, ""),
    ],
)
def test_email(text, expected):
    assert mask.email(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", "J•••"),
        ("Élodie", "É•••"),
        ("E\u0301lodie", "É•••"),
        ("J", "•••"),
        ("07700", "•••"),
        (" ", ""),
        (None, ""),
    ],
)
def test_name(text, expected):
    assert mask.name(text) == expected
