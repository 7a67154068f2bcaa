"""The guide for a new source names files and tests that are there, and every platform has gone through its steps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from connector.mapping.fields import PLATFORM_FIELDS
from connector.model import SourceName
from connector.sandbox.platforms import TWINS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^## \d+\. .*?(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
DOCUMENTED = re.findall(
    r"^\| \[.*?\| `(\w+)` \|", (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8"), re.MULTILINE
)
NAMED = re.compile(r"`((?:connector|tests|mappings|docs)/[\w./]+|[A-Z]+\.md)`")


def test_every_file_that_the_guide_names_is_there():
    assert [name for name in NAMED.findall(GUIDE) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.splitlines()[0])
def test_every_step_names_its_files_and_the_test_that_proves_them(step):
    files, _, proof = re.split(r"^(Tests?: )", step, maxsplit=1, flags=re.MULTILINE)
    assert re.search(r"^Files?: `", files, re.MULTILINE)
    assert NAMED.findall(files)
    assert any(name.startswith("tests/") for name in NAMED.findall(proof)) or "suite of step" in proof


def test_the_steps_are_counted():
    assert [int(step.split()[1].rstrip(".")) for step in STEPS] == list(range(1, len(STEPS) + 1))


@pytest.mark.parametrize("source", DOCUMENTED)
@pytest.mark.parametrize("name", sorted({name for name in NAMED.findall(GUIDE) if "vapi" in name}))
def test_every_platform_that_people_are_told_of_has_what_vapi_has(source, name):
    unit_tests_have_names_of_their_own = name.startswith("tests/unit/")
    assert (ROOT / name.replace("vapi", source)).is_file() or unit_tests_have_names_of_their_own


@pytest.mark.parametrize("source", DOCUMENTED)
def test_every_platform_that_people_are_told_of_is_known(source):
    assert source in get_args(SourceName)
    assert source in PLATFORM_FIELDS
    assert source in TWINS
