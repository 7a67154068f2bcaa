"""Who is it? (outcomes.md): the address, then the number, the spoken name between equals; nobody is ever guessed."""

from __future__ import annotations

import pytest

from connector.engine.directory import Directory
from connector.engine.match import Identity, Known, Several, Unknown, who
from connector.model import CrmRecord

NUMBER = "+447700900123"
EMAIL = "jane@example.com"


def a_contact(contact_id: str, **properties: str | None) -> CrmRecord:
    return CrmRecord(id=contact_id, properties=properties)


def find(
    *contacts: CrmRecord,
    number: str | None = NUMBER,
    email: str | None = EMAIL,
    name: str | None = "Jane Doe",
    match: tuple[str, ...] = ("email", "phone"),
    ambiguous: str = "hold",
) -> Known | Unknown | Several:
    directory = Directory(region="GB")
    directory.learn(contacts)
    caller = Identity(number=number, email=email, name=name)
    return who(caller, directory, match=match, ambiguous=ambiguous)


JANE = {"firstname": "Jane", "lastname": "Doe"}
JOHN = {"firstname": "John", "lastname": "Roe"}


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        pytest.param([a_contact("1", email=EMAIL)], ("1", "email"), id="the address"),
        pytest.param(
            [a_contact("1", email="x@example.com", hs_additional_emails=f"a@example.com;{EMAIL}")],
            ("1", "email"),
            id="a secondary address",
        ),
        pytest.param([a_contact("1", phone="07700 900123")], ("1", "phone"), id="the number as people write it"),
        pytest.param(
            [a_contact("1", phone="+44 (0)7700 900-123")], ("1", "phone"), id="the number with a zero in brackets"
        ),
        pytest.param([a_contact("1", mobilephone="+447700900123")], ("1", "phone"), id="the mobile number"),
        pytest.param(
            [a_contact("1", email=EMAIL), a_contact("2", phone=NUMBER)],
            ("1", "email"),
            id="the address before the number",
        ),
        pytest.param(
            [a_contact("1", email=EMAIL, **JOHN), a_contact("2", phone=NUMBER, **JANE)],
            ("2", "phone"),
            id="the number when only its contact has the spoken name",
        ),
        pytest.param(
            [a_contact("1", email=EMAIL, **JANE), a_contact("2", phone=NUMBER, **JANE)],
            ("1", "email"),
            id="the address when both have the spoken name",
        ),
        pytest.param(
            [a_contact("1", email=EMAIL), a_contact("2", phone=NUMBER, **JANE), a_contact("3", phone=NUMBER, **JANE)],
            ("1", "email"),
            id="the address when several have the number",
        ),
        pytest.param(
            [a_contact("2", phone=NUMBER, **JANE), a_contact("3", phone=NUMBER, **JOHN)],
            ("2", "name"),
            id="the one with the spoken name among several with the number",
        ),
    ],
)
def test_finds(contacts: list[CrmRecord], expected: tuple[str, str]) -> None:
    known = find(*contacts)
    assert isinstance(known, Known)
    assert (known.candidate.id, known.how) == expected


@pytest.mark.parametrize(
    "contacts",
    [
        pytest.param([], id="nobody there"),
        pytest.param([a_contact("1", phone="+33700900123")], id="the same national digits in another country"),
        pytest.param([a_contact("1", phone="07700 900123 ext 5")], id="the number with an extension"),
        pytest.param([a_contact("1", email="other@example.com")], id="another address, as a stale search proposes"),
        pytest.param([CrmRecord(id="1", properties={"phone": NUMBER}, archived=True)], id="a deleted contact"),
    ],
)
def test_finds_nobody(contacts: list[CrmRecord]) -> None:
    assert find(*contacts) == Unknown()


def test_several_with_the_number_and_no_name_that_tells_them_apart_are_held() -> None:
    several = find(a_contact("1", phone=NUMBER, **JOHN), a_contact("2", phone=NUMBER, **JOHN))
    assert several == Several(how="phone", count=2)


@pytest.mark.parametrize(("ambiguous", "expected"), [("newest", "2"), ("oldest", "1")])
def test_the_mapping_may_choose_by_age_instead(ambiguous: str, expected: str) -> None:
    older = a_contact("1", phone=NUMBER, createdate="2020-01-01T00:00:00.000Z")
    between = a_contact("3", phone=NUMBER, createdate="2022-01-01T00:00:00.000Z")
    newer = a_contact("2", phone=NUMBER, createdate="2024-01-01T00:00:00.000Z")
    known = find(newer, older, between, ambiguous=ambiguous)
    assert isinstance(known, Known)
    assert (known.candidate.id, known.how) == (expected, ambiguous)


@pytest.mark.parametrize(("ambiguous", "expected"), [("newest", "10"), ("oldest", "8")])
@pytest.mark.parametrize("turn", [1, -1])
def test_of_the_same_age_the_ids_tell(ambiguous: str, expected: str, turn: int) -> None:
    same = [a_contact(contact_id, phone=NUMBER, createdate="2020-01-01T00:00:00Z") for contact_id in ("8", "9", "10")]
    known = find(*same[::turn], ambiguous=ambiguous)
    assert isinstance(known, Known)
    assert known.candidate.id == expected


@pytest.mark.parametrize("turn", [1, -1])
def test_an_address_belongs_to_whom_it_is_the_first_one_of(turn: int) -> None:
    owner = a_contact("1", email=EMAIL)
    other = a_contact("2", email="x@example.com", hs_additional_emails=EMAIL, **JANE)
    known = find(*[owner, other][::turn])
    assert isinstance(known, Known)
    assert (known.candidate.id, known.how) == ("1", "email")


def test_the_number_is_not_copied_onto_the_contact_of_the_address_when_another_has_it() -> None:
    known = find(a_contact("1", email=EMAIL), a_contact("2", phone=NUMBER))
    assert isinstance(known, Known)
    assert known.without == {"number"}
    assert known.notes == ("possible_duplicate",)


def test_a_misheard_address_is_not_copied_onto_the_contact_of_number_and_name() -> None:
    known = find(a_contact("1", email=EMAIL, **JOHN), a_contact("2", phone=NUMBER, **JANE))
    assert isinstance(known, Known)
    assert known.without == {"email"}
    assert known.notes == ("possible_duplicate",)


@pytest.mark.parametrize(
    ("match", "expected"), [(("email",), Unknown()), ((), Unknown())], ids=["by address only", "by nothing"]
)
def test_compares_only_what_the_mapping_names(match: tuple[str, ...], expected: Unknown) -> None:
    assert find(a_contact("1", phone=NUMBER), match=match) == expected


def test_a_caller_without_number_and_address_is_nobody() -> None:
    assert find(a_contact("1", phone=NUMBER), number=None, email=None) == Unknown()
