"""Dotted paths as a person writes them."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from connector.mapping.paths import Path, parse_path, read_payload


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


@pytest.mark.parametrize(
    ("record", "text", "value"),
    [
        pytest.param({"a": {"b": 1}}, "a.b", 1, id="a field of a field"),
        pytest.param(MappingProxyType({"a": MappingProxyType({"b": 1})}), "a.b", 1, id="of any mapping"),
        pytest.param({"a": "x"}, "a.b", None, id="a text has no fields"),
        pytest.param({"a": ["x", "y"]}, "a.1", "y", id="the last of a list"),
        pytest.param({"a": ("x", "y")}, "a.1", "y", id="of any sequence"),
        pytest.param({"a": ["x", "y"]}, "a.2", None, id="one past its end"),
        pytest.param({"a": ["x", "y"]}, "a.b", None, id="no place in it"),
    ],
)
def test_what_stands_at_a_path(record, text, value):
    path = parse_path(text)
    assert read_payload(record, (path.root, *path.keys)) == value
