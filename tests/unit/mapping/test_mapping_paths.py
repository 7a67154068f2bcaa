"""Dotted paths as a person writes them."""

from __future__ import annotations

import pytest

from connector.mapping.paths import Path, parse_path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("callType", Path("callType")),
        ("leadData.email", Path("leadData", ("email",))),
        ('leadData."post code"', Path("leadData", ("post code",))),
        ('leadData."a.b".c', Path("leadData", ("a.b", "c"))),
        ("items.0.name", Path("items", ("0", "name"))),
        ("some-key.größe", Path("some-key", ("größe",))),
        ('"odd root".x', Path("odd root", ("x",))),
    ],
)
def test_paths(text, path):
    assert parse_path(text) == path
    assert parse_path(str(path)) == path


@pytest.mark.parametrize(
    "text", ["", ".", "a.", ".a", "a..b", "a b", 'a."b', 'a.""', "a[0]", "a.b()", "a|b", "{{ a }}", " a", "a ", "a,b"]
)
def test_what_is_no_path(text):
    with pytest.raises(ValueError, match=r"^a path is names with dots between them; odd names stand in double quotes$"):
        parse_path(text)
