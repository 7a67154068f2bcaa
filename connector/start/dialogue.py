"""The dialogue of `init`: each answer is tried at once, and asked for again with the reason when it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from connector.errors import ConnectorError, InputError
from connector.settings import Settings
from connector.start.questions import Question, fits, read, settings_of, variable

Answers = dict[str, str]


class Trial(Protocol):
    """Tries one answer for real: what it is good for in a few words, and what it suggests for later questions.

    Raises ConnectorError with the reason when it is good for nothing.
    """

    def __call__(self, settings: Settings) -> tuple[str, Mapping[str, str]]: ...


Trials = Mapping[str, Trial]
"""By field; what is not here is right when it can be read."""


class Voice(Protocol):
    """Who asks."""

    def ask(self, question: Question, default: str) -> str:
        """The answer as typed; the default, or nothing, when it was left empty."""

    def say(self, text: str) -> None:
        """A line for the user."""

    def object(self, error: ConnectorError) -> None:
        """Why an answer will not do."""


def converse(given: Mapping[str, str], trials: Trials, voice: Voice, *, questions: Sequence[Question]) -> Answers:
    """Every answer, tried. What is `given` already is not asked for, unless it turns out to be wrong."""
    answers = _carried(given, questions)
    suggested: dict[str, str] = {}
    for question in questions:
        default = suggested.get(question.field, question.default)
        value, more = _agree(question, given.get(question.field), default, answers=answers, trials=trials, voice=voice)
        suggested |= more
        answers[question.field] = value
    return answers


def _agree(
    question: Question, answer: str | None, default: str, *, answers: Answers, trials: Trials, voice: Voice
) -> tuple[str, Mapping[str, str]]:
    """One answer that stands its trial, and what it suggests for others."""
    while True:
        text = voice.ask(question, default) if answer is None else answer
        try:
            value = read(question, text or default)
            said, more = _tried(question, {**answers, question.field: value}, trials)
        except ConnectorError as error:
            voice.object(error)
            answer = None
            continue
        if said:
            voice.say(said)
        return value, more


def settle(
    given: Mapping[str, str], trials: Trials, say: Callable[[str], None], *, questions: Sequence[Question]
) -> Answers:
    """Every answer from what is given, defaults and suggestions, tried; nobody is asked.

    Raises InputError (E134) with everything that is missing, or what is wrong with an answer.
    """
    missing = [question for question in questions if not _has_answer(question, given)]
    if missing:
        names = ", ".join(variable(question.field) for question in missing)
        raise InputError("E134", f"without questions these must be given: {names}", where=variable(missing[0].field))
    answers = _carried(given, questions)
    suggested: dict[str, str] = {}
    for question in questions:
        value = read(question, given.get(question.field) or suggested.get(question.field, ""))
        said, more = _tried(question, {**answers, question.field: value}, trials)
        if said:
            say(said)
        suggested |= more
        answers[question.field] = value
    return answers


SUGGESTED = frozenset(("timezone",))
"""Fields that an earlier answer's trial suggests: HubSpot tells the portal's time zone."""


def _has_answer(question: Question, given: Mapping[str, str]) -> bool:
    return bool(given.get(question.field) or question.default or question.field in SUGGESTED)


def _carried(given: Mapping[str, str], questions: Sequence[Question]) -> Answers:
    """What was given and is no question: the platform, another address of it or of HubSpot, an account."""
    asked = {question.field for question in questions}
    carried = {field: value for field, value in given.items() if field not in asked}
    for field, value in carried.items():
        if not fits({field: value}):
            expected = Settings.model_fields[field].description
            raise InputError("E101", f"{variable(field)} must be {expected}", where=variable(field))
    return carried


def _tried(question: Question, answers: Mapping[str, str], trials: Trials) -> tuple[str, Mapping[str, str]]:
    trial = trials.get(question.field)
    return trial(settings_of(answers)) if trial is not None else ("", {})
