"""What a mapping makes a platform be asked for."""

from __future__ import annotations

from typing import Any

import pytest

from connector.mapping.fields import PLATFORM_FIELDS
from connector.mapping.paths import parse_path
from connector.mapping.wanted import Wanted
from connector.model import Call, CallKey
from tests.stubs.clock import START


def a_call(**fields: Any) -> Call:
    given = {"summary": "Brief.", "transcript": None, "recording_url": None, **fields}
    return Call(key=CallKey("klen", "a", "1"), started_at=START, ended_at=START, duration_seconds=0, **given)


def wanted(*paths: str, source: str = "klen") -> Wanted:
    return Wanted({parse_path(path) for path in paths}, PLATFORM_FIELDS.get(source))


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("call.transcript", {"transcript"}),
        ("transcript", {"transcript"}),
        ("source.transcript", {"transcript"}),
        ("call.agent_name", {"agent_name"}),
        ("contact.name", set()),
        ("contact.stage", set()),
        ("contact.do_not_call", {"contact.do_not_call"}),
        ("source.contact.do_not_call", {"contact.do_not_call"}),
        ("contact.phone_numbers.0.phone_type", {"contact.phone_numbers"}),
        ("crm.contact.do_not_call", set()),
    ],
)
def test_what_is_read_is_asked_for_under_whatever_name(path: str, names: set[str]) -> None:
    assert wanted(path).names == names


@pytest.mark.parametrize(
    ("path", "source", "fields", "lacks"),
    [
        ("lead.phone", "kaicalls", {}, True),
        ("lead.phone", "kaicalls", {"person_id": "l1"}, False),
        ("lead.phone", "kaicalls", {"status": "FAILED"}, False),
        ("call.transcript", "kaicalls", {}, False),
        ("contact.name", "klen", {}, False),
    ],
)
def test_a_caller_may_still_be_named_where_people_are_kept_apart(path, source, fields, lacks):
    assert wanted(path, source=source).lacks_caller(a_call(**fields)) is lacks


def test_nobody_is_guessed_unless_a_mapping_says_so_by_name():
    assert "guessed_lead" in wanted("guessed_lead.phone", source="kaicalls").names
    assert "guessed_lead" in wanted("source.guessed_lead", source="kaicalls").names
    assert "guessed_lead" not in wanted("lead.phone", "source", source="kaicalls").names


def test_who_reads_the_whole_contact_reads_all_that_is_joined():
    assert wanted("contact").names == PLATFORM_FIELDS["klen"].joined


@pytest.mark.parametrize(
    ("path", "lacks"),
    [
        ("summary", True),
        ("call.summary", True),
        ("transcript", True),
        ("contact.stage", True),
        ("contact", True),
        ("team.name", True),
        ("contact.do_not_call", True),
        ("contact.name", False),
        ("phone_number", False),
        ("agent_name", False),
    ],
)
def test_a_row_of_the_list_lacks_what_only_asking_by_id_gives(path: str, lacks: bool) -> None:
    assert wanted(path).lacks(a_call(is_partial=True)) is lacks


@pytest.mark.parametrize(
    ("path", "fields", "lacks"),
    [
        ("transcript", {}, True),
        ("transcript", {"transcript": "Agent: Hello."}, False),
        ("transcript", {"status": "FAILED"}, False),
        ("recording_url", {}, True),
        ("summary", {}, False),
        ("contact.stage", {}, False),
    ],
)
def test_a_whole_call_lacks_only_what_comes_late(path: str, fields: dict[str, Any], lacks: bool) -> None:
    assert wanted(path).lacks(a_call(**fields)) is lacks


def test_a_platform_that_nobody_described_lacks_nothing():
    assert wanted("transcript", source="none").names == set()
    assert not wanted("transcript", source="none").lacks(a_call())
