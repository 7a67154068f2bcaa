"""HubSpot's own words, fit to be shown: they may repeat what was sent, and with it keys and people."""

from __future__ import annotations

import re

from connector.log import redact

LENGTH_MAX = 200

_QUOTED = re.compile(r"\"([^\"]*)\"|“([^”]*)”|(?<![\w])'([^']*)'(?![\w])")
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_VALUE = re.compile(r"\bvalue=[^}]*")


def sentence(text: str | None) -> str:
    """The text on one line, printable, at most 200 characters, without keys, numbers, addresses and quoted values.

    What is quoted stays only if it is a plain word, such as the name of a property.
    """
    plain = " ".join("".join(each if each.isprintable() else " " for each in text or "").split())
    plain = _VALUE.sub("value=…", _QUOTED.sub(_named, plain))
    masked = redact(plain)
    return masked if len(masked) <= LENGTH_MAX else masked[: LENGTH_MAX - 1].rstrip() + "…"


def _named(found: re.Match[str]) -> str:
    inner = next((group for group in found.groups() if group is not None), "")
    is_name = _IDENTIFIER.fullmatch(inner) and (inner.islower() or inner.isupper())
    return found[0] if is_name else "“…”"
