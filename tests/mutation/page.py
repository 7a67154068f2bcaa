"""`python -m tests.mutation.page > docs/mutation.md`: what was judged last, and every survivor with its reason."""

from __future__ import annotations

import sys
from itertools import groupby

from tests.mutation.bench import MODULES
from tests.mutation.results import UNEXPLAINED, Living, Result, load_all, place

HEAD = """\
# What the tests notice

`make mutants` changes the code that decides, one small change at a time ([mutmut](https://mutmut.readthedocs.io/)).
Where the types no longer fit, or a line can no longer be reached, `make check` refuses the change; against each of the
others the tests of that module are run. A change that neither notices survives: it is listed here with the reason for
which it may, or as one that a test is still owed for. `tests/mutation/modules.toml` says which files make a module and
which tests judge it. This page is made from what the last judgement of each module said (`make fix`).

| module | judged on | changes | refused by types | left to tests | noticed by them | survived | owed | noticed in all |
|---|---|---|---|---|---|---|---|---|
"""
NEVER = "| {} | not yet | – | – | – | – | – | – | – |\n"


def page(results: list[Result]) -> str:
    """The whole page; modules that were never judged are named as such."""
    by_module = {result.module: result for result in results}
    rows = [_row(by_module[name]) if name in by_module else NEVER.format(name) for name in MODULES]
    return HEAD + "".join(rows) + "".join(_survivors(by_module[name]) for name in MODULES if name in by_module)


def _row(result: Result) -> str:
    owed = sum(living.reason == UNEXPLAINED for living in result.survivors)
    cells = (
        *(result.module, result.judged_on, result.mutants, result.by_types, result.mutants - result.by_types),
        *(f"{result.tests_share:.1%}", len(result.survivors), owed, f"{result.noticed_share:.1%}"),
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def _survivors(result: Result) -> str:
    """The survivors of a module, those with the same reason together; the ones that a test is owed for come first."""

    def reason(living: Living) -> str:
        return living.reason

    parts = [f"\n## {result.module}\n"] if result.survivors else []
    for why, living in groupby(sorted(result.survivors, key=reason), key=reason):
        parts.append(f"\n{why or 'A test is owed:'}\n\n")
        parts += [f"```diff\n# {place(each.mutant)}\n{each.change}\n```\n" for each in living]
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page(load_all()))
