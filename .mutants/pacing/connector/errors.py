"""Failures named by what happens next.

Every error carries a code of the registry in `codes`; what the user sees is `{code, message, where, fix}`.
Messages never carry secrets or unmasked personal data. Anything that is not a `ConnectorError` is a bug.
"""

from __future__ import annotations

from connector.codes import CODES


class ConnectorError(Exception):
    """A coded failure. `where` is a file:line:column, a field or a place; `fix` defaults to the registry's."""

    exit_code = 2

    def __init__(self, code: str, message: str, *, where: str | None = None, fix: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.fix = fix or CODES[code].fix

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


class TransientError(ConnectorError):
    """Try again later: nothing is lost. `retry_after` is in seconds when the other side named it."""

    exit_code = 4

    def __init__(
        self,
        code: str,
        message: str,
        *,
        where: str | None = None,
        fix: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code, message, where=where, fix=fix)
        self.retry_after = retry_after


class UncertainWriteError(ConnectorError):
    """The CRM may have accepted the write: look before writing again."""

    exit_code = 4


class RecordError(ConnectorError):
    """This one call cannot succeed: it becomes a dead letter and the run goes on."""

    exit_code = 1


class FatalError(ConnectorError):
    """No call can succeed: stop."""


class InputError(FatalError):
    """The user's command line, configuration, mapping or file is wrong (exit 2)."""

    exit_code = 2


class AccessError(FatalError):
    """A key, token or scope was refused (exit 3)."""

    exit_code = 3


class LaneError(FatalError):
    """Another run holds this portal's lane, or took it over (exit 5)."""

    exit_code = 5
