"""Where a ledger may lie, and who may read it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from connector.errors import ConnectorError, FatalError, InputError
from connector.ledger.place import Place, ServerPlace, file_system_of, prepare, type_in_mounts

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
server:/home /home nfs4 rw 0 0
//nas/data /mnt/the\\040nas cifs rw 0 0
nas:/odd /mnt/a\\011tab\\012line\\134slash nfs rw 0 0
nas:/odd /mnt/em\u2003space nfs rw 0 0
nas:/odd /mnt/line\u2028end nfs rw 0 0
me@host:/ /mnt/ssh fuse.sshfs rw 0 0
overlay /mnt/short overlay
/dev/sdb1 /home/local ext4 rw 0 0
broken /mnt/broken
a line that is broken
tmpfs /twice tmpfs rw 0 0
server:/twice /twice nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/", "ext4"),
        ("/var/lib", "ext4"),
        ("/run/connector", "tmpfs"),
        ("/home", "nfs4"),
        ("/home/me/calls", "nfs4"),
        ("/homes/me", "ext4"),
        ("/home/local/calls", "ext4"),
        ("/mnt/the nas/calls", "cifs"),
        ("/mnt/a\ttab\nline\\slash", "nfs"),
        ("/mnt/em\u2003space", "nfs"),
        ("/mnt/line\u2028end/calls", "nfs"),
        ("/mnt/ssh", "fuse.sshfs"),
        ("/mnt/short", "overlay"),
        ("/mnt/broken", "ext4"),
        ("/twice/x", "nfs"),
    ],
)
def test_the_innermost_mount_counts(folder: str, expected: str) -> None:
    assert type_in_mounts(Path(folder), MOUNTS) == expected


def test_without_mounts_nothing_is_known() -> None:
    assert type_in_mounts(Path("/home"), "") == ""


def test_this_machine_can_tell_or_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(file_system_of(tmp_path), str)
    real, mounts = tmp_path / "ümlaut", tmp_path / "mounts"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    monkeypatch.setattr("connector.ledger.place._MOUNTS", mounts)
    assert file_system_of(tmp_path / "link") == "", "other systems have no such file"
    mounts.write_bytes(f"a {real} nfs rw 0 0\n".encode() + b"b /mnt/\xff ext4 rw 0 0\n")
    assert file_system_of(tmp_path / "link") == "nfs"
    assert file_system_of(tmp_path) == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        prepare(tmp_path / "connector.db", file_system=lambda _: kind)
    assert (caught.value.code, caught.value.where) == ("E505", f"{tmp_path}/connector.db")
    assert caught.value.message == f"the folder {tmp_path} is on a network file system ({kind})"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["", "ext4", "xfs", "overlay", "tmpfs", "apfs"])
def test_a_local_file_system_is_taken(tmp_path: Path, kind: str) -> None:
    prepare(tmp_path / "connector.db", file_system=lambda _: kind)
    assert (tmp_path / "connector.db").read_bytes() == b""


def test_only_the_owner_reads_a_new_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        prepare(tmp_path / "connector.db", file_system=lambda _: "")
    finally:
        os.umask(before)
    assert (tmp_path / "connector.db").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_keeps_its_mode_and_content(tmp_path: Path) -> None:
    path = tmp_path / "connector.db"
    path.write_bytes(b"x")
    path.chmod(0o640)
    prepare(path, file_system=lambda _: "")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"x", 0o640)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "E512"),
        (errno.EROFS, "E512"),
        (errno.EPERM, "E512"),
        (errno.ENOSPC, "E513"),
        (errno.EDQUOT, "E513"),
        (errno.EIO, "E515"),
        (errno.EMFILE, "E515"),
    ],
)
def test_what_the_operating_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "connector.db"
    verb = "opened" if code == "E515" else "made"

    def refuse(*_: object) -> str:
        raise OSError(number, os.strerror(number))

    with pytest.raises(ConnectorError) as looked:
        prepare(path, file_system=refuse)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ConnectorError) as made:
        prepare(path, file_system=lambda _: "")
    for caught in (looked, made):
        assert (caught.value.code, caught.value.where) == (code, str(path))
        assert caught.value.message == f"the ledger cannot be {verb}: {os.strerror(number)}"


def test_what_it_refuses_without_a_word(tmp_path: Path) -> None:
    def refuse(_: Path) -> str:
        raise OSError

    with pytest.raises(FatalError) as caught:
        prepare(tmp_path / "connector.db", file_system=refuse)
    assert caught.value.message == "the ledger cannot be opened: the operating system refused it"


def test_a_file_made_in_the_same_moment_is_taken_and_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing it would drop the locks that SQLite holds on it in this process."""
    path, opened, open_as_it_is = tmp_path / "connector.db", [], os.open

    def note(*how: Any) -> int:
        opened.append(open_as_it_is(*how))
        return opened[-1]

    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "exists", lambda _: False)
    monkeypatch.setattr(os, "open", note)
    prepare(path, file_system=lambda _: "")
    assert opened == []


def test_how_places_are_told() -> None:
    path = Path("/var/lib/connector.db")
    assert Place(path=path, is_there=True, free_bytes=1).words == "/var/lib/connector.db is there"
    assert Place(path=path, is_there=False, free_bytes=1).words == "/var/lib/connector.db can be made"
    server = ServerPlace(where="postgresql://db.example/ledger", version="17.2", clock_ahead_seconds=0.0)
    assert server.words == "postgresql://db.example/ledger is there, PostgreSQL 17.2"
