from __future__ import annotations

from importlib.resources import files

import pytest

from connector.mapping import email
from connector.mapping.email import EmailReading, read_email, read_written_email

FILLED_UP = "@" + ("a" * 60 + ".") * 4 + "b.com"
"""With four characters before it an address of 254."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@example.com", "jane@example.com"),
        ("  Jane.Doe@Example.COM . ", "jane.doe@example.com"),
        ("mailto:jane@example.com?subject=hello", "jane@example.com"),
        ("Jane Doe <jane@example.com>", "jane@example.com"),
        ("<jane@example.com>,", "jane@example.com"),
        ("Jane Doe <jane@example.com.> (work)", "jane@example.com"),
        ("mailto:jane@example.com.?subject=hello", "jane@example.com"),
        ("jane＠example．com", "jane@example.com"),
        ("jane\u200b@example.com", "jane@example.com"),
        ("jane@example.com\x00", "jane@example.com"),
        ("my email is jane@example.com", "jane@example.com"),
        ("Email: jane@example.com (work)", "jane@example.com"),
        ("jane@example.com; JANE@example.com", "jane@example.com"),
        ("o'brien+news@example.co.uk", "o'brien+news@example.co.uk"),
        ("jane@mail.shop.example.com", "jane@mail.shop.example.com"),
        pytest.param("j" * 64 + "@example.com", "j" * 64 + "@example.com", id="as long as a local part may be"),
        pytest.param("jane" + FILLED_UP, "jane" + FILLED_UP, id="as long as an address may be"),
        pytest.param("is " * 328 + "jane@example.com", "jane@example.com", id="as long as a text may be"),
    ],
)
def test_written_addresses(text, expected):
    assert read_email(text) == EmailReading(expected)
    assert read_written_email(text) == EmailReading(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane dot doe at g mail dot com", "jane.doe@gmail.com"),
        ("jane at example dot com", "jane@example.com"),
        ("Jane at Example dot Com.", "jane@example.com"),
        ("my email is jane at example dot com, thank you", "jane@example.com"),
        ("j a n e at example dot co dot uk", "jane@example.co.uk"),
        ("jane at example dot co uk", "jane@example.co.uk"),
        ("jane at example dot com au", "jane@example.com.au"),
        ("jane at hot mail dot co uk", "jane@hotmail.co.uk"),
        ("Email: jane at example dot com (work)", "jane@example.com"),
        ("jane at example dot com ! thanks", "jane@example.com"),
        ('"jane at example dot com"', "jane@example.com"),
        ("j doe at hot mail dot com", "jdoe@hotmail.com"),
        ("jane underscore doe plus news at my hyphen shop dot org", "jane_doe+news@my-shop.org"),
        ("jane [at] example [dot] com", "jane@example.com"),
        ("jane (at) example.com", "jane@example.com"),
        ("jane @ example . com", "jane@example.com"),
        ("jane dot doe@example.com", "jane.doe@example.com"),
        ("jane@example dot com", "jane@example.com"),
        ("mail at example dot com", "mail@example.com"),
    ],
)
def test_spoken_addresses(text, expected):
    assert read_email(text) == EmailReading(expected)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("jane at gmial", "nothing like .com behind the @; gmail.com may be meant"),
        ("jane at gmail", "nothing like .com behind the @; gmail.com may be meant"),
        ("jane at the office", "words that may or may not belong together: it has to be spelled out"),
        ("", "no @ in it"),
        ("she did not say", "no @ in it"),
        ("jane@example.con", "no domain ends in .con"),
        ("jane@example.xx", "no domain ends like that"),
        ("jane@example.447700", "no domain ends like that"),
        ("jane@example", "nothing like .com behind the @"),
        ("jane@ex..ample.com", "the part behind the @ is no domain"),
        ("jane@-example.com", "the part behind the @ is no domain"),
        ("ja..ne@example.com", "the part before the @ is no address"),
        (".jane@example.com", None),
        ("jané@example.com", "the part before the @ is no address"),
        ("@example.com", "the part before the @ is no address"),
        ("jane@@example.com", "more than one @ in it"),
        ("jane@example.com, joe@example.org", "two or more addresses in one text"),
        ("jane doe@example.com", "words that may or may not belong together: it has to be spelled out"),
        ("jane doe at example dot com", "words that may or may not belong together: it has to be spelled out"),
        ("jo li at example dot com", "words that may or may not belong together: it has to be spelled out"),
        ("jane at co uk", "words that may or may not belong together: it has to be spelled out"),
        ("jane at gmail com", "words that may or may not belong together: it has to be spelled out"),
        ("jane at work at example dot com", "more than one 'at' was spoken"),
        ("x" * 65 + "@example.com", "too long for an address"),
        ("janet" + FILLED_UP, "too long for an address"),
        (
            "jane@" + "a" * 60 + "." + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".example.com",
            "too long for an address",
        ),
        ("jane@example.com " * 5000, "too long for an address"),
        pytest.param(
            "is " * 328 + "  jane@example.com", "too long for an address", id="an address whose end is out of reach"
        ),
        pytest.param("is " * 328 + "janet@example.com", "too long for an address", id="a text one character too long"),
        ("jane@example.com<script>alert(1)</script>", None),
    ],
)
def test_what_is_no_address_says_why(text, note):
    reading = read_email(text)
    if note is None:
        assert reading.value in (None, "jane@example.com")  # never anything but the plain address
    else:
        assert reading == EmailReading(None, note)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jane@gmial.com", "gmail.com"),
        ("jane@gmai.com", "gmail.com"),
        ("jane at gnail dot com", "gmail.com"),
        ("jane@hotmial.com", "hotmail.com"),
        ("jane@outlok.com", "outlook.com"),
        ("jane@yahooo.co.uk", "yahoo.co.uk"),
        ("jane@icloud.co", "icloud.com"),
    ],
)
def test_a_likely_slip_is_named_and_not_corrected(text, meant):
    reading = read_email(text)
    assert reading.value is not None
    assert not reading.value.endswith(f"@{meant}")
    assert reading.note == f"its domain may be a slip for {meant}"


@pytest.mark.parametrize(
    "domain", ["gmail.com", "ymail.com", "mail.com", "email.com", "yahoo.co", "example.com", "gmx.de", "gxyil.com"]
)
def test_a_real_domain_is_no_slip(domain):
    assert read_email(f"jane@{domain}") == EmailReading(f"jane@{domain}")


def test_a_spoken_form_is_no_written_address():
    assert read_written_email("jane at example dot com") == EmailReading(None, "no @ in it")
    assert read_written_email("jane doe@example.com") == EmailReading(None, "words stand beside the address")


def test_two_letter_endings_are_the_countries_of_iso_3166_and_four_more():
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    countries = {line.split("\t")[0].lower() for line in lines if not line.startswith("#")}
    assert countries | {"ac", "eu", "su", "uk"} == email._COUNTRIES
