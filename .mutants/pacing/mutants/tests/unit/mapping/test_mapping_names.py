from __future__ import annotations

import pytest

from connector.mapping import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", "Jane Doe"),
        ("  Jane \t\n Doe ", "Jane Doe"),
        ("JANE DOE", "Jane Doe"),
        ("jane o'brien-smith", "Jane O'Brien-Smith"),
        ("anna van der berg", "Anna van der Berg"),
        ("McDonald", "McDonald"),
        ("JD", "JD"),
        ("Jean-Luc d'Arc", "Jean-Luc d'Arc"),
        ("Dr Jane Doe", "Dr Jane Doe"),
        ("Jane \u202eeoD\u202c", "Jane eoD"),
        ("Ja\u200bne\x00 Doe", "Jane Doe"),
        ("José", "José"),
        ("Jose\u0301", "José"),
        ("李小龙", "李小龙"),
        ("Jane 😀 Doe", "Jane 😀 Doe"),
        ("<b>Jane</b> Doe", "Jane Doe"),
        ("Jane<script>alert(1)</script> Doe", "Jane Doe"),
        ("O&#39;Brien", "O'Brien"),
        ("&lt;b&gt;Jane&lt;/b&gt;", "Jane"),
        ("Jane > Doe", "Jane Doe"),
        ("Smith & Sons", "Smith & Sons"),
        ("Doe, Jane", "Doe, Jane"),
        ("An No", "An No"),
    ],
)
def test_a_name_is_cleaned(text, expected):
    assert names.clean_name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Unknown",
        "unknown caller",
        "Caller",
        "Caller +44 7700 900123",
        "Anonymous",
        "N/A",
        "n.a.",
        "None",
        "null",
        "Private",
        "Private Number",
        "Restricted",
        "No name",
        "Not provided",
        "Not available",
        "Wireless Caller",
        "Customer",
        "the client",
        "Aircall new contact",
        "Mr",
        "Mrs.",
        "Dr",
        "07700 900123",
        "+447700900123",
        "12345",
        "Jane 07700900123",
        "jane@example.com",
        "🙂",
        "?",
        "-",
        "<script>alert(1)</script>",
        "\u200b",
        "x" * 121,
        "Jane " * 5000,
    ],
)
def test_what_is_no_name(text):
    assert names.clean_name(text) is None
    assert names.first_name(text) is None
    assert names.last_name(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("Jane", "Jane", None),
        ("Doe, Jane", "Jane", "Doe"),
        ("DOE, JANE MARY", "Jane Mary", "Doe"),
        ("Jane Mary Doe", "Jane", "Mary Doe"),
        ("Dr. Jane Doe", "Jane", "Doe"),
        ("Prof. Dr. Jane Doe", "Jane", "Doe"),
        ("Mr Doe", None, "Doe"),
        ("Doe, Dr Jane", "Jane", "Doe"),
        ("Jane Doe, Jr.", "Jane", "Doe, Jr."),
        ("Doe,", "Doe", None),
        ("anna van der berg", "Anna", "van der Berg"),
    ],
)
def test_a_name_splits_into_first_and_last(text, first, last):
    assert (names.first_name(text), names.last_name(text)) == (first, last)


@pytest.mark.parametrize(
    ("spoken", "first", "last", "expected"),
    [
        ("Jane Doe", "Jane", "Doe", True),
        ("jane DOE", "JANE", "doe", True),
        ("Doe, Jane", "Jane", "Doe", True),
        ("Dr Jane Doe", "Jane", "Doe", True),
        ("Jose Garcia", "José", "García", True),
        ("Soren Angstrom", "Søren", "Ångström", True),
        ("Anne Marie O Brien", "Anne-Marie", "O Brien", True),
        ("Jane OBrien", "Jane", "O'Brien", True),
        ("Anna Maria Rossi", "Anna Maria", "Rossi", True),
        ("Jane Doe", "Jane", "Roe", False),
        ("Jane Doe", "June", "Doe", False),
        ("Jane Mary Doe", "Jane", "Doe", False),
        ("Jane", "Jane", "Doe", False),
        ("Jane", "Jane", None, False),
        ("Jane Doe", "Jane Doe", None, False),
        ("Jane Doe", None, "Doe", False),
        ("Mr Doe", "Jane", "Doe", False),
        ("Unknown Caller", "Unknown", "Caller", False),
        ("🙂 🙂", "🙂", "🙂", False),
        ("", "", "", False),
        (None, "Jane", "Doe", False),
    ],
)
def test_same_person(spoken, first, last, expected):
    assert names.same_person(spoken, first, last) is expected
