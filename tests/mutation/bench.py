"""A scratch copy of the checkout in which one module is mutated, by mutmut, and what its tests let pass."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from msgspec import Struct

CHECKOUT = Path(__file__).parents[2]
MODULES = tomllib.loads((Path(__file__).parent / "modules.toml").read_text(encoding="utf-8"))
PLACE = CHECKOUT / ".mutants"
_COPIED = ("connector", "tests", "mappings", "docs", "deploy", "requirements")
_STATUSES_OF_LIFE = ("survived", "no tests", "suspicious")
_CAUGHT_BY_TYPES = "caught by type check"
_NOTICED = 1
"""How pytest ends when a test fails."""
_TYPES = (
    *(
        sys.executable,
        "-m",
        "mypy",
        "--output=json",
        "--config-file=",
        "--strict",
        "--warn-unreachable",
        "--ignore-missing-imports",
    ),
    *("--explicit-package-bases", "--namespace-packages"),
    *(f"--enable-error-code={code}" for code in ("redundant-expr", "truthy-bool", "possibly-undefined")),
    *("--no-warn-unused-ignores", "--disable-error-code=no-redef"),
)
"""As `make check` has types checked, but for what mutmut's file of all mutants lacks without any: it holds comments of
its own, and as many copies of an `__init__` as it has mutants, each of which declares the same attributes."""


class Survivor(Struct, frozen=True, kw_only=True):
    """A mutant that no test noticed."""

    mutant: str
    change: str
    """The lines that differ, as in a diff."""


class Verdict(Struct, frozen=True, kw_only=True):
    """What came of one module."""

    module: str
    mutants: int
    by_types: int
    """Of them, those that `make check` refuses before any test: the types do not fit, or a line cannot be reached."""
    survivors: list[Survivor]


def judge(module: str, *, jobs: int) -> Verdict:
    """Mutate the module in a scratch copy, have its types checked, and run its tests against each mutant that is left.

    A module that was judged before is judged on: mutmut remembers verdicts of functions that have not changed. Only
    mutants that were noticed stay so; what survived is tried again, since a new test may notice it.
    Raises SystemExit when mutants were left unjudged, as they all are where the tests fail without any.
    """
    place = PLACE / module
    _copy(place, module)
    _forget_survivors(place)
    # Folders of its own: two pytests that clear away each other's old ones fail, and a failure counts as noticed.
    folders = place / "folders"
    folders.mkdir(exist_ok=True)
    ours = {"PYTEST_PLUGINS": "tests.mutation.quickest,tests.mutation.shared", "PYTEST_DEBUG_TEMPROOT": str(folders)}
    environment = {**ours, **MODULES[module].get("environment", {})}
    _run(place, "mutmut", "run", "--max-children", str(jobs), **environment)
    return _verdict(place, module)


def _verdict(place: Path, module: str) -> Verdict:
    listed = [line.strip().rpartition(": ") for line in _run(place, "mutmut", "results", "--all", "true").splitlines()]
    verdicts = {mutant: status for mutant, _, status in listed if mutant.startswith("connector.")}
    unchecked = [mutant for mutant, status in verdicts.items() if status == "not checked"]
    if unchecked or not verdicts:
        raise SystemExit(f"{module}: {len(unchecked)} of {len(verdicts)} mutants were not judged; run it again")
    alive = sorted(mutant for mutant, status in verdicts.items() if status in _STATUSES_OF_LIFE)
    survivors = [Survivor(mutant=mutant, change=change) for mutant, change in _changes(place, alive).items()]
    by_types = sum(status == _CAUGHT_BY_TYPES for status in verdicts.values())
    return Verdict(module=module, mutants=len(verdicts), by_types=by_types, survivors=survivors)


def _copy(place: Path, module: str) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for folder in _COPIED:
        shutil.rmtree(place / folder, ignore_errors=True)
        shutil.copytree(CHECKOUT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
    files = [path.name for path in CHECKOUT.iterdir() if path.suffix == ".md" or path.name == "Makefile"]
    for name in files:
        shutil.copy2(CHECKOUT / name, place / name)
    settings = {
        "source_paths": ["connector"],
        # As files, since mutmut's `*` would reach into folders.
        "only_mutate": _files(module),
        "also_copy": [*_COPIED, *files],
        "pytest_add_cli_args_test_selection": MODULES[module]["tests"],
        # One test after the other in each process; the checkout's own options ask for a report of each run.
        "pytest_add_cli_args": [
            "-p",
            "no:cacheprovider",
            "-o",
            "addopts=--strict-markers --import-mode=importlib",
            "--hypothesis-profile=mutation",
            *_left_out(module),
        ],
        "use_git_change_detection": False,
        "type_check_command": [*_TYPES, *_files(module)],
        # A mutant that loops is ended after four times what its tests take undisturbed, and some seconds.
        "timeout_multiplier": 4.0,
        "timeout_constant": 3.0,
    }
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    # Lists of texts and truth values are written alike in JSON and TOML.
    ours = "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    (place / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{ours}", encoding="utf-8")


def _files(module: str) -> list[str]:
    """What is mutated, as paths from the checkout."""
    return sorted(str(path.relative_to(CHECKOUT)) for each in MODULES[module]["mutate"] for path in CHECKOUT.glob(each))


def _left_out(module: str) -> list[str]:
    """What has pytest leave out the tests that take too long to be run for each mutant."""
    words = MODULES[module].get("without", [])
    return ["-k", f"not ({' or '.join(words)})"] if words else []


def _forget_survivors(place: Path) -> None:
    # Which tests reach a function is asked of new tests alone, and old ones may reach one since code changed.
    (place / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    for path in (place / "mutants").rglob("*.meta"):
        kept = json.loads(path.read_bytes())
        codes = kept["exit_code_by_key"]
        kept["exit_code_by_key"] = {mutant: code if code == _NOTICED else None for mutant, code in codes.items()}
        path.write_text(json.dumps(kept), encoding="utf-8")


def _changes(place: Path, mutants: list[str]) -> dict[str, str]:
    return json.loads(_run(place, "tests.mutation.shown", *mutants)) if mutants else {}


def _run(place: Path, program: str, *arguments: str, **environment: str) -> str:
    """What a program of Python prints in the scratch copy. How `mutmut run` ends says nothing: its results do."""
    with (place / "mutmut.log").open("a", encoding="utf-8") as log:
        command = (sys.executable, "-m", program, *arguments)
        env = {**os.environ, **environment}
        done = subprocess.run(command, cwd=place, env=env, stdout=subprocess.PIPE, stderr=log, text=True, check=False)
        log.write(done.stdout)
    if done.returncode and arguments[0] != "run":
        raise SystemExit(f"{program} failed; its words are in {place / 'mutmut.log'}")
    return done.stdout
