"""Logging to stderr: one JSON object per line for machines, one plain line for people, and no secrets in either.

Every line is redacted as it is written, whoever logged it: values under telling names are left out, and whatever
looks like a key, a telephone number or an e-mail address is masked, in messages, extra fields and tracebacks alike.
Nor does other people's text make lines of its own: what begins a line is always an event of this process.
"""

from __future__ import annotations

import copy
import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Literal, TextIO

from pythonjsonlogger.json import JsonFormatter

from connector.visible import visible, visible_json

Format = Literal["auto", "text", "json"]

REDACTED = "[redacted]"
TELLING_NAMES = re.compile(
    r"api.?key|authori[sz]ation|bearer|body|cookie|email|headers|name$|number|password|payload|phone|secret|summary|"
    r"token|transcript|url",
    re.IGNORECASE,
)
"""Fields of a log record that may hold a secret, a person or what was said."""
HARMLESS_NAMES = frozenset({"connection_name", "name", "property_name"})

_KEYS = re.compile(
    r"\b(?:pat-[a-z0-9]+-|krai_|kc_live_|klen_|kros_(?:live|test)_|whsec_|sk-)[\w.-]+"
    r"|\b(?:Bearer|Basic)\s+[\w.~+/=-]+"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)",
    re.IGNORECASE,
)
_NAMED_KEYS = re.compile(
    r"(?P<name>(?:x-)?api[-_]?key|token|secret|password|hapikey|signature|authorization)(?P<between>[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?P<first>[\w.+-])[\w.+'-]*(?P<domain>@[\w-]+(?:\.[\w-]+)+)")
_E164 = re.compile(r"(?P<start>\+\d\d?)[\d\s().-]{4,}(?P<end>\d{3})(?!\d)")
_NATIONAL = re.compile(r"(?<![\w.:+-])(?P<start>0\d)[\d\s()-]{5,11}(?P<end>\d{3})(?![\w:.-])")
_PERCENT_PLUS = re.compile(r"%2B(?=\d)", re.IGNORECASE)

# What the libraries below would say themselves: addresses with their queries, headers, bodies.
_TALKATIVE = ("httpx", "httpcore", "hubspot", "urllib3", "alembic", "sqlalchemy")


def redact(text: str) -> str:
    """The text without keys, telephone numbers and e-mail addresses."""
    text = _KEYS.sub(REDACTED, _PERCENT_PLUS.sub("+", text))
    text = _NAMED_KEYS.sub(rf"\g<name>\g<between>{REDACTED}", text)
    text = _EMAIL.sub(r"\g<first>•••\g<domain>", text.replace("%40", "@"))
    text = _E164.sub(r"\g<start>•••\g<end>", text)
    return _NATIONAL.sub(r"\g<start>•••\g<end>", text)


def redact_fields(value: Any) -> Any:
    """The same, through lists and mappings of any depth; what stands under a telling name is left out whole."""
    match value:
        case bytes() | bytearray():
            return f"({len(value)} bytes)"
        case Mapping():
            return {
                redact(str(name)): REDACTED if _is_telling(str(name), item) else redact_fields(item)
                for name, item in value.items()
            }
        case list() | tuple() | set() | frozenset():
            return [redact_fields(item) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            return redact(str(value))


def _is_telling(name: str, value: Any) -> bool:
    return bool(TELLING_NAMES.search(name)) and name not in HARMLESS_NAMES and not isinstance(value, bool | int | float)


_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _without_secrets(record: logging.LogRecord) -> logging.LogRecord:
    """A copy: another handler may still want the record as it was."""
    clean = copy.copy(record)
    clean.msg = redact(record.getMessage())
    clean.args = None
    clean.exc_text = None  # kept by whichever handler formatted first, perhaps in clear
    vars(clean).update(redact_fields(_extra(record)))
    return clean


class _Redacting(logging.Formatter):
    """A traceback repeats the message of its exception, so it is redacted too."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        return self._below(redact(super().formatException(ei)))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - the name is logging's
        return self._below(redact(super().formatStack(stack_info)))

    def _below(self, lines: str) -> str:
        """Several lines as they stand below the first one."""
        return lines


class TextFormatter(_Redacting):
    """`10:14:07 info connector.engine: run_finished created=3`; a traceback stands below it, indented."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        clean = _without_secrets(record)
        fields = "".join(f" {name}={value}" for name, value in _extra(clean).items())
        clean.msg = visible(f"{clean.msg}{fields}")
        clean.levelname = record.levelname.lower()
        return super().format(clean)

    def _below(self, lines: str) -> str:
        return "\n".join(f"  {visible(line)}" for line in lines.split("\n"))


class JsonLineFormatter(_Redacting, JsonFormatter):
    """One object per line: `time`, `level`, `logger`, `message`, then the event's own fields."""

    def __init__(self) -> None:
        super().__init__(
            "%(levelname)s %(name)s %(message)s",
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        return visible_json(super().format(_without_secrets(record)))


def configure(form: Format, *, stream: TextIO | None = None) -> None:
    """Send the log to stderr. As text only what went wrong is shown, as JSON also what was done."""
    stream = stream or sys.stderr
    as_text = form == "text" or (form == "auto" and stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TextFormatter() if as_text else JsonLineFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING if as_text else logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
