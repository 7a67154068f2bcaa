"""The rules of `tests/conftest.py`, broken on purpose."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
ROOT = str(CONFTEST.parents[1])

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
        pytest.param("", {"passed": 1, "skipped": 2, "xfailed": 1}, id="a skip is told locally"),
        pytest.param("1", {"passed": 1, "errors": 2, "xfailed": 1}, id="a skip fails in CI"),
    ],
)
def test_skips(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci, outcomes):
    monkeypatch.setenv("PYTHONPATH", ROOT)
    monkeypatch.setenv("CONNECTOR_CI", ci)
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makepyfile(SKIPPING, test_of_what_is_absent="import pytest\npytest.importorskip('no_such_module_here')\n")
    pytester.runpytest_subprocess("-p", "no:cacheprovider", "--continue-on-collection-errors").assert_outcomes(
        **outcomes
    )


def test_no_test_reaches_another_machine():
    with socket.socket() as outside, pytest.raises(AssertionError, match="only this machine"):
        outside.connect(("192.0.2.1", 80))


def test_no_test_sees_the_settings_of_the_developer():
    assert not [name for name in os.environ if name.startswith("CONNECTOR_")]
    assert not Path(".env").exists()
