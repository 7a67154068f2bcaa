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
    survivors: list[Living]

    @property
    def killed_share(self) -> float:
        return 1 - len(self.survivors) / self.mutants


def load(module: str) -> Result | None:
    path = FOLDER / f"{module}.json"
    return msgspec.json.decode(path.read_bytes(), type=Result) if path.exists() else None


def load_all() -> list[Result]:
    return [result for path in sorted(FOLDER.glob("*.json")) if (result := load(path.stem)) is not None]


def keep(verdict: Verdict, *, today: dt.date) -> Result:
    """Store a verdict; a reason stays with the change that it was given for."""
    before = load(verdict.module)
    reasons = {living.change: living.reason for living in before.survivors} if before else {}
    survivors = [
        Living(mutant=each.mutant, change=each.change, reason=reasons.get(each.change, UNEXPLAINED))
        for each in verdict.survivors
    ]
    result = Result(module=verdict.module, judged_on=today, mutants=verdict.mutants, survivors=survivors)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{verdict.module}.json").write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")
    return result
