"""A batch that is refused as a whole, and what it costs to find out why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest

from connector.errors import FatalError, UncertainWriteError
from connector.http.client import Answer
from connector.hubspot.answers import Item
from connector.hubspot.batch import NAMELESS_MAX, BatchWrite, Input, Send, Verdict
from connector.hubspot.refusals import Failure, Kind

POISON = {"category": "VALIDATION_ERROR", "message": "one or more associations are not valid"}
NAMELESS = {"category": "VALIDATION_ERROR", "message": "Invalid input"}
GONE = Failure(kind=Kind.VALUES, properties=("gone",))


def inputs(count: int, **properties: str) -> list[Input]:
    return [Input(trace=str(n), name=f"k{n}", properties={"n": str(n), **properties}) for n in range(count)]


def an_answer(status: int, body: Any) -> Answer:
    return Answer(status, {}, msgspec.json.encode(body))


def created(entries: Sequence[Input], **more: Any) -> Answer:
    results = [{"id": f"id-{e.name}", "properties": {"key": e.name}, "objectWriteTraceId": e.trace} for e in entries]
    return an_answer(201, {"status": "COMPLETE", "results": results[::-1], **more})


class Sender:
    """Refuses whole batches that hold a poisoned input."""

    def __init__(self, *poisoned: int, status: int = 400, body: Any = POISON) -> None:
        self.poisoned = {f"k{n}" for n in poisoned}
        self.status = status
        self.body = body
        self.sizes: list[int] = []

    def __call__(self, entries: Sequence[Input]) -> Answer:
        self.sizes.append(len(entries))
        if any(entry.name in self.poisoned for entry in entries):
            return an_answer(self.status, self.body)
        return created(entries)


def gone(properties: Mapping[str, str]) -> tuple[str, ...]:
    """A portal that has lost the property `gone`."""
    return ("gone",) if "gone" in properties else ()


def a_write(send: Send, conflicts: dict[str, Verdict] | None = None) -> BatchWrite:
    return BatchWrite(
        send,
        name_of=lambda item: item.properties.get("key"),
        conflicts=lambda entries, _: {e.name: conflicts[e.name] for e in entries if conflicts and e.name in conflicts},
        doing="creating calls",
        explain=gone,
    )


def lost(_: Sequence[Input]) -> Answer:
    raise UncertainWriteError("E218", "gone")


@pytest.mark.parametrize("poisoned", range(100))
def test_one_poison_record_costs_at_most_two_log_n(poisoned: int):
    send = Sender(poisoned)
    write = a_write(send)
    assert not write.deliver(inputs(100))
    assert len(send.sizes) - 1 <= 2 * math.log2(100)
    refused = [name for name, verdict in write.verdicts.items() if isinstance(verdict, Failure)]
    assert refused == [f"k{poisoned}"]
    assert len(write.verdicts) == 100


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 17])
def test_every_combination_of_poison_in_small_batches_is_told_apart(count: int):
    for mask in range(2 ** min(count, 8)):
        poisoned = [n for n in range(count) if mask >> n & 1]
        write = a_write(Sender(*poisoned))
        write.deliver(inputs(count))
        refused = sorted(name for name, verdict in write.verdicts.items() if isinstance(verdict, Failure))
        assert refused == sorted(f"k{n}" for n in poisoned)
        assert len(write.verdicts) == count


def test_a_property_that_nobody_can_write_is_not_bisected():
    """Deleted by an administrator, it would make all hundred bad: 199 requests to learn one fact."""
    body = {"errors": [{"code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["gone"]}}]}
    send = Sender(*range(0, 100, 2), body=body)
    entries = [
        Input(trace=str(n), name=f"k{n}", properties={"gone": "x"} if n % 2 == 0 else {"n": "1"}) for n in range(100)
    ]
    write = a_write(send)
    write.deliver(entries)
    assert send.sizes == [100, 50]
    assert [isinstance(write.verdicts[f"k{n}"], Failure) for n in range(4)] == [True, False, True, False]


def test_inputs_that_a_refusal_names_are_left_out():
    body = {"category": "OBJECT_NOT_FOUND", "context": {"ids": ["k3", "k7"]}}
    send = Sender(3, 7, status=404, body=body)
    write = a_write(send)
    write.deliver(inputs(10))
    assert send.sizes == [10, 8]
    assert isinstance(write.verdicts["k3"], Failure)
    assert isinstance(write.verdicts["k4"], Item)


@pytest.mark.parametrize(
    "body", [{"category": "CONFLICT", "message": "Contact already exists. Existing ID: 9"}, {}], ids=["told", "bare"]
)
def test_conflicts_are_looked_up_and_left_out(body: Any):
    send = Sender(3, 7, status=409, body=body)
    there = Failure(kind=Kind.TAKEN, existing_id="9")
    write = a_write(send, {"k3": there, "k7": there})
    write.deliver(inputs(10))
    assert send.sizes == [10, 8]


def test_a_conflict_that_no_look_explains_is_bisected():
    body = {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 9"}
    send = Sender(3, status=409, body=body)
    write = a_write(send)
    write.deliver(inputs(10))
    assert write.verdicts["k3"] == Failure(kind=Kind.TAKEN, existing_id="9")
    assert len(write.verdicts) == 10


class TestPartialSuccess:
    def test_by_trace_id_never_by_position(self):
        entries = inputs(4)
        errors = [{"category": "VALIDATION_ERROR", "message": "…", "context": {"objectWriteTraceId": ["2"]}}]
        answer = created([entries[3], entries[0], entries[1]], numErrors=1, errors=errors)
        write = a_write(lambda _: Answer(207, {}, answer.body))
        assert write.deliver(entries)
        ids = {name: verdict.id for name, verdict in write.verdicts.items() if isinstance(verdict, Item)}
        assert ids == {"k0": "id-k0", "k1": "id-k1", "k3": "id-k3"}
        assert isinstance(write.verdicts["k2"], Failure)

    def test_by_key_where_no_trace_id_is_echoed(self):
        results = [{"id": "2", "properties": {"key": "k1"}}, {"id": "1", "properties": {"key": "k0"}}]
        write = a_write(lambda _: an_answer(201, {"results": results}))
        write.deliver(inputs(2))
        assert {name: verdict.id for name, verdict in write.verdicts.items() if isinstance(verdict, Item)} == {
            "k0": "1",
            "k1": "2",
        }

    def test_errors_by_id_where_they_name_no_trace(self):
        entries = inputs(3)
        missing = {"category": "OBJECT_NOT_FOUND", "message": "…", "context": {"ids": ["k1", "77"]}}
        answer = created([entries[0], entries[2]], errors=[missing])
        write = a_write(lambda _: Answer(207, {}, answer.body))
        write.deliver(entries)
        assert failures(write) == {"k1": Failure(kind=Kind.MISSING, ids=("k1", "77"))}
        assert len(write.verdicts) == 3

    def test_a_result_that_belongs_to_nobody_is_nobodys(self):
        results = [{"id": "9", "properties": {}}, {"id": "8", "properties": {"key": "k9"}, "objectWriteTraceId": "77"}]
        write = a_write(lambda _: an_answer(201, {"results": results}))
        write.deliver(inputs(2))
        assert write.verdicts == {}

    def test_a_nameless_error_is_the_last_one_left(self):
        entries = inputs(3)
        answer = created(entries[:2], errors=[POISON])
        write = a_write(lambda _: Answer(207, {}, answer.body))
        write.deliver(entries)
        assert isinstance(write.verdicts["k2"], Failure)
        assert not write.anonymous_problems

    def test_nameless_errors_of_several_are_nobodys_yet(self):
        entries = inputs(3)
        answer = created(entries[:1], errors=[POISON, POISON])
        write = a_write(lambda _: Answer(207, {}, answer.body))
        write.deliver(entries)
        assert list(write.verdicts) == ["k0"]
        assert write.anonymous_problems

    @pytest.mark.parametrize(
        ("errors", "bringing", "expected", "are_anonymous"),
        [
            pytest.param([NAMELESS], [1], {"k1": GONE}, False, id="one, explained: the other was not answered for"),
            pytest.param(
                [NAMELESS] * 2,
                [1],
                {"k1": GONE, "k2": Failure(kind=Kind.OTHER, reasons=("VALIDATION_ERROR",), words="Invalid input")},
                False,
                id="two, one explained: the last one left",
            ),
            pytest.param([NAMELESS] * 2, [1, 2], {"k1": GONE, "k2": GONE}, False, id="two, both explained"),
            pytest.param([NAMELESS] * 2, [], {}, True, id="two, none explained"),
            pytest.param([POISON] * 2, [1], {}, True, id="they say why: nothing is to be explained"),
            pytest.param([NAMELESS, POISON], [1], {}, True, id="one of them says why"),
        ],
    )
    def test_nameless_errors_belong_to_those_whom_the_portal_explains(
        self, errors: Any, bringing: list[int], expected: dict[str, Failure], are_anonymous: bool
    ):
        entries = [
            Input(trace=str(n), name=f"k{n}", properties={"gone": "x"} if n in bringing else {}) for n in range(3)
        ]
        answer = created(entries[:1], errors=errors)
        write = a_write(lambda _: Answer(207, {}, answer.body))
        write.deliver(entries)
        assert failures(write) == expected
        assert write.anonymous_problems is are_anonymous

    @pytest.mark.parametrize("status", [200, 201, 207])
    def test_an_answer_that_says_nothing_decides_nothing(self, status: int):
        write = a_write(lambda _: an_answer(status, {"status": "COMPLETE", "results": []}))
        assert write.deliver(inputs(3))
        assert write.verdicts == {}
        assert not write.anonymous_problems


def test_nothing_to_send_is_not_sent():
    send = Sender()
    assert a_write(send).deliver([])
    assert send.sizes == []


def test_a_lost_answer_decides_nothing():
    write = a_write(lost)
    assert write.deliver(inputs(3))
    assert write.verdicts == {}


def test_who_went_unanswered_is_known_until_there_is_an_answer():
    first, second = inputs(4)[:2], inputs(4)[2:]
    steps: list[Send] = [lost, lost, created, *[Sender(2, 3)] * 3]

    def send(entries: Sequence[Input]) -> Answer:
        return steps.pop(0)(entries)

    write = a_write(send)
    write.deliver(first)
    write.deliver(second)
    assert write.unanswered == {"k0", "k1", "k2", "k3"}
    write.deliver(first)
    assert write.unanswered == {"k2", "k3"}
    write.deliver(second)
    assert write.unanswered == set()


def test_an_answer_that_cannot_be_read_decides_nothing():
    write = a_write(lambda _: Answer(201, {}, b'{"results": [{"id": 5}]}'))
    assert write.deliver(inputs(3))
    assert write.verdicts == {}


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {}, "E201"),
        (403, {}, "E202"),
        (404, {"message": "resource not found"}, "E203"),
        (405, {}, "E203"),
        (418, {}, "E204"),
    ],
)
def test_what_concerns_all_requests_stops_the_run(status, body, code):
    with pytest.raises(FatalError) as raised:
        a_write(lambda _: an_answer(status, body)).deliver(inputs(3))
    assert raised.value.code == code


def failures(write: BatchWrite) -> dict[str, Failure]:
    return {name: verdict for name, verdict in write.verdicts.items() if isinstance(verdict, Failure)}


class TestAReasonThatManyShare:
    OPTION = {"errors": [{"code": "INVALID_OPTION", "context": {"propertyName": ["p"]}}]}  # noqa: RUF012 - read only

    def test_one_and_the_same_refused_value_is_not_bisected(self):
        send = Sender(*range(100), body=self.OPTION)
        write = a_write(send)
        write.deliver(inputs(100, p="x"))
        assert send.sizes == [100]
        assert {failure.properties for failure in failures(write).values()} == {("p",)}

    def test_a_value_that_was_refused_alone_is_not_sent_again(self):
        entries = [Input(trace=str(n), name=f"k{n}", properties={"p": "bad" if n % 2 else "good"}) for n in range(64)]
        send = Sender(*range(1, 64, 2), body=self.OPTION)
        write = a_write(send)
        write.deliver(entries)
        assert len(send.sizes) <= 2 * math.log2(64) + 2
        assert [isinstance(write.verdicts[f"k{n}"], Failure) for n in range(64)] == [False, True] * 32

    def test_nor_is_any_of_several_such_values(self):
        values = ["bad", "worse", "good"] * 2
        send = Sender(0, 1, 3, 4, body=self.OPTION)
        write = a_write(send)
        for n, value in enumerate(values):
            write.deliver([Input(trace=str(n), name=f"k{n}", properties={"p": value})])
        assert send.sizes == [1, 1, 1, 1]
        assert write.verdicts["k3"] == write.verdicts["k4"] == Failure(kind=Kind.VALUES, properties=("p",))

    def test_addresses_differ_so_each_bad_one_is_found(self):
        body = {"errors": [{"code": "INVALID_EMAIL", "context": {"propertyName": ["n"]}}]}
        write = a_write(Sender(3, 40, body=body))
        write.deliver(inputs(64))
        assert sorted(failures(write)) == ["k3", "k40"]

    def test_without_a_word_the_portal_is_asked_which_property_it_is(self):
        send = Sender(*range(0, 100, 2), body=NAMELESS)
        entries = [Input(trace=str(n), name=f"k{n}", properties={} if n % 2 else {"gone": "x"}) for n in range(100)]
        write = a_write(send)
        write.deliver(entries)
        assert send.sizes == [100, 50]
        assert write.verdicts["k0"] == GONE

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            pytest.param(POISON, Failure(kind=Kind.LINK), id="of a link"),
            pytest.param(
                {"errors": [{"code": "INVALID_EMAIL", "context": {"propertyName": ["n"]}}]},
                Failure(kind=Kind.VALUES, properties=("n",), reasons=("INVALID_EMAIL",)),
                id="of another property that it brings",
            ),
        ],
    )
    @pytest.mark.parametrize("count", [1, 2])
    def test_a_word_counts_more_than_what_the_portal_explains(self, body: Any, expected: Failure, count: int):
        write = a_write(Sender(0, body=body))
        write.deliver(inputs(count, gone="x"))
        assert failures(write) == {"k0": expected}

    def test_when_nothing_explains_it_a_few_are_tried_and_the_others_left_unsent(self):
        send = Sender(*range(100), body=NAMELESS)
        write = a_write(send)
        write.deliver(inputs(100))
        kinds = [failure.kind for failure in failures(write).values()]
        assert (kinds.count(Kind.OTHER), kinds.count(Kind.UNSENT)) == (NAMELESS_MAX, 100 - NAMELESS_MAX)
        assert len(send.sizes) < 20

    def test_one_that_is_taken_says_that_as_many_more_are_worth_a_try(self):
        write = a_write(Sender(*{*range(12)} - {4}, body=NAMELESS))
        for entry in inputs(12):
            write.deliver([entry])
        kinds = [failure.kind for failure in failures(write).values()]
        assert kinds == [Kind.OTHER] * (4 + NAMELESS_MAX) + [Kind.UNSENT] * 2

    def test_bad_ones_among_good_ones_are_all_found(self):
        bad = range(0, 100, 10)
        write = a_write(Sender(*bad, body=NAMELESS))
        write.deliver(inputs(100))
        assert failures(write).keys() == {f"k{n}" for n in bad}
        assert {failure.kind for failure in failures(write).values()} == {Kind.OTHER}
