"""Invented people: deterministic, fictional, and as many as a thousand calls have."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import phonenumbers
import pytest

from connector.sandbox import edge_calls, people
from connector.sandbox.edge_calls import EDGES
from connector.sandbox.edges import FIRST_CALLS, edge_at, edge_call, edge_index, edge_names, ordinal
from connector.sandbox.history import History

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FICTIONAL = re.compile(r"\+447700900\d{3}|\+442079460\d{3}|\+441134960\d{3}|\+1\d{3}55501\d\d")
RESERVED = re.compile(r"@example\.(com|org|net)$", re.IGNORECASE)


def test_callers_are_all_different_and_fictional() -> None:
    crowd = [people.caller(0, index) for index in range(people.CALLERS_MAX)]
    assert len({each.number for each in crowd}) == len(crowd)
    assert len({each.email for each in crowd}) == len(crowd)
    assert [each.number for each in crowd if not FICTIONAL.fullmatch(each.number)] == []
    assert [each.email for each in crowd if not RESERVED.search(each.email)] == []


def test_the_first_thousand_callers_have_different_names() -> None:
    assert len({people.caller(3, index).name for index in range(1000)}) == 1000


def test_numbers_can_be_read_by_libphonenumber() -> None:
    for index in range(500):
        number = people.caller(0, index).number
        assert phonenumbers.is_possible_number(phonenumbers.parse(number)), number


@pytest.mark.parametrize("region_number", ["+447700900123", "+442079460123", "+441134960123", "+12125550123"])
def test_as_written_reads_back(region_number: str) -> None:
    region = "US" if region_number.startswith("+1") else "GB"
    read = phonenumbers.parse(people.as_written(region_number), region)
    assert phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164) == region_number


def test_a_thousand_calls_have_about_480_callers() -> None:
    history = History(seed=0, calls=1000, began_at=NOW)
    numbers = {call["callerNumber"] for call in _calls(history)}
    assert 470 <= len(numbers) <= 490


@pytest.mark.parametrize("seed", [0, 7])
def test_a_first_call_is_from_somebody_new_and_all_others_are_not(seed: int) -> None:
    seen: set[int] = set()
    for ordinal_number in range(3000):
        index, first_time = people.caller_of(seed, ordinal_number)
        assert first_time is (index not in seen)
        seen.add(index)
        assert people.caller_count(ordinal_number + 1) == len(seen)


@pytest.mark.parametrize("seed", [0, 1, 99])
def test_the_same_seed_gives_the_same_calls(seed: int) -> None:
    first, second = (History(seed=seed, calls=100, began_at=NOW) for _ in range(2))
    assert list(first.newest_first(NOW)) == list(second.newest_first(NOW))


def test_another_seed_gives_other_calls() -> None:
    first, second = (History(seed=seed, calls=100, began_at=NOW) for seed in (0, 1))
    assert not {call["id"] for call in _calls(first)} & {call["id"] for call in _calls(second)}


def test_types_and_outcomes_come_in_realistic_shares() -> None:
    calls = _calls(History(seed=0, calls=2000, began_at=NOW))
    types = [call["callType"] for call in calls]
    assert 0.35 < types.count("new_enquiry") / len(calls) < 0.55
    assert 0.2 < types.count("existing_client") / len(calls) < 0.4
    assert 0 < types.count("staff") / len(calls) < 0.06
    outcomes = [call["outcome"] for call in calls]
    assert all(outcomes.count(each) / len(calls) > 0.08 for each in _OUTCOMES)


_OUTCOMES = ("lead_captured", "transferred", "callback_scheduled", "message_taken", "resolved")


def test_known_clients_stand_in_the_crm_in_many_ways() -> None:
    contacts = people.clients(0, 450)
    assert 70 <= len(contacts) <= 130
    assert any("mobilephone" in each for each in contacts)
    assert any(each.get("phone", "").startswith("0") for each in contacts)
    assert any("email" not in each for each in contacts)


# --- the edges ---------------------------------------------------------------------------------------------------


def test_every_edge_has_its_own_place_among_the_first_calls() -> None:
    places = [edge_index(names[0]) for names in (edge.names for edge in EDGES)]
    assert places == sorted(set(places))
    assert len(places) == len(EDGES)
    assert max(places) < FIRST_CALLS
    assert len(edge_names()) == sum(len(edge.names) for edge in EDGES), "a name stands for two edges"


def test_ordinary_calls_are_numbered_without_gaps() -> None:
    ordinary = [ordinal(index) for index in range(200) if edge_at(index) is None]
    assert ordinary == list(range(len(ordinary)))


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.names[0])
def test_an_edge_is_a_record_of_the_platform(edge: edge_calls.Edge) -> None:
    call = edge_call(0, edge, "call_x", NOW)
    documented = """id organizationId callerNumber callerName callType outcome duration summary transcript
        recordingUrl leadData createdAt"""
    assert set(call) >= set(documented.split())
    assert call["createdAt"] == "2026-11-20T12:00:00.000Z"
    assert isinstance(call["duration"], int)


WITHHELD = ["anonymous", "private", "restricted", "unavailable", "unknown", "blocked", "", "+266696687", None]


@pytest.mark.parametrize("number", WITHHELD, ids=str)
def test_every_withheld_form_occurs(number: str | None) -> None:
    assert number in [edge.fields["callerNumber"] for edge in EDGES]


def test_a_withheld_sip_address_occurs() -> None:
    assert any(str(edge.fields["callerNumber"]).startswith("sip:anonymous@") for edge in EDGES)


@pytest.mark.parametrize(
    ("name", "field", "holds"),
    [
        ("text_html", "summary", lambda text: "<script>" in text and "🧾" in text),
        ("text_control_characters", "summary", lambda text: {"\0", "\x1b", "\u202e"} <= set(text)),
        ("text_long_transcript", "transcript", lambda text: len(text.encode()) >= 80_000),
        (
            "recording_signed",
            "recordingUrl",
            lambda url: url.startswith("https://") and "sig=" in url and "exp=" in url,
        ),
        ("email_as_heard", "leadData", lambda lead: lead["email"] == "priya dot sharma at example dot com"),
        ("callback_with_time", "leadData", lambda lead: lead["callbackTime"] == "2026-11-21T09:30:00.000Z"),
        ("lead_notes", "leadData", lambda lead: "notes" in lead and "note" not in lead),
        ("lead_note", "leadData", lambda lead: "note" in lead and "notes" not in lead),
        ("enum_new_values", "callType", lambda value: value == "vip_client"),
        ("enum_new_values", "outcome", lambda value: value == "appointment_booked"),
        ("own_number", "callerNumber", lambda number: number == people.OWN_NUMBER),
        ("number_with_extension", "callerNumber", lambda number: number.endswith("ext. 204")),
        ("number_without_country", "callerNumber", lambda number: number.startswith("07700")),
        ("name_unknown", "callerName", lambda name: name == "Unknown"),
        ("name_digits", "callerName", lambda name: name.isdigit()),
        ("nulls_everywhere", "summary", lambda text: text is None),
    ],
)
def test_an_edge_shows_what_its_name_says(name: str, field: str, holds: object) -> None:
    edge = edge_at(edge_index(name))
    assert edge is not None
    assert callable(holds)
    assert holds(edge_call(0, edge, "call_x", NOW)[field])


def test_two_calls_of_a_new_caller_are_a_second_apart() -> None:
    for calls in (60, 1000, 100_000):
        history = History(seed=0, calls=calls, began_at=NOW)
        first, second = (history.ended_at(edge_index(f"two_at_once_{which}")) for which in ("first", "second"))
        assert second - first == timedelta(seconds=1)


def test_all_invented_addresses_and_numbers_are_fictional() -> None:
    for contact in edge_calls.CONTACTS:
        assert "email" not in contact or RESERVED.search(contact["email"])
        for name in ("phone", "mobilephone"):
            if name in contact:
                read = phonenumbers.parse(contact[name], "GB")
                assert FICTIONAL.fullmatch(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))


def _calls(history: History) -> list[dict[str, object]]:
    return [json.loads(raw) for raw in history.newest_first(NOW)]
