"""The cookbook shows what its recipes hold, and every recipe's tests would notice if its line were gone."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from connector.proof.mappings import prove
from connector.reports import CheckReport
from connector.sources.reception_ai import read_payload

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "cookbook.md").read_text(encoding="utf-8")
RECIPES = sorted(path for path in (DOCS / "cookbook").glob("*.yaml") if not path.name.endswith(".test.yaml"))
MARK = "# ←"
"""Stands on the line without which a recipe is none."""

each_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)


def proven(mapping: Path) -> CheckReport:
    return prove(
        [mapping],
        source="reception_ai",
        region=None,
        timezone=None,
        reader=lambda source: partial(read_payload, account=None),
        portal=None,
    )


def section_of(recipe: Path) -> str:
    """The recipe's part of the page."""
    found = re.search(rf"^### {int(recipe.name[:2])}\. .*?(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"the page does not tell of {recipe.name}"
    return found[0]


def test_the_page_tells_of_the_recipes_that_there_are_and_in_their_order():
    assert re.findall(r"\(cookbook/(\S+?)(?<!\.test)\.yaml\)", PAGE) == [recipe.stem for recipe in RECIPES]
    assert [recipe.name[:2] for recipe in RECIPES] == [f"{number:02}" for number in range(1, len(RECIPES) + 1)]


@each_recipe
def test_what_the_page_shows_stands_in_the_recipe(recipe: Path):
    section = section_of(recipe)
    shown = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert len(shown) == 1
    assert shown[0] in recipe.read_text(encoding="utf-8")
    assert MARK in shown[0]
    assert re.search(r"^> \S", section, re.MULTILINE), "the wish, in the words of those who have it"
    assert f"[its tests](cookbook/{recipe.stem}.test.yaml)" in section


@each_recipe
def test_a_recipe_does_what_its_tests_say(recipe: Path):
    report = proven(recipe)
    assert report.findings == ()
    assert report.tests_passed >= 1


@each_recipe
def test_without_its_line_a_recipe_is_a_sound_mapping_that_fails_its_tests(recipe: Path, tmp_path: Path):
    lines = recipe.read_text(encoding="utf-8").splitlines(keepends=True)
    assert sum(MARK in line for line in lines) == 1
    bare = tmp_path / recipe.name
    bare.write_text("".join(line for line in lines if MARK not in line), encoding="utf-8")
    bare.with_suffix(".test.yaml").write_bytes(recipe.with_suffix(".test.yaml").read_bytes())
    assert {finding.code for finding in proven(bare).findings} == {"E452"}
