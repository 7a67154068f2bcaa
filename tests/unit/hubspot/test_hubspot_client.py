"""The official client through its own hooks."""

from __future__ import annotations

import subprocess
import sys

import httpx
import pytest

from connector import __version__
from connector.errors import InputError, TransientError
from connector.hubspot.limits import hubspot_http
from connector.model import Association, Create, Update
from tests.stubs.clock import VirtualClock
from tests.stubs.portal import TOKEN, Stand, answering, said

AT = "2026-04-22T10:00:00Z"


def everything(stand: Stand) -> None:
    """Make a request of every kind."""
    crm = stand.crm
    crm.setup(["tasks"], dry_run=False)
    crm.portal(["tasks"])
    crm.holds_keys()
    [jane] = stand.portal.seed_contacts([{"phone": "020 7946 0123"}])
    crm.create("calls", [Create(key="k:o:1", properties={"hs_timestamp": AT})])
    crm.update("contacts", [Update(id=jane, properties={"firstname": "Jane"})])
    crm.read("contacts", "id", ["999"], ["phone"])
    crm.find_by_number(["+442079460123"], ["firstname"])
    call_id = crm.read("calls", "key", ["k:o:1"], [])["k:o:1"].id
    crm.associate("calls", [(call_id, Association("contacts", jane))])


def test_a_quiet_run_does_not_load_it():
    code = "import sys, connector.hubspot.crm; sys.exit('hubspot' in sys.modules or 'phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_more_than_the_share_of_a_day_is_for_us():
    headers = {"x-hubspot-ratelimit-daily": "1000", "x-hubspot-ratelimit-daily-remaining": "1000"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, json={}))
    http = hubspot_http(clock=VirtualClock(), transport=transport, quota_share=0.5)
    http.ask("GET", "https://hubspot.example.com/", repeatable=True, pool="interval")
    assert http.day_remaining == 500


def test_every_request_carries_the_key_and_our_name():
    stand = Stand(prepared=False)
    everything(stand)
    assert len({str(asked) for asked in stand.transport.asked}) > 15
    for asked in stand.transport.asked:
        assert asked.headers["authorization"] == f"Bearer {TOKEN}"
        assert asked.headers["user-agent"] == f"call-connector/{__version__}"
        assert asked.headers["accept"].startswith("application/json")
        assert asked.method == "GET" or asked.headers["content-type"] == "application/json"


def test_every_request_goes_through_our_transport():
    stand = Stand(prepared=False)
    everything(stand)
    assert stand.crm.requests == len(stand.transport.asked)


def test_one_switch_and_no_undated_path_is_left_where_a_dated_one_is_known():
    undated, dated = Stand(prepared=False), Stand(prepared=False, api_version="2026-09")
    everything(undated)
    everything(dated)
    translated = [
        asked.path.replace("/crm/v3/objects/", "/crm/objects/2026-09/").replace(
            "/crm/v4/associations/", "/crm/associations/2026-09/"
        )
        for asked in undated.transport.asked
    ]
    assert [asked.path for asked in dated.transport.asked] == translated
    assert [asked.body for asked in dated.transport.asked if "search" in asked.path] == [
        asked.body for asked in undated.transport.asked if "search" in asked.path
    ]


def test_before_each_write_and_only_there():
    writes: list[int] = []
    stand = Stand(prepared=False, before_write=lambda: writes.append(len(stand.transport.asked)))
    everything(stand)
    reads = ("/batch/read", "/search")
    sent = [
        n for n, asked in enumerate(stand.transport.asked) if asked.method == "POST" and not asked.path.endswith(reads)
    ]
    assert writes == sent


def test_an_unknown_version_is_told_at_once():
    with pytest.raises(InputError) as raised:
        Stand().connector(api_version="v9")
    assert raised.value.code == "E205"


def test_a_slash_too_much_in_the_address():
    stand = Stand(prepared=False)
    assert stand.connector(base_url="http://hubspot.example.com/").portal_id() == "48121107"
    assert stand.requests() == ["GET /account-info/v3/details"]


@pytest.mark.parametrize(
    ("policy", "seconds"),
    [("TEN_SECONDLY_ROLLING", 10.0), ("SECONDLY", 1.0)],
)
def test_a_limit_is_waited_for(policy, seconds):
    stand = Stand()
    stand.transport.interrupt = answering(said(429, {"policyName": policy, "message": "…"}))
    stand.crm.read("contacts", "id", ["1"], [])
    assert sum(stand.clock.slept) == pytest.approx(seconds, abs=1.5)


def test_a_lock_is_waited_for():
    stand = Stand()
    stand.transport.interrupt = answering(said(423, {"category": "LOCKED"}), only="batch/create")
    stand.crm.create("calls", [Create(key="k:o:1", properties={"hs_timestamp": AT})])
    assert stand.count("calls") == 1
    assert sum(stand.clock.slept) >= 2


def test_a_portal_on_the_move():
    stand = Stand()
    stand.transport.interrupt = answering(said(477, {}, retry_after="40"), said(477, {}, retry_after="7200"))
    with pytest.raises(TransientError) as raised:
        stand.crm.holds_keys()
    assert (raised.value.code, raised.value.retry_after) == ("E220", 7200.0)
    assert sum(stand.clock.slept) >= 40


def test_real_limits_are_kept():
    """As fast as the portal allows, and never refused."""
    stand = Stand(limits=True, concurrency=4)
    wishes = [Create(key=f"k:o:{n}", properties={"hs_timestamp": AT}) for n in range(20_000)]
    stand.crm.create("calls", wishes)
    assert stand.count("calls") == 20_000
    assert len(stand.transport.asked) == 200
