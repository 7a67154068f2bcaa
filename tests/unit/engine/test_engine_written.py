"""The hashes that tell our values from people's: written the same way each time, and spoilt ones say nothing."""

from __future__ import annotations

import json

import pytest

from connector.engine.engagement import corrected_written, hashes_text, read_written, written_text
from connector.mapping.policy import value_hash
from connector.model import WRITTEN


def test_the_same_hashes_are_the_same_text():
    assert hashes_text({"b": "2", "a": "1"}) == '{"a":"1","b":"2"}' == hashes_text({"a": "1", "b": "2"})
    assert read_written('{"a":"1","b":"2"}') == {"a": "1", "b": "2"}


def test_what_was_written_before_stays_unless_it_is_written_anew():
    expected = {"a": "1", "b": value_hash("two"), "c": value_hash("three")}
    assert json.loads(written_text({"a": "1", "b": "2"}, {"b": "two", "c": "three"})) == expected


@pytest.mark.parametrize("stored", [None, "", "{}", "[]", "[1]", "7", "null", '"a"', "{", "{'a': 1}"])
def test_what_cannot_be_read_says_that_nothing_is_ours(stored):
    assert read_written(stored) == {}


@pytest.mark.parametrize(
    ("returned", "corrected"),
    [
        pytest.param({}, None, id="as it was sent"),
        pytest.param({"a": "ONE"}, {"a": value_hash("ONE"), "b": value_hash("two")}, id="in another form"),
        pytest.param({"a": "one"}, None, id="the same after all"),
        pytest.param({"a": None}, None, id="not there"),
        pytest.param({"other": "x"}, None, id="not sent"),
        pytest.param({"unhashed": "x"}, None, id="not one of the mapping's"),
        pytest.param({"a": None, "b": "TWO"}, {"a": value_hash("one"), "b": value_hash("TWO")}, id="one of two"),
    ],
)
def test_what_hubspot_keeps_in_its_own_way_is_still_ours(returned, corrected):
    sent = {"a": "one", "b": "two", "unhashed": "y", WRITTEN: written_text({}, {"a": "one", "b": "two"})}
    told = corrected_written(sent, returned)
    assert (None if told is None else json.loads(told)) == corrected


def test_without_hashes_there_is_nothing_to_correct():
    assert corrected_written({"a": "one"}, {"a": "ONE"}) is None
