"""explain, schema, version: what needs neither settings nor network."""

from __future__ import annotations

import difflib
import platform

import click

import connector
from connector.cli import options, output
from connector.codes import CODES
from connector.errors import InputError

_LOOKALIKES = str.maketrans("OIL", "011")


@click.command()
@click.argument("code")
@options.as_json
def explain(code: str, as_json: bool) -> None:
    """Say what an error code means, what causes it and what mends it."""
    known = CODES.get(code.upper())
    if known is None:
        near = difflib.get_close_matches(code.upper().translate(_LOOKALIKES), CODES, n=3, cutoff=0.5)
        fix = f"Did you mean {' or '.join(near)}?" if near else None
        raise InputError("E108", "there is no such code", where="CODE", fix=fix)
    if as_json:
        output.say_json({"code": code.upper(), **known._asdict()})
        return
    output.say(f"{code.upper()}  {known.meaning}")
    output.say(f"cause  {known.cause}")
    output.say(f"fix    {known.fix}")


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
