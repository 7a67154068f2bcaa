"""Other people's text where it is only to be looked at: on a terminal and in a log it is shown and never obeyed."""

from __future__ import annotations

import re

_CONTROLS = "\x00-\x1f\x7f-\x9f"
_MISLEADING = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
"""Marks that turn the direction of text, ends of lines in all but name, halves of characters, and what nobody sees."""
_OBEYED = re.compile(f"[{_CONTROLS}{_MISLEADING}]")
_OBEYED_IN_JSON = re.compile(f"[\x7f-\x9f{_MISLEADING}]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """The text on one line: what a terminal would obey in it is written out, as `\\u202e`, `\\x1b` or `\\n`."""
    return text if text.isprintable() else _OBEYED.sub(_written_out, text)


def visible_json(text: str) -> str:
    """The same JSON: what an encoder leaves as it is, and a terminal would obey, is escaped in JSON's own way."""
    return text if text.isascii() and "\x7f" not in text else _OBEYED_IN_JSON.sub(_escaped, text)


def _written_out(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
