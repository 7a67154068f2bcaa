"""Tests beside a mapping: `mappings/{source}.test.yaml`, read and validated. Running them is the engine's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Struct
from pydantic import AfterValidator, ConfigDict, Field, RootModel, ValidationError
from pydantic_core import PydanticCustomError

from connector.mapping.faults import faults
from connector.mapping.load import MappingFileError, YamlDocument, in_file_order, read_yaml
from connector.mapping.schema import Part, Scalar
from connector.mapping.text import as_hubspot
from connector.reports import Finding

Decision = Literal["created", "matched", "held", "logged", "skipped"]


class Expectation(Struct, frozen=True, kw_only=True):
    """A subset of what should come of the call; None and missing properties are not compared. Values are text."""

    decision: Decision | None = None
    reason: str | None = None
    rule: str | None = None
    contact: dict[str, str] | None = None
    call: dict[str, str] | None = None
    records: dict[str, dict[str, str]] | None = None
    """By record name, a subset too; that a record is not made is said with `absent`."""


class Case(Struct, frozen=True, kw_only=True):
    """One test of a mapping. `where` is file:line:column."""

    name: str
    given: dict[str, Any]
    """The platform's record of the call."""
    contacts: tuple[dict[str, str], ...] = ()
    """What the portal holds: properties, and `id` where the test says it."""
    now: datetime | None = None
    expect: Expectation
    absent: tuple[str, ...] = ()
    """`contact.email`, `call.hs_call_title`, `records.callback`, `records.callback.hs_task_body`."""
    where: str


def load_cases(path: Path) -> list[Case]:
    """Read and validate a test file. Raises MappingFileError with every fault found."""
    document = read_yaml(path)
    findings = list(document.findings)
    if not isinstance(document.value, list):
        message = "a test file is a list of tests, each begins with `- name:`"
        findings.append(Finding(where=document.where(()), code="E406", message=message))
        raise MappingFileError(findings)
    try:
        forms = CaseList.model_validate(document.value).root
    except ValidationError as error:
        findings += [
            Finding(where=document.where(fault.location, key=fault.at_key), code=fault.code, message=fault.message)
            for fault in faults(error, CaseList, document.value)
        ]
        forms = []
    findings += _repeated_names(document, forms)
    if findings:
        raise MappingFileError(in_file_order(findings))
    return [_case(document, at, form) for at, form in enumerate(forms)]


def _a_time(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise PydanticCustomError("a_time", 'a time with its zone is expected, such as "2026-04-22T10:14:07Z"')
    return text


def _an_absent_path(text: str) -> str:
    place, *rest = text.split(".")
    deep = {"contact": 1, "call": 1, "records": 2}.get(place, -1)
    if not 0 <= len(rest) <= deep or not all(rest) or (place == "records" and not rest):
        raise PydanticCustomError("absent", "expected contact, call or records.NAME, and a property behind a dot")
    return text


_Time = Annotated[str, AfterValidator(_a_time)]
_AbsentPath = Annotated[str, AfterValidator(_an_absent_path)]


class ExpectationForm(Part):
    """What should come of the call: a subset."""

    decision: Decision | None = Field(None, description="What is decided of the call.")
    reason: str | None = Field(None, description="Why it is skipped or held, or how the contact was found.")
    rule: str | None = Field(None, description="The rule that decides.")
    contact: dict[str, Scalar] | None = Field(None, description="Properties that are written to the contact.")
    call: dict[str, Scalar] | None = Field(None, description="Properties of the engagement.")
    records: dict[str, dict[str, Scalar]] | None = Field(None, description="Records by name, with their properties.")


class CrmForm(Part):
    """What the portal holds before the call."""

    contacts: list[dict[str, Scalar]] = Field([], description="Contacts: `id` and properties.")


class CaseForm(Part):
    """One test of a mapping."""

    name: str = Field(min_length=1, description="What the test says, in words.")
    given: dict[str, Any] = Field(min_length=1, description="The platform's record of the call.")
    crm: CrmForm = Field(CrmForm(), description="What the portal holds before the call.")
    now: _Time | None = Field(None, description="The time of the run; the call's end when it is left out.")
    expect: ExpectationForm = Field(description="What should come of it.")
    absent: list[_AbsentPath] = Field([], description="What must not be written.")


class CaseList(RootModel[list[CaseForm]]):
    """A test file."""

    model_config = ConfigDict(hide_input_in_errors=True)


def _repeated_names(document: YamlDocument, forms: list[CaseForm]) -> list[Finding]:
    seen: set[str] = set()
    found = []
    for at, form in enumerate(forms):
        if form.name in seen:
            message = "another test has this name"
            found.append(Finding(where=document.where((at, "name")), code="E415", message=message))
        seen.add(form.name)
    return found


def _case(document: YamlDocument, at: int, form: CaseForm) -> Case:
    expect = form.expect
    return Case(
        name=form.name,
        given=form.given,
        contacts=tuple(_texts(contact) for contact in form.crm.contacts),
        now=datetime.fromisoformat(form.now) if form.now else None,
        expect=Expectation(
            decision=expect.decision,
            reason=expect.reason,
            rule=expect.rule,
            contact=None if expect.contact is None else _texts(expect.contact),
            call=None if expect.call is None else _texts(expect.call),
            records=None if expect.records is None else {name: _texts(said) for name, said in expect.records.items()},
        ),
        absent=tuple(form.absent),
        where=document.where((at,)),
    )


def _texts(values: dict[str, Scalar]) -> dict[str, str]:
    """Values as HubSpot stores them, so that a test may say `60000` for "60000"."""
    return {name: as_hubspot(value) for name, value in values.items()}
