"""The mapping language as pydantic models: the loader, the JSON Schema and the reference are all made from these.

Only form is decided here. What needs the platform's fields, the transforms or the portal is `check.py`'s.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

SOURCES = ("reception_ai", "kaicalls", "klen", "krosai")

Scalar = str | int | float | bool
UnknownCaller = Literal["create", "hold", "log", "skip"]
Write = Literal["if_empty", "on_create", "always", "newest", "forward", "never"]

ONE = "<one>"
SEVERAL = "<several>"
NAMED = "<named>"
TAGS = frozenset((ONE, SEVERAL, NAMED))
"""Names of union branches: pydantic puts them into an error's location, where a reader has no use for them."""


def _branch(value: Any) -> str:
    if isinstance(value, list | tuple):
        return SEVERAL
    return NAMED if isinstance(value, dict) else ONE


def _list_or_not(value: Any) -> str:
    return SEVERAL if isinstance(value, list | tuple) else ONE


class Part(BaseModel):
    """A part of a mapping file. Unknown keys are errors, and errors never repeat a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, populate_by_name=False)


Words = Annotated[str, Field(min_length=1)]
_OneTransform = Annotated[dict[str, Any], Field(min_length=1, max_length=1)]
_TransformStep = Annotated[
    Annotated[Words, Tag(ONE)] | Annotated[_OneTransform, Tag(NAMED)],
    Discriminator(lambda value: NAMED if isinstance(value, dict) else ONE),
]
TransformForm = Annotated[
    Annotated[Words, Tag(ONE)]
    | Annotated[_OneTransform, Tag(NAMED)]
    | Annotated[list[_TransformStep], Field(min_length=1), Tag(SEVERAL)],
    Discriminator(_branch),
]
FromForm = Annotated[
    Annotated[Words, Tag(ONE)] | Annotated[list[Words], Field(min_length=1), Tag(SEVERAL)],
    Discriminator(_list_or_not),
]

VALUE_KEYS = ("from", "value", "template", "first")


def _exactly_one(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": [key]} for key in VALUE_KEYS]


class Choice(Part):
    """Where a value comes from and what is made of it. Exactly one of `from`, `value`, `template`, `first`."""

    model_config = ConfigDict(json_schema_extra=_exactly_one)

    from_: FromForm | None = Field(
        None,
        alias="from",
        description="A dotted path, or a list of paths: the first value that is not blank is taken, with its type.",
        examples=["callerNumber", ["leadData.name", "callerName"], 'leadData."post code"'],
    )
    value: Scalar | None = Field(None, description="A fixed value.", examples=["NEW", 3, True])
    template: str | None = Field(
        None,
        description="A text with `{{ … }}` and `{% if … %}`; in HTML properties what it inserts is escaped.",
        examples=["{{ caller.name or call.caller_masked }}"],
    )
    first: list[Choice] | None = Field(
        None, min_length=1, description="A list of such values: the first that is not blank is taken."
    )
    transform: TransformForm | None = Field(
        None,
        description="A transform's name, `{name: argument}`, or a list of them, applied in order.",
        examples=["datetime", {"truncate": 120}, ["trim", "upper"]],
    )
    map: dict[str, Scalar] | None = Field(
        None,
        min_length=1,
        description='Value → value, after the transforms; `"*"` stands for every other value. Without `"*"` a value '
        "that is not listed becomes blank, with a note.",
        examples=[{"new_enquiry": "Lead", "*": "Other"}],
    )
    default: Scalar | None = Field(None, description="Taken when all of the above left nothing.")
    when: str | None = Field(None, description="A condition; the value is only used when it holds.", min_length=1)

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        given = {"from": self.from_, "value": self.value, "template": self.template, "first": self.first}
        named = [key for key, value in given.items() if value is not None]
        if len(named) != 1:
            said = "none of them is there" if not named else f"there are {' and '.join(named)}"
            message = "exactly one of from, value, template, first: {said}"
            raise PydanticCustomError("one_origin", message, {"said": said})
        return self


class Property(Choice):
    """A property's value and when it may be written."""

    model_config = ConfigDict(json_schema_extra=_exactly_one)

    write: Write | None = Field(
        None,
        description="When the value may be written. Left out: `if_empty` for contacts, `on_create` for records, "
        "`always` for the call. `newest`: only from the newest call of the contact. `forward`: only to a later option "
        "in the portal's own order.",
    )


