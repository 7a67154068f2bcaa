"""The contacts that a window knows of: found by what they have now, and not by what they had."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.engine.directory import Candidate, Directory
from connector.model import CONTACT_KEY, CrmRecord

NUMBER, EMAIL, KEY = "+447700900123", "jane@example.com", "tel:+447700900123"
Finder = Callable[[Directory], list[Candidate]]

FINDERS: list[Finder] = [
    lambda directory: directory.by_number(NUMBER),
    lambda directory: directory.by_email(EMAIL),
    lambda directory: [holder for holder in [directory.holder_of(KEY)] if holder],
]
WAYS = ["number", "address", "key"]


def a_candidate(contact_id: str | None = None) -> Candidate:
    return Candidate(id=contact_id, key=KEY, properties={"phone": NUMBER, "email": EMAIL})


def a_contact(contact_id: str = "7", **fields: bool) -> CrmRecord:
    properties: dict[str, str | None] = {"mobilephone": "07700 900123", "email": EMAIL, CONTACT_KEY: KEY}
    return CrmRecord(id=contact_id, properties=properties, **fields)


@pytest.fixture
def directory() -> Directory:
    return Directory(region="GB")


@pytest.mark.parametrize("find", FINDERS, ids=WAYS)
class TestACandidateIsFoundByIts:
    def test_once_however_often_it_is_taken_in(self, directory: Directory, find: Finder) -> None:
        candidate = a_candidate()
        directory.index(candidate)
        directory.index(candidate)
        assert find(directory) == [candidate]

    def test_as_the_crm_holds_it(self, directory: Directory, find: Finder) -> None:
        directory.learn([a_contact()])
        assert find(directory) == [directory.by_id("7")]

    def test_not_once_it_cannot_be_created(self, directory: Directory, find: Finder) -> None:
        candidate, other = a_candidate(), a_candidate()
        directory.index(candidate)
        directory.forget(other)
        assert find(directory) == [candidate]
        directory.forget(candidate)
        assert find(directory) == []

    def test_not_once_it_has_gone_from_the_crm(self, directory: Directory, find: Finder) -> None:
        directory.learn([a_contact("7"), CrmRecord(id="8", properties={})])
        gone, other = directory.by_id("7"), directory.by_id("8")
        assert gone is not None
        directory.drop(gone)
        assert (find(directory), directory.by_id("7"), directory.by_id("8")) == ([], None, other)

    def test_not_when_it_is_archived(self, directory: Directory, find: Finder) -> None:
        directory.learn([a_contact(archived=True)])
        assert find(directory) == []


def test_what_was_decided_of_a_contact_stays_though_it_is_read_again(directory: Directory) -> None:
    directory.learn([a_contact()])
    candidate = directory.by_id("7")
    assert candidate is not None
    candidate.properties["email"] = "other@example.com"
    directory.learn([a_contact()])
    assert directory.by_id("7") is candidate
    assert directory.by_email(EMAIL) == [], "it has that address no more"
    assert candidate.before["email"] == EMAIL, "what was read is kept"


def test_two_with_one_number_are_both_found_and_the_first_keeps_the_key(directory: Directory) -> None:
    first, second = a_candidate(), a_candidate()
    directory.index(first)
    directory.index(second)
    assert directory.by_number(NUMBER) == [first, second]
    assert directory.holder_of(KEY) is first


def test_a_contact_is_found_by_its_id_once_it_has_one(directory: Directory) -> None:
    candidate = a_candidate()
    directory.index_id(candidate)
    assert directory.by_id("7") is None
    candidate.id = "7"
    directory.index_id(candidate)
    assert directory.by_id("7") is candidate


def test_a_merged_contact_is_answered_for_by_the_one_that_it_became(directory: Directory) -> None:
    directory.learn([a_contact("7")])
    directory.alias("5", "7")
    directory.alias("6", "no such contact")
    assert directory.by_id("5") is directory.by_id("7") is not None
    assert directory.by_id("6") is None


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param({}, set(), id="none"),
        pytest.param({"email": None, "hs_additional_emails": None}, set(), id="blank"),
        pytest.param({"email": "Jane@Example.com"}, {EMAIL}, id="in lower case"),
        pytest.param({"hs_additional_emails": f"{EMAIL}; a@example.com;;"}, {EMAIL, "a@example.com"}, id="secondary"),
    ],
)
def test_every_address_of_a_contact(properties: dict[str, str | None], expected: set[str]) -> None:
    assert Candidate(id="7", properties=properties).emails() == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param({"phone": "07700 900123", "mobilephone": "+1 212 555 0123"}, {NUMBER, "+12125550123"}, id="both"),
        pytest.param({"phone": None, "mobilephone": NUMBER}, {NUMBER}, id="the second alone"),
        pytest.param({"phone": "ask for Jane", "mobilephone": "999"}, set(), id="none that can be used"),
    ],
)
def test_the_numbers_of_a_contact_are_read_in_the_region_of_the_connection(
    directory: Directory, properties: dict[str, str | None], expected: set[str]
) -> None:
    assert directory.numbers(Candidate(id="7", properties=properties)) == expected
