"""Other people's text is shown, not obeyed: on a terminal, in a log line, and as JSON that says the same."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.visible import visible, visible_json

ANYTHING = st.text(st.characters(codec=None), max_size=40)
TURNS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Every character of Unicode with the property Bidi_Control (PropList.txt)."""


def is_obeyed(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in TURNS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ünïcode 😀 👩\u200d👧", "plain ünïcode 😀 👩\u200d👧"),
        ("a\nb\rc\td", "a\\nb\\rc\\td"),
        ("\x1b[2J\x9b2J\x07", "\\x1b[2J\\x9b2J\\x07"),
        ("exe\u202egpj", "exe\\u202egpj"),
        ("half \ud83d", "half \\ud83d"),
        ("tag \U000e0041", "tag \\U000e0041"),
    ],
)
def test_what_is_shown(text, shown):
    assert visible(text) == shown


@given(ANYTHING)
def test_nothing_that_a_terminal_obeys_is_left(text):
    assert not [each for each in visible(text) if is_obeyed(each)]


@given(
    st.recursive(ANYTHING | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(ANYTHING, inner))
)
def test_json_says_the_same_and_nothing_in_it_is_obeyed(value):
    for indent in (None, 2):
        shown = visible_json(json.dumps(value, ensure_ascii=False, indent=indent))
        assert json.loads(shown) == value
        assert not [each for each in shown if is_obeyed(each) and each != "\n"]
