"""Single values of a mapping as closures: where a value comes from, what is made of it, and when it is used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from connector.errors import InputError
from connector.mapping.paths import Path, Read, parse_path, reader
from connector.mapping.policy import Wish
from connector.mapping.schema import Choice, Property, entries, paths_of, steps_of
from connector.mapping.shown import shown
from connector.mapping.template import Expressions, Kind, paths_read
from connector.mapping.text import Unreadable, as_hubspot, escape_html, fit_body, truncate
from connector.mapping.transforms import TRANSFORMS, Context
from connector.mapping.view import View

Location = tuple[str | int, ...]
Evaluate = Callable[[View, list[str]], tuple[Any, str]]
"""A value (None for a blank) and where it came from. Notes say what could not be read, never its value."""

Where = Callable[[Location], str]
"""The place of a part of the mapping as `file:line:column`."""

Step = Callable[[Any], Any]
MakeWish = Callable[[View, list[str]], Wish | None]

TEXT_LENGTH_MAX = 60_000
"""Characters; HubSpot takes 65,536 in a text property."""

_SHORT = TEXT_LENGTH_MAX // 2
"""Characters that stay below every limit, even where each counts as two."""

_REST = "*"
_HTML_SUFFIXES = ("_body", "_html")
_ONE_LINE_SUFFIXES = ("_title", "_subject")
# Direction marks and characters without width can make a title read as something else; U+200D is part of emoji.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]|[\r\n\t]+")


def is_html(property_name: str) -> bool:
    """Whether HubSpot reads this property as HTML: `hs_call_body`, `hs_note_body`, `hs_task_body`, …"""
    return property_name.endswith(_HTML_SUFFIXES)


class Builder:
    """Builds the closures of one mapping whose structure was checked, and notes every path that they read."""

    def __init__(self, *, expressions: Expressions, context: Context, tables: dict[str, Any], where: Where) -> None:
        self.reads: set[Path] = set()
        self._expressions = expressions
        self._context = context
        self._tables = tables
        self._where = where

    def read(self, text: str, location: Location) -> Read:
        """What stands at a path."""
        try:
            path = parse_path(text)
        except ValueError as error:
            raise InputError("E421", f"`{text}`: {error}", where=self._where(location)) from None
        self.reads.add(path)
        return reader(path, self._tables)

    def condition(self, text: str, location: Location, label: str) -> Callable[[View], bool]:
        """Whether a `when` holds."""
        self.reads.update(paths_read(text, is_condition=True))
        return self._expressions.condition(text, label=label, where=self._where(location))

    def wish(self, name: str, form: Property | list[Property], location: Location, default_write: str) -> MakeWish:
        """What a property's entries want: the first whose `when` holds is used, even when it is blank."""
        listed = isinstance(form, list)
        made = [
            self._entry(name, entry, (*location, at) if listed else location, default_write)
            for at, entry in enumerate(entries(form))
        ]
        if len(made) == 1:
            holds, make = made[0]
            if holds is None:
                return make
            return lambda view, notes: make(view, notes) if holds(view) else None

        def first_that_holds(view: View, notes: list[str]) -> Wish | None:
            for holds, make in made:
                if holds is None or holds(view):
                    return make(view, notes)
            return None

        return first_that_holds

    def choice(self, choice: Choice, location: Location, label: str, *, html: bool) -> Evaluate:
        """A value with its `when`, transforms, map and default applied, typed as it came out."""
        evaluate = self._without_condition(choice, location, label, html)
        if choice.when is None:
            return evaluate
        holds = self.condition(choice.when, (*location, "when"), label)
        return lambda view, notes: evaluate(view, notes) if holds(view) else (None, "")

    def candidates(self, choice: Choice, location: Location, label: str) -> list[Evaluate]:
        """As `choice`, but one for each path of its `from`, so that the caller can take the first usable value."""
        if choice.from_ is None:
            return [self.choice(choice, location, label, html=False)]
        alone = [choice.model_copy(update={"from_": path, "default": None}) for path in paths_of(choice.from_)]
        if choice.default is not None:
            bare = {"from_": None, "value": choice.default, "transform": None, "map": None, "default": None}
            alone.append(choice.model_copy(update=bare))
        return [self.choice(each, location, label, html=False) for each in alone]

    def _entry(
        self, name: str, entry: Property, location: Location, default_write: str
    ) -> tuple[Callable[[View], bool] | None, MakeWish]:
        holds = self.condition(entry.when, (*location, "when"), name) if entry.when is not None else None
        evaluate = self._without_condition(entry, location, name, is_html(name))
        write = entry.write or default_write
        written = _writer(name)

        def make(view: View, notes: list[str]) -> Wish | None:
            value, origin = evaluate(view, notes)
            if value is None:
                return None
            try:
                text = written(value, notes)
            except Unreadable as unreadable:
                notes.append(f"{name}: {unreadable.note}")
                return None
            if not text or text.isspace():
                return None
            return Wish(property=name, value=text, write=write, origin=origin)

        return holds, make

    def _without_condition(self, choice: Choice, location: Location, label: str, html: bool) -> Evaluate:
        origin = self._origin(choice, location, label, html)
        names = [name for name, _ in steps_of(choice.transform)]
        steps = self._steps(choice)
        from_source = choice.from_ is not None or "plain_text" in names
        escapes = html and choice.value is None and from_source and names[-1:] != ["html"]
        table, default = choice.map, choice.default
        if not steps and table is None and default is None and not escapes:
            return origin

        def evaluate(view: View, notes: list[str]) -> tuple[Any, str]:
            value, came_from = origin(view, notes)
            try:
                for step in steps:
                    if value is None:
                        break
                    value = _unless_blank(step(value))
                if value is not None and table is not None:
                    value = _mapped(value, table)
                elif value is not None and escapes:
                    value = escape_html(as_hubspot(value))
            except Unreadable as unreadable:
                notes.append(f"{label}: {unreadable.note}")
                value = None
            return (default, "default") if value is None and default is not None else (value, came_from)

        return evaluate

    def _origin(self, choice: Choice, location: Location, label: str, html: bool) -> Evaluate:
        """Where the value comes from, before anything is made of it."""
        if choice.value is not None:
            constant = (_unless_blank(choice.value), "value")
            return lambda view, notes: constant
        if choice.template is not None:
            return self._template(choice.template, (*location, "template"), label, "html" if html else "text")
        if choice.first is not None:
            inner = [
                self.choice(part, (*location, "first", at), label, html=html) for at, part in enumerate(choice.first)
            ]
            return _first(inner)
        paths = paths_of(choice.from_)
        return _from([(self.read(path, (*location, "from")), path) for path in paths])

    def _template(self, text: str, location: Location, label: str, kind: Kind) -> Evaluate:
        self.reads.update(paths_read(text, is_condition=False))
        render = self._expressions.template(text, kind, label=label, where=self._where(location))
        return lambda view, notes: (_unless_blank(render(view)), "template")

    def _steps(self, choice: Choice) -> list[Step]:
        steps = []
        for name, argument in steps_of(choice.transform):
            transform = TRANSFORMS[name]
            steps.append(_bound(transform.apply, transform.read_argument(argument), self._context))
        return steps


