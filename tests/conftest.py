"""What holds for every test: no network but this machine, no settings of the developer's own, no silent skips in CI."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

import hypothesis
import pytest

from tests.stubs.once import forget_earlier_tests, remember_pure_work

pytest_plugins = ["pytester", "tests.stubs.postgresql", "tests.stubs.programme"]

# `make test` gives the same result every time; `make torture` looks for new examples.
hypothesis.settings.register_profile("test", deadline=None, derandomize=True, max_examples=60)
PROPERTY_EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "5000"))
hypothesis.settings.register_profile("torture", deadline=None, print_blob=True, max_examples=PROPERTY_EXAMPLES)
# Each mutant meets the same few examples, one after the other in a process that has run the tests before.
hypothesis.settings.register_profile(
    "mutation",
    deadline=None,
    derandomize=True,
    max_examples=25,
    suppress_health_check=[hypothesis.HealthCheck.differing_executors],
)
hypothesis.settings.load_profile("test")

SKIPS_ARE_ERRORS = os.environ.get("CONNECTOR_CI") == "1"
LOOPBACK = ("127.0.0.1", "::1", "localhost")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _without_skip((yield), item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _without_skip((yield), collector.nodeid)


def _without_skip(report: Report, nodeid: str) -> Report:
    """In CI everything that a test may need is there, so a skipped test is a test that did not run."""
    if SKIPS_ARE_ERRORS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {nodeid}: {report.longrepr}"
    return report


@pytest.fixture(autouse=True, scope="session")
def _a_clean_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the environment nor a `.env` or ledger in the checkout may decide what a test sees."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("CONNECTOR_"):
                patch.delenv(name)
        patch.chdir(tmp_path_factory.mktemp("clean-room"))
        patch.setattr(socket.socket, "connect", _connect_to_this_machine_only)
        forget_earlier_tests()
        remember_pure_work(patch)
        yield


_connect = socket.socket.connect


def _connect_to_this_machine_only(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
        message = f"a test wanted to reach {address[0]}: only this machine is allowed"
        raise AssertionError(message)
    _connect(self, address)
