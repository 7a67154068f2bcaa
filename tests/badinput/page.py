"""`python -m tests.badinput.page > docs/bad-input.md`: every case brought about, and what it printed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.badinput.catalogue import GROUPS
from tests.badinput.room import Room
from tests.badinput.terms import Absent, Case, Seen, Shown, Try

HEAD = """\
# Bad input

What the connector does with input that it should never have been given. This page is made by running the cases
(`make fix`), and the tests run them again: a message, code or exit status that differs fails
`tests/e2e/test_bad_input.py`.

- *id*: the number in the project's own list of bad inputs, B1 to B96, each of which has a case here; – for others.
- *message*: as printed, or what stands in the CRM or the ledger afterwards where the call goes through. In italics:
  what other tests show, or why there is no such case. *Played* are things that the machines of the tests do not have.
- *code*: `connector explain CODE` says what it means and what to do. – where nothing is wrong.
- *exit*: the exit status of the command. 1 means that one call failed and its neighbours went through.
"""
TABLE = "| id | case | message | code | exit | test |\n|---|---|---|---|---|---|\n"
MESSAGE_LENGTH_MAX = 180


def brought_about(case: Try) -> Seen:
    """Run the case in a room of its own."""
    with tempfile.TemporaryDirectory() as folder, Room(Path(folder).resolve()) as room:
        return case.do(room)


def row(case: Case, seen: Seen | None) -> str:
    """One line of the table."""
    cells: list[str]
    match case:
        case Try():
            assert seen is not None
            cells = [_short(seen.message), seen.code, str(seen.exit_status), f"`test_bad_input[{name(case)}]`"]
        case Shown():
            played = f" (played: {case.played})" if case.played else ""
            cells = [
                f"*{case.what}*{played}",
                case.code,
                case.exit_status,
                "<br>".join(f"`{test}`" for test in case.tests),
            ]
        case Absent():
            cells = [f"*not in this version: {case.why}*", "–", "–", "–"]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (case.id, case.case, *cells)) + " |"


def name(case: Try) -> str:
    return f"{case.id}: {case.case}"


def page(rows: Iterable[tuple[str, list[str]]]) -> str:
    """The whole page from the rows of each group."""
    parts = [HEAD]
    for title, lines in rows:
        parts.append(f"## {title}\n\n{TABLE}" + "".join(f"{line}\n" for line in lines))
    return "\n".join(parts)


def _short(message: str) -> str:
    visible = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in message)
    cut = visible if len(visible) <= MESSAGE_LENGTH_MAX else visible[:MESSAGE_LENGTH_MAX] + "…"
    return cut.replace("<", "&lt;")


def main() -> None:
    rows = [
        (title, [row(case, brought_about(case) if isinstance(case, Try) else None) for case in cases])
        for title, cases in GROUPS.items()
    ]
    sys.stdout.write(page(rows))


if __name__ == "__main__":
    main()
