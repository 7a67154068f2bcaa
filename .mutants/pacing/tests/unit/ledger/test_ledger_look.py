"""Looking at a ledger leaves every byte of its folder as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from connector.errors import ConnectorError
from connector.ledger.look import look_at
from connector.ledger.open import look_at_place, open_ledger, open_to_look

NAME = "connector.db"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / NAME}"


def folder(path: Path) -> dict[str, bytes]:
    """Every file but the shared memory, which is SQLite's scratch pad and not the ledger's."""
    return {each.name: each.read_bytes() for each in path.iterdir() if not each.name.endswith("-shm")}


def looked(url: str) -> list[str]:
    ledger = open_to_look(url)
    assert ledger is not None
    try:
        return [state.name for state in ledger.connections()]
    finally:
        ledger.close()


def test_a_closed_ledger(tmp_path, url):
    ledger = open_ledger(url, secret=None)
    ledger.connection("default", source="reception_ai")
    ledger.close()
    before = folder(tmp_path)
    assert looked(url) == ["default"]
    assert folder(tmp_path) == before


def test_a_ledger_that_another_process_writes_to(tmp_path, url):
    ledger = open_ledger(url, secret=None)
    ledger.connection("default", source="reception_ai")
    before = folder(tmp_path)
    assert looked(url) == ["default"]
    assert folder(tmp_path) == before
    ledger.close()


def test_a_ledger_whose_writer_died(tmp_path, url):
    ledger = open_ledger(url, secret=None)
    ledger.connection("default", source="reception_ai")
    left = tmp_path / "left"
    left.mkdir()
    for name in (NAME, f"{NAME}-wal"):
        (left / name).write_bytes((tmp_path / name).read_bytes())
    ledger.close()
    before = folder(left)
    assert looked(f"sqlite:///{left / NAME}") == ["default"]
    assert folder(left) == before


def test_nothing_can_be_stored(url):
    open_ledger(url, secret=None).close()
    ledger = open_to_look(url)
    assert ledger is not None
    with pytest.raises(ConnectorError, match="E512"):
        ledger.connection("default", source="reception_ai")
    ledger.close()


def test_no_ledger(tmp_path, url):
    assert open_to_look(url) is None
    assert not look_at_place(url).is_there
    (tmp_path / NAME).touch()
    assert open_to_look(url) is None, "the first run makes a ledger of an empty file"
    assert folder(tmp_path) == {NAME: b""}


@pytest.mark.parametrize(("revision", "code"), [("0000", "W501"), ("9999", "E507")])
def test_a_ledger_of_another_version(tmp_path, url, revision, code):
    open_ledger(url, secret=None).close()
    with sqlite3.connect(tmp_path / NAME) as db:
        db.execute("UPDATE connector_schema SET version_num = ?", (revision,))
    db.close()
    with pytest.raises(ConnectorError) as raised:
        open_to_look(url)
    assert raised.value.code == code


def test_a_file_that_is_no_ledger(tmp_path, url):
    (tmp_path / NAME).write_text("notes " * 1000)
    with pytest.raises(ConnectorError, match="E506"):
        open_to_look(url)
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE other (x)")
    db.close()
    with pytest.raises(ConnectorError, match="E506"):
        open_to_look(f"sqlite:///{tmp_path / 'other.db'}")


@pytest.mark.parametrize(
    ("url", "code"),
    [("mysql://x", "E501"), ("hubspot://", "E502"), ("sqlite:////no/such/l.db", "E503"), ("sqlite:////tmp", "E504")],
)
def test_places_that_can_hold_none(url, code):
    with pytest.raises(ConnectorError, match=code):
        look_at_place(url)


def test_a_network_disk_and_a_read_only_one(tmp_path):
    with pytest.raises(ConnectorError, match="E505"):
        look_at(tmp_path / NAME, file_system=lambda folder: "nfs4")
    with pytest.raises(ConnectorError, match="E512"):
        look_at(tmp_path / NAME, may_write=lambda path: path != tmp_path)
    (tmp_path / NAME).touch()
    with pytest.raises(ConnectorError, match="E512"):
        look_at(tmp_path / NAME, may_write=lambda path: path != tmp_path / NAME)
