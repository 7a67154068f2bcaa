from __future__ import annotations

import json

import pytest

from connector import __version__
from connector.codes import CODES


@pytest.mark.parametrize("code", ["E102", "e102"])
def test_explain(connector, code):
    known = CODES["E102"]
    ran = connector("explain", code)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"E102  {known.meaning}\ncause  {known.cause}\nfix    {known.fix}\n"
    assert connector("explain", code, "--json").json == {"code": "E102", **known._asdict()}


def test_every_code_can_be_explained(connector):
    assert all(connector("explain", code).code == 0 for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_one_letter_three_digits_and_three_plain_sentences(code):
    assert code[0] in "EW"
    assert len(code) == 4
    assert code[1:].isdigit()
    assert all(sentence.strip() and sentence.endswith(".") for sentence in CODES[code])


@pytest.mark.parametrize(("code", "near"), [("E1O2", "E102"), ("102", "E102"), ("E5", "E5")])
def test_explain_a_code_that_is_none(connector, code, near):
    ran = connector("explain", code, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "E108")
    assert near in ran.json["error"]["fix"]


def test_explain_what_is_like_no_code(connector):
    assert connector("explain", "banana", "--json").json["error"]["fix"] == CODES["E108"].fix


def test_schema_is_a_json_schema(connector):
    indented, one_line = connector("schema"), connector("schema", "--json")
    assert json.loads(indented.out) == one_line.json
    assert one_line.json["$schema"].startswith("https://json-schema.org/")


def test_version(connector):
    assert connector("version").out.startswith(f"connector {__version__} (Python 3.")
    assert connector("version", "--json").json["version"] == __version__


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        pytest.param("E999", "Codes are E1xx configuration and command line", id="a family that there is not"),
        pytest.param("E419", "Did you mean E418 or E417 or E421?", id="neighbours of the same family"),
        pytest.param("e1o9o", "Did you mean", id="one character too many"),
        pytest.param("W412", "Did you mean E412 or ", id="the other letter"),
    ],
)
def test_explain_names_what_is_near(connector, code, fix):
    assert connector("explain", code, "--json").json["error"]["fix"].startswith(fix)
