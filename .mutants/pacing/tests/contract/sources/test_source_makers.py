"""No platform leaves a case out without saying why."""

from __future__ import annotations

from typing import get_args

import pytest

from connector.model import SourceName
from connector.sandbox.platforms import TWINS
from tests.contract.platforms import MAKERS
from tests.contract.platforms.stage import CASES


@pytest.mark.parametrize("maker", MAKERS, ids=[maker.title for maker in MAKERS])
def test_a_platform_says_why_a_case_cannot_happen_on_it(maker):
    assert maker.absent.keys() <= CASES.keys()
    assert all(len(why.split()) >= 4 for why in maker.absent.values())


@pytest.mark.parametrize("source", get_args(SourceName))
def test_every_source_stands_on_a_stub_and_on_its_twin(source):
    titles = [maker.title for maker in MAKERS if maker.title.startswith(f"{source} ")]
    assert titles == [f"{source} over a stub", f"{source} over the sandbox"]
    assert source in TWINS


@pytest.mark.parametrize("case", CASES)
def test_every_case_happens_somewhere(case):
    assert [maker.title for maker in MAKERS if case not in maker.absent]
