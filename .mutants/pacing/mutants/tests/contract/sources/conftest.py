"""Every test here runs on every platform on which what it is about can happen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.platforms import MAKERS
from tests.contract.platforms.stage import Maker, Platform


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "case(name): for platforms on which this can happen (stage.CASES)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "platform" not in metafunc.fixturenames:
        return
    cases = {mark.args[0] for mark in metafunc.definition.iter_markers("case")}
    makers = [maker for maker in MAKERS if not cases & maker.absent.keys()]
    metafunc.parametrize("platform", makers, ids=[maker.title for maker in makers], indirect=True)


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    maker: Maker = request.param
    made = maker.make()
    yield made
    for source in made.sources:
        source.close()
