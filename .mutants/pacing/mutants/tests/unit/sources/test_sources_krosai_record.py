from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.model import BadCall, Call, OngoingCall
from connector.sources.krosai_record import read_call, read_payload

RECORD: dict[str, Any] = {
    "id": "call_abc123",
    "from_number": "+447700900123",
    "to_number": "+442079460000",
    "direction": "inbound",
    "status": "completed",
    "duration": 142,
    "cost_cents": 12,
    "endpoint_id": "ep_1",
    "phone_number_id": "pn_1",
    "recording_url": "https://storage.krosai.com/recordings/call_abc123.mp3",
    "transcript": "[Agent]: Hello\n[Caller]: Hi",
    "created_at": "2026-04-22T10:11:30Z",
    "answered_at": "2026-04-22T10:11:45Z",
    "completed_at": "2026-04-22T10:14:07Z",
}


def a_record(**changes: Any) -> dict[str, Any]:
    return {**RECORD, **changes}


def a_call(wants: tuple[str, ...] = (), is_row: bool = True, **changes: Any) -> Call:
    call = read_call(a_record(**changes), account="org", wants=wants, is_row=is_row)
    assert isinstance(call, Call), call
    return call


def test_a_record_becomes_a_call():
    call = a_call()
    assert str(call.key) == "krosai:org:call_abc123"
    assert call.ended_at == datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC)
    assert call.started_at == datetime(2026, 4, 22, 10, 11, 45, tzinfo=UTC), "ringing is no part of the call"
    assert (call.duration_seconds, call.direction, call.status) == (142, "INBOUND", "COMPLETED")
    assert call.transcript == "[Agent]: Hello\n[Caller]: Hi"
    assert (call.summary, call.agent_name, call.call_type) == (None, None, None)
    assert (call.agent_number, call.outcome) == ("+442079460000", "completed")


def test_an_address_that_dies_within_the_hour_is_no_part_of_a_call():
    call = a_call()
    assert call.recording_url is None
    assert "recording_url" not in call.payload
    assert call.payload == {name: value for name, value in RECORD.items() if name != "recording_url"}


def test_the_other_side_of_an_outbound_call_is_the_one_that_was_called():
    call = a_call(direction="Outbound", from_number="+442079460000", to_number="+447700900123")
    assert (call.direction, call.agent_number) == ("OUTBOUND", "+442079460000")


@pytest.mark.parametrize(
    ("status", "hubspots"),
    [
        ("completed", "COMPLETED"),
        ("failed", "FAILED"),
        ("busy", "BUSY"),
        ("no_answer", "NO_ANSWER"),
        ("no-answer", "NO_ANSWER"),
        ("Busy", "BUSY"),
        ("voicemail", "COMPLETED"),
        (None, "COMPLETED"),
        (7, "COMPLETED"),
    ],
)
def test_how_it_ended(status, hubspots):
    assert a_call(status=status).status == hubspots


@pytest.mark.parametrize("status", ["initiated", "ringing", "in_progress", "in-progress", "Ringing"])
def test_a_call_that_is_not_over(status):
    record = a_record(status=status, completed_at=None, duration=None)
    found = read_call(record, account="org", wants=(), is_row=True)
    assert isinstance(found, OngoingCall)
    assert found.started_at == datetime(2026, 4, 22, 10, 11, 30, tzinfo=UTC)
    told = read_payload(record, account=None)
    assert isinstance(told, BadCall)
    assert told.code == "E332"


def test_a_call_with_an_end_is_over_whatever_its_status_says():
    assert a_call(status="in_progress").status == "COMPLETED"


@pytest.mark.parametrize(
    ("changes", "ended_at", "seconds"),
    [
        ({"completed_at": None}, "2026-04-22T10:13:52", 142),
        ({"completed_at": "soon"}, "2026-04-22T10:13:52", 142),
        ({"completed_at": "2026-04-22T09:00:00Z"}, "2026-04-22T10:13:52", 142),
        ({"created_at": None}, "2026-04-22T10:14:07", 142),
        ({"duration": None}, "2026-04-22T10:14:07", 142),
        ({"duration": None, "answered_at": None}, "2026-04-22T10:14:07", 0),
        ({"duration": "61.4"}, "2026-04-22T10:14:07", 61),
        ({"completed_at": None, "duration": None}, "2026-04-22T10:11:30", 0),
    ],
)
def test_the_end_is_said_or_reckoned(changes, ended_at, seconds):
    call = a_call(**changes)
    assert call.ended_at == datetime.fromisoformat(ended_at).replace(tzinfo=UTC)
    assert call.duration_seconds == seconds
    assert call.started_at == call.ended_at - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": None}, "E321"),
        ({"id": " "}, "E321"),
        ({"id": True}, "E321"),
        ({"created_at": None, "completed_at": None}, "E322"),
        ({"created_at": "last week", "completed_at": []}, "E322"),
        ({"duration": "long"}, "E322"),
        ({"cost_cents": 2**70}, "E320"),
    ],
)
def test_what_is_no_call(changes, code):
    found = read_call(a_record(**changes), account="org", wants=(), is_row=True)
    assert isinstance(found, BadCall)
    assert (found.code, found.key.account) == (code, "org")


def test_an_id_is_text_whatever_type_it_comes_in():
    assert a_call(id=4711).key == a_call(id="4711").key


@pytest.mark.parametrize("name", sorted(RECORD.keys() - {"id", "created_at"}))
@pytest.mark.parametrize("how", ["null", "absent"])
def test_every_field_but_id_and_created_at_may_be_missing(name, how):
    record = a_record(**{name: None})
    if how == "absent":
        del record[name]
    assert isinstance(read_call(record, account="org", wants=(), is_row=True), Call)


@pytest.mark.parametrize("name", ["metadata", "hangup_cause"])
def test_details_that_nobody_reads_are_left_out_and_those_that_are_read_make_a_row_partial(name):
    detail: dict[str, Any] = {name: {"customer_id": "51"}}
    assert name not in a_call(**detail).payload
    assert not a_call(**detail).is_partial
    assert a_call(wants=(name,)).is_partial
    assert not a_call(wants=(name,), **detail).is_partial
    whole = a_call(wants=(name,), is_row=False, **detail)
    assert whole.payload[name] == detail[name]
    assert not a_call(wants=(name,), is_row=False).is_partial, "asked for by its id there is no more of it"


@pytest.mark.parametrize(
    ("configured", "named", "account"),
    [(None, None, "default"), (None, "org_1", "org_1"), ("mine", "org_1", "mine"), ("mine", None, "mine")],
)
def test_whose_a_record_at_hand_is(configured, named, account):
    assert read_payload(a_record(organization_id=named), account=configured).key.account == account
