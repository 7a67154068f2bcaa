"""Why HubSpot refused one record, read from the answers that it gives in several shapes.

Sources: issue threads and recordings of 2022 to 2026-09, and developer docs "error handling", which say that every
field of an error is optional: each is only a hint here. Values are never taken out of a message, only names and codes;
where neither is found, its sentence is shown as far as `words` lets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import assert_never

from msgspec import Struct

from connector.hubspot.answers import Problem, texts
from connector.hubspot.words import sentence
from connector.model import UNANSWERED, UNSENT, Refused


class Kind(StrEnum):
    TAKEN = "taken"
    """A value that must be unique belongs to another record."""
    VALUES = "values"
    LINK = "link"
    MISSING = "missing"
    """There is no such record."""
    BLOCKED = "blocked"
    """The address was deleted at its owner's wish and may not come back."""
    FAILING = "failing"
    """HubSpot gave no answer to this one, time and again, while it took others."""
    UNSENT = "unsent"
    """Others of its batch were refused one after the other without a reason, so this one was not sent."""
    OTHER = "other"


UNWRITABLE = frozenset({"PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "READ_ONLY_PROPERTY", "PROPERTY_READ_ONLY"})
"""The reason lies in the property, not in the value: every record that brings it is refused."""
REQUIRED = frozenset({"MISSING_REQUIRED_PROPERTY"})
"""Every record that lacks the property is refused: the portal's own rules, on all write paths from 2026-09 on."""
UNIQUE = frozenset({"CONFLICTING_UNIQUE_VALUE", "UNIQUE_VALUE_CONFLICT", "CONFLICT", "OBJECT_ALREADY_EXISTS"})

_EXISTING = re.compile(r"[Ee]xisting ID:?\s*(\d+)")
_OWNER_OF_VALUE = re.compile(r"\b(\d+) already has that value")
"""`Cannot set PropertyValueCoordinates{…} on 1. 2 already has that value.`: the second record is the existing one."""
_COORDINATES = re.compile(r"propertyName=(\w+)")
_LISTED_NAME = re.compile(r'"name"\s*:\s*"(\w+)"')
_LISTED_ERROR = re.compile(r'"error"\s*:\s*"(\w+)"')
_CODE = re.compile(r"[A-Z][A-Z0-9_]{2,60}")


class Failure(Struct, frozen=True, kw_only=True):
    """Why one input was refused, or a whole batch because of one. It holds names, codes and ids, no values."""

    kind: Kind
    properties: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    """HubSpot's own codes, such as INVALID_EMAIL."""
    existing_id: str | None = None
    """The record that has the value already."""
    ids: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    """The inputs that it speaks of, by id or by trace id."""
    words: str = ""
    """HubSpot's own sentence, fit to be shown, where nothing of the above says enough."""

    def concerns(self, properties: Mapping[str, str]) -> bool:
        """Whether any record written with these properties is refused for this reason, whatever their values."""
        if self.kind is not Kind.VALUES or not self.reasons:
            return False
        if UNWRITABLE.issuperset(self.reasons):
            return any(name in properties for name in self.properties)
        if REQUIRED.issuperset(self.reasons):
            return any(not properties.get(name) for name in self.properties)
        return False

    @property
    def is_about_the_value(self) -> bool:
        """Whether the value is to blame, whoever brings it: an option that is gone, a text that is too long."""
        if self.kind is not Kind.VALUES or not self.reasons:
            return False
        return all(reason.startswith("INVALID_") or "TOO_LONG" in reason for reason in self.reasons)

    def refused(self) -> Refused:
        """The same in the engine's words."""
        why = f" ({', '.join(self.reasons)})" if self.reasons else ""
        names = ", ".join(self.properties)
        match self.kind:
            case Kind.VALUES:
                return Refused("E232", f"HubSpot refused {names or 'a value'}{why}", self.properties)
            case Kind.TAKEN:
                message = f"another record of the portal has this {names or 'value'} already"
                return Refused("E234", message, self.properties)
            case Kind.BLOCKED:
                return Refused("E236", "HubSpot keeps this e-mail address off the portal", self.properties)
            case Kind.LINK | Kind.MISSING:
                return Refused("E233", f"HubSpot refused a link of the record{why}")
            case Kind.FAILING:
                return Refused(UNANSWERED, "HubSpot fails on this record each time, while it takes others")
            case Kind.UNSENT:
                return Refused(UNSENT, "not sent, HubSpot refused others before it and did not say why")
            case Kind.OTHER:
                words = f": {self.words}" if self.words else ""
                return Refused("E231", f"HubSpot refused the record{why}{words}")
            case _:
                assert_never(self.kind)


def read_failure(problem: Problem, status: int = HTTPStatus.BAD_REQUEST) -> Failure:
    """What this refusal says, of a request or of one input."""
    details = problem.errors or ()
    words = " ".join(text for text in (problem.message, *(detail.message for detail in details)) if text)
    reasons = _codes((*(detail.code for detail in details), *_LISTED_ERROR.findall(words)))
    general = _codes((problem.category, problem.sub_category))
    properties = _distinct(
        (*_LISTED_NAME.findall(words), *(n for d in details for n in texts(d.context, "propertyName")))
    )
    owner = _OWNER_OF_VALUE.search(words) or _EXISTING.search(words)
    if owner or status == HTTPStatus.CONFLICT or not UNIQUE.isdisjoint(reasons + general):
        properties = tuple(_COORDINATES.findall(words)[:1]) or properties
        return _failure(Kind.TAKEN, problem, properties=properties, existing_id=owner[1] if owner else None)
    if "blocklisted" in words:
        return _failure(Kind.BLOCKED, problem, properties=("email",))
    if unset := texts(problem.context, "properties"):
        # "Error creating CALL. Some required properties were not set."
        return _failure(Kind.VALUES, problem, properties=tuple(unset), reasons=reasons or tuple(REQUIRED))
    if properties or not REQUIRED.isdisjoint(reasons + general):
        return _failure(Kind.VALUES, problem, properties=properties, reasons=reasons or general)
    if "association" in f"{words} {problem.sub_category}".lower():
        return _failure(Kind.LINK, problem, reasons=reasons)
    if "OBJECT_NOT_FOUND" in general or status == HTTPStatus.NOT_FOUND:
        return _failure(Kind.MISSING, problem)
    return _failure(Kind.OTHER, problem, reasons=reasons or general, words=sentence(words))


def _failure(
    kind: Kind,
    problem: Problem,
    *,
    properties: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    existing_id: str | None = None,
    words: str = "",
) -> Failure:
    return Failure(
        kind=kind,
        properties=properties,
        reasons=reasons,
        existing_id=existing_id,
        ids=(*texts(problem.context, "ids"), *texts(problem.context, "id")),
        traces=tuple(texts(problem.context, "objectWriteTraceId")),
        words=words,
    )


def _codes(codes: Iterable[object]) -> tuple[str, ...]:
    return _distinct(code for code in codes if isinstance(code, str) and _CODE.fullmatch(code))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
