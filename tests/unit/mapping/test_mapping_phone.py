from __future__ import annotations

import pytest

from connector.mapping import phone


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        pytest.param("+447700900123", "GB", "+447700900123", id="E.164, fictional"),
        pytest.param("07700 900123", "GB", "+447700900123", id="national, read in the region"),
        pytest.param("(0)7700-900.123", "GB", "+447700900123", id="punctuation"),
        pytest.param("+44 (0)7700 900123", "US", "+447700900123", id="trunk zero in brackets"),
        pytest.param("00447700900123", "GB", "+447700900123", id="international prefix"),
        pytest.param("447700900123", "GB", "+447700900123", id="country code without plus, at home"),
        pytest.param("+1 (415) 555-0100", "GB", "+14155550100", id="another country"),
        pytest.param("+442079460123", "GB", "+442079460123", id="landline"),
        pytest.param("+15550123", "GB", "+15550123", id="no area code, but the country named"),
        pytest.param("+447700900123", "GB", "+447700900123", id="full-width digits"),
        pytest.param("٠٧٧٠٠٩٠٠١٢٣", "GB", "+447700900123", id="Arabic digits"),
        pytest.param("\u202a+44 7700 900123\u202c", "GB", "+447700900123", id="direction marks of a pasted number"),
        pytest.param("+44\u200b7700900123", "GB", "+447700900123", id="zero-width space"),
        pytest.param("tel:+44-7700-900123", "US", "+447700900123", id="tel: address"),
        pytest.param("tel:7700900123;phone-context=+44", "US", "+447700900123", id="tel: address with context"),
        pytest.param("sip:+447700900123@sip.example.com", "US", "+447700900123", id="sip: address"),
        pytest.param("sips:%2B447700900123@sip.example.com;user=phone", "US", "+447700900123", id="sips:, encoded"),
        pytest.param('"Jane" <sip:+447700900123;user=phone@h.example.com:5060>', "US", "+447700900123", id="name-addr"),
        pytest.param("sip:07700900123@sip.example.com", "GB", "+447700900123", id="sip: national number"),
        pytest.param("Tel: 07700 900123", "GB", "+447700900123", id="a word before"),
        pytest.param("07700 900123 mobile", "GB", "+447700900123", id="a word behind"),
        pytest.param("07700 900123 (Jane)", "GB", "+447700900123", id="a name behind"),
        pytest.param(" " * 237 + "+447700900123", "GB", "+447700900123", id="as long as a text may be"),
        pytest.param("1-800-FLOWERS", "US", "+18003569377", id="spelled on the keypad, valid"),
    ],
)
def test_a_usable_number_is_read_as_e164(text, region, expected):
    number = phone.read_number(text, region)
    assert number is not None
    assert (number.e164, number.usable) == (expected, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("999", "emergency"),
        ("60777", "short code"),
        ("555-0123", "no area code and no country"),
        ("+4477009001234567", "more digits than the country has"),
        ("+44770090012345678", "more than 15 digits"),
        ("+3100000001", "zeros that every reading drops one of"),
        ("07700 900123 x123", "extension"),
        ("+447700900123 ext. 5", "extension"),
        ("tel:+44-7700-900123;ext=12", "extension of a tel: address"),
        ("sip:+447700900123;ext=12@sip.example.com", "extension of a sip: address"),
    ],
)
def test_what_is_read_but_not_usable(text, why):
    number = phone.read_number(text, "US" if text.startswith("555") else "GB")
    assert number is not None, why
    assert not number.usable, why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "anonymous",
        "hello",
        "0770a0900123",
        "0791a1123456",
        "077OO 9OO123 or 4",
        "07700900123 / 07700900456",
        "07700900123, 07700900456",
        "123456789012345678901234567890",
        "+",
        "sip:jane@example.com",
        "1" * 300,
        " " * 238 + "+4477009001234567",
        "\ud800",
    ],
)
def test_what_is_no_number(text):
    assert phone.read_number(text, "GB") is None


