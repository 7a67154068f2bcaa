"""A list that shifts, repeats itself or changes its shape while it is read: all calls are found, or the source says no.

Nothing here may end in a list that looks whole and is not, or in asking for ever.
"""

from __future__ import annotations

import json

import pytest

from connector.errors import ConnectorError
from tests.contract.platforms.stage import SINCE, calls_of, cut, repeating, rewritten


def ids_of(source):
    return [call.key.id for call in source.calls(since=SINCE)]


@pytest.mark.case("insert")
def test_calls_added_while_the_list_is_read_cost_no_other(platform):
    before = set(ids_of(platform.source()))
    found = set()
    for place, call in enumerate(platform.source().calls(since=SINCE)):
        found.add(call.key.id)
        if place % 70 == 0:
            platform.put(platform.record(f"added_{place}", minutes_ago=0))
    assert before <= found


@pytest.mark.case("delete")
def test_calls_deleted_while_the_list_is_read_cost_no_other(platform):
    before = set(ids_of(platform.source()))
    found, deleted = set(), set()
    for place, call in enumerate(platform.source().calls(since=SINCE)):
        found.add(call.key.id)
        if place % 70 == 0:
            platform.remove(call.key.id)
            deleted.add(call.key.id)
    assert deleted
    assert before - deleted <= found


@pytest.mark.case("disorder")
def test_a_list_out_of_order_is_read_whole(platform):
    before = set(ids_of(platform.source()))
    platform.disorder()
    assert set(ids_of(platform.source())) == before


@pytest.mark.case("tie")
def test_more_calls_of_one_moment_than_a_page_holds(platform):
    before = set(ids_of(platform.source()))
    tied = {f"tied_{number}" for number in range(platform.page + 3)}
    for call_id in tied:
        platform.put(platform.record(call_id, minutes_ago=5))
    assert set(ids_of(platform.source())) == before | tied


@pytest.mark.case("pages")
@pytest.mark.parametrize("times", [1, 1_000_000], ids=["once", "for ever"])
def test_a_page_that_comes_again(platform, times):
    before = set(ids_of(platform.source()))
    asked = platform.wire.requests
    platform.wire.between = repeating(of=platform.is_list, times=times)
    code, found = "", set()
    try:
        found.update(ids_of(platform.source()))
    except ConnectorError as error:
        code = error.code
    assert code.startswith("E3") or found == before, "calls are missing, and nobody said so"
    assert platform.wire.requests < 6 * asked + 50


@pytest.mark.case("pages")
def test_another_envelope_from_the_second_page_on(platform):
    platform.wire.between = rewritten(wrapped, of=platform.is_list, nth=2)
    with pytest.raises(ConnectorError) as failure:
        ids_of(platform.source())
    assert failure.value.code.startswith("E3")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"null", b'"calls"', b'{"unheard_of":[]}', b"<html>Log in</html>", b"[", b"17"]
)
def test_what_is_no_list_is_never_an_empty_one(platform, body):
    platform.wire.between = rewritten(lambda _: body, of=platform.is_list)
    with pytest.raises(ConnectorError) as failure:
        ids_of(platform.source())
    assert failure.value.code.startswith("E3")


def test_a_list_whose_connection_breaks_off_is_never_the_whole(platform):
    platform.wire.between = cut(of=platform.is_list)
    with pytest.raises(ConnectorError):
        ids_of(platform.source())


def test_a_list_whose_json_ends_early_is_never_the_whole(platform):
    platform.wire.between = rewritten(lambda found: json.dumps(found).encode()[:-20], of=platform.is_list)
    with pytest.raises(ConnectorError):
        ids_of(platform.source())


def test_what_came_before_is_read_all_the_same_when_the_platform_recovers(platform):
    before = calls_of(platform.source())
    platform.wire.between = cut(of=platform.is_list)
    with pytest.raises(ConnectorError):
        ids_of(platform.source())
    platform.wire.between = lambda request, send: send()
    assert calls_of(platform.source()) == before


def wrapped(found):
    return json.dumps({"unheard_of": found}).encode()


def test_a_number_that_is_none_costs_its_record_and_not_the_page(platform):
    before = ids_of(platform.source())
    platform.wire.between = rewritten(with_no_number, of=platform.is_list)
    assert len(set(before) - set(ids_of(platform.source()))) <= 1


def with_no_number(found):
    rows = found if isinstance(found, list) else next(part for part in found.values() if isinstance(part, list))
    if rows:
        rows[0]["unheard_of"] = float("nan")
    return json.dumps(found).encode()
