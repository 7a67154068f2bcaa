"""From `CONNECTOR_LEDGER_URL` to a ledger. SQLAlchemy and psycopg are loaded by those alone who reach a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from connector.clock import utc_now
from connector.ledger.address import PostgresqlAddress, SqliteAddress, read_address
from connector.ledger.place import Place, ServerPlace
from connector.ledger.shape import Shape
from connector.ports import Ledger


def open_ledger(url: str, *, secret: bytes | None, now: Callable[[], datetime] = utc_now) -> Ledger:
    """Open the ledger at this address. A file is made or upgraded first where that is needed, a server's tables never.

    `secret` keys the hashes of people; without one, a secret is made once and kept in the ledger. A relative path is
    relative to the current folder. `now` measures the leases of a file; a server measures them by its own clock.

    Raises InputError when the address, its folder, its file or its database cannot be a ledger, or is not of this
    version (E519), TransientError when it is locked or out of reach, FatalError when it is read-only, full or damaged.
    """
    match read_address(url):
        case SqliteAddress(path):
            from connector.ledger.sqlite import open_sqlite

            return open_sqlite(path, secret=secret, now=now)
        case PostgresqlAddress() as address:
            from connector.ledger.postgresql import open_postgresql

            return open_postgresql(address, secret=secret)


def look_at_place(url: str, *, now: Callable[[], datetime] = utc_now) -> Place | ServerPlace:
    """Where this address leads, and whether a ledger can be kept there. Makes and changes nothing.

    Raises InputError when the address, its folder or its database cannot hold a ledger or is not prepared for one,
    TransientError when it is out of reach, FatalError when it cannot be looked at.
    """
    match read_address(url):
        case SqliteAddress(path):
            from connector.ledger.look import look_at

            return look_at(path)
        case PostgresqlAddress() as address:
            from connector.ledger.postgresql import look_at_server

            return look_at_server(address, now=now)


def open_to_look(url: str) -> Ledger | None:
    """The ledger at this address for reading alone, None when there is none. Nothing is made or changed.

    Every method that would store something fails. Raises InputError when it is no ledger, or of an older version
    (W501, on a server E519), FatalError when it is of a newer one or damaged.
    """
    match read_address(url):
        case SqliteAddress(path):
            if not path.is_file() or not path.stat().st_size:
                return None
            from connector.ledger.look import open_for_reading

            return open_for_reading(path)
        case PostgresqlAddress() as address:
            from connector.ledger.postgresql import open_server_for_reading

            return open_server_for_reading(address)


def has_ledger(url: str) -> bool:
    """Whether a ledger is there already. Makes and opens nothing, for those who must write nothing anywhere.

    On a server there always is one, since no run ever makes it: opening it says what is missing.
    """
    match read_address(url):
        case SqliteAddress(path):
            try:
                return path.exists()
            except OSError:
                return False
        case PostgresqlAddress():
            return True


def shape_of(url: str) -> Shape:
    """Where the ledger is and of which revision. Changes nothing. Raises as `look_at_place`, but for revisions."""
    match read_address(url):
        case SqliteAddress(path):
            from connector.ledger.look import shape_of_file

            return shape_of_file(path)
        case PostgresqlAddress() as address:
            from connector.ledger.postgresql import shape_of_server

            return shape_of_server(address)


def upgrade_ledger(url: str) -> Shape:
    """Make the ledger, or bring it to the newest revision, and answer how it was before.

    Of several who do so at once, one does the work. Raises as `open_ledger` does.
    """
    match read_address(url):
        case SqliteAddress(path):
            from connector.ledger.look import shape_of_file
            from connector.ledger.sqlite import open_sqlite

            before = shape_of_file(path)
            open_sqlite(path, secret=b"").close()
            return before
        case PostgresqlAddress() as address:
            from connector.ledger.postgresql import upgrade_server

            return upgrade_server(address)