PropertyForm = Annotated[
    Annotated[Property, Tag(ONE)] | Annotated[list[Property], Field(min_length=1), Tag(SEVERAL)],
    Discriminator(_list_or_not),
]
PropertyName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Properties = dict[PropertyName, PropertyForm]
_PROPERTIES = (
    "Property (its internal name) → how its value is made; or a list of such entries, of which the first whose "
    "`when` holds is used."
)

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
ClosingTime = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


def _a_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("a_date", "a date such as 2026-12-25 is expected") from None
    return text


class BusinessHours(Part):
    """When the business is open, in the time zone of `defaults.timezone`."""

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = Field(
        ["mon", "tue", "wed", "thu", "fri"], min_length=1, description="Working days."
    )
    from_: Clock = Field("09:00", alias="from", description="Opening time, `HH:MM`, in quotes.")
    to: ClosingTime = Field("17:00", description='Closing time, `HH:MM`, in quotes; "24:00" is midnight.')
    holidays: list[Annotated[str, AfterValidator(_a_date)]] = Field(
        [], description="Days off, `YYYY-MM-DD`.", examples=[["2026-12-25"]]
    )

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.from_ >= self.to:
            raise PydanticCustomError("hours", "`from` must be earlier than `to`")
        return self


class Defaults(Part):
    """What holds for the whole mapping."""

    region: str = Field(
        pattern=r"^[A-Z]{2}$",
        description="Two-letter country in which numbers without a country code are read.",
        examples=["GB"],
    )
    timezone: str = Field(
        "UTC",
        description="Time zone of business hours and of times in texts that people read.",
        examples=["Europe/London"],
    )
    business_hours: BusinessHours = Field(BusinessHours(), description="When the business is open.")


class Rule(Part):
    """One rule. The first whose `when` holds decides; what it does not say comes from the last one."""

    name: Words | None = Field(None, description="Shown wherever a decision is explained.")
    when: Words | None = Field(None, description="A condition; the last rule has none and always holds.")
    action: Literal["log", "skip"] | None = Field(
        None, description="`log`: write the call. `skip`: write nothing. Left out everywhere: `log`."
    )
    unknown_caller: UnknownCaller | None = Field(
        None,
        description="What becomes of a call whose caller is not in the CRM: `create` a contact, `hold` the call for "
        "review, `log` it without a contact, `skip` it. Left out everywhere: `hold`.",
    )


class CallerSection(Part):
    """Who is calling. The values are read and cleaned by themselves and are blank unless usable."""

    number: Choice | None = Field(None, description="The caller's number; read as E.164, withheld numbers are blank.")
    email: Choice | None = Field(None, description="The caller's e-mail; spoken forms are read, invalid ones blank.")
    name: Choice | None = Field(None, description='The caller\'s name; "Unknown", digits and the like are no name.')


class ContactSection(Part):
    """The caller's contact."""

    match: list[Literal["email", "phone"]] = Field(
        ["email", "phone"], min_length=1, description="By what a known contact is found, in this order."
    )
    ambiguous: Literal["hold", "newest", "oldest"] = Field(
        "hold", description="What to do when several contacts fit: hold the call, or take the newest or oldest contact."
    )
    properties: Properties = Field(
        {},
        description=_PROPERTIES + " `email`, `phone`, `firstname` and `lastname` come from `caller` unless said here.",
    )


