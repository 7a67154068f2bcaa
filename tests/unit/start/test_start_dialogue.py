"""The dialogue of `init` without a terminal: who answers what, what is tried, what is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest

from connector.errors import AccessError, ConnectorError, InputError
from connector.model import SourceName
from connector.start.dialogue import converse, settle
from connector.start.questions import PLATFORM, Question, questions
from connector.start.templates import TEMPLATES

QUESTIONS = questions("reception_ai")

RIGHT = {
    "source_api_key": "krai_right",
    "hubspot_token": "pat-right",
    "region": "GB",
    "timezone": "Europe/London",
    "template": "leads-only",
    "since": "7d",
    "ledger_url": "sqlite:///connector.db",
}
TYPED = {**RIGHT, "ledger_url": "connector.db"}


class Person:
    """Types these answers; each field's in order."""

    def __init__(self, **typed: list[str]) -> None:
        self.typed = {**{field: [text] for field, text in TYPED.items()}, **typed}
        self.asked: list[tuple[str, str]] = []
        self.heard: list[str] = []
        self.objections: list[str] = []

    def ask(self, question: Question, default: str) -> str:
        self.asked.append((question.field, default))
        return self.typed[question.field].pop(0)

    def say(self, text: str) -> None:
        self.heard.append(text)

    def object(self, error: ConnectorError) -> None:
        self.objections.append(error.code)


def key(settings):
    if settings.required_source_api_key() != "krai_right":
        raise AccessError("E310", "refused")
    return "taken", {}


def token(settings):
    if settings.required_hubspot_token() != "pat-right":
        raise AccessError("E201", "refused")
    return "portal 1", {"timezone": "Europe/Paris"}


TRIALS = {"source_api_key": key, "hubspot_token": token}


def talk(person: Person, given: Mapping[str, str] | None = None) -> dict[str, str]:
    return converse(given or {}, TRIALS, person, questions=QUESTIONS)


def test_at_most_eight_questions_are_asked():
    assert len([PLATFORM, *QUESTIONS]) <= 8
    person = Person()
    assert talk(person) == RIGHT
    assert [field for field, _ in person.asked] == list(RIGHT)
    assert person.heard == ["taken", "portal 1"]


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [
        ("source_api_key", "krai_wrong", "E310"),
        ("source_api_key", "two words", "E101"),
        ("source_api_key", "", "E101"),
        ("hubspot_token", "pat-wrong", "E201"),
        ("region", "UK", "E101"),
        ("region", "Great Britain", "E101"),
        ("timezone", "Mars/Base", "E101"),
        ("template", "everything", "E101"),
        ("template", "", "E101"),
        ("since", "yesterday", "E101"),
    ],
)
def test_a_wrong_answer_is_asked_for_again(field, wrong, code):
    person = Person(**{field: [wrong, TYPED[field]]})
    assert talk(person) == RIGHT
    assert person.objections == [code]
    assert [asked for asked, _ in person.asked].count(field) == 2
    assert len(person.asked) == len(QUESTIONS) + 1


def test_defaults_and_what_the_portal_suggests():
    person = Person(timezone=[""], since=[""], ledger_url=[""])
    answers = talk(person)
    assert (answers["timezone"], answers["since"], answers["ledger_url"]) == (
        "Europe/Paris",
        "7d",
        "sqlite:///connector.db",
    )
    assert dict(person.asked)["timezone"] == "Europe/Paris"


def test_a_region_may_be_typed_small():
    assert talk(Person(region=["gb "]))["region"] == "GB"


def test_what_is_given_is_tried_and_not_asked_for():
    person = Person()
    assert talk(person, RIGHT) == RIGHT
    assert person.asked == []
    assert person.heard == ["taken", "portal 1"]


def test_what_is_given_and_wrong_is_asked_for():
    person = Person()
    assert talk(person, {"hubspot_token": "pat-wrong"}) == RIGHT
    assert person.objections == ["E201"]


def test_another_address_goes_along_and_must_be_one():
    there = {"hubspot_base_url": "http://127.0.0.1:8674"}
    assert talk(Person(), there) == {**there, **RIGHT}
    with pytest.raises(InputError, match="CONNECTOR_HUBSPOT_BASE_URL"):
        talk(Person(), {"hubspot_base_url": "http://elsewhere"})


# --- the platform


@pytest.mark.parametrize(("typed", "source"), [("", "reception_ai"), ("KaiCalls", "kaicalls"), (" krosai ", "krosai")])
def test_the_platform_is_asked_for_first_and_may_be_typed_in_any_case(typed, source):
    person = Person(source=[typed])
    assert converse({}, TRIALS, person, questions=[PLATFORM]) == {"source": source}


def test_a_platform_that_is_none_is_asked_for_again():
    person = Person(source=["klein", "klen"])
    assert converse({}, TRIALS, person, questions=[PLATFORM]) == {"source": "klen"}
    assert person.objections == ["E101"]


@pytest.mark.parametrize("source", get_args(SourceName))
def test_every_platform_can_be_chosen_and_is_asked_about_in_its_own_words(source):
    assert source in PLATFORM.choices
    key, *_, template = (question for question in questions(source) if question.field in ("source_api_key", "template"))
    assert key.text.casefold().startswith(source.replace("_", " ")[:4])
    assert [line.split()[0] for line in template.help.splitlines()] == list(TEMPLATES)


# --- without questions


def settled(given: Mapping[str, str]) -> dict[str, str]:
    return settle(given, TRIALS, lambda text: None, questions=QUESTIONS)


NEEDED = {name: RIGHT[name] for name in ("source_api_key", "hubspot_token", "region", "template")}


def test_defaults_and_suggestions_need_not_be_given():
    assert settled(NEEDED) == {**RIGHT, "timezone": "Europe/Paris"}
    assert settled(RIGHT) == RIGHT


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(InputError) as raised:
        settled({"region": "GB"})
    assert raised.value.code == "E134"
    assert raised.value.message.endswith("CONNECTOR_SOURCE_API_KEY, CONNECTOR_HUBSPOT_TOKEN, --template")


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [("hubspot_token", "pat-wrong", "E201"), ("region", "UK", "E101"), ("template", "x", "E101")],
)
def test_a_wrong_answer_is_an_error(field, wrong, code):
    with pytest.raises(ConnectorError) as raised:
        settled({**NEEDED, field: wrong})
    assert raised.value.code == code
    assert wrong not in raised.value.message or field == "template"
