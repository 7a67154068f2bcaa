"""What is no answer of HubSpot's is not taken for an empty one."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from connector.hubspot.answers import (
    BatchAnswer,
    Definitions,
    Ends,
    Item,
    Owners,
    Page,
    Pipelines,
    Problem,
    decode,
    decode_problem,
    record,
    stored_otherwise,
    texts,
)
from connector.model import CrmRecord


@pytest.mark.parametrize("shape", [Page, BatchAnswer, Definitions, Owners, Pipelines])
@pytest.mark.parametrize("body", [b"{}", b'{"status":"error","message":"no"}', b'{"results":null}'])
def test_a_list_without_results_is_no_list(shape: type, body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(body, shape)


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b'{"message": 7}', b'{"message": "\xff"}', b'{"errors": [7]}'])
def test_a_refusal_that_cannot_be_read_says_nothing(body: bytes) -> None:
    assert decode_problem(body) == Problem()


def test_a_refusal_that_can_be_read() -> None:
    body = b'{"message": "no", "correlationId": "7", "policyName": "DAILY", "new": 1}'
    assert decode_problem(body) == Problem(message="no", correlation_id="7", policy_name="DAILY")


def test_a_text_that_is_not_utf8_is_no_json() -> None:
    with pytest.raises(msgspec.DecodeError, match=r"^the text is not UTF-8$") as raised:
        decode(b'{"results": [{"id": "\xff"}]}', Page)
    assert isinstance(raised.value.__cause__, UnicodeDecodeError)


@pytest.mark.parametrize(
    ("shape", "body"), [(Page, {"results": []}), (Owners, {"results": []}), (Ends, {"from": {"id": "1"}})]
)
@pytest.mark.parametrize(
    ("paging", "after"),
    [({}, None), ({"paging": None}, None), ({"paging": {}}, None), ({"paging": {"next": {"after": "7"}}}, "7")],
)
def test_the_next_page_is_told_where_there_is_one(
    shape: type, body: dict[str, Any], paging: dict[str, Any], after: str | None
) -> None:
    assert decode(msgspec.json.encode({**body, **paging}), shape).after == after


@pytest.mark.parametrize(
    ("sent", "returned", "expected"),
    [
        ({"a": "1", "b": "2"}, {"a": "1", "b": "two", "c": "3"}, {"b": "two"}),
        ({"a": "1"}, {"a": None}, {"a": None}),
        ({"a": "1"}, {}, {}),
        ({}, {"a": "1"}, {}),
    ],
)
def test_what_came_back_otherwise(
    sent: dict[str, str], returned: dict[str, str | None], expected: dict[str, str | None]
) -> None:
    assert stored_otherwise(sent, returned) == expected


def test_a_record_has_what_was_asked_for_and_nothing_else() -> None:
    item = Item(id="7", properties={"a": "1", "b": "2"}, archived=True)
    assert record(item, frozenset({"a", "c"})) == CrmRecord(id="7", properties={"a": "1", "c": None}, archived=True)
    assert not record(Item(id="7"), frozenset()).archived


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"ids": ["1", 2, None, {}, 3.5, ["4"]]}, ["1", "2"]),
        ({"ids": "1"}, ["1"]),
        ({"ids": 2}, ["2"]),
        ({"ids": {"1": 1}}, []),
        ({"other": "1"}, []),
        ({}, []),
        (None, []),
    ],
)
def test_texts_of_a_context(context: dict[str, Any] | None, expected: list[str]) -> None:
    assert texts(context, "ids") == expected
