"""Several files put in place together: all of them, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from connector.errors import FatalError, InputError


class NewFile(NamedTuple):
    path: Path
    content: bytes
    mode: int = 0o644


def require_absent(paths: Sequence[Path]) -> None:
    """Raise InputError (E132) when one of these is there already."""
    there = [str(path) for path in paths if path.exists() or path.is_symlink()]
    if there:
        verb = "is" if len(there) == 1 else "are"
        raise InputError("E132", f"{', '.join(there)} {verb} there already", where=there[0])


def put(files: Sequence[NewFile], *, replaces: bool) -> None:
    """Write every file, each whole at one instant; what goes wrong on the way, a signal included, undoes all of it.

    Raises InputError (E132) for a file that is there unless it `replaces`, FatalError (E133) when the folder refuses.
    """
    if not replaces:
        require_absent([file.path for file in files])
    try:
        with ExitStack() as undo:
            for folder in dict.fromkeys(file.path.parent for file in files):
                _make(folder, undo)
            prepared = {file.path: _prepare(file, undo) for file in files}
            for path, ready in prepared.items():
                undo.callback(_restore, path, *_as_it_is(path))
                ready.replace(path)
            undo.pop_all()
    except OSError as error:
        reason = error.strerror or "the operating system refused it"
        raise FatalError("E133", f"the files cannot be written: {reason}", where=str(Path.cwd())) from error


def _make(folder: Path, undo: ExitStack) -> None:
    if not folder.is_dir():
        folder.mkdir()
        undo.callback(_remove, folder)


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _prepare(file: NewFile, undo: ExitStack) -> Path:
    """The content beside its place, on the disk, never readable by more people than the file will be."""
    descriptor, name = tempfile.mkstemp(dir=file.path.parent, prefix=f".{file.path.name}.")
    undo.callback(Path(name).unlink, missing_ok=True)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(file.content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).chmod(file.mode)
    return Path(name)


def _as_it_is(path: Path) -> tuple[bytes | None, int]:
    return (path.read_bytes(), path.stat().st_mode & 0o777) if path.is_file() else (None, 0)


def _restore(path: Path, content: bytes | None, mode: int) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    with ExitStack() as undo:
        _prepare(NewFile(path, content, mode), undo).replace(path)
