"""What `init` asks: the fields of the settings in the order of a first use, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from connector.errors import InputError
from connector.model import SourceName
from connector.settings import Settings
from connector.start.platforms import PLATFORMS
from connector.start.templates import TEMPLATES, meanings

SQLITE = "sqlite:///"


class Question(Struct, frozen=True, kw_only=True):
    """One answer that is needed. `field` is a setting's, or `template`."""

    field: str
    text: str
    help: str
    default: str = ""
    """Taken for an empty answer; empty where somebody has to say it."""
    is_secret: bool = False
    choices: tuple[str, ...] = ()


PLATFORM = Question(
    field="source",
    text="Voice platform",
    help="\n".join(f"{name:<16}{platform.title}" for name, platform in PLATFORMS.items()),
    default="reception_ai",
    choices=tuple(PLATFORMS),
)
"""The first question: the others depend on it."""


def questions(source: SourceName) -> tuple[Question, ...]:
    """What is asked once the platform is known."""
    platform = PLATFORMS[source]
    return (
        Question(
            field="source_api_key",
            text=f"{platform.title}: API key",
            help=f"{platform.key}\nNot shown while you type.",
            is_secret=True,
        ),
        Question(
            field="hubspot_token",
            text="HubSpot: service key",
            help="Development, Keys, Service keys; docs/quickstart.md lists its scopes. Not shown while you type.",
            is_secret=True,
        ),
        Question(
            field="region",
            text="Country of your callers",
            help="Two letters such as GB or US: how to read numbers without a country code.",
        ),
        Question(
            field="timezone",
            text="Time zone of your business",
            help="An IANA name such as Europe/London: for business hours and for times that people read.",
        ),
        Question(
            field="template",
            text="Mapping to begin with",
            help="\n".join(f"{name:<16}{meaning}" for name, meaning in meanings(source).items()),
            choices=TEMPLATES,
        ),
        Question(
            field="since",
            text="First sync starts",
            help="An age such as 7d, or a date; older calls can be brought over later with `connector backfill`.",
            default="7d",
        ),
        Question(
            field="ledger_url",
            text="Ledger file",
            help="Remembers what was written; on a disk of this machine, in a folder that is there.",
            default="connector.db",
        ),
    )


def platform_of(answers: Mapping[str, str]) -> SourceName:
    """The platform that was answered."""
    return next(name for name in PLATFORMS if name == answers[PLATFORM.field])


def read(question: Question, answer: str) -> str:
    """The answer as the setting has it. Raises InputError (E101) with what was expected, never the answer itself."""
    text = answer.strip() or question.default
    match question.field:
        case "source":
            text = text.lower()
        case "region":
            text = text.upper()
        case "ledger_url" if text and "://" not in text:
            text = SQLITE + text
    if question.choices:
        expected, is_right = _or(question.choices), text in question.choices
    else:
        expected, is_right = str(Settings.model_fields[question.field].description), fits({question.field: text})
    if not is_right:
        message = f"{question.text} must be {expected}" if text else f"{question.text} is needed: {expected}"
        raise InputError("E101", message, where=variable(question.field))
    return text


def fits(answer: Mapping[str, str]) -> bool:
    """Whether this is what the setting takes."""
    try:
        return all(answer.values()) and bool(settings_of(answer))
    except ValidationError:
        return False


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def settings_of(answers: Mapping[str, str]) -> Settings:
    """The settings as far as they are answered."""
    fields: dict[str, Any] = {name: value for name, value in answers.items() if name in Settings.model_fields}
    return Settings(**fields)


def variable(field: str) -> str:
    """How the answer can be given without being asked: an option, or for a key the environment alone."""
    if field == "template":
        return "--template"
    return f"CONNECTOR_{field.upper()}"
