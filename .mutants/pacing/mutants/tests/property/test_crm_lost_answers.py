"""However answers are lost, cut, limited or late, each record ends up in the portal once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from connector.errors import TransientError
from connector.model import FINGERPRINT, KEY, Create, Done, Exists, Outcome
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, answering, said

LIMITED = said(429, {"policyName": "TEN_SECONDLY_ROLLING", "message": "…"})
EMPTY = said(201, {"status": "COMPLETE", "results": []})
STEPS = st.sampled_from(["pass", "lost", "cut", "502", "503", LIMITED, EMPTY, "late"])
RUNS_MAX = 30


@given(
    steps=st.lists(STEPS, max_size=12),
    there=st.sets(st.integers(0, 29)),
    deleted=st.sets(st.integers(0, 29)),
    echo=st.booleans(),
)
def test_each_record_stands_once(steps: list[str | Response], there: set[int], deleted: set[int], echo: bool):
    stand = Stand(choices=Choices(echo_trace_ids=echo))
    before = {n: id_of(o) for n, o in zip(there, stand.crm.create("calls", [a_call(n) for n in there]), strict=True)}
    for n in there & deleted:
        stand.edit("archive", "calls", before[n])
    stand.transport.interrupt = with_late_writes(steps)

    outcomes = until_settled(stand, [a_call(n) for n in range(30)])

    live = Counter(record.properties[KEY] for record in stand.portal.records("calls"))
    assert live == {a_call(n).key: 1 for n in range(30) if n not in there & deleted}
    ids = {record.properties[KEY]: record.id for record in stand.portal.records("calls")}
    for n, outcome in enumerate(outcomes):
        if n in there & deleted:
            assert isinstance(outcome, Exists)
            assert outcome.record.archived
        else:
            assert id_of(outcome) == ids[a_call(n).key]


def a_call(n: int) -> Create:
    return Create(key=f"k:o:{n}", properties={"hs_timestamp": "2026-04-22T10:00:00Z", FINGERPRINT: f"f{n}"})


def id_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Done | Exists)
    return outcome.id if isinstance(outcome, Done) else outcome.record.id


def until_settled(stand: Stand, wishes: list[Create]) -> list[Outcome]:
    """Run again, as a schedule would, until HubSpot is well."""
    for _ in range(RUNS_MAX):
        try:
            return stand.connector().create("calls", wishes)
        except TransientError:
            continue
    raise AssertionError("the faults should have ended by now")


def with_late_writes(
    steps: list[str | Response],
) -> Callable[[Request, Callable[[], Response]], Response]:
    """`late`: HubSpot gives up on the answer now, and carries the request out just before the next one."""
    late: list[Callable[[], Response]] = []
    play = answering(*("503" if step == "late" else step for step in steps))
    lates = iter([step == "late" for step in steps])

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        while late:
            late.pop()()
        if next(lates, False):
            late.append(carry_out)
        return play(request, carry_out)

    return interrupt
