"""Mapping files from disk: where they are, what they say, and the line and column of every fault.

YAML is read event by event into plain values, so that a fault can be shown where it stands and nothing surprising
is ever made of a text: `no`, `off`, `12:30`, `0123` and `+44…` are texts, aliases and tags are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from connector.errors import InputError
from connector.mapping.faults import faults
from connector.mapping.schema import MappingDocument
from connector.reports import Finding

FILE_BYTES_MAX = 256 * 1024
DEPTH_MAX = 20

_Parser = yaml.SafeLoader | yaml.CSafeLoader

Location = tuple[str | int, ...]
"""Where a value stands in a document: keys and positions from the top."""

_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})", re.ASCII)
_FRACTION = re.compile(r"-?(?:0|[1-9]\d{0,17})\.\d{1,18}(?:[eE][-+]?\d{1,2})?", re.ASCII)
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_SECRET = re.compile(
    r"\bpat-[a-z]{2,4}\d?-[0-9a-zA-Z-]{8,}|\bkrai_[A-Za-z0-9_-]{6,}|\bkc_(?:live|test)_\w{6,}|\bklen_[A-Za-z0-9]{12,}"
    r"|\bkros_(?:live|test)_\w{6,}|\bsk-[A-Za-z0-9_-]{16,}|\bBearer\s+[A-Za-z0-9._-]{12,}"
)


class Mark(NamedTuple):
    """A place in a file: line and column count from 1, `at` is the character's position in the text."""

    line: int
    column: int
    at: int


class MappingFileError(InputError):
    """A mapping or test file is faulty. `findings` holds every fault of it, the first one is the error's own."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0]
        super().__init__(first.code, first.message, where=first.where, fix=first.fix or None)


class YamlDocument:
    """A YAML file as plain values, and the place of each of them."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.value: Any = None
        self.findings: list[Finding] = []
        """Faults that still left something to read: duplicate keys, secrets, refused parts of YAML."""
        self.values_at: dict[Location, Mark] = {}
        self.keys_at: dict[Location, Mark] = {}
        self.ends_at: dict[Location, int] = {}

    def where(self, location: Location, *, key: bool = False) -> str:
        """`file:line:column` of a value, or of its key; of the nearest thing around it that is in the file."""
        while location:
            mark = (self.keys_at if key else self.values_at).get(location) or self.values_at.get(location)
            if mark:
                return f"{self.path}:{mark.line}:{mark.column}"
            location = location[:-1]
        return f"{self.path}:1:1"

    def where_within(self, location: Location, text: str, offset: int) -> str:
        """`file:line:column` of a character of a text value; of the value's start where it is not written as it is."""
        mark = self.values_at.get(location)
        if mark is None:
            return self.where(location)
        begin = self.text.find(text, mark.at, self.ends_at[location])
        if begin < 0:
            return self.where(location)
        before = self.text[: begin + offset]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return f"{self.path}:{line}:{column}"


class Loaded:
    """A mapping as read: `document`, and where each part of it stands in the file."""

    def __init__(self, yaml_document: YamlDocument, document: MappingDocument) -> None:
        self.path = yaml_document.path
        self.text = yaml_document.text
        self.document = document
        self.where = yaml_document.where
        self.where_within = yaml_document.where_within


def find_mapping(source: str, configured: Path | None) -> Path:
    """The mapping to use: the configured one, `./mappings/{source}.yaml`, else the packaged copy of it.

    Raises InputError when there is none, or when the configured one is not there.
    """
    name = f"{source}.yaml"
    package = Path(__file__).resolve().parent.parent
    # A wheel carries the mappings inside the package; in a checkout they stand next to it.
    packaged = [package / "_mappings" / name, package.parent / "mappings" / name]
    candidates = [configured] if configured is not None else [Path("mappings") / name, *packaged]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise InputError("E401", f"there is no mapping at {candidates[0]}", where=str(candidates[0]))


def cases_path(mapping: Path) -> Path:
    """The test file beside a mapping: `x.yaml` → `x.test.yaml`."""
    # Joined as text, since a path such as `.` or `/` has no name that could be changed.
    return mapping.parent / f"{mapping.stem}.test.yaml"


def load_mapping(path: Path) -> Loaded:
    """Read and validate a mapping file. Raises MappingFileError (an InputError) with every fault found."""
    yaml_document = read_yaml(path)
    findings = list(yaml_document.findings)
    if not isinstance(yaml_document.value, dict):
        raise MappingFileError([*findings, _finding(yaml_document, "E406", "a mapping begins with `version: 1`")])
    version = yaml_document.value.get("version")
    if version != 1 or isinstance(version, bool):
        where = yaml_document.where(("version",))
        raise MappingFileError([*findings, Finding(where=where, code="E407", message=_version_fault(version))])
    try:
        document = MappingDocument.model_validate(yaml_document.value)
    except ValidationError as error:
        found = faults(error, MappingDocument, yaml_document.value)
        findings += [
            Finding(where=yaml_document.where(fault.location, key=fault.at_key), code=fault.code, message=fault.message)
            for fault in found
        ]
        raise MappingFileError(in_file_order(findings)) from None
    if findings:
        raise MappingFileError(in_file_order(findings))
    return Loaded(yaml_document, document)


