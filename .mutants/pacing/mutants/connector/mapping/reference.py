"""The mapping reference as Markdown, made from the schema and the table of transforms: it cannot fall behind them.

`python -m connector.mapping.reference` prints it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from connector.mapping import casefile, schema
from connector.mapping.build import TEXT_LENGTH_MAX
from connector.mapping.fields import PLATFORM_FIELDS
from connector.mapping.hours import business_hours
from connector.mapping.load import DEPTH_MAX, FILE_BYTES_MAX
from connector.mapping.paths import CALL_FIELDS, CALLER_FIELDS, CONNECTION_FIELDS
from connector.mapping.scan import FILTERS, FUNCTIONS, STATEMENTS, TESTS
from connector.mapping.structure import KEYS
from connector.mapping.template import FUEL, OUTPUT_LENGTH_MAX
from connector.mapping.text import as_hubspot
from connector.mapping.transforms import TRANSFORMS, Context

_PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", schema.MappingDocument),
    ("`defaults`", schema.Defaults),
    ("`defaults.business_hours`", schema.BusinessHours),
    ("`rules`, a list", schema.Rule),
    ("`caller`", schema.CallerSection),
    ("`contact`", schema.ContactSection),
    ("`owner`", schema.OwnerSection),
    ("`call`", schema.CallSection),
    ("`records`, a list", schema.RecordSection),
    ("A property", schema.Property),
)

_TEST_PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("Tests beside the mapping: `*.test.yaml`, a list", casefile.CaseForm),
    ("`crm` of a test", casefile.CrmForm),
    ("`expect` of a test", casefile.ExpectationForm),
)

_INTRODUCTION = """\
# The mapping file

Made from the schema by `python -m connector.mapping.reference`; do not edit. `connector schema` prints the same as
JSON Schema for editors, `connector check` checks a file, `connector preview CALL_ID` shows one call through it.

A mapping is a YAML file of at most {size} KiB and {depth} levels. Texts stay texts: `no`, `off`, `12:30`, `0123` and
`+44…` are never turned into something else; only `true`, `false`, `null` and plain numbers are no texts. Anchors,
aliases, tags and duplicate keys are refused, and so is anything that looks like a secret.
"""

_PROPERTY = """\
A property takes exactly one of `from`, `value`, `template`, `first`; then, in this order, `transform`, `map`,
`default`, `when`, `write`. A blank result (nothing, empty, only spaces) is never written. A value that a transform
cannot read is blank, with a note in the call's explanation. A list or an object becomes text by a template or by
`transform: join` only. Parts of `caller` and of `first` are the same without `write`; of the paths of a part of
`caller` the first whose value is *usable* is taken.

In properties whose name ends in `_body` or `_html` everything that comes from a call is escaped. Titles and subjects
are put on one line. Texts longer than {length} characters are shortened; a body loses whole turns of its transcript.

