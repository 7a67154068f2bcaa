"""What goes to stdout and stderr: data and messages, never mixed.

Much of it is other people's text: what a terminal would obey in it is shown instead. Colours are click's: left out when
stdout is no terminal, and when NO_COLOR is set (https://no-color.org).
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from connector.errors import InputError, error_object
from connector.visible import visible, visible_json

if TYPE_CHECKING:
    from typing_extensions import Buffer

    from connector.errors import ConnectorError
    from connector.reports import Finding


_MARK = os.urandom(8).hex()
"""Stands around text of a colour until it is written: nobody outside of this process knows it."""
_STYLED = re.compile(f"{_MARK}(?P<colour>[a-z_]+):(?P<text>.*?){_MARK}", re.DOTALL)


def say(text: str = "") -> None:
    """One line of data."""
    _write(_shown(text))


def say_lines(text: str) -> None:
    """Lines of data that were put together here, such as JSON for people."""
    for line in text.split("\n"):
        say(line)


def say_json(value: Any, *, indent: int = -1) -> None:
    """The one JSON object of a command, on one line unless indented, in UTF-8 whatever the terminal speaks."""
    import msgspec  # not needed for --help

    _write(visible_json(msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()).encode())


def say_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns; off a terminal no cell is ever cut or wrapped."""
    from rich.console import Console  # a tenth of a second, for tables alone
    from rich.table import Table

    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*map(visible, row))
    console = Console(markup=False, highlight=False, emoji=False, width=1_000)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        _write(line.rstrip())


def note(text: str) -> None:
    """One line of message."""
    _write(_shown(text), err=True)


def note_lines(text: str) -> None:
    """Lines of message that were put together here."""
    for line in text.split("\n"):
        note(line)


def warn(finding: Finding) -> None:
    note(f"{styled('warning', 'yellow')} {finding.code} {finding.message}")
    note(f"  where: {finding.where}")
    note(f"  fix: {finding.fix}")


def say_error(error: ConnectorError, *, as_json: bool) -> None:
    """A failure as its object on stdout, or in at most three lines on stderr."""
    if as_json:
        say_json({"error": error_object(error)})
        return
    note(f"{styled('error', 'red')} {error.code} {error.message}")
    if error.where:
        note(f"  where: {error.where}")
    note(f"  fix: {error.fix}")


def styled(text: str, colour: str) -> str:
    """Text that is to be coloured when it is written, as a part of a line."""
    return f"{_MARK}{colour}:{text}{_MARK}"


def _shown(text: str) -> str:
    """The line as a terminal gets it: our colours, and everything else to be seen only."""
    parts, end = [], 0
    for found in _STYLED.finditer(text):
        parts += [visible(text[end : found.start()]), _coloured(visible(found["text"]), found["colour"])]
        end = found.end()
    return "".join((*parts, visible(text[end:])))


def _coloured(text: str, colour: str) -> str:
    """For a terminal; click takes the colour out again where there is none."""
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def tolerate_narrow_encodings() -> None:
    """A mark that the terminal's encoding lacks becomes a question mark, not a failure."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


class UnwritableError(InputError):
    """stdout takes nothing any more, and whatever else is written there is let go."""


def watch_stdout() -> None:
    """From now on a disk that is full under stdout is an UnwritableError, whoever writes; it is no defect of ours."""
    if sys.stdout is not None and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(_Watched(sys.stdout.fileno(), "w", closefd=False)),
            encoding=sys.stdout.encoding,
            line_buffering=sys.stdout.isatty(),
        )


class _Watched(io.FileIO):
    def write(self, data: Buffer, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            # `connector --help | head -1`: the reader has seen enough, and the work itself was not its business.
            _forget(self.fileno())
            return memoryview(data).nbytes
        except OSError as error:
            _forget(self.fileno())
            message = f"the output cannot be written: {error.strerror}"
            raise UnwritableError("E115", message, where="stdout") from error


def close_quietly() -> None:
    """Flush now: found at the interpreter's end, a reader that went away would change the exit code."""
    # A stream that was closed before we began is None.
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except BrokenPipeError:
            _forget(stream.fileno())


def _write(data: str | bytes, *, err: bool = False) -> None:
    try:
        click.echo(data, err=err)
    except BrokenPipeError:
        # Where stdout is not watched, and on stderr.
        _forget((sys.stderr if err else sys.stdout).fileno())


def _forget(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