def _version_fault(version: Any) -> str:
    match version:
        case None:
            return "there is no `version`; write `version: 1` at the top"
        case "1":
            return "the version is a number; write `version: 1`, without quotes"
        case int() if not isinstance(version, bool):
            return f"version {version} is not known to this version of the connector; write `version: 1`"
        case _:
            return "this version is not known; write `version: 1`"


def in_file_order(findings: Iterable[Finding]) -> list[Finding]:
    """By line and column, so that a person mends a file from top to bottom."""

    def place(finding: Finding) -> tuple[int, ...]:
        return tuple(int(part) for part in finding.where.rsplit(":", 2)[1:] if part.isdecimal())

    return sorted(findings, key=place)


def read_yaml(path: Path) -> YamlDocument:
    """Read one YAML file. Raises MappingFileError when nothing can be made of it; lesser faults are its `findings`."""
    text = _read_text(path)
    if yaml.__with_libyaml__:
        try:
            return _whole(YamlDocument(path, text), yaml.CSafeLoader)
        except yaml.YAMLError:
            pass  # Told below, in the words of the parser that is there on every machine.
    try:
        return _whole(YamlDocument(path, text), yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        message = f"not YAML: {problem}".replace("character '\\t'", "a tab")
        raise MappingFileError([Finding(where=f"{path}:{line}:{column}", code="E402", message=message)]) from None


def _whole(document: YamlDocument, loader: type[_Parser]) -> YamlDocument:
    _Reader(document, loader).read()
    if document.value is None:
        raise MappingFileError([*document.findings, _finding(document, "E406", "the file is empty")])
    return document


def _read_text(path: Path) -> str:
    where = f"{path}:1:1"
    try:
        if not path.is_file():
            kind = "not a regular file" if path.exists() else "not there"
            raise MappingFileError([Finding(where=str(path), code="E401", message=f"{path} is {kind}")])
        with path.open("rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise MappingFileError([Finding(where=str(path), code="E401", message=message)]) from None
    if len(content) > FILE_BYTES_MAX:
        message = f"the file is larger than {FILE_BYTES_MAX // 1024} KiB"
        raise MappingFileError([Finding(where=where, code="E405", message=message)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = "the file holds bytes that are no UTF-8 text"
        raise MappingFileError([Finding(where=f"{path}:{line}:{column}", code="E402", message=message)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _finding(document: YamlDocument, code: str, message: str, location: Location = ()) -> Finding:
    return Finding(where=document.where(location), code=code, message=message)


class _Reader:
    """PyYAML's events into plain values. Recursion is safe: the depth is counted before each step down."""

    def __init__(self, document: YamlDocument, loader: type[_Parser]) -> None:
        self.document = document
        self.events: Iterator[Any] = iter(yaml.parse(document.text, Loader=loader))

    def read(self) -> None:
        started = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self._refuse(event, "E403", "a second document begins here")
                    return
                started = True
                self.document.value = self._value(next(self.events), (), 1)

    def _value(self, event: Any, location: Location, depth: int) -> Any:
        document, mark = self.document, event.start_mark
        document.values_at[location] = Mark(mark.line + 1, mark.column + 1, mark.index)
        document.ends_at[location] = event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "E403", f"an alias (*{event.anchor})")
            return None
        if event.anchor is not None:
            self._refuse(event, "E403", f"an anchor (&{event.anchor})")
        if event.tag is not None:
            self._refuse(event, "E403", f"a tag ({event.tag})")
        if depth > DEPTH_MAX:
            message = f"more than {DEPTH_MAX} levels"
            raise MappingFileError([*document.findings, self._place(event, "E405", message)])
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(location, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._object(location, depth)
        if _SECRET.search(event.value):
            self._refuse(event, "E408", "this looks like a secret")
        return event.value if event.style else _plain_value(event.value)

    def _list(self, location: Location, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*location, len(values)), depth + 1))
        return values

    def _object(self, location: Location, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                message = "a key that is no plain word"
                raise MappingFileError([*self.document.findings, self._place(event, "E403", message)])
            key: str = event.value
            mark: Any = event.start_mark
            if key in values:
                self._refuse(event, "E404", f"`{key}` stands here a second time")
                self._value(next(self.events), (*location, key, "second"), depth + 1)
                continue
            self.document.keys_at[(*location, key)] = Mark(mark.line + 1, mark.column + 1, mark.index)
            values[key] = self._value(next(self.events), (*location, key), depth + 1)
        return values

    def _place(self, event: Any, code: str, message: str) -> Finding:
        mark = event.start_mark
        return Finding(where=f"{self.document.path}:{mark.line + 1}:{mark.column + 1}", code=code, message=message)

    def _refuse(self, event: Any, code: str, message: str) -> None:
        self.document.findings.append(self._place(event, code, message))


def _plain_value(text: str) -> Any:
    """An unquoted text by the rules of YAML 1.2's core schema, but for numbers that are more likely texts."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    return text
