"""Looking at a ledger leaves every byte of its folder as it is."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from connector.errors import ConnectorError
from connector.ledger.look import look_at, open_for_reading
from connector.ledger.open import look_at_place, open_ledger, open_to_look
from connector.ledger.place import Place
from connector.ledger.shape import NEWEST

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


@pytest.mark.parametrize("secret", [None, b"given"], ids=["a secret kept", "a secret given"])
@pytest.mark.parametrize("is_written", [True, False], ids=["another writes", "nobody writes"])
def test_nothing_can_be_stored(tmp_path, url, secret, is_written):
    writer = open_ledger(url, secret=secret)
    if not is_written:
        writer.close()
    ledger = open_to_look(url)
    assert ledger is not None
    with pytest.raises(ConnectorError, match="E512") as caught:
        ledger.connection("default", source="reception_ai")
    assert caught.value.where == str(tmp_path / NAME)
    assert ledger.secret == b"", "no hash of a person is made with it"
    ledger.close()
    writer.close()


def test_a_file_that_vanished_is_not_made_anew(tmp_path):
    with pytest.raises(ConnectorError, match="E515"):
        open_for_reading(tmp_path / NAME)
    assert folder(tmp_path) == {}


@pytest.mark.parametrize("is_written", [True, False], ids=["another writes", "nobody writes"])
def test_every_thread_may_look(url, is_written):
    writer = open_ledger(url, secret=None)
    if not is_written:
        writer.close()
    ledger = open_to_look(url)
    assert ledger is not None
    found = []
    thread = threading.Thread(target=lambda: found.append(ledger.connections()))
    thread.start()
    thread.join()
    assert found == [[]]
    ledger.close()
    writer.close()


def test_no_ledger(tmp_path, url):
    assert open_to_look(url) is None
    place = look_at_place(url)
    assert isinstance(place, Place)
    assert not place.is_there
    assert place.path == tmp_path / NAME
    assert place.free_bytes > 0
    (tmp_path / NAME).touch()
    assert open_to_look(url) is None, "the first run makes a ledger of an empty file"
    assert folder(tmp_path) == {NAME: b""}


@pytest.mark.parametrize(
    ("revision", "code", "message"),
    [
        ("0000", "W501", f"the ledger has revision 0000, and this version of the connector works with {NEWEST}"),
        ("9999", "E507", f"the ledger has revision 9999, this version knows up to {NEWEST}"),
    ],
)
def test_a_ledger_of_another_version(tmp_path, url, revision, code, message):
    open_ledger(url, secret=None).close()
    with sqlite3.connect(tmp_path / NAME) as db:
        db.execute("UPDATE connector_schema SET version_num = ?", (revision,))
    db.close()
    with pytest.raises(ConnectorError) as raised:
        open_to_look(url)
    assert (raised.value.code, raised.value.where) == (code, str(tmp_path / NAME))
    assert raised.value.message == message


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (None, "this file is not a ledger"),
        ("CREATE TABLE other (x)", "this database holds the tables of another program"),
        ("CREATE TABLE other (x); DROP TABLE other", "this database holds no ledger"),
    ],
    ids=["text", "another program's", "nothing"],
)
def test_a_file_that_is_no_ledger(tmp_path, url, tables, message):
    if tables is None:
        (tmp_path / NAME).write_text("notes " * 1000)
    else:
        db = sqlite3.connect(tmp_path / NAME)
        db.executescript(tables)
        db.close()
    with pytest.raises(ConnectorError) as caught:
        open_to_look(url)
    assert (caught.value.code, caught.value.message, caught.value.where) == ("E506", message, str(tmp_path / NAME))


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
    for forbidden in (tmp_path, tmp_path / NAME):
        with pytest.raises(ConnectorError) as caught:
            look_at(tmp_path / NAME, may_write=forbidden.__ne__)
        told = ("E512", f"this user may not write to {forbidden}", str(tmp_path / NAME))
        assert (caught.value.code, caught.value.message, caught.value.where) == told
        (tmp_path / NAME).touch()
