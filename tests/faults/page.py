"""`python -m tests.faults.page > docs/faults.md`: every fault played, and what came of it.

With `--kept` nothing is played: the page as it should be with the outcomes that stand in it, for a quick comparison.
The tests play each fault again and compare its line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.limits import LIMITS
from tests.faults.others import MACHINE, PLATFORM
from tests.faults.people import PEOPLE
from tests.faults.terms import Fault, Outcome, play
from tests.faults.writes import READS, WITHOUT_UNIQUE_KEYS, WRITES
from tests.stubs.once import remember_pure_work

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
HEAD = """\
# Faults, and what comes of them

What the connector does when something breaks in the midst of a `sync`. This page is made by playing each fault against
the sandbox (`make fix`), and the tests play them again: a line that differs fails `tests/e2e/test_faults.py`.

The run finds five calls: one that was carried before and has changed, and four new ones, of two unknown callers, of a
contact that a person made, and of the first call's caller. Undisturbed it takes 11 requests to HubSpot, one by one.
Runs come every quarter of an hour, or a day later where the day is spent.

- *the run*: what the struck run says. *waits*: how long it waited, by its clock; – for less than two seconds.
- *exit*, *code*: its exit status, and what `connector explain CODE` explains.
- *requests*: to HubSpot, over all runs until it is over, beside those of an undisturbed run.
- *afterwards*: “as undisturbed” is the portal byte by byte, with every call accounted for (`reconcile` ends with 0): at
  once, or after so many more runs. No key stands twice in any case.

How to play faults yourself: [trying a deployment against faults](testing-faults.md). What is promised, and how far it
reaches: [reliability](reliability.md).
"""
TABLE = (
    "| fault | strikes | the run | waits | exit | code | requests | afterwards |\n|---|---|---|---|---|---|---|---|\n"
)
GROUPS: dict[str, tuple[Fault, ...]] = {
    "HubSpot refuses": LIMITS,
    "HubSpot's answer to a question goes wrong": READS,
    "HubSpot's answer to a write goes wrong": WRITES,
    "The same where a portal takes no unique keys": WITHOUT_UNIQUE_KEYS,
    "Somebody works in HubSpot meanwhile": PEOPLE,
    "The platform fails": PLATFORM,
    "The machine fails": MACHINE,
}
CORRELATION = re.compile(r" \(correlation id [0-9a-f-]+\)")


def line(fault: Fault, outcome: Outcome) -> str:
    """One line of the table."""
    first = outcome.first
    waits = f"{int(first.waited_seconds)} s" if first.waited_seconds >= 2 else "–"
    extra = f"+{outcome.extra_requests}" if outcome.extra_requests > 0 else str(outcome.extra_requests)
    cells = (CORRELATION.sub("", first.says), waits, str(first.exit_status), first.code, extra, _afterwards(outcome))
    return f"{_begins(fault)} {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _begins(fault: Fault) -> str:
    return f"| {fault.fault} | {fault.where} |"


def _afterwards(outcome: Outcome) -> str:
    if not outcome.is_accounted_for:
        return "NOT accounted for"
    words = "as undisturbed" if outcome.is_as_undisturbed else "what was done stays, every call is there once"
    if outcome.first.exit_status == 0:
        return words
    return f"{words}, after " + ("the next run" if outcome.runs == 1 else f"{outcome.runs} runs")


def kept(fault: Fault) -> str:
    """The line that stands in the page."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    begins = _begins(fault)
    return next((each for each in lines if each.startswith(begins)), f"{begins} not played yet: make fix |")


def page(line_of: Callable[[Fault], str]) -> str:
    """The whole page."""
    parts = [HEAD]
    for title, faults in GROUPS.items():
        parts.append(f"## {title}\n\n{TABLE}" + "".join(f"{line_of(fault)}\n" for fault in faults))
    return "\n".join(parts)


def main() -> None:
    if "--kept" in sys.argv:
        sys.stdout.write(page(kept))
        return
    with pytest.MonkeyPatch.context() as patch:
        remember_pure_work(patch)
        played = page(lambda fault: line(fault, play(fault)))
    sys.stdout.write(played)


if __name__ == "__main__":
    main()
