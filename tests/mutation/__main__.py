"""`python -m tests.mutation [MODULE …]`: mutate modules, see what their tests notice, and keep what came of it."""

from __future__ import annotations

import datetime as dt
import os
import sys

from tests.mutation.bench import MODULES, judge
from tests.mutation.results import UNEXPLAINED, keep


def main(asked: list[str]) -> None:
    unknown = [module for module in asked if module not in MODULES]
    if unknown:
        raise SystemExit(f"no module {unknown[0]!r}; there are: {', '.join(MODULES)}")
    for module in asked or MODULES:
        verdict = judge(module, jobs=int(os.environ.get("JOBS") or os.cpu_count() or 1))
        result = keep(verdict, today=dt.datetime.now(dt.UTC).date())
        unexplained = sum(living.reason == UNEXPLAINED for living in result.survivors)
        sys.stdout.write(
            f"{module}: {result.mutants} mutants, {result.noticed_share:.1%} noticed"
            f" ({result.tests_share:.1%} of those that the types let pass),"
            f" {len(result.survivors)} survived, {unexplained} of them without a reason yet\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
