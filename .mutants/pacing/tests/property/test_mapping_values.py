"""What must hold for any text a platform, a caller or a person may have left us."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.mapping import email, instants, mask, names, phone, policy, text
from connector.mapping.hours import DAYS, business_hours
from connector.mapping.markup import units
from connector.mapping.transforms import TRANSFORMS, Context, Unreadable

ANY_TEXT = st.text(st.characters(), max_size=60)  # surrogates too
REGIONS = st.sampled_from(["GB", "US", "DE", "IT", "ZZ", ""])
DIGITS = st.text("0123456789", min_size=1, max_size=16)
NUMBERS = st.builds("{}{}".format, st.sampled_from(["+44", "+1", "+353", "+7", "+", "0", ""]), DIGITS)
NOISY_NUMBERS = st.text("+0123456789 ()-./x#;,extsip:@tel", max_size=40)


# --- phone -------------------------------------------------------------------------------------------------


@given(ANY_TEXT | NUMBERS | NOISY_NUMBERS, REGIONS)
def test_reading_a_number_never_raises_and_a_usable_one_is_e164(written, region):
    number = phone.read_number(written, region)
    if number is not None and number.usable:
        assert re.fullmatch(r"\+[1-9]\d{7,14}", number.e164)
        assert not number.extension
        again = phone.read_number(number.e164, "ZZ")
        assert again is not None
        assert again.e164 == number.e164
        assert phone.same_number(number.e164, number.e164, region)
        assert phone.search_forms(number.e164)


@given(ANY_TEXT | NUMBERS | NOISY_NUMBERS, NUMBERS, REGIONS)
def test_comparing_numbers_never_raises_and_needs_the_same_last_digits(stored, e164, region):
    if phone.same_number(stored, e164, region) and stored != e164:
        digits = "".join(str(int(character)) for character in stored if character.isdecimal())
        assert digits[-4:] == e164[-4:].lstrip("+")


@given(ANY_TEXT)
def test_a_withheld_number_is_never_a_number(written):
    if phone.is_withheld(written):
        assert phone.read_number(written, "GB") is None


# --- e-mail and names --------------------------------------------------------------------------------------


@given(ANY_TEXT | st.text("jane. @<>,;:atdomgil", max_size=40) | st.emails())
def test_an_address_is_plain_and_reads_as_itself(written):
    reading = email.read_email(written)
    if reading.value is None:
        assert reading.note
    else:
        assert re.fullmatch(r"[!-?A-~]+@[a-z0-9.-]+\.[a-z0-9-]{2,}", reading.value)
        assert len(reading.value) <= email.ADDRESS_LENGTH_MAX
        assert email.read_email(reading.value) == reading


@given(ANY_TEXT)
def test_a_clean_name_is_visible_short_and_stays_as_it_is(written):
    name = names.clean_name(written)
    if name is not None:
        assert 0 < len(name) <= names.NAME_LENGTH_MAX
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f<>]", name)
        assert any(character.isalpha() for character in name)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_nobody_is_the_same_without_both_names(spoken, first, last):
    if names.same_person(spoken, first, last):
        assert names.first_name(spoken)
        assert names.last_name(spoken)


@given(st.sampled_from(["Jane", "José", "Anna Maria"]), st.sampled_from(["Doe", "O'Brien", "van der Berg"]))
def test_a_full_name_is_the_same_person_however_it_is_written(first, last):
    for spoken in (f"{first} {last}", f"{last}, {first}", f"{first} {last}".upper(), f"Dr {first}  {last}"):
        assert names.same_person(spoken, first, last)


# --- mask --------------------------------------------------------------------------------------------------


@given(NUMBERS | NOISY_NUMBERS)
def test_a_masked_number_hides_four_digits_at_least(written):
    masked = mask.phone(written)
    digits = [character for character in written if character.isdecimal()]
    shown = [character for character in masked if character.isdecimal()]
    assert len(shown) <= max(len(digits) - 4, 0) or (len(shown) <= 3 and masked.startswith("+"))
    assert "".join(shown[-3:]) == "".join(digits[-3:]) or masked.endswith(mask.HIDDEN) or not masked


@given(st.emails())
def test_a_masked_address_shows_one_letter_of_the_person(address):
    local, _, domain = address.partition("@")
    assert mask.email(address) in (f"{local[:1]}•••@{domain}", f"•••@{domain}", "•••")
    assert len(local) < 2 or local not in mask.email(address).removesuffix(f"@{domain}")


@given(ANY_TEXT)
def test_masks_never_raise_and_a_name_shows_one_letter(written):
    mask.phone(written)
    mask.email(written)
    assert len(mask.name(written).replace("•", "")) <= 1


@given(
    st.lists(NUMBERS.filter(lambda number: len(number) >= 8), min_size=1, max_size=3),
    st.sampled_from([" ", " and ", "; "]),
)
def test_redacted_text_holds_no_number(numbers, between):
    redacted = TRANSFORMS["redact"].apply(between.join(numbers), None, CONTEXT)
    for number in numbers:
        assert number.lstrip("+") not in redacted


# --- text --------------------------------------------------------------------------------------------------

SPOKEN = st.text(st.sampled_from("ab <>&\"'\n:😀é\u0301\x00") | st.characters(), max_size=40)


@given(
    st.text(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "&amp;", "a", "😀", "<", ">"]).map(str), max_size=0)
    | st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "&amp;", "a", "😀", "<", ">"])).map("".join),
    st.lists(st.builds("{}{}".format, st.sampled_from(["Caller: ", "Assistant: ", ""]), SPOKEN), max_size=30),
    st.integers(0, 400),
)
def test_a_body_never_passes_its_limit_nor_splits_an_entity(head, spoken, limit):
    body = text.fit_body(head, "\n".join(spoken), limit)
    assert units(body) <= limit
    body.encode()
    transcript = body.partition("<p>")[2] if not head else ""
    assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27);)", transcript)


@given(
    st.lists(st.integers(1, 500).map(lambda size: f"Caller: {'x' * size}"), min_size=1, max_size=60),
    st.integers(150, 3000),
)
def test_no_turn_goes_missing_uncounted(spoken, limit):
    body = text.fit_body("", "\n".join(spoken), limit)
    lines = body.removeprefix("<p>").removesuffix("</p>").split("<br>")
    counted = [int(number) for number in re.findall(r"(\d+) turns? left out", body)]
    notes = [line for line in lines if line.startswith("[…")]
    assert len(lines) - len(notes) + sum(counted) == len(spoken)
    assert all(line in spoken or line.endswith("…") for line in lines if line not in notes)


@given(ANY_TEXT)
def test_escaped_text_is_no_markup_and_reads_back(written):
    escaped = text.escape_html(written)
    assert not re.search("[<>\"']", escaped)
    assert text.plain_text(escaped).split() == text.clean(written).replace("\xa0", " ").split()


@given(ANY_TEXT | st.text("<>!/[]-abscript &#;x0", max_size=60))
def test_plain_text_never_raises(written):
    text.plain_text(written).encode()


@given(ANY_TEXT, st.integers(1, 20))
def test_truncated_text_is_a_beginning(written, length):
    cut = text.truncate(written, length)
    assert len(cut) <= length
    assert cut == written or written.startswith(cut.removesuffix("…"))


@given(ANY_TEXT | st.integers() | st.floats() | st.booleans() | st.none() | st.datetimes(timezones=st.just(UTC)))
def test_what_hubspot_stores_is_plain_text(value):
    try:
        stored = text.as_hubspot(value)
    except Unreadable:
        assert isinstance(value, float)
        return
    stored.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", stored)
    if isinstance(value, int | float) and not isinstance(value, bool):
        assert type(value)(stored) == value
        assert "e" not in stored.lower()


@given(ANY_TEXT | st.text("htps:/.@javscrip<>\"'x", max_size=40).map("https://".__add__))
def test_a_safe_link_is_one_anchor_to_http(url):
    link = text.safe_link(url)
    if link is not None:
        assert re.fullmatch(r'<a href="https?://[^"<>]*" rel="nofollow">[^<>]*</a>', link, re.IGNORECASE)


# --- policy ------------------------------------------------------------------------------------------------

PROPERTIES = st.sampled_from("abc")
VALUES = (
    st.sampled_from(["", " ", "lead", "customer", "12", "12.0", "Aircall new contact", "2026-04-22T10:14:07Z"])
    | ANY_TEXT
)
WISHES = st.lists(
    st.builds(
        policy.Wish, property=PROPERTIES, value=VALUES, write=st.sampled_from(policy.POLICIES), origin=st.just("")
    ),
    max_size=6,
)
CURRENT = st.dictionaries(PROPERTIES, st.none() | VALUES)


@given(WISHES, CURRENT, st.none() | st.dictionaries(PROPERTIES, VALUES.map(policy.value_hash)), st.booleans())
def test_nothing_a_person_wrote_is_overwritten_but_in_words(wishes, current, written, is_newest):
    def order(_: str) -> tuple[str, ...]:
        return ("subscriber", "lead", "customer")

    choice = policy.choose(wishes, current=current, written=written, is_newest=is_newest, order=order)
    first: dict[str, policy.Wish] = {}
    for wish in wishes:
        if wish.value.strip():
            first.setdefault(wish.property, wish)
    for name, value in choice.changes.items():
        wish, now = first[name], current.get(name)
        assert value == wish.value != now
        assert wish.write not in ("never", "on_create")
        assert wish.write != "newest" or is_newest
        if now and now.strip() and not policy.is_placeholder(now):
            assert wish.write in ("always", "newest", "forward")
        if written and name in written:
            assert policy.value_hash(now or "") == written[name]
    # What was written is no change any more.
    settled = {**current, **choice.changes}
    hashes = {**(written or {}), **{name: policy.value_hash(value) for name, value in choice.changes.items()}}
    again = policy.choose(wishes, current=settled, written=hashes, is_newest=is_newest, order=order)
    assert again.changes == {}


@given(WISHES)
def test_a_new_record_gets_every_first_wish_but_never(wishes):
    choice = policy.choose(wishes, current=None, written=None, is_newest=False, order=lambda _: ())
    assert not choice.notes
    assert all(value.strip() for value in choice.changes.values())
    assert {wish.property for wish in wishes if wish.value.strip()} >= set(choice.changes)


# --- hours, times and transforms ---------------------------------------------------------------------------

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
HOURS = st.builds(
    lambda days, start, length, holidays, timezone: business_hours(
        days=days,
        opens=f"{start // 60:02}:{start % 60:02}",
        closes=f"{(start + length) // 60:02}:{(start + length) % 60:02}",
        holidays=holidays,
        timezone=timezone,
    ),
    days=st.sets(st.sampled_from(DAYS), min_size=1),
    start=st.integers(0, 719),
    length=st.integers(30, 720),
    holidays=st.lists(st.dates(datetime(2020, 1, 1).date(), datetime(2035, 1, 1).date()), max_size=5),  # noqa: DTZ001
    timezone=st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"]),
)


@given(HOURS, MOMENTS, st.integers(0, 3000), st.integers(0, 3000))
def test_working_time_adds_up_and_ends_in_business_hours(hours, at, first, second):
    one, two = timedelta(minutes=first), timedelta(minutes=second)
    due = hours.after(at, one)
    assert due >= at + one
    assert hours.after(due, two) == hours.after(at, one + two) or two == timedelta(0)
    opening = hours.after(due, timedelta(0))
    assert opening >= due


@given(HOURS, MOMENTS)
def test_the_same_day_or_later_but_never_earlier(hours, at):
    assert hours.same_day_else(at, time(9)) > at


@given(MOMENTS)
def test_a_time_reads_the_same_however_it_is_written(at):
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    milliseconds = instants.epoch_ms(at)
    for written in (at, at.isoformat(), text.as_hubspot(at), milliseconds, str(milliseconds), milliseconds * 1000):
        assert instants.read_instant(written, "Asia/Kolkata") == at
    assert policy.value_hash(text.as_hubspot(at)) == policy.value_hash(str(milliseconds))


CONTEXT = Context(
    region="GB",
    timezone="Europe/London",
    hours=business_hours(days=("mon", "fri"), opens="09:00", closes="17:30", timezone="Europe/London"),
)
ARGUMENTS: dict[str, Any] = {"truncate": 9, "business_hours": {"after": "1h"}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | NUMBERS | st.just("2026-04-22T24:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("name", TRANSFORMS)
@given(value=JSON)
def test_a_transform_gives_a_value_that_can_be_stored_or_says_why_not(name, value):
    transform = TRANSFORMS[name]
    try:
        result = transform.apply(value, transform.read_argument(ARGUMENTS.get(name)), CONTEXT)
    except Unreadable:
        return
    text.as_hubspot(result).encode()
