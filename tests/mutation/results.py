"""What the last judgement of each module said, and why a survivor may live: `tests/mutation/results/*.json`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.mutation.bench import Verdict

FOLDER = Path(__file__).parent / "results"
UNEXPLAINED = ""


class Living(Struct, frozen=True, kw_only=True):
    """A survivor and the reason for which no test needs to notice it."""

    mutant: str
    change: str
    reason: str = UNEXPLAINED


class Result(Struct, frozen=True, kw_only=True):
    """One module as it was judged last."""

    module: str
    judged_on: dt.date
    mutants: int
    by_types: int
    survivors: list[Living]

    @property
    def by_tests(self) -> int:
        return self.mutants - self.by_types - len(self.survivors)

    @property
    def noticed_share(self) -> float:
        """Of all mutants."""
        return 1 - len(self.survivors) / self.mutants

    @property
    def tests_share(self) -> float:
        """What the tests notice of the mutants that the types let pass."""
        return self.by_tests / (self.mutants - self.by_types)


def place(mutant: str) -> str:
    """The function that was changed, `package.module.Class.function`, without mutmut's way of writing names."""
    module, _, name = mutant.rpartition(".")
    function = name.rpartition("__mutmut_")[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"{module}.{function}"


def load(module: str) -> Result | None:
    path = FOLDER / f"{module}.json"
    return msgspec.json.decode(path.read_bytes(), type=Result) if path.exists() else None


def load_all() -> list[Result]:
    return [result for path in sorted(FOLDER.glob("*.json")) if (result := load(path.stem)) is not None]


def keep(verdict: Verdict, *, today: dt.date) -> Result:
    """Store a verdict; a reason stays with the change, in its function, that it was given for."""
    before = load(verdict.module)
    reasons = {(place(living.mutant), living.change): living.reason for living in before.survivors} if before else {}
    survivors = [
        Living(
            mutant=each.mutant, change=each.change, reason=reasons.get((place(each.mutant), each.change), UNEXPLAINED)
        )
        for each in verdict.survivors
    ]
    result = Result(
        module=verdict.module,
        judged_on=today,
        mutants=verdict.mutants,
        by_types=verdict.by_types,
        survivors=survivors,
    )
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{verdict.module}.json").write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")
    return result
