"""explain, schema, version: what needs neither settings nor network."""

from __future__ import annotations

import difflib
import platform
import re

import click

import connector
from connector.cli import options, output
from connector.codes import CODES, FAMILIES
from connector.errors import InputError

_WHOLE_CODE = re.compile(r"[A-Z]\d{3}")
_LOOKALIKES = str.maketrans("OIL", "011")


@click.command()
@click.argument("code")
@options.as_json
def explain(code: str, as_json: bool) -> None:
    """Say what an error code means, what causes it and what mends it."""
    known = CODES.get(code.upper())
    if known is None:
        raise InputError("E108", "there is no such code", where="CODE", fix=_nearest(code))
    if as_json:
        output.say_json({"code": code.upper(), **known._asdict()})
        return
    output.say(f"{code.upper()}  {known.meaning}")
    output.say(f"cause  {known.cause}")
    output.say(f"fix    {known.fix}")


def _nearest(code: str) -> str | None:
    """What may have been meant: the neighbours in the code's own hundred, or the hundreds that there are."""
    said = code.upper().translate(_LOOKALIKES)
    if not _WHOLE_CODE.fullmatch(said):
        near = difflib.get_close_matches(said, CODES, n=3, cutoff=0.5)
        return f"Did you mean {' or '.join(near)}?" if near else None
    family = [known for known in CODES if known[:2] == said[:2] or known[1:] == said[1:]]
    near = sorted(family, key=lambda known: (abs(int(known[1:]) - int(said[1:])), known))[:3]
    return f"Did you mean {' or '.join(near)}?" if near else f"Codes are {FAMILIES}."


@click.command()
@options.as_json
def schema(as_json: bool) -> None:
    """Print the JSON Schema of the mapping file, for editors."""
    from connector.mapping.schema import mapping_json_schema

    output.say_json(mapping_json_schema(), indent=-1 if as_json else 2)


@click.command()
@options.as_json
def version(as_json: bool) -> None:
    """Print the version of the connector and of Python."""
    if as_json:
        output.say_json({"version": connector.__version__, "python": platform.python_version()})
        return
    output.say(f"connector {connector.__version__} (Python {platform.python_version()})")
