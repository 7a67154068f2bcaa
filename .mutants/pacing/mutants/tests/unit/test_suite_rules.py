"""The rules of `tests/conftest.py`, broken on purpose."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

SKIPPING = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no server here")
def test_skipped(): pass

@pytest.mark.xfail(strict=True)
def test_expected_to_fail(): assert False
"""


@pytest.mark.parametrize(
    ("ci", "outcomes"),
    [
        pytest.param("", {"passed": 1, "skipped": 1, "xfailed": 1}, id="a skip is told locally"),
        pytest.param("1", {"passed": 1, "errors": 1, "xfailed": 1}, id="a skip fails in CI"),
    ],
)
def test_skips(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci, outcomes):
    monkeypatch.setenv("CONNECTOR_CI", ci)
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makepyfile(SKIPPING)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(**outcomes)


def test_a_skipped_module_fails_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CONNECTOR_CI", "1")
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makepyfile("import pytest\npytest.importorskip('no_such_module_here')\n")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(errors=1)


def test_no_test_reaches_another_machine():
    with socket.socket() as outside, pytest.raises(AssertionError, match="only this machine"):
        outside.connect(("192.0.2.1", 80))


def test_no_test_sees_the_settings_of_the_developer():
    assert not [name for name in os.environ if name.startswith("CONNECTOR_")]
    assert not Path(".env").exists()