Not to be set: {keys}.
"""

_EXPRESSIONS = """\
`when` holds one expression, `template` a text with `{{{{ … }}}}` and `{{% … %}}`, in the language of
[MiniJinja](https://docs.rs/minijinja/latest/minijinja/syntax/).

- What is missing, null or only spaces is blank: it prints as nothing and is false. Comparing its order
  (`<`, `<=`, `>`, `>=`) with anything is false.
- Numbers in texts are compared as numbers with numbers; other mixtures fail. Lists print as `a; b`, times in the
  mapping's time zone.
- An expression that fails makes that call fail with a code (`E441`); it is never passed over.
- An expression may take {fuel} steps and make {output} characters.
- Statements: {statements}. Functions: {functions}.
- Filters: {filters}.
- Tests, behind `is`: {tests}.
"""

# An example for every transform: the argument, and a value to show it on.
_EXAMPLES: dict[str, tuple[Any, Any]] = {
    "trim": (None, "  Jane "),
    "lower": (None, "Jane DOE"),
    "upper": (None, "Jane Doe"),
    "title": (None, "jane DOE"),
    "collapse_spaces": (None, "Jane \n  Doe"),
    "digits": (None, "Order 12-34"),
    "e164": (None, "07700 900123"),
    "email": (None, "Jane@Example.com"),
    "spoken_email": (None, "jane dot doe at example dot com"),
    "clean_name": (None, "JANE DOE"),
    "first_name": (None, "Jane van Doe"),
    "last_name": (None, "Jane van Doe"),
    "seconds_to_ms": (None, 12),
    "epoch_ms": (None, "2026-04-22T10:14:07Z"),
    "datetime": (None, "2026-04-22 11:14:07"),
    "truncate": (8, "Wants a quote"),
    "join": (", ", ["red", "blue"]),
    "html": (None, "a < b"),
    "plain_text": (None, "<p>a &lt; b</p>"),
    "redact": (None, "Call +44 7700 900123"),
    "number": (None, "1,234.50"),
    "boolean": (None, "yes"),
    "business_hours": ({"after": "1h"}, "2026-04-24T17:00:00Z"),
}


def reference_markdown() -> str:
    """The whole reference."""
    names = {
        "size": FILE_BYTES_MAX // 1024,
        "depth": DEPTH_MAX,
        "length": f"{TEXT_LENGTH_MAX:,}",
        "keys": _listed(sorted(KEYS)),
        "fuel": f"{FUEL:,}",
        "output": f"{OUTPUT_LENGTH_MAX:,}",
        "statements": _listed(sorted(STATEMENTS)),
        "functions": _listed(FUNCTIONS),
        "filters": _listed(FILTERS),
        "tests": _listed(TESTS),
    }
    pieces = [_INTRODUCTION.format(**names)]
    for title, model in _PARTS:
        pieces += [f"## {title}\n", f"{model.__doc__}\n"]
        if model is schema.Property:
            pieces.append(_PROPERTY.format(**names))
        pieces.append("\n".join(_table(model)) + "\n")
    pieces += ["## Conditions and templates\n", _EXPRESSIONS.format(**names)]
    pieces += ["## What paths, conditions and templates see\n", "\n".join(_names()) + "\n"]
    pieces += ["## Transforms\n", "\n".join(_transforms()) + "\n"]
    for title, model in _TEST_PARTS:
        pieces += [f"## {title}\n", f"{model.__doc__}\n", "\n".join(_table(model)) + "\n"]
    return "\n".join(pieces)


def _table(model: type[BaseModel]) -> Iterator[str]:
    properties = model.model_json_schema(by_alias=True)["properties"]
    yield "| key | value | default | meaning |"
    yield "|---|---|---|---|"
    for name, field in model.model_fields.items():
        key = field.alias or name
        example = f" For example `{json.dumps(field.examples[0])}`." if field.examples else ""
        meaning = _cell(f"{field.description}{example}")
        yield f"| `{key}` | {_cell(_kind(properties[key]))} | {_cell(_default(field))} | {meaning} |"


def _kind(node: dict[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in node:
        return " · ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    if "anyOf" in node or "oneOf" in node:
        kinds = [_kind(option) for option in node.get("anyOf") or node["oneOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        return {"Choice": "a property without `write`", "Property": "a property"}.get(name, "keys")
    if node.get("type") == "array":
        return f"a list: {_kind(node['items'])}"
    if node.get("type") == "object":
        inner = node.get("additionalProperties") or next(iter(node.get("patternProperties", {}).values()), None)
        if isinstance(inner, dict):
            return f"keys → {_kind(inner)}"
        return "`{name: argument}`" if node.get("maxProperties") == 1 else "keys"
    return {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}[node["type"]]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default()
    if value is None or value in ({}, []) or isinstance(value, BaseModel):
        return "–"
    return f"`{json.dumps(value)}`" if not isinstance(value, str) else f"`{value}`"


def _names() -> Iterator[str]:
    yield "These names win over a field of the platform with the same name; `source.…` always reaches the platform's"
    yield 'record. Odd keys are quoted: `leadData."post code"`; positions in lists are numbers: `leadData.tags.0`.'
    yield ""
    yield "| name | what |"
    yield "|---|---|"
    yield f"| `call.…` | the same on every platform: {_listed(sorted(CALL_FIELDS))} |"
    yield f"| `caller.…` | who called, blank unless usable: {_listed(sorted(CALLER_FIELDS))}; not within `caller` |"
    yield (
        "| `crm.contact.…` | in `call` and `records`: `id`, `name`, `url`, the contact's properties as they are after"
        " the call, and `known`, whether it was there before |"
    )
    yield f"| `connection.…` | {_listed(sorted(CONNECTION_FIELDS))} |"
    yield "| a table's name | its entries: `titles.resolved`, `titles[outcome]` |"
    for source, platform in PLATFORM_FIELDS.items():
        fields = f"{_listed(sorted(platform.plain))}; with any key of their own: {_listed(sorted(platform.open))}"
        yield f"| fields of `{source}` | {fields} |"


def _transforms() -> Iterator[str]:
    hours = business_hours(days=["mon", "tue", "wed", "thu", "fri"], opens="09:00", closes="17:30", timezone=_ZONE)
    context = Context(region="GB", timezone=_ZONE, hours=hours)
    yield f"The examples are for region GB, time zone {_ZONE}, open Monday to Friday from 09:00 to 17:30."
    yield ""
    yield "| name | does | argument | example |"
    yield "|---|---|---|---|"
    for name, transform in TRANSFORMS.items():
        argument, value = _EXAMPLES[name]
        result = as_hubspot(transform.apply(value, transform.read_argument(argument), context))
        said = name if argument is None else f"{{{name}: {json.dumps(argument)}}}"
        example = f"`{said}`: `{json.dumps(value)}` → `{json.dumps(result, ensure_ascii=False)}`"
        yield f"| `{name}` | {_cell(transform.does)} | {_cell(transform.takes or '–')} | {_cell(example)} |"


_ZONE = "Europe/London"


def _listed(words: Any) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(reference_markdown())
