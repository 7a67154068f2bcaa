"""The addresses of a ledger: what they are read as, and what is said of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.errors import InputError
from connector.ledger.address import PostgresqlAddress, SqliteAddress, read_address

FORMS = "the address is not of the form sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///connector.db", "connector.db"),
        ("sqlite:////var/lib/connector.db", "/var/lib/connector.db"),
        ("sqlite:///a://b@c:d", "a://b@c:d"),
    ],
)
def test_a_file(url: str, path: str) -> None:
    assert read_address(url) == SqliteAddress(Path(path))


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "/ledger",
        "db.example",
        "db.example:5432/ledger",
        "me@db.example/ledger",
        "me:hunter2@db.example:5432/ledger",
        "me:hunter2@one.example:5432,two.example:5433/ledger",
        "me:hunter2@one.example,two.example:5433/ledger",
        "[::1]:5432/ledger",
        "one.example:5432,two.example:5433/ledger",
        "one.example:5432,[::1],[fe80::1]:5433/ledger",
        "me:hunter2@[::1]/ledger",
        "me:hunter2@[fe80::1]:5432/ledger",
        "me:a%40b%3Ac%2Fd@db.example/ledger",
        "me:hunter2@db.example/ledger?application_name=a@b:c/d",
        "me:hunter2@db.example?sslmode=require&options=-c%20a",
    ],
)
def test_a_server(rest: str) -> None:
    assert read_address(f"postgresql://{rest}") == PostgresqlAddress(f"postgresql://{rest}")


@pytest.mark.parametrize(
    "rest",
    [
        "me:h@nter2@db.example/ledger",
        "me@h:nter2@db.example/ledger",
        "me:h:nter2@db.example/ledger",
        "me:h/nter2@db.example/ledger",
        "me:5/nter2@db.example/ledger",
        "me:hunter2:5432/ledger",
        "me:hunter2@db.example:nter2/ledger",
        "me:hunter2@one.example:x,two.example:5433/ledger",
        "me:hunter2@one.example:5432,two.example:x/ledger",
        "me:hunter2@[::1]:x/ledger",
        "me:hunter2@db.example:/ledger",
        "me:hunter2@db.example/led\0ger",
        "me:hunter2@db.example/ledger?options=\0",
    ],
)
def test_a_password_that_might_be_taken_for_a_host_or_a_name(rest: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(f"postgresql://{rest}")
    assert (caught.value.code, caught.value.message) == ("E501", FORMS)


@pytest.mark.parametrize(
    ("url", "code", "message"),
    [
        ("hubspot://", "E502", "a ledger at hubspot:// is not in this version"),
        ("dynamodb://calls", "E502", "a ledger at dynamodb:// is not in this version"),
        ("dynamodb", "E501", FORMS),
        ("hubspot", "E501", FORMS),
        ("postgresql", "E501", FORMS),
        ("postgresql:/db.example/ledger", "E501", FORMS),
        ("sqlite:///", "E501", FORMS),
    ],
)
def test_what_is_none(url: str, code: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(url)
    assert (caught.value.code, caught.value.message, caught.value.where) == (code, message, "CONNECTOR_LEDGER_URL")


def test_a_server_without_what_speaks_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("connector.ledger.address.find_spec", asked.append)
    with pytest.raises(InputError) as caught:
        read_address("postgresql://db.example/ledger")
    assert (caught.value.code, caught.value.message) == ("E509", "psycopg is not installed")
    assert caught.value.where == "CONNECTOR_LEDGER_URL"
    assert asked == ["psycopg"]
