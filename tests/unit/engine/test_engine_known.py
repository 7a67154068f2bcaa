"""Whether a call is as it was: what fingerprints of one mapping and of two say of each other."""

from __future__ import annotations

import pytest

from connector.engine.known import is_changed


@pytest.mark.parametrize(
    ("stored", "fingerprint", "expected"),
    [
        pytest.param("v1-aa", "v1-aa", False, id="the same"),
        pytest.param("v1-aa", "v1-bb", True, id="other values"),
        pytest.param("v1-aa", "v2-bb", False, id="another mapping, which says nothing of the values"),
        pytest.param("v1-aa", "v2-aa", False, id="another mapping, the same values"),
        pytest.param("", "v1-aa", False, id="none stored"),
        pytest.param(None, "v1-aa", False, id="no such property"),
        pytest.param("v1-aa-cc", "v1-aa-dd", True, id="only the first dash divides"),
    ],
)
def test_whether_the_sources_values_changed(stored, fingerprint, expected):
    assert is_changed(stored, fingerprint) is expected