def _bound(apply: Callable[[Any, Any, Context], Any], argument: Any, context: Context) -> Step:
    return lambda value: apply(value, argument, context)


def _from(sources: list[tuple[Read, str]]) -> Evaluate:
    if len(sources) == 1:
        read, path = sources[0]
        nothing = (None, path)

        def what_is_there(view: View, notes: list[str]) -> tuple[Any, str]:
            value = read(view)
            return nothing if value is None else (_unless_blank(value), path)

        return what_is_there

    def first_that_is_there(view: View, notes: list[str]) -> tuple[Any, str]:
        for read, path in sources:
            if (value := _unless_blank(read(view))) is not None:
                return value, path
        return None, ""

    return first_that_is_there


def _first(choices: list[Evaluate]) -> Evaluate:
    def first_that_is_not_blank(view: View, notes: list[str]) -> tuple[Any, str]:
        for evaluate in choices:
            value, origin = evaluate(view, notes)
            if value is not None:
                return value, origin
        return None, ""

    return first_that_is_not_blank


def _unless_blank(value: Any) -> Any:
    if isinstance(value, str):
        return None if not value or value.isspace() else value
    return None if shown(value) is None else value


def _mapped(value: Any, table: dict[str, Any]) -> Any:
    """The value's entry, the entry for the rest, else an Unreadable."""
    key = as_hubspot(value)
    if key in table:
        return table[key]
    if _REST in table:
        return table[_REST]
    raise Unreadable("its `map` has no entry for this value")


def _writer(name: str) -> Callable[[Any, list[str]], str]:
    """How a value becomes the text that HubSpot stores in this property."""
    is_body, is_one_line = is_html(name), name.endswith(_ONE_LINE_SUFFIXES)

    def write(value: Any, notes: list[str]) -> str:
        # Most values are short plain texts, and those are written as they are.
        if type(value) is str and len(value) <= _SHORT and value.isprintable():
            return value
        text = as_hubspot(value)
        if is_body:
            return fit_body(text, "")
        return _shortened(_INVISIBLE.sub(_space_or_nothing, text) if is_one_line else text, name, notes)

    return write


def _space_or_nothing(found: re.Match[str]) -> str:
    return " " if found[0][0] in "\r\n\t" else ""


def _shortened(text: str, name: str, notes: list[str]) -> str:
    if len(text) <= TEXT_LENGTH_MAX:
        return text
    notes.append(f"{name}: shortened to {TEXT_LENGTH_MAX} characters")
    return truncate(text, TEXT_LENGTH_MAX)
