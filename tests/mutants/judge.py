"""Whether a test noticed that a guard is gone, or only that what stands in its place is no Python that runs."""

from __future__ import annotations

import re

FAILED_TESTS = 1
"""How pytest ends when tests ran and some failed; a copy that is broken altogether ends otherwise."""

_OF_BROKEN_CODE = re.compile(
    r"^(?:E\s+|(?:FAILED|ERROR) .* - )?(?:builtins\.)?"
    r"(AttributeError|NameError|UnboundLocalError|TypeError|ImportError|ModuleNotFoundError|SyntaxError|IndentationError)"
    r"\b",
    re.MULTILINE,
)


def why_not_noticed(exit_code: int, output: str) -> str:
    """Blank when a test failed for what it tests, else what is to be said of the guard.

    `output` is pytest's, with tracebacks. A replacement that names what does not exist fails any test that comes by,
    and so proves nothing.
    """
    if exit_code != FAILED_TESTS:
        return "no test failed" if exit_code == 0 else f"pytest ended with {exit_code}"
    broken = _OF_BROKEN_CODE.search(output)
    return f"what stands in place of the guard does not run: {broken[1]}" if broken else ""