def test_a_number_without_a_country_in_no_region_is_none():
    assert phone.read_number("07700 900123", "ZZ") is None


def test_an_extension_is_kept_for_reading():
    number = phone.read_number("07700 900123 x123", "GB")
    assert number == phone.Number(
        e164="+447700900123",
        valid=False,
        usable=False,
        national_digits="7700900123",
        all_digits="447700900123",
        extension="123",
    )


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "anonymous",
        "Anonymous",
        "PRIVATE",
        "restricted",
        "unavailable",
        "unknown",
        "blocked",
        "withheld",
        "Private Number",
        "Unknown Caller",
        "No Caller ID",
        "Number withheld",
        "caller-id unavailable",
        "null",
        "n/a",
        "-",
        "sip:anonymous@anonymous.invalid",
        "sip:anonymous@192.0.2.7:5060",
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        "sip:restricted@sip.example.com",
        "+266696687",
        "+266 69 66 87",
        "+7378742833",
        "+86282452253",
        "+8656696",
        "+2562533",
        "sip:+266696687@sip.example.com",
        "\u202aanonymous\u202c",
        "sip:@sip.example.com",
    ],
)
def test_a_withheld_number_is_known_as_such(text):
    assert phone.is_withheld(text)
    assert phone.read_number(text or "", "GB") is None


@pytest.mark.parametrize(
    "text", ["+447700900123", "07700 900123", "999", "266696687", "Blocked Drains Ltd", "sip:jane@example.com", "hello"]
)
def test_what_is_not_withheld(text):
    assert not phone.is_withheld(text)


@pytest.mark.parametrize(
    ("e164", "expected"),
    [
        pytest.param("+442079460123", ("2079460123",), id="valid: national digits"),
        pytest.param("+14155550100", ("4155550100",), id="valid, one-digit country"),
        pytest.param("+33655555555", ("655555555",), id="as recorded from a portal"),
        pytest.param("+447700900123", ("447700900123", "7700900123"), id="not valid: with and without the country"),
        pytest.param("+15551234", ("15551234", "5551234"), id="not valid, as recorded from a portal"),
        pytest.param("+390612345678", ("0612345678", "612345678"), id="a zero that belongs to the number"),
        pytest.param("no number", (), id="nothing to search"),
        pytest.param("0004", ("4",), id="unreadable: its digits"),
    ],
)
def test_search_forms(e164, expected):
    assert phone.search_forms(e164) == expected


@pytest.mark.parametrize(
    ("stored", "e164", "region", "expected"),
    [
        ("+447700900123", "+447700900123", "GB", True),
        ("07700 900123", "+447700900123", "GB", True),
        ("+44 7700 900123", "+447700900123", "US", True),
        ("(+44) 7700-900-123", "+447700900123", "US", True),
        ("0044 7700 900123", "+447700900123", "GB", True),
        ("447700900123", "+447700900123", "US", True),
        ("0044 7700 900123", "+447700900123", "US", True),
        ("14155550100", "+14155550100", "GB", True),
        ("(415) 555-0100", "+14155550100", "US", True),
        ("(415) 555-0100", "+14155550100", "GB", False),
        ("07700 900123", "+447700900123", "US", False),
        ("07700 900124", "+447700900123", "GB", False),
        ("+33 7700 900123", "+447700900123", "GB", False),
        ("07700 900123 x12", "+447700900123", "GB", False),
        ("+447700900123;ext=12", "+447700900123", "GB", False),
        ("900123", "+447700900123", "GB", False),
        ("44 770 0900 x123", "+447700900123", "US", False),
        ("2079460123", "+2079460123", "US", False),
        ("anonymous", "+447700900123", "GB", False),
        ("", "+447700900123", "GB", False),
        (None, "+447700900123", "GB", False),
    ],
)
def test_same_number(stored, e164, region, expected):
    assert phone.same_number(stored, e164, region) is expected


def test_every_stored_form_of_a_fictional_number_can_be_found_by_search():
    assert {"447700900123", "7700900123"} <= set(phone.search_forms("+447700900123"))