class OwnerSection(Part):
    """Who owns calls, tasks and new contacts. The contact's active owner always comes first."""

    map: dict[str, str | int] = Field(
        {},
        description="Agent's name, or number of the line → owner, by e-mail address or id.",
        examples=[{"+442079460000": "jane@example.com"}],
    )
    default: str | int | None = Field(
        None, description="The owner when nothing else names one, who is also asked, once a day, to review held calls."
    )


class CallSection(Part):
    """The engagement on the timeline."""

    properties: Properties = Field({}, description=_PROPERTIES)
    transcript: Literal["none", "inline", "note"] = Field(
        "none", description="`inline`: under the summary in `hs_call_body`. `note`: in a note of its own."
    )
    recording: Literal["none", "link"] = Field(
        "none", description="`link`: a link under the summary, with its end where that is known."
    )


class RecordSection(Part):
    """One more record of a call, made once and found again by its own key."""

    name: str = Field(
        pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="Part of the record's key: renaming it makes new records."
    )
    object: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]*$",
        description="HubSpot's plural name of the object, or a custom object's name.",
        examples=["tasks", "notes"],
    )
    when: Words | None = Field(None, description="A condition; the record is only made when it holds.")
    properties: Properties = Field(min_length=1, description=_PROPERTIES)
    associate: list[Literal["contact", "company", "deal", "ticket"]] = Field(
        ["contact"],
        description="What the record is linked to, as far as it is there: the contact, the contact's company, and "
        "deals, tickets and companies that the same call made.",
    )


class MappingDocument(Part):
    """A mapping file: what becomes of the calls of one voice platform."""

    model_config = ConfigDict(title="Mapping file of the call connector, version 1")

    version: Literal[1] = Field(description="The version of the mapping language.")
    source: Literal["reception_ai", "kaicalls", "klen", "krosai", "vapi"] = Field(description="The voice platform.")
    defaults: Defaults = Field(description="Region, time zone and business hours.")
    own_numbers: list[str] = Field(
        [],
        description="Numbers of the business itself: a call from one is skipped, and none is made a contact.",
        examples=[["+442079460000"]],
    )
    rules: list[Rule] = Field([], description="Which calls are written, and what becomes of unknown callers.")
    caller: CallerSection = Field(description="Who is calling: number, e-mail and name.")
    contact: ContactSection = Field(ContactSection(), description="The caller's contact.")
    owner: OwnerSection = Field(OwnerSection(), description="Owners by agent or line.")
    call: CallSection = Field(CallSection(), description="The engagement on the timeline.")
    tables: dict[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")], dict[str, Scalar]] = Field(
        {}, description="Small named maps for templates: `{{ titles[outcome] }}`."
    )
    records: list[RecordSection] = Field([], description="Tasks, notes and other records of a call.")


def mapping_json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a mapping file, for editors."""
    schema = MappingDocument.model_json_schema(by_alias=True)
    _close(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _close(node: Any) -> None:
    """Refuse keys that match no pattern: pydantic does, and an editor should."""
    if isinstance(node, dict):
        if "patternProperties" in node:
            node["additionalProperties"] = False
        for inner in node.values():
            _close(inner)
    elif isinstance(node, list):
        for inner in node:
            _close(inner)


def entries(form: Property | list[Property]) -> list[Property]:
    """A property's entries, whether there is one or a list of them."""
    return form if isinstance(form, list) else [form]


def paths_of(form: str | list[str] | None) -> list[str]:
    """The paths of a `from`, whether there is one or a list of them."""
    return [form] if isinstance(form, str) else list(form or [])


def steps_of(form: str | dict[str, Any] | list[str | dict[str, Any]] | None) -> list[tuple[str, Any]]:
    """The transforms of a `transform`, each with its argument (None without one)."""
    steps = form if isinstance(form, list) else [form] if form is not None else []
    return [(step, None) if isinstance(step, str) else next(iter(step.items())) for step in steps]
