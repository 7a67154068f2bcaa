"""What records are linked to: a thousand in one request, long lists page by page, HubSpot's several ways of none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from connector.http.client import Answer
from connector.hubspot.flight import Flight
from connector.hubspot.linked import read_links

MISSING = {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "No contact is associated with call 1."}


class Asked:
    """Answers what it was told to, in turn."""

    def __init__(self, *answers: tuple[int, Any]) -> None:
        self.answers = list(answers)
        self.inputs: list[list[dict[str, str]]] = []

    def links(self, from_type: str, to_type: str, inputs: list[dict[str, str]]) -> Answer:
        assert (from_type, to_type) == ("calls", "contacts")
        self.inputs.append(inputs)
        status, body = self.answers.pop(0) if self.answers else (200, {"results": []})
        return Answer(status, {}, msgspec.json.encode(body))


def ends(start: str, *to: str | int, after: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"from": {"id": start}, "to": [{"toObjectId": end, "associationTypes": []} for end in to]}
    return {**found, "paging": {"next": {"after": after}}} if after else found


def read(client: Any, ids: list[str]) -> dict[str, frozenset[str]]:
    return read_links(client, Flight(1), "calls", ids, "contacts")


def test_a_thousand_in_one_request_and_each_once():
    client = Asked()
    found = read(client, [str(number) for number in range(1_500)] * 2)
    assert [len(inputs) for inputs in client.inputs] == [1_000, 500]
    assert len(found) == 1_500


def test_a_long_list_is_read_to_its_last_page():
    client = Asked(
        (200, {"results": [ends("1", 11, after="500"), ends("2", "21")]}),
        (200, {"results": [ends("1", 12, after="1000")]}),
        (200, {"results": [ends("1", 13)]}),
    )
    assert read(client, ["1", "2"]) == {"1": {"11", "12", "13"}, "2": {"21"}}
    assert client.inputs[1:] == [[{"id": "1", "after": "500"}], [{"id": "1", "after": "1000"}]]


def test_a_page_that_names_itself_as_the_next_one_ends_the_list():
    client = Asked(
        (200, {"results": [ends("1", 11, after="500")]}),
        (200, {"results": [ends("1", 12, after="500")]}),
    )
    assert read(client, ["1"]) == {"1": {"11", "12"}}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(200, {"results": []}, id="nothing"),
        pytest.param(207, {"results": [], "errors": [MISSING]}, id="an error for each"),
        pytest.param(404, MISSING, id="not found as a whole"),
    ],
)
def test_no_links_however_hubspot_says_so(status: int, body: Any):
    assert read(Asked((status, body)), ["1"]) == {"1": frozenset()}
