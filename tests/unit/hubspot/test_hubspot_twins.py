"""Records that share one of our keys are found where HubSpot does not refuse the second one."""

from __future__ import annotations

import pytest

from connector.hubspot.ladder import EXTERNAL_ID
from connector.model import CONTACT_KEY, KEY
from tests.stubs.portal import Stand

AT = "2026-04-22T10:00:00Z"


def call(stand: Stand, key: str, name: str = KEY) -> str:
    """An engagement with this key, whoever put it there."""
    record_id: str = stand.edit("create", "calls", "", properties={name: key, "hs_timestamp": AT})["id"]
    return record_id


@pytest.mark.parametrize(("step", "name"), [("plain", KEY), ("external", EXTERNAL_ID)])
def test_engagements_by_their_key(step: str, name: str) -> None:
    stand = Stand(step=step)
    two = [call(stand, "k:o:1", name) for _ in range(2)]
    call(stand, "k:o:2", name)
    other_case = [call(stand, key, name) for key in ("k:o:A", "k:o:a")]
    stand.clock.sleep(10)
    asked = ["k:o:1", "k:o:2", "k:o:3", "k:o:A", "k:o:a"]
    assert other_case
    assert stand.crm.twins("calls", "key", asked) == {"k:o:1": tuple(two)}


def test_contacts_by_the_key_of_one_of_them() -> None:
    stand = Stand(step="plain")
    first, second, other, bare = stand.portal.seed_contacts(
        [{CONTACT_KEY: "tel:1"}, {CONTACT_KEY: "tel:1"}, {CONTACT_KEY: "tel:2"}, {"firstname": "Jane"}]
    )
    assert stand.crm.twins("contacts", "id", [second, other, bare, "999999"]) == {second: (first, second)}


def test_a_deleted_one_does_not_count() -> None:
    stand = Stand(step="plain")
    _, second = (call(stand, "k:o:1") for _ in range(2))
    stand.clock.sleep(10)
    stand.edit("archive", "calls", second)
    assert stand.crm.twins("calls", "key", ["k:o:1"]) == {}


def test_what_the_index_says_is_checked_on_the_record() -> None:
    stand = Stand(step="plain", search_lag_seconds=60.0)
    two = [call(stand, "k:o:1") for _ in range(2)]
    stand.clock.sleep(100)
    stand.edit("set", "calls", two[0], properties={KEY: "k:o:9"})
    assert stand.crm.twins("calls", "key", ["k:o:1"]) == {}


def test_hundreds_cost_a_search_for_some_fifty_and_a_request_per_hundred_hits() -> None:
    stand = Stand(step="plain")
    keys = [f"reception_ai:organization:{number:030d}" for number in range(200)]
    for key in keys:
        call(stand, key)
    stand.clock.sleep(10)
    stand.forget_requests()
    assert stand.crm.twins("calls", "key", keys) == {}
    assert len(stand.transport.sent("calls/search")) <= 5
    assert len(stand.transport.sent("calls/batch/read")) == 2


def test_where_hubspot_refuses_the_second_one_nothing_is_asked() -> None:
    stand = Stand()
    stand.crm.portal(["tasks"])
    stand.forget_requests()
    assert stand.crm.twins("calls", "key", ["k:o:1"]) == stand.crm.twins("contacts", "id", ["1"]) == {}
    assert stand.requests() == []
