"""What PostgreSQL's errors mean for the user. https://www.postgresql.org/docs/current/errcodes-appendix.html

A message of ours never repeats what was stored, nor the address: the server's own words are only told where it refused
the connection, and then without the password.
"""

from __future__ import annotations

import psycopg

from connector.errors import ConnectorError, FatalError, InputError, TransientError
from connector.ledger.store import RepeatableError

_REFUSED = (
    *("authentication failed", "no password supplied", "no pg_hba.conf entry", "not permitted to log in"),
    *("does not exist", "permission denied", "ssl", "certificate"),
)
"""The words of a server, or of libpq, that trying again does not help. libpq gives no code before it is connected."""


def meaning_of(error: BaseException | None, *, where: str, password: str) -> ConnectorError | None:
    """None for what is no error of PostgreSQL's, or a defect of ours."""
    if not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate is None:
        return _not_connected(error, where, password) if isinstance(error, psycopg.OperationalError) else None
    return _refused(error.sqlstate, where)


def _not_connected(error: psycopg.OperationalError, where: str, password: str) -> ConnectorError:
    """Connecting failed, or a connection that stood is gone."""
    said = " ".join(str(error).split())
    if password:
        said = said.replace(password, "•••")
    if any(words in said.lower() for words in _REFUSED):
        return InputError("E518", said, where=where)
    return RepeatableError("E517", said, where=where)


def _refused(state: str, where: str) -> ConnectorError | None:
    match state:
        case "40001" | "40P01" | "55P03":
            return RepeatableError("E511", "another process is writing to the same rows", where=where)
        case "57014":
            return TransientError("E511", "PostgreSQL took too long for an answer", where=where)
        case "25006":
            # A server that follows another one, as in the middle of a failover: soon it, or another, can be written.
            return TransientError("E512", "the database is read-only at the moment", where=where)
        case "53100":
            return FatalError("E513", "the disk of the database is full", where=where)
        case "42P01":
            return FatalError("E514", "a table of the ledger is missing or was changed", where=where)
        case "42501" | "28P01" | "28000" | "3D000" | "3F000":
            return InputError("E518", f"PostgreSQL does not let this user work there ({state})", where=where)
    match state[:2]:
        case "08" | "57" | "53" | "25":
            return RepeatableError("E517", f"PostgreSQL ended the connection ({state})", where=where)
        case "XX":
            return FatalError("E514", f"PostgreSQL finds its files damaged ({state})", where=where)
        case "21" | "22" | "23" | "42":
            return None
        case _:
            return FatalError("E515", f"PostgreSQL failed ({state})", where=where)
