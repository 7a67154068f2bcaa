"""What HubSpot is certain to refuse is known before it is asked."""

from __future__ import annotations

import pytest

from connector.mapping.misfit import TEXT_LENGTH_MAX, WHY, misfit
from connector.model import Option, Property


def a_property(kind: str = "string", *, is_locked: bool = False, options: tuple[str, ...] = ()) -> Property:
    listed = tuple(Option(value, value.upper()) for value in options)
    return Property(name="p", label="P", type=kind, read_only=is_locked, options=listed)


@pytest.mark.parametrize(
    ("definition", "value", "expected"),
    [
        pytest.param(None, "x", "W231", id="deleted"),
        pytest.param(a_property(is_locked=True), "x", "W232", id="read-only"),
        pytest.param(a_property("enumeration", options=("a", "b")), "c", "W233", id="an option that is gone"),
        pytest.param(a_property("enumeration", options=("a", "b")), "a;b", None, id="several options"),
        pytest.param(a_property("enumeration"), "c", None, id="options that HubSpot does not list"),
        pytest.param(a_property(), "x" * TEXT_LENGTH_MAX, None, id="as long as it may be"),
        pytest.param(a_property(), "x" * (TEXT_LENGTH_MAX + 1), "W234", id="too long"),
        pytest.param(a_property(), "👋" * (TEXT_LENGTH_MAX // 2 + 1), "W234", id="too long in UTF-16"),
        pytest.param(a_property("number"), "12.50", None, id="a number"),
        pytest.param(a_property("number"), "a dozen", "W235", id="no number"),
        pytest.param(a_property("bool"), "true", None, id="yes"),
        pytest.param(a_property("bool"), "maybe", "W235", id="neither yes nor no"),
        pytest.param(a_property("date"), "2026-04-22", None, id="a date"),
        pytest.param(a_property("datetime"), "2026-04-22T10:00:00.000Z", None, id="a time"),
        pytest.param(a_property("datetime"), "1776852000000", None, id="a time in milliseconds"),
        pytest.param(a_property("datetime"), "soon", "W235", id="no time"),
        pytest.param(a_property("number"), "", None, id="a value that is cleared"),
    ],
)
def test_misfit(definition: Property | None, value: str, expected: str | None) -> None:
    assert misfit(definition, value) == expected
    assert expected is None or WHY[expected]
