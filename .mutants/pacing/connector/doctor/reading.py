"""What was read for the checks: a value, the error that came in its place, or why it was not asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from connector.codes import CODES
from connector.errors import ConnectorError, InputError
from connector.reports import Diagnosis, Finding

T = TypeVar("T")


class Unread(Struct, frozen=True):
    """Not asked for. `reason` completes "not checked: …"."""

    reason: str


def attempt(read: Callable[[], T]) -> T | ConnectorError:
    """What it answers, or the coded error that it raises."""
    try:
        return read()
    except ConnectorError as error:
        return error


def fine(check: str, message: str) -> Diagnosis:
    return Diagnosis(check=check, status="ok", message=message)


def unchecked(check: str, reason: str) -> Diagnosis:
    return Diagnosis(check=check, status="unchecked", message=f"not checked: {reason}")


def told(check: str, error: ConnectorError) -> Diagnosis:
    """A coded error as a diagnosis; one whose code begins with W is a warning."""
    is_warning = error.code.startswith("W")
    return Diagnosis(
        check=check,
        status="warning" if is_warning else "error",
        message=error.message,
        code=error.code,
        where=error.where or "",
        fix=error.fix,
        exit_code=0 if is_warning else error.exit_code,
    )


def found(check: str, finding: Finding) -> Diagnosis:
    """A finding of a file as a diagnosis."""
    return Diagnosis(
        check=check,
        status="error" if finding.is_error else "warning",
        message=finding.message,
        code=finding.code,
        where=finding.where,
        fix=finding.fix or CODES[finding.code].fix,
        exit_code=InputError.exit_code if finding.is_error else 0,
    )


def or_unread(read: T | ConnectorError | Unread, why: str) -> T | Unread:
    """The value; for an error that was told elsewhere, only that this is why."""
    return Unread(f"{why} ({read.code})") if isinstance(read, ConnectorError) else read
