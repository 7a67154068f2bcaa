"""From an address to a ledger, or to an error that says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.errors import ConnectorError, InputError
from connector.ledger.open import has_ledger, open_ledger


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
        pytest.param("postgresql://me:hunter2@db.example.com/ledger", "E502", id="PostgreSQL"),
        pytest.param("postgresql+psycopg://me:hunter2@db.example.com/ledger", "E502", id="PostgreSQL with a driver"),
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
    ("place", "code"),
    [
        pytest.param("missing/connector.db", "E503", id="no such folder"),
        pytest.param("file/connector.db", "E503", id="a file for a folder"),
        pytest.param("folder", "E504", id="a folder for a file"),
        pytest.param("../../../../../../../../../../../../dev/null", "E504", id="a device"),
        pytest.param("x" * 300, "E515", id="a name too long"),
        pytest.param("file", "E506", id="no database"),
    ],
)
def test_places_that_are_refused(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"call,number\n" * 400)
    with pytest.raises(ConnectorError) as caught:
        open_ledger(f"sqlite:///{tmp_path}/{place}", secret=None)
    assert caught.value.code == code
    assert caught.value.where == f"{tmp_path}/{place}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"call,number\n" * 400
