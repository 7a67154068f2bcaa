"""The registry of codes is whole: every code that the product names is in it, and none is there for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import connector
from connector.codes import CODES
from connector.codes.configuration import CONFIGURATION
from connector.codes.hubspot import HUBSPOT
from connector.codes.ledger import LEDGER
from connector.codes.mapping import MAPPING
from connector.codes.reference import reference_markdown
from connector.codes.source import SOURCE

PACKAGE = Path(connector.__file__).parent
FAMILIES = {"1": CONFIGURATION, "2": HUBSPOT, "3": SOURCE, "4": MAPPING, "5": LEDGER}


def named_in_the_product() -> set[str]:
    texts = [path.read_text() for path in PACKAGE.rglob("*.py") if path.parent.name != "codes"]
    return {code for text in texts for code in re.findall(r'"([EW][1-5]\d\d)"', text)}


def test_every_code_that_the_product_names_is_explained() -> None:
    assert named_in_the_product() - set(CODES) == set()


def test_every_code_that_is_explained_is_used() -> None:
    assert set(CODES) - named_in_the_product() == set()


def test_every_code_stands_in_its_family_and_nowhere_else() -> None:
    for digit, family in FAMILIES.items():
        assert {code[1] for code in family} == {digit}
    assert sum(len(family) for family in FAMILIES.values()) == len(CODES)


def test_every_explanation_is_made_of_sentences() -> None:
    for code, entry in CODES.items():
        for text in entry:
            assert text[0].isupper() or text[0] in "`-", f"{code}: {text}"
            assert text.endswith((".", "`")), f"{code}: {text}"


def test_the_page_of_codes_is_the_one_that_is_generated() -> None:
    said = (PACKAGE.parent / "docs" / "codes.md").read_text(encoding="utf-8")
    assert said == reference_markdown(), "python -m connector.codes.reference > docs/codes.md, or make fix"


def test_the_page_of_codes_explains_every_one_under_an_anchor_of_its_own() -> None:
    page = reference_markdown()
    for code, entry in CODES.items():
        assert page.count(f"\n### {code}\n\n**{entry.meaning}**\n\n- Cause: {entry.cause}\n- Fix: {entry.fix}\n") == 1
