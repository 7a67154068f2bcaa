from __future__ import annotations

import pytest

from connector.hubspot.words import LENGTH_MAX, sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(None, "", id="nothing"),
        pytest.param("The portal is read-only.", "The portal is read-only.", id="a sentence"),
        pytest.param(
            'Property "hs_call_title" is locked', 'Property "hs_call_title" is locked', id="a property's name"
        ),
        pytest.param("Rule 'no_calls' says no", "Rule 'no_calls' says no", id="a rule's name"),
        pytest.param('"Jane Doe" may not be written', "“…” may not be written", id="a name"),
        pytest.param('"Jane" may not be written', "“…” may not be written", id="a first name"),
        pytest.param("HubSpot can't do that, it isn't so", "HubSpot can't do that, it isn't so", id="apostrophes"),
        pytest.param("jane.doe@example.com is odd", "j•••@example.com is odd", id="an address"),
        pytest.param("+447700900123 is odd", "+44•••123 is odd", id="a number"),
        pytest.param("token=pat-eu1-secret is odd", "token=[redacted] is odd", id="a key"),
        pytest.param(
            "Cannot set X{portalId=1, value=Jane Doe} on 1", "Cannot set X{portalId=1, value=…} on 1", id="a value"
        ),
        pytest.param("one\n\ttwo\x1b[31m\u202ethree", "one two [31m three", id="what is not printable"),
    ],
)
def test_what_is_shown_of_hubspots_words(text, shown):
    assert sentence(text) == shown


def test_a_long_text_is_cut():
    assert len(sentence("word " * 1000)) <= LENGTH_MAX
    assert sentence("word " * 1000).endswith("…")


def test_a_number_is_not_cut_in_two_and_so_shown():
    assert "7700900123" not in sentence("x" * (LENGTH_MAX - 6) + " +447700900123")
