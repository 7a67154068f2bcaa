"""Plans on disk: written whole or not at all, for nobody else's eyes, and read with suspicion."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from connector.errors import InputError
from connector.plans.document import FORMAT, KIND, Plan

AGE_MAX = timedelta(days=1)
"""Frozen times and people's data: a plan is for today."""


class Heading(msgspec.Struct, frozen=True):
    """What tells a plan from any other JSON, whatever its format."""

    kind: str
    format: int


class PlanFile:
    """A file to be. Made beside its place, readable by this user alone, and moved there when it is whole."""

    def __init__(self, path: Path, descriptor: int, beside: Path) -> None:
        self._path = path
        self._descriptor = descriptor
        self._beside = beside

    def write(self, plan: Plan) -> None:
        """Store the plan in its place, in that of an older file. Raises InputError (E140), then nothing changed."""
        with _told(self._path):
            content = memoryview(msgspec.json.format(msgspec.json.encode(plan), indent=1))
            while content:
                content = content[os.write(self._descriptor, content) :]
            os.fsync(self._descriptor)
            self._beside.replace(self._path)


@contextmanager
def plan_file(path: Path) -> Iterator[PlanFile]:
    """A place that a plan can be written to, known before the plan is made. Raises InputError (E140)."""
    with _told(path):
        place = path.resolve()
        if place.is_dir():
            raise _cannot_be_written(path, "it is a folder")
        if place.exists() and not place.is_file():
            raise _cannot_be_written(path, "it is no ordinary file")
        descriptor, beside = tempfile.mkstemp(prefix=f".{place.name[:100]}.", dir=place.parent)
    try:
        yield PlanFile(place, descriptor, Path(beside))
    finally:
        os.close(descriptor)
        with suppress(OSError):
            Path(beside).unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        # RuntimeError: links that lead in circles; ValueError: a NUL in the path.
        raise _cannot_be_written(path, _reason(error)) from error


def _cannot_be_written(path: Path, why: str) -> InputError:
    return InputError("E140", f"the plan cannot be written: {why}", where=str(path))


def read_plan(path: Path, *, now: datetime) -> Plan:
    """The plan in this file. Raises InputError: E107, E141, E142 or E143."""
    content = _content(path)
    try:
        heading = msgspec.json.decode(content, type=Heading)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("E141", "this is not a plan, or not all of one", where=str(path)) from error
    if heading.kind != KIND:
        raise InputError("E141", "this is not a plan", where=str(path))
    if heading.format != FORMAT:
        message = f"this plan has format {heading.format}, and this version reads format {FORMAT}"
        raise InputError("E142", message, where=str(path))
    try:
        plan = msgspec.json.decode(content, type=Plan)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The reason names places and types, never values.
        raise InputError("E141", f"this plan is damaged: {error}", where=str(path)) from error
    if abs(now - plan.created_at) > AGE_MAX:
        raise InputError("E143", f"the plan was made at {plan.created_at:%Y-%m-%d %H:%M}Z", where=str(path))
    return plan


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("E141", "this is a folder and not a plan", where=str(path))
        if path.exists() and not path.is_file():
            raise InputError("E141", "this is no ordinary file", where=str(path))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("E107", "there is no such file", where=str(path)) from error
    except (OSError, ValueError) as error:
        raise InputError("E141", f"this file cannot be read: {_reason(error)}", where=str(path)) from error


def _reason(error: Exception) -> str:
    """In the system's words, without its repetition of the path."""
    return (error.strerror if isinstance(error, OSError) else None) or "the path makes no sense"
