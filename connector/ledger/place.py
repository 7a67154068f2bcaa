"""Whether a path can hold a SQLite ledger, and making the file so that only its owner reads it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from connector.errors import ConnectorError, FatalError, InputError


class Place(Struct, frozen=True, kw_only=True):
    """A path that can hold a ledger."""

    path: Path
    is_there: bool
    free_bytes: int
    """Room on the disk for this user."""

    @property
    def words(self) -> str:
        return f"{self.path} {'is there' if self.is_there else 'can be made'}"


class ServerPlace(Struct, frozen=True, kw_only=True):
    """A database server with a ledger that this version works with."""

    where: str
    """Its address, without user and password."""
    version: str
    clock_ahead_seconds: float
    """How far this machine's clock is ahead of the server's."""

    @property
    def words(self) -> str:
        return f"{self.where} is there, PostgreSQL {self.version}"


FileSystem = Callable[[Path], str]
"""The type of the file system that holds a folder, as `/proc/mounts` names it; empty where that cannot be told."""

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"})
_MOUNTS = Path("/proc/mounts")
_OWNER_ONLY = 0o600


def prepare(path: Path, *, file_system: FileSystem) -> None:
    """Make the file if it is not there.

    Raises InputError for a place that cannot hold a ledger, FatalError for what the operating system refuses. A file
    that is there is never opened: closing it again would drop the locks that SQLite holds on it in this process.
    """
    require_place(path, file_system=file_system)
    try:
        if not path.exists():
            _create(path)
    except OSError as error:
        raise _refused(error, path) from error


def require_place(path: Path, *, file_system: FileSystem) -> None:
    """Raise InputError for a place that cannot hold a ledger, FatalError where it cannot be looked at."""
    folder = path.parent
    try:
        if not folder.is_dir():
            raise InputError("E503", f"the folder {folder} does not exist", where=str(path))
        if path.exists() and not path.is_file():
            raise InputError("E504", "this path is a folder or a device", where=str(path))
        kind = file_system(folder)
        if kind in _NETWORK:
            raise InputError("E505", f"the folder {folder} is on a network file system ({kind})", where=str(path))
    except OSError as error:
        raise _refused(error, path) from error


def file_system_of(folder: Path) -> str:
    """Ask Linux for the type of the file system; other systems do not tell."""
    if not _MOUNTS.exists():
        return ""
    return type_in_mounts(folder.resolve(), _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))


def type_in_mounts(folder: Path, mounts: str) -> str:
    """The type of the innermost mount that holds this absolute folder; of two on one place, the later one."""
    found, depth = "", -1
    for line in mounts.split("\n"):
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = Path(_unescaped(fields[1]))
        if folder.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = fields[2], len(place.parts)
    return found


def _unescaped(text: str) -> str:
    """`/proc/mounts` writes blanks, tabs, line ends and backslashes as octal numbers."""
    for octal, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, plain)
    return text


def _create(path: Path) -> None:
    # Another process may make it in this very moment. SQLite gives its write-ahead log the mode of the file.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY))


def _refused(error: OSError, path: Path) -> ConnectorError:
    reason = error.strerror or "the operating system refused it"
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return FatalError("E512", f"the ledger cannot be made: {reason}", where=str(path))
        case errno.ENOSPC | errno.EDQUOT:
            return FatalError("E513", f"the ledger cannot be made: {reason}", where=str(path))
        case _:
            return FatalError("E515", f"the ledger cannot be opened: {reason}", where=str(path))
