"""From an address to a ledger, or to an error that says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.errors import ConnectorError, InputError
from connector.ledger.open import has_ledger, open_ledger, shape_of, upgrade_ledger
from connector.ledger.shape import NEWEST, Shape


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("", "E501", id="nothing"),
        pytest.param("connector.db", "E501", id="a path alone"),
        pytest.param("sqlite:connector.db", "E501", id="no slashes"),
        pytest.param("sqlite://connector.db", "E501", id="two slashes"),
        pytest.param("sqlite://", "E501", id="in memory"),
        pytest.param("sqlite:///", "E501", id="no path"),
        pytest.param("sqlite:///:memory:", "E501", id="in memory by name"),
        pytest.param("sqlite:///a\0b", "E501", id="NUL"),
        pytest.param("sqlite+pysqlite:///connector.db", "E501", id="a driver"),
        pytest.param("mysql://root@localhost/x", "E501", id="another database"),
        pytest.param("postgres://me:hunter2@127.0.0.1/ledger", "E501", id="PostgreSQL's other scheme"),
        pytest.param("postgresql+psycopg://me:hunter2@127.0.0.1/ledger", "E501", id="PostgreSQL with a driver"),
        pytest.param("postgresql://me:hunter2@[127.0.0.1/ledger", "E501", id="half an address"),
        pytest.param("postgresql://me:hunter2@127.0.0.1/ledger?hunter2=1", "E501", id="an option that is none"),
        pytest.param("postgresql://me:hunter2%2@127.0.0.1/ledger", "E501", id="half an escape"),
        pytest.param("postgresql://me:hunter2\0@127.0.0.1/ledger", "E501", id="NUL on a server"),
        pytest.param("postgresql://me:hun/ter2@127.0.0.1/ledger", "E501", id="a slash in a password"),
        pytest.param("postgresql://me:h@hunter2@127.0.0.1/ledger", "E501", id="an @ in a password"),
        pytest.param("postgresql://me:h:hunter2@127.0.0.1/ledger", "E501", id="a colon in a password"),
        pytest.param("postgresql://127.0.0.1:hunter2/ledger", "E501", id="no user"),
        pytest.param("dynamodb://calls", "E502", id="DynamoDB"),
        pytest.param("hubspot://", "E502", id="no database"),
    ],
)
def test_addresses_that_are_refused(url: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        open_ledger(url, secret=None)
    assert (caught.value.code, caught.value.where) == (code, "CONNECTOR_LEDGER_URL")
    assert caught.value.fix
    assert "hunter2" not in str(caught.value)
    assert "ter2" not in str(caught.value)


def test_a_secret_that_is_given_is_the_ledgers(tmp_path: Path) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path}/connector.db", secret=b"given")
    assert ledger.secret == b"given"
    ledger.close()


def test_a_relative_path_starts_at_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_ledger("sqlite:///connector.db", secret=None).close()
    assert (tmp_path / "connector.db").is_file()


def test_an_open_ledger_stays_when_the_current_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    ledger = open_ledger("sqlite:///connector.db", secret=None)
    monkeypatch.chdir(tmp_path / "elsewhere")
    ledger.close()
    ledger.connection("default", source="klen")
    ledger.close()
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["with blank.db", "100%.db", "ümlaut.db", "file:x?mode=memory", "a?b#c", "%(here)s.db"]
)
def test_a_path_is_taken_as_it_stands(tmp_path: Path, name: str) -> None:
    open_ledger(f"sqlite:///{tmp_path}/{name}", secret=None).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_error_names_the_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        open_ledger("sqlite:///missing/connector.db", secret=None)
    assert caught.value.where == f"{tmp_path}/missing/connector.db"


def test_a_relative_path_is_never_a_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_ledger("sqlite:///file:x?mode=memory", secret=None).close()
    assert [path.name for path in tmp_path.iterdir()] == ["file:x?mode=memory"]


def test_a_folder_with_a_percent_sign(tmp_path: Path) -> None:
    folder = tmp_path / "50%"
    folder.mkdir()
    open_ledger(f"sqlite:///{folder}/connector.db", secret=None).close()
    assert (folder / "connector.db").is_file()


def test_has_ledger_makes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/connector.db"
    assert not has_ledger(url)
    assert list(tmp_path.iterdir()) == []
    open_ledger(url, secret=None).close()
    assert has_ledger(url)
    assert not has_ledger(f"sqlite:///{tmp_path}/{'x' * 300}")


def test_has_ledger_refuses_what_cannot_be_opened() -> None:
    with pytest.raises(InputError):
        has_ledger("hubspot://")


@pytest.mark.parametrize(
    ("place", "code", "message"),
    [
        pytest.param("missing/connector.db", "E503", "the folder {}/missing does not exist", id="no such folder"),
        pytest.param("file/connector.db", "E503", "the folder {}/file does not exist", id="a file for a folder"),
        pytest.param("folder", "E504", "this path is a folder or a device", id="a folder for a file"),
        pytest.param("../" * 12 + "dev/null", "E504", "this path is a folder or a device", id="a device"),
        pytest.param("x" * 300, "E515", "the ledger cannot be opened: File name too long", id="a name too long"),
        pytest.param("file", "E506", "this file is not a ledger", id="no database"),
    ],
)
def test_places_that_are_refused(tmp_path: Path, place: str, code: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"call,number\n" * 400)
    with pytest.raises(ConnectorError) as caught:
        open_ledger(f"sqlite:///{tmp_path}/{place}", secret=None)
    assert (caught.value.code, caught.value.where) == (code, f"{tmp_path}/{place}")
    assert caught.value.message == message.format(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"call,number\n" * 400


def test_a_file_can_be_upgraded_and_shown_by_hand(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/connector.db"
    assert shape_of(url).revision is None
    assert list(tmp_path.iterdir()) == [], "looking makes nothing"
    assert upgrade_ledger(url).revision is None
    assert upgrade_ledger(url).revision == NEWEST
    assert shape_of(url) == Shape(where=f"{tmp_path}/connector.db", revision=NEWEST)
