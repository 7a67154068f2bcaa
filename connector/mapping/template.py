"""The one place that knows minijinja: `when:` and `template:`, with fuel, a cap on output, and no way out.

minijinja runs with chainable undefined (its strict modes refuse `a.b` where `a` is missing) and without debug, which
would put values into errors. What it is given are plain values, times, and lists and objects behind a wrapper that
shows their fields and nothing else: minijinja would also reach the methods of a Python dict.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from minijinja import Environment, TemplateError
from msgspec import structs

from connector.errors import RecordError
from connector.mapping.paths import Path, Read, reader
from connector.mapping.scan import FUNCTIONS, Problem, Scan, scan_condition, scan_template
from connector.mapping.shown import FILTERS, is_divisible, order, printed, shown
from connector.mapping.view import View

FUEL = 20_000
"""Steps that one condition or template may take, as minijinja counts them."""

OUTPUT_LENGTH_MAX = 1_048_576
SOURCE_LENGTH_MAX = 8_192

Kind = Literal["html", "text"]
Tables = Mapping[str, Mapping[str, Any]]


class Expressions:
    """The conditions and templates of one mapping, parsed once. Safe to use from several threads."""

    def __init__(self, *, timezone: str, tables: Tables) -> None:
        self._tables = tables
        self._environment = _environment(ZoneInfo(timezone))
        self._count = 0

    def condition(self, source: str, *, label: str, where: str) -> Callable[[View], bool]:
        """A function that says whether the condition holds. `label` and `where` name it in a failure.

        Raises ValueError when it cannot be parsed; what it returns raises RecordError when it fails for a call.
        """
        render = self._renderer(examine_condition(source), "text", f"the condition of {label}", where)
        return lambda view: render(view) == "1"

    def template(self, source: str, kind: Kind, *, label: str, where: str) -> Callable[[View], str]:
        """A function that renders the template; `html` escapes all that it inserts. Raises as `condition` does."""
        return self._renderer(examine_template(source), kind, f"the template of {label}", where)

    def _renderer(self, scan: Scan, kind: Kind, label: str, where: str) -> Callable[[View], str]:
        if scan.problems:
            raise ValueError(scan.problems[0].message)
        source, inputs = self._bound(scan)
        name = f"{kind}:{self._count}"
        self._count += 1
        self._environment.add_template(name, source)
        render_template = self._environment.render_template

        def render(view: View) -> str:
            values: dict[str, Any] = {}
            for variable, read in inputs:
                value = read(view)
                if value is not None and (value := shown(value)) is not None:
                    values[variable] = value
            _meter.length = 0
            try:
                return render_template(name, **values)
            except Exception as error:  # noqa: BLE001 - minijinja passes on whatever a filter or a value of ours raises
                raise _failure(error, label, where) from None

        return render

    def _bound(self, scan: Scan) -> tuple[str, tuple[tuple[str, Read], ...]]:
        """The source with whole tables written into it, and how its other variables are read."""
        inputs: dict[str, Read] = {}
        prelude = ""
        for use in scan.uses:
            if use.variable in inputs or f"{use.variable} =" in prelude:
                continue
            if use.path.root in self._tables and not use.path.keys:
                prelude += f"{{% set {use.variable} = {_literal(self._tables[use.path.root])} %}}"
            else:
                inputs[use.variable] = reader(use.path, self._tables)
        return prelude + scan.rewritten, tuple(inputs.items())


def examine_condition(source: str) -> Scan:
    """Scan and parse a `when:`, as the template that minijinja gets; everything wrong with it is in `problems`."""
    scan = scan_condition(source)
    return _parsed(structs.replace(scan, rewritten=f"{{% if {scan.rewritten} %}}1{{% endif %}}"), source)


def examine_template(source: str) -> Scan:
    """Scan and parse a `template:`; everything wrong with it is in `problems`."""
    return _parsed(scan_template(source), source)


def paths_read(source: str, *, is_condition: bool) -> tuple[Path, ...]:
    """The paths that a condition or template reads."""
    scan = scan_condition(source) if is_condition else scan_template(source)
    return tuple(use.path for use in scan.uses)


def _parsed(scan: Scan, source: str) -> Scan:
    problem = None
    if scan.problems:
        return scan
    if len(source) > SOURCE_LENGTH_MAX:
        problem = Problem("E424", f"longer than {SOURCE_LENGTH_MAX} characters", 0)
    else:
        problem = _syntax_problem(scan, source)
    return structs.replace(scan, problems=(problem,)) if problem else scan


def _syntax_problem(scan: Scan, source: str) -> Problem | None:
    try:
        names = _scratch().undeclared_variables_in_str(scan.rewritten)
        _scratch().add_template("syntax", scan.rewritten)
    except TemplateError as error:
        lines = source.splitlines(keepends=True)
        offset = sum(map(len, lines[: (error.line or 1) - 1]))
        return Problem("E424", error.detail or "it cannot be read", offset)
    # What we read into an expression and what minijinja does must be the same, or a path would go unchecked.
    unknown = names - {use.variable for use in scan.uses} - {*FUNCTIONS, "_order"}
    return Problem("E424", f"`{min(unknown)}` cannot be understood here", 0) if unknown else None


class _Meter(threading.local):
    """How much the template that this thread renders has put out so far."""

    length = 0


_meter = _Meter()


class _TooLongError(Exception):
    pass


def _environment(zone: ZoneInfo) -> Environment:
    def finalize(value: Any) -> Any:
        if not isinstance(value, str):
            value = printed(value, zone)
        _meter.length += len(value)
        if _meter.length > OUTPUT_LENGTH_MAX:
            raise _TooLongError
        return value

    environment = Environment(
        debug=False,
        fuel=FUEL,
        undefined_behavior="chainable",
        pycompat=False,
        auto_escape_callback=lambda name: name.startswith("html:"),
        finalizer=finalize,
    )
    environment.add_global("_order", order)
    for name, function in FILTERS.items():
        environment.add_filter(name, function)
    environment.add_test("none", lambda value: value is None)
    environment.add_test("divisibleby", is_divisible)
    return environment


@cache
def _scratch() -> Environment:
    """An environment that only parses."""
    return _environment(ZoneInfo("UTC"))


def _literal(table: Mapping[str, Any]) -> str:
    """A table in the template's own syntax: a Python dict would also offer its methods as entries."""
    return json.dumps(dict(table))


def _failure(error: Exception, label: str, where: str) -> RecordError:
    """The failure without minijinja's words, which may quote a value."""
    if isinstance(error, _TooLongError):
        return RecordError("E442", f"{label} made more than {OUTPUT_LENGTH_MAX} characters", where=where)
    if isinstance(error, TemplateError) and error.kind == "OutOfFuel":
        return RecordError("E442", f"{label} took more than {FUEL} steps", where=where)
    if isinstance(error, TemplateError):
        return RecordError("E441", f"{label} failed: {_KINDS.get(error.kind, 'it cannot be worked out')}", where=where)
    return RecordError("E441", f"{label} failed: values of different kinds cannot be compared", where=where)


_KINDS = {
    "InvalidOperation": "an operation does not fit its values",
    "BadEscape": "a text cannot be read",
    "CannotUnpack": "a list does not hold what is taken from it",
    "MissingArgument": "a filter lacks an argument",
    "TooManyArguments": "a filter has too many arguments",
}
