"""What a database's error means for the user: who may mend it, by which code, and not a word of what was stored."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest

from connector.errors import ConnectorError, FatalError, InputError, TransientError
from connector.ledger import postgresql_errors, sqlite
from connector.ledger.store import RepeatableError

Told = tuple[type[ConnectorError], str, str]

WHERE = "where the ledger is"
STORED = "the words of +447700900123"

BUSY = (RepeatableError, "E511", "another process is writing to the same rows")


def told(error: ConnectorError | None) -> Told | None:
    assert error is None or error.where == WHERE
    return None if error is None else (type(error), error.code, error.message)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("40001", BUSY),
        ("40P01", BUSY),
        ("55P03", BUSY),
        ("57014", (TransientError, "E511", "PostgreSQL took too long for an answer")),
        ("25006", (TransientError, "E512", "the database is read-only at the moment")),
        ("53100", (FatalError, "E513", "the disk of the database is full")),
        ("42P01", (FatalError, "E514", "a table of the ledger is missing or was changed")),
        *(
            (state, (InputError, "E518", f"PostgreSQL does not let this user work there ({state})"))
            for state in ("42501", "28P01", "28000", "3D000", "3F000")
        ),
        *(
            (state, (RepeatableError, "E517", f"PostgreSQL ended the connection ({state})"))
            for state in ("08006", "57P01", "53300", "25P03")
        ),
        ("XX001", (FatalError, "E514", "PostgreSQL finds its files damaged (XX001)")),
        *((state, None) for state in ("21000", "22001", "23505", "42601", "42703")),
        *((state, (FatalError, "E515", f"PostgreSQL failed ({state})")) for state in ("58030", "P0001", "40002")),
    ],
)
def test_what_a_server_says_in_the_middle_of_it(state: str, expected: Told | None) -> None:
    meaning = postgresql_errors.meaning_of(psycopg.errors.lookup(state)(STORED), where=WHERE, password="hunter2")
    assert told(meaning) == expected


@pytest.mark.parametrize(
    ("said", "password", "kind", "code", "message"),
    [
        ("FATAL:  the server is starting\n\tup ", "", RepeatableError, "E517", "FATAL: the server is starting up"),
        ("no SSL for hunter2 and hunter2", "hunter2", InputError, "E518", "no SSL for ••• and •••"),
        ("Connection refused by hunter2", "hunter2", RepeatableError, "E517", "Connection refused by •••"),
        *(
            (words, "", InputError, "E518", words)
            for words in (
                'password authentication failed for user "me"',
                "fe_sendauth: no password supplied",
                "no pg_hba.conf entry for host",
                'role "me" is not permitted to log in',
                'database "ledger" does not exist',
                'permission denied for database "ledger"',
                "Certificate verify failed",
            )
        ),
    ],
)
def test_what_a_server_says_that_was_not_reached(
    said: str, password: str, kind: type[ConnectorError], code: str, message: str
) -> None:
    meaning = postgresql_errors.meaning_of(psycopg.OperationalError(said), where=WHERE, password=password)
    assert told(meaning) == (kind, code, message)


@pytest.mark.parametrize("error", [None, ValueError(STORED), psycopg.ProgrammingError(STORED)], ids=repr)
def test_what_no_server_said_is_a_bug(error: Exception | None) -> None:
    assert postgresql_errors.meaning_of(error, where=WHERE, password="") is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *(
            (number, (TransientError, "E511", "another process is writing to the ledger"))
            for number in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_LOCKED_SHAREDCACHE)
        ),
        *(
            (number, (FatalError, "E512", "the ledger is read-only"))
            for number in (sqlite3.SQLITE_READONLY_DIRECTORY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
        ),
        (sqlite3.SQLITE_FULL, (FatalError, "E513", "the disk of the ledger is full")),
        (sqlite3.SQLITE_CORRUPT_INDEX, (FatalError, "E514", "the ledger is damaged")),
        (sqlite3.SQLITE_NOTADB, (InputError, "E506", "this file is not a ledger")),
        *(
            (number, (FatalError, "E515", "the ledger cannot be opened or read (SQLITE_X)"))
            for number in (sqlite3.SQLITE_CANTOPEN_ISDIR, sqlite3.SQLITE_IOERR_WRITE)
        ),
        (sqlite3.SQLITE_ERROR, None),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
        (None, None),
    ],
)
def test_what_sqlite_says(number: int | None, expected: Told | None) -> None:
    error = sqlite3.OperationalError(STORED)
    if number is not None:
        error.sqlite_errorcode, error.sqlite_errorname = number, "SQLITE_X"
    assert told(sqlite.meaning_of(error, where=WHERE)) == expected


def test_what_is_no_error_of_the_database_is_a_bug() -> None:
    assert sqlite.meaning_of(ValueError(STORED), where=WHERE) is None
    assert sqlite.meaning_of(None, where=WHERE) is None
