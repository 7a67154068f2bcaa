"""Creation where the portal refuses no second key: what decides whether something is sent, looked for or given up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from connector.http.client import Answer
from connector.hubspot.answers import Item
from connector.hubspot.batch import BatchWrite
from connector.hubspot.failing import SILENT_MAX
from connector.hubspot.searched import is_down
from connector.model import CONTACT_KEY, Create, Done, Exists, Outcome
from tests.stubs.portal import Stand

LAG = 240.0
WISHES = {
    "calls": Create(key="k:o:1", properties={"hs_timestamp": "2026-04-22T10:00:00Z"}),
    "contacts": Create(key="tel:+447700900123", properties={"phone": "+447700900123"}),
}


def id_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Done)
    return outcome.id


class TestWhatARunBeforeMayHaveSent:
    @pytest.mark.parametrize("object_type", WISHES)
    @pytest.mark.parametrize("was_written", [True, False])
    def test_it_is_looked_for_until_the_search_must_show_it(self, object_type: str, was_written: bool):
        stand, wish = Stand(step="plain", search_lag_seconds=LAG), WISHES[object_type]
        written = stand.connector().create(object_type, [wish]) if was_written else []
        stand.forget_requests()
        doubted = replace(wish, perhaps_sent_at=stand.clock.now())
        [outcome] = stand.connector().create(object_type, [doubted])
        assert stand.count(object_type) == 1
        assert sum(stand.clock.slept) >= LAG
        assert len(stand.transport.sent("batch/create")) == (0 if was_written else 1)
        assert isinstance(outcome, Exists if was_written else Done)
        assert [outcome.record.id] == [id_of(each) for each in written] if isinstance(outcome, Exists) else not written

    def test_a_contact_with_an_address_is_sent_at_once(self):
        stand = Stand(step="plain", search_lag_seconds=LAG)
        wish = replace(WISHES["contacts"], properties={"email": "jane@example.com"})
        [written] = stand.connector().create("contacts", [wish])
        stand.forget_requests()
        [outcome] = stand.connector().create("contacts", [replace(wish, perhaps_sent_at=stand.clock.now())])
        assert isinstance(outcome, Exists)
        assert (outcome.by, outcome.record.id) == ("key", id_of(written))
        assert stand.clock.slept == []


def test_an_address_that_another_contact_has():
    stand = Stand(step="plain")
    [jane] = stand.portal.seed_contacts([{"email": "jane@example.com", CONTACT_KEY: "tel:+447700900456"}])
    wish = replace(WISHES["contacts"], properties={"email": "jane@example.com"})
    [outcome] = stand.crm.create("contacts", [wish])
    assert isinstance(outcome, Exists)
    assert (outcome.by, outcome.record.id) == ("email", jane)


def a_write(unanswered: Sequence[str], verdicts: Sequence[str]) -> BatchWrite:
    def never_sent(_: object) -> Answer:
        raise AssertionError

    write = BatchWrite(never_sent, name_of=lambda item: item.id, conflicts=lambda *_: {}, doing="creating calls")
    write.unanswered.update(unanswered)
    write.verdicts.update({name: Item(id="1") for name in verdicts})
    return write


@pytest.mark.parametrize(
    ("writes", "is_alive", "expected"),
    [
        pytest.param([a_write(["k1"], [])], False, True, id="silence, and nothing else was heard"),
        pytest.param([a_write(["k1"], [])], True, False, id="silence, while others were taken"),
        pytest.param([a_write(["k1"], [])] * (SILENT_MAX - 1), True, False, id="much silence, while others were taken"),
        pytest.param([a_write(["k1"], [])] * SILENT_MAX, True, True, id="so much silence says more"),
        pytest.param([a_write(["k1"], ["k2"])] * SILENT_MAX, False, False, id="each was answered for in part"),
        pytest.param([a_write([], [])] * SILENT_MAX, False, False, id="answers that say nothing"),
        pytest.param([a_write(["k1"], []), a_write([], ["k2"])], False, False, id="one of two was answered"),
    ],
)
def test_when_hubspot_is_taken_for_down(writes: list[BatchWrite], is_alive: bool, expected: bool):
    assert is_down(writes, is_alive=is_alive) is expected
