"""Each guard is taken away once, in a copy of the product, and a test must notice. Part of `make torture`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.mutants.guard import Guard
from tests.mutants.guards import GUARDS
from tests.mutants.judge import why_not_noticed

CHECKOUT = Path(__file__).parents[2]
COPIED = ("connector", "tests", "mappings", "docs", "pyproject.toml", "README.md")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        whole = CHECKOUT / name
        if whole.is_dir():
            shutil.copytree(whole, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(whole, folder / name)
    return folder


@pytest.mark.parametrize("guard", GUARDS, ids=[guard.name for guard in GUARDS])
def test_without_the_guard_a_test_fails(copy: Path, guard: Guard) -> None:
    with without(copy, guard):
        ended = run(copy, guard.tests)
    assert not (why := why_not_noticed(ended.returncode, ended.stdout)), f"{why}\n{ended.stdout[-2000:]}"


def test_with_every_guard_they_pass(copy: Path) -> None:
    ended = run(copy, " ".join(dict.fromkeys(" ".join(guard.tests for guard in GUARDS).split())))
    assert ended.returncode == 0, ended.stdout[-2000:]


@contextmanager
def without(copy: Path, guard: Guard) -> Iterator[None]:
    file = copy / guard.file
    text = file.read_text()
    file.write_text(text.replace(guard.old, guard.new))
    try:
        yield
    finally:
        file.write_text(text)


def run(copy: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """The first failure is enough."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-q", "-x", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests.split()],
        cwd=copy, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
