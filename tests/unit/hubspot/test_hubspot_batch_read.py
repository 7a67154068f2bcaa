"""What is not there is not there by HubSpot's own word, and not because an answer left it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec
import pytest

from connector.errors import FatalError, TransientError
from connector.model import KEY, Create, Done
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Interrupt, Stand, answering, said

AT = "2026-04-22T10:00:00Z"
KEYS = ["k:o:1", "k:o:2", "k:o:3"]


def a_stand(object_type: str, **portal: Any) -> tuple[Stand, list[str]]:
    """Three records of a type with our keys; answers their ids."""
    stand = Stand(**portal)
    stand.crm.setup(["tasks", "notes"], dry_run=False)
    done = stand.crm.create(object_type, [Create(key=key, properties={"hs_timestamp": AT}) for key in KEYS])
    stand.forget_requests()
    return stand, [each.id for each in done if isinstance(each, Done)]


def leaving_out(count: int, *, times: int, tells: bool = False) -> Interrupt:
    """So many batch reads in a row lack `count` results, and all that they say is missing unless it `tells`."""
    left = iter(range(times))

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        answer = carry_out()
        if not request.path.endswith("/batch/read") or next(left, None) is None:
            return answer
        body: dict[str, Any] = msgspec.json.decode(answer.body)
        kept = {name: value for name, value in body.items() if tells or name not in ("errors", "numErrors")}
        return said(answer.status if tells else 200, {**kept, "results": body["results"][count:]})

    return interrupt


@pytest.mark.parametrize("object_type", ["calls", "tasks", "notes"])
@pytest.mark.parametrize("by", ["id", "key"])
@pytest.mark.parametrize("count", [1, 3])
def test_what_an_answer_left_out_is_read_again(object_type: str, by: Literal["id", "key"], count: int) -> None:
    stand, ids = a_stand(object_type)
    stand.transport.interrupt = leaving_out(count, times=1)
    asked_for = ids if by == "id" else KEYS
    assert stand.crm.read(object_type, by, asked_for, [KEY]).keys() == set(asked_for)
    assert [len(asked.body["inputs"]) for asked in stand.transport.asked] == [3, count]


@pytest.mark.parametrize("by", ["id", "email"])
def test_a_contact_too(by: Literal["id", "email"]) -> None:
    stand = Stand()
    emails = [f"p{n}@example.com" for n in range(3)]
    asked_for = stand.portal.seed_contacts([{"email": email} for email in emails])
    asked_for = emails if by == "email" else asked_for
    stand.transport.interrupt = leaving_out(2, times=1)
    assert stand.crm.read("contacts", by, asked_for, []).keys() == set(asked_for)
    assert [len(asked.body["inputs"]) for asked in stand.transport.asked] == [3, 2]


@pytest.mark.parametrize("object_type", ["calls", "tasks", "notes"])
def test_what_two_answers_left_out_is_asked_for_by_itself(object_type: str) -> None:
    stand, ids = a_stand(object_type)
    stand.transport.interrupt = leaving_out(1, times=2)
    assert stand.crm.read(object_type, "id", ids, [KEY]).keys() == set(ids)
    assert len(stand.transport.asked) == 3


@pytest.mark.parametrize("object_type", ["calls", "tasks", "notes"])
def test_a_deleted_record_costs_no_second_look(object_type: str) -> None:
    stand, ids = a_stand(object_type)
    stand.edit("archive", object_type, ids[1])
    assert stand.crm.read(object_type, "id", ids, [KEY]).keys() == {ids[0], ids[2]}
    assert len(stand.transport.asked) == 1


def test_a_deleted_record_beside_one_that_was_left_out() -> None:
    stand, ids = a_stand("calls")
    stand.edit("archive", "calls", ids[1])
    stand.transport.interrupt = leaving_out(1, times=1, tells=True)
    assert stand.crm.read("calls", "id", ids, [KEY]).keys() == {ids[0], ids[2]}
    assert len(stand.transport.asked) == 2


def test_a_hubspot_that_never_names_what_is_missing() -> None:
    """Its word is then the 404 for one record: no recording of a 207 is public."""
    stand, ids = a_stand("calls", choices=Choices(missing_are_named=False))
    stand.edit("archive", "calls", ids[1])
    assert stand.crm.read("calls", "id", ids, [KEY]).keys() == {ids[0], ids[2]}
    assert stand.requests()[2:] == [f"GET /crm/v3/objects/calls/{ids[1]}"]
    stand.forget_requests()
    assert stand.crm.read("calls", "key", [*KEYS, "k:o:new"], []).keys() == set(KEYS)
    assert len(stand.transport.asked) == 4  # live and archived ones, each twice, and no key by itself


def test_a_404_for_the_whole_batch_is_about_those_that_it_names() -> None:
    stand, ids = a_stand("calls")
    stand.edit("archive", "calls", ids[1])
    problem = {"status": "error", "category": "OBJECT_NOT_FOUND", "context": {"ids": [ids[1]]}}
    stand.transport.interrupt = answering(said(404, problem))
    assert stand.crm.read("calls", "id", ids, [KEY]).keys() == {ids[0], ids[2]}
    assert [len(asked.body["inputs"]) for asked in stand.transport.asked] == [3, 2]


def test_a_404_that_names_no_category_is_not_about_records() -> None:
    stand, ids = a_stand("calls")
    stand.transport.interrupt = answering(said(404, {"status": "error", "message": "resource not found"}))
    with pytest.raises(FatalError, match="E203"):
        stand.crm.read("calls", "id", ids, [KEY])


@pytest.mark.parametrize(("count", "asked"), [(10, 2 + 10), (11, 2 + 1)])
def test_answers_that_leave_out_many_that_are_there_are_not_believed(count: int, asked: int) -> None:
    stand = Stand()
    wishes = [Create(key=f"k:o:{n}", properties={"hs_timestamp": AT}) for n in range(count)]
    ids = [each.id for each in stand.crm.create("calls", wishes) if isinstance(each, Done)]
    stand.forget_requests()
    stand.transport.interrupt = leaving_out(count, times=2)
    if count > 10:
        with pytest.raises(TransientError, match="E214"):
            stand.crm.read("calls", "id", ids, [KEY])
    else:
        assert stand.crm.read("calls", "id", ids, [KEY]).keys() == set(ids)
    assert len(stand.transport.asked) == asked


@pytest.mark.parametrize("word", ["error", "200"])
def test_no_word_on_a_record_is_not_taken_for_one(word: str) -> None:
    stand, ids = a_stand("calls")
    nothing = said(200, {"status": "COMPLETE", "results": []})
    page = Response(404, (("Content-Type", "text/html"),), b"<html>not found</html>")
    alone = said(200, {}) if word == "200" else page
    stand.transport.interrupt = answering(nothing, nothing, alone)
    with pytest.raises(TransientError if word == "200" else FatalError) as raised:
        stand.crm.read("calls", "id", ids[:1], [KEY])
    assert raised.value.code == ("E214" if word == "200" else "E203")


def test_another_error_is_not_about_being_there() -> None:
    stand, ids = a_stand("calls")
    problem = {"status": "error", "category": "VALIDATION_ERROR", "context": {"ids": ids[:1]}}
    stand.transport.interrupt = answering(said(207, {"results": [], "errors": [problem]}))
    assert stand.crm.read("calls", "id", ids[:1], [KEY]).keys() == {ids[0]}


def test_a_search_that_found_it_is_not_belied_by_a_read_that_left_it_out() -> None:
    stand, ids = a_stand("tasks", step="plain")
    stand.clock.sleep(600)
    stand.transport.interrupt = leaving_out(3, times=2)
    assert {record.id for record in stand.crm.read("tasks", "key", KEYS, []).values()} == set(ids)
