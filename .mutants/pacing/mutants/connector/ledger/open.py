"""From `CONNECTOR_LEDGER_URL` to a ledger."""

from __future__ import annotations

from pathlib import Path

from connector.errors import InputError
from connector.ledger.place import Place
from connector.ports import Ledger

_LATER = ("postgresql", "dynamodb", "hubspot")
"""Kinds of ledger that the public interface names and a later version brings."""


def open_ledger(url: str, *, secret: bytes | None) -> Ledger:
    """Open the ledger at this address, making or upgrading it first where that is needed.

    `secret` keys the hashes of people; without one, a secret is made once and kept in the ledger. A relative path is
    relative to the current folder. Raises InputError when the address, its folder or its file cannot be a ledger,
    TransientError when it is locked, FatalError when it is read-only, full or damaged.
    """
    path = _path(url)
    # SQLAlchemy takes long to import: only who reaches a database pays for it.
    from connector.ledger.sqlite import open_sqlite

    return open_sqlite(path, secret=secret)


def look_at_place(url: str) -> Place:
    """Where this address leads, and whether a ledger can be kept there. Makes, opens and changes nothing.

    Raises InputError when the address or its folder cannot hold a ledger, FatalError when it cannot be looked at.
    """
    from connector.ledger.look import look_at

    return look_at(_path(url))


def open_to_look(url: str) -> Ledger | None:
    """The ledger at this address for reading alone, None when there is none. No file is made or changed.

    Every method that would store something fails. Raises InputError when the file is no ledger, or of an older version
    (W501), FatalError when it is of a newer one or damaged.
    """
    path = _path(url)
    if not path.is_file() or not path.stat().st_size:
        return None
    from connector.ledger.look import open_for_reading

    return open_for_reading(path)


def has_ledger(url: str) -> bool:
    """Whether a ledger is there already. Makes and opens nothing, for those who must write nothing anywhere."""
    try:
        return _path(url).exists()
    except OSError:
        return False


def _path(url: str) -> Path:
    """The file of a `sqlite:///PATH` address. Addresses may carry passwords, so an error names the scheme only."""
    scheme, separator, rest = url.partition("://")
    kind = scheme.partition("+")[0].lower()
    if separator and kind in _LATER:
        raise InputError("E502", f"a ledger at {kind}:// is not in this version", where="CONNECTOR_LEDGER_URL")
    path = rest.removeprefix("/")
    if scheme != "sqlite" or not rest.startswith("/") or not path or path == ":memory:" or "\0" in path:
        raise InputError("E501", "the address is not of the form sqlite:///PATH", where="CONNECTOR_LEDGER_URL")
    return Path(path)
