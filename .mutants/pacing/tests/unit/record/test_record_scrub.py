"""What a cassette keeps of an answer, tried on answers full of things that it must not keep."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record.scrub import NOTHING_OF_IT, TAG, Sent, UnknownRequestError, scrub

PLACES = {
    "http://127.0.0.1:4000/source": "https://voice.example.com",
    "http://127.0.0.1:4000": "https://api.example.com",
}


def scrubbed(answer, *, uri="http://127.0.0.1:4000/source/calls", body=b"", headers=None, content=None, ours=()):
    raw = content if content is not None else json.dumps(answer).encode()
    head = {"content-type": ["application/json"], **(headers or {})}
    request_headers = {
        "authorization": "Bearer pat-canary",
        "x-api-key": "krai_canary",
        "content-type": "application/json",
    }
    sent = Sent("GET", uri, request_headers, body, 200, "OK", head, raw)
    (kept,) = scrub([sent], places=PLACES, ours=ours, tag="rcanary0")
    return kept


def answer_of(kept):
    return json.loads(kept.response_body)


def test_a_call_keeps_its_shape_and_loses_its_people():
    call = {
        "id": "call_canary",
        "callerNumber": "+12025550123",
        "callerName": "Canary Smith",
        "callType": "new_enquiry",
        "duration": 61,
        "summary": "Canary wants a quote.",
        "transcript": None,
        "leadData": {"email": "canary@corp.test", "Canary's field": ["Canary", 7_000_000], "name": "Canary Smith"},
        "createdAt": "2026-04-22T12:00:00.000Z",
    }
    (kept,) = answer_of(scrubbed([call]))
    assert kept == {
        "id": "id-0002",
        "callerNumber": "+447700900801",
        "callerName": "Name1",
        "callType": "new_enquiry",
        "duration": 61,
        "summary": "Text 1.",
        "transcript": None,
        "leadData": {"email": "person1@example.com", "field_1": ["id-0001", 100001], "name": "Name1"},
        "createdAt": "2026-04-22T12:00:00.000Z",
    }


def test_equal_originals_get_equal_replacements_in_sentences_and_addresses_too():
    told = scrubbed(
        {"id": "37765128953", "message": "Contact already exists. Existing ID: 37765128953"},
        uri="http://127.0.0.1:4000/crm/v3/objects/contacts/37765128953",
    )
    assert told.uri == "https://api.example.com/crm/v3/objects/contacts/100001"
    assert answer_of(told) == {"id": "100001", "message": "Contact already exists. Existing ID: 100001"}


def test_ids_keep_their_order_as_numbers():
    kept = answer_of(scrubbed({"results": [{"id": "1000"}, {"id": "99"}, {"id": "101"}]}))
    assert [each["id"] for each in kept["results"]] == ["100003", "100001", "100002"]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Email address jane@corp.test is invalid", "Email address person1@example.com is invalid"),
        ("Jane Doe was not one of the allowed options: [A]", "word2 word1 was not one of the allowed options: [A]"),
        ("call +12025550123", "call +447700900801"),
        ("value=tel:+12025550123}", "value=word1:+447700900801}"),
    ],
)
def test_a_sentence_keeps_the_vendors_words(message, kept):
    assert answer_of(scrubbed({"message": message})) == {"message": kept}


def test_headers_are_kept_by_name():
    kept = scrubbed({}, headers={"set-cookie": ["canary=1"], "x-canary": ["1"], "retry-after": ["2"]})
    assert dict(kept.response_headers) == {"content-type": ["application/json"], "retry-after": ["2"]}
    assert dict(kept.request_headers) == {"content-type": "application/json"}


def test_what_a_scene_sends_stays_but_for_its_tag():
    body = json.dumps({"inputs": [{"id": "key-rcanary0-ada"}, {"id": "elsewhere-rcanary0"}]}).encode()
    kept = scrubbed({}, body=body, ours=[f"key-{TAG}-ada"])
    assert json.loads(kept.request_body) == {"inputs": [{"id": f"key-{TAG}-ada"}, {"id": "id-0001"}]}


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        pytest.param(b"<html>canary</html>", {"content-type": ["text/html"]}, id="a page"),
        pytest.param(b"canary", {}, id="not JSON"),
        pytest.param(b'{"canary": ', {}, id="cut short"),
    ],
)
def test_what_is_not_json_is_left_out(content, headers):
    assert scrubbed(None, content=content, headers=headers).response_body == NOTHING_OF_IT.encode()


def test_a_compressed_answer_is_scrubbed_as_well():
    content = gzip.compress(json.dumps({"summary": "Canary wants a quote."}).encode())
    kept = scrubbed(None, content=content, headers={"content-encoding": ["gzip"]})
    assert answer_of(kept) == {"summary": "Text 1."}
    assert "content-encoding" not in kept.response_headers


def test_a_history_is_cut():
    assert len(answer_of(scrubbed([{"id": f"c{number}"} for number in range(500)]))) == 12


def test_of_a_portals_properties_only_the_known_ones_are_kept():
    kept = answer_of(scrubbed({"results": [{"name": name, "fieldType": "text"} for name in ("email", "canary_score")]}))
    assert kept == {"results": [{"name": "email", "fieldType": "text"}]}


@pytest.mark.parametrize("uri", ["https://elsewhere.example.com/calls", "http://127.0.0.1:4000/source/calls?canary=1"])
def test_a_request_that_nobody_knows_is_not_written_at_all(uri):
    with pytest.raises(UnknownRequestError) as failure:
        scrubbed({}, uri=uri)
    assert "canary" not in str(failure.value)


CANARY = "zq7canary"
NAMES = st.sampled_from(
    ["id", "name", "message", "callerNumber", "status", "type", "results", "value", "category", CANARY]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(10_000_000, 99_999_999),
    st.sampled_from([f"{CANARY}@corp.test", CANARY, f"Hello {CANARY}", f"https://{CANARY}.test/x", f"+1202{CANARY}"]),
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=12
)


@given(TREES)
def test_no_answer_gets_through_whatever_its_shape(tree):
    text = scrubbed({"results": tree}).response_body.decode()
    assert CANARY not in text
    kept = json.loads(text)["results"]
    assert _shape(kept) == _shape(tree), "and its shape is kept"


def _shape(value):
    match value:
        case dict():
            return [_shape(each) for each in value.values()]
        case list():
            return [_shape(each) for each in value]
    return type(value).__name__
