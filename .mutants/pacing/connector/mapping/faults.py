"""What pydantic finds wrong with a file, in words that help to mend it: a place, a code, the nearest known name."""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Collection, Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from connector.mapping.schema import TAGS

_QUOTED = re.compile(r"'([^']*)'")
_SCALAR_TYPES = frozenset(("string_type", "int_type", "float_type", "bool_type", "int_from_float", "int_parsing"))
_EXPECTED = {
    "string_type": "a text is expected (put quotes around it)",
    "dict_type": "keys with values are expected",
    "model_type": "keys with values are expected",
    "list_type": "a list is expected",
    "int_type": "a whole number is expected",
    "bool_type": "true or false is expected",
}
_FORMS = {
    "^[A-Z]{2}$": "a two-letter country code in capitals is expected, such as GB",
    r"^([01]\d|2[0-3]):[0-5]\d$": 'a time such as "09:00" is expected',
    r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$": 'a time such as "17:30" is expected',
    r"^[a-z][a-z0-9_-]{0,39}$": "a short name in lower case is expected: letters, digits, - and _",
    r"^[a-z][a-z0-9_]*$": "a property's internal name is expected: lower-case letters, digits and _",
    r"^[a-z0-9][a-z0-9_-]*$": "an object's name in lower case is expected, such as tasks",
    r"^[A-Za-z][A-Za-z0-9_]*$": "a name of letters, digits and _ is expected",
}


class Fault(Struct, frozen=True, kw_only=True):
    """One fault of a document. `at_key`: the key itself is wrong, not its value."""

    location: tuple[str | int, ...]
    at_key: bool
    code: str
    message: str


def faults(error: ValidationError, model: type[BaseModel], value: Any) -> list[Fault]:
    """Every fault of `value`, once each. No message repeats a value, but for words where a fixed word is expected."""
    found: dict[tuple[Any, ...], Fault] = {}
    for detail in error.errors(include_url=False, include_context=True):
        fault = _fault(detail, model, value)
        found.setdefault((fault.location, fault.code, fault.at_key, fault.message), fault)
    return list(found.values())


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known name that this word most likely means, None when none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    if near:
        return near[0]
    return {name.lower().replace("_", ""): name for name in known}.get(word.lower().replace("_", ""))


def suggestion(word: str, known: Collection[str]) -> str:
    """` (did you mean x?)`, or nothing when no known name is near."""
    near = nearest(word, known)
    return f" (did you mean {near}?)" if near else ""


def _fault(detail: ErrorDetails, model: type[BaseModel], value: Any) -> Fault:
    kind, context = detail["type"], detail.get("ctx", {})
    path = _place(detail["loc"], value)
    if kind == "extra_forbidden":
        known = sorted(_known_keys(model, detail["loc"][:-1]))
        message = f"unknown key `{path[-1]}`{suggestion(str(path[-1]), known)}"
        return Fault(location=path, at_key=True, code="E411", message=f"{message}; known here: {', '.join(known)}")
    if kind == "missing":
        return Fault(location=path, at_key=True, code="E413", message=f"`{detail['loc'][-1]}` is missing")
    if kind == "string_pattern_mismatch":
        at_key = detail["loc"][-1] == "[key]"
        return Fault(location=path, at_key=at_key, code="E412", message=_FORMS[context["pattern"]])
    if kind == "literal_error":
        expected = _QUOTED.findall(str(context["expected"])) or [str(context["expected"])]
        return Fault(location=path, at_key=False, code="E412", message=_literal(_at(value, path), expected))
    return Fault(location=path, at_key=False, code="E412", message=_in_words(detail, len(path)))


def _literal(said: Any, expected: list[str]) -> str:
    options = f"one of {', '.join(expected)}" if len(expected) > 1 else expected[0]
    if isinstance(said, str) and len(said) <= 40:
        return f"`{said}` is not known{suggestion(said, expected)}; {options} is expected"
    return f"{options} is expected"


def _in_words(detail: ErrorDetails, depth: int) -> str:
    kind, location = detail["type"], detail["loc"]
    names = [part for part in location if part not in TAGS]
    if kind in _SCALAR_TYPES and len(names) > depth:
        return "a text, a number, true or false is expected"
    if kind == "too_long" and "transform" in location:
        return "a transform has one name; make a list for several transforms"
    if kind in ("too_short", "string_too_short"):
        return "this must not be empty"
    return _EXPECTED.get(kind, detail["msg"])


def _place(location: tuple[str | int, ...], value: Any) -> tuple[str | int, ...]:
    """The part of an error's location that is in the document: without names of union branches."""
    path: list[str | int] = []
    for part in location:
        inside = isinstance(value, dict) and part in value
        inside = inside or (isinstance(value, list) and isinstance(part, int) and part < len(value))
        if not inside:
            if part in TAGS or part == "[key]":
                continue
            break
        path.append(part)
        value = value[part]
    return tuple(path)


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


def _known_keys(model: type[BaseModel], location: tuple[str | int, ...]) -> set[str]:
    """The keys that the schema knows at a location, found by walking the models' annotations."""
    kinds: list[Any] = [model]
    for part in location:
        if part not in TAGS:
            kinds = [inner for kind in kinds for inner in _step(kind, part)]
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return {field.alias or name for kind in models for name, field in kind.model_fields.items()}


def _step(kind: Any, part: str | int) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, RootModel):
        for inner in _plain_kinds(kind.model_fields["root"].annotation):
            yield from _step(inner, part)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if (field.alias or name) == part:
                yield from _plain_kinds(field.annotation)
    elif get_origin(kind) is list:
        yield from _plain_kinds(get_args(kind)[0])
    elif get_origin(kind) is dict:
        yield from _plain_kinds(get_args(kind)[1])


def _plain_kinds(annotation: Any) -> Iterator[Any]:
    """The alternatives of an annotation, without what is said about them; a list of models stands for its models."""
    if get_origin(annotation) is Annotated:
        yield from _plain_kinds(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for option in get_args(annotation):
            yield from _plain_kinds(option)
    else:
        yield annotation
