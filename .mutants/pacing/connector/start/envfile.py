"""The text of a `.env` that a shell and pydantic-settings read alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

from connector.errors import InputError

_BARE = re.compile(r"[A-Za-z0-9_./:@%+,~=-]+")
_UNQUOTABLE = re.compile(r"['\\\n\r]|\$\{")

HEAD = "# Made by `connector init`. It holds two keys: keep it to yourself and out of version control."
OVERRIDES = "# These win over the defaults in the mapping."


def env_text(settings: Mapping[str, str]) -> str:
    """One line per setting. Raises InputError (E101) for a value that no reader would read back as it is."""
    lines = [HEAD]
    for field, value in settings.items():
        if field == "region":
            lines.append(OVERRIDES)
        lines.append(f"CONNECTOR_{field.upper()}={_quoted(field, value)}")
    return "\n".join([*lines, ""])


def _quoted(field: str, value: str) -> str:
    if _BARE.fullmatch(value):
        return value
    if _UNQUOTABLE.search(value):
        name = f"CONNECTOR_{field.upper()}"
        fix = f"Give {name} in the environment of the command instead, here and at every run."
        raise InputError(
            "E101", f"{name} holds a quote, backslash or ${{ and cannot stand in .env", where=name, fix=fix
        )
    return f"'{value}'"
