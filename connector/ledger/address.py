"""Where a ledger is, read from `CONNECTOR_LEDGER_URL`. It may carry a password: an error names the scheme alone."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from connector.errors import InputError

_LATER = ("dynamodb", "hubspot")
"""Kinds of ledger that the public interface names and a later version brings."""


class SqliteAddress(NamedTuple):
    path: Path


class PostgresqlAddress(NamedTuple):
    url: str
    """As libpq reads it, password included."""


def read_address(url: str) -> SqliteAddress | PostgresqlAddress:
    """Raises InputError: E501 for what is not understood, E502 for a kind of a later version, E509 without psycopg."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in _LATER:
        raise InputError("E502", f"a ledger at {scheme}:// is not in this version", where="CONNECTOR_LEDGER_URL")
    if separator and scheme == "postgresql" and _is_clear(rest):
        if find_spec("psycopg") is None:
            raise InputError("E509", "psycopg is not installed", where="CONNECTOR_LEDGER_URL")
        return PostgresqlAddress(url)
    path = rest.removeprefix("/")
    if scheme != "sqlite" or not rest.startswith("/") or not path or path == ":memory:" or "\0" in path:
        message = "the address is not of the form sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"
        raise InputError("E501", message, where="CONNECTOR_LEDGER_URL")
    return SqliteAddress(Path(path))


def _is_clear(rest: str) -> bool:
    """Whether user and password end where they seem to: else a part of a password would be taken for a host or a name.

    So it would be where somebody forgot to write @, : or / of a password as %40, %3A or %2F.
    """
    server, _, path = rest.partition("?")[0].partition("/")
    user, _, hosts = server.rpartition("@")
    # A number of IPv6 holds colons of its own, in brackets.
    ends = [host.rpartition("]")[2] for host in hosts.split(",")]
    ports = [end.partition(":")[2] for end in ends if ":" in end]
    is_whole = "@" not in user + path and user.count(":") <= 1
    return "\0" not in rest and is_whole and all(port.isdigit() for port in ports)
