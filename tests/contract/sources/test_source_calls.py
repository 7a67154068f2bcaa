"""What every source promises of its calls (`ports.Source`), whatever platform is behind it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import islice

import msgspec
import pytest

from connector.model import BadCall, Call, OngoingCall, SourceProfile
from connector.ports import Counted
from tests.contract.platforms.stage import SINCE, calls_of


def test_every_call_is_there_once_with_what_the_port_promises(platform):
    source = platform.source()
    calls = calls_of(source)
    assert len(calls) >= platform.many
    assert len({call.key for call in calls}) == len(calls)
    assert len({call.key.account for call in calls}) == 1
    for call in calls:
        assert call.key.source == source.name
        assert call.ended_at.utcoffset() == call.started_at.utcoffset() == timedelta(0)
        assert abs(call.ended_at - call.started_at - timedelta(seconds=call.duration_seconds)) <= timedelta(seconds=1)
        assert call.duration_seconds >= 0
        assert call.ended_at <= platform.clock.now()
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(calls), type=list[Call]) == calls


def test_the_order_is_the_one_it_claims(platform):
    source = platform.source()
    calls = calls_of(source)
    ended, started = [call.ended_at for call in calls], [call.started_at for call in calls]
    if source.newest_first:
        assert ended == sorted(ended, reverse=True) or started == sorted(started, reverse=True)


def test_what_ended_since_is_all_there(platform):
    everything = calls_of(platform.source())
    since = everything[len(everything) // 2].ended_at
    found = {call.key for call in platform.source().calls(since=since)}
    assert {call.key for call in everything if call.ended_at >= since} <= found


def test_nothing_is_asked_before_the_first_call_is_wanted(platform):
    source = platform.source()
    found = source.calls(since=SINCE)
    assert platform.wire.requests == source.requests == 0
    next(found)
    assert platform.wire.requests == source.requests >= 1


def test_an_early_stop_reads_little(platform):
    count = len(calls_of(platform.source()))
    everything = platform.wire.bytes_taken
    platform.wire.bytes_taken = 0
    found = platform.source().calls(since=SINCE)
    assert len(list(islice(found, count // 10))) == count // 10
    found.close()
    assert 0 < platform.wire.bytes_taken < 0.75 * everything


def test_two_readings_are_equal(platform):
    assert calls_of(platform.source()) == calls_of(platform.source())


def test_a_call_by_its_id_is_the_one_of_the_list(platform):
    source = platform.source()
    for listed in islice(calls_of(source), 3):
        whole = source.call(listed.key.id)
        assert isinstance(whole, Call)
        assert not whole.is_partial
        if listed.is_partial:
            assert (whole.key, whole.started_at, whole.ended_at) == (listed.key, listed.started_at, listed.ended_at)
        else:
            assert whole == listed


@pytest.mark.parametrize("call_id", ["no such call", "", ".", "..", "a/b", "a?b=c#d", "é\n", "%2e%2e", "stats/.."])
def test_a_call_that_is_not_there(platform, call_id):
    assert platform.source().call(call_id) is None


@pytest.mark.case("detail")
def test_any_text_may_be_an_id(platform):
    ids = ["a/b", "a:b#c", "a\nb", "é😀", "x" * 1000, "a b", "%41", "?", "a%2Fb"]
    for minutes_ago, call_id in enumerate(ids):
        platform.put(platform.record(call_id, minutes_ago=minutes_ago))
    source = platform.source()
    listed = {call.key.id: call for call in source.calls(since=SINCE) if call.key.id in ids}
    assert sorted(listed) == sorted(ids)
    for call_id, call in listed.items():
        assert isinstance(call, Call), call_id
        whole = source.call(call_id)
        assert isinstance(whole, Call), call_id
        assert whole.key == call.key


@pytest.mark.case("number id")
def test_an_id_that_is_a_number_is_the_same_as_text(platform):
    platform.put(platform.record(17, minutes_ago=0))
    (call,) = [call for call in calls_of(platform.source()) if call.key.id == "17"]
    assert call.key.id == "17"


@pytest.mark.case("unreadable")
def test_one_bad_element_costs_the_others_nothing(platform):
    before = calls_of(platform.source())
    assert platform.unreadable
    bad_ones: list[BadCall] = []
    for wrong, element in platform.unreadable.items():
        # Those with an id change the element before: it is the same call, still unreadable.
        platform.put(element)
        found = list(platform.source().calls(since=SINCE))
        assert [call for call in found if isinstance(call, Call)] == before, wrong
        bad_ones = [call for call in found if isinstance(call, BadCall)]
        assert bad_ones, wrong
        assert all(bad.code.startswith("E3") for bad in bad_ones)
        assert {bad.key.account for bad in bad_ones} == {before[0].key.account}
    again = [call for call in platform.source().calls(since=SINCE) if isinstance(call, BadCall)]
    assert again == bad_ones, "the same element has the same key every time"


def test_nulls_everywhere_make_a_poor_call_and_no_failure(platform):
    record = platform.record("poor", minutes_ago=0)
    platform.put({name: value if name in platform.bare else None for name, value in record.items()})
    (call,) = [call for call in calls_of(platform.source()) if call.key.id == "poor"]
    assert (call.summary, call.transcript, call.recording_url) == (None, None, None)


@pytest.mark.case("strange words")
def test_unknown_values_and_fields_pass_through(platform):
    platform.put(platform.record("new", minutes_ago=1, **platform.strange))
    (call,) = [call for call in calls_of(platform.source()) if call.key.id == "new"]
    assert platform.strange_paths
    for path, value in platform.strange_paths.items():
        assert reduce(lambda found, name: found[name], path.split("."), call.payload) == value


@pytest.mark.case("ongoing")
def test_a_call_that_is_not_over_is_told_as_such_and_is_one_when_it_ends(platform):
    platform.put(platform.record("now", minutes_ago=0, **platform.ongoing))
    source = platform.source()
    (listed,) = [call for call in source.calls(since=SINCE) if call.key.id == "now"]
    assert isinstance(listed, OngoingCall)
    assert isinstance(source.call("now"), OngoingCall)
    platform.put(platform.record("now", minutes_ago=0))
    ended = source.call("now")
    assert isinstance(ended, Call)
    assert ended.key == listed.key


def test_the_profile_belongs_to_the_same_account(platform):
    source = platform.source()
    profile = source.profile()
    assert isinstance(profile, SourceProfile)
    assert profile.account in (None, calls_of(source)[0].key.account)


def test_a_platform_that_counts_its_calls_counts_every_one(platform):
    source = platform.source()
    if isinstance(source, Counted):
        assert source.call_count() == platform.many
        assert platform.wire.requests <= 3, "however many calls there are"
    else:
        assert source.name in ("kaicalls", "vapi"), "these two publish no number"


def test_times_are_of_this_century(platform):
    assert all(call.started_at >= datetime(2000, 1, 1, tzinfo=UTC) for call in calls_of(platform.source()))
