"""The mappings that come with the product hold what their own tests promise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.mapping.casefile import Case, load_cases
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import cases_path, load_mapping
from connector.model import Call, CallKey
from connector.proof.rehearse import rehearse

SHIPPED = Path(__file__).resolve().parents[3] / "mappings" / "reception_ai.yaml"
CASES = load_cases(cases_path(SHIPPED))


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(SHIPPED))


def as_call(record: Mapping[str, Any]) -> Call:
    """A record of Reception AI as a call: `createdAt` is its end."""
    ended_at = datetime.fromisoformat(record["createdAt"])
    return Call(
        key=CallKey("reception_ai", "org", record["id"]),
        started_at=ended_at - timedelta(seconds=record["duration"]),
        ended_at=ended_at,
        duration_seconds=record["duration"],
        summary=record.get("summary"),
        transcript=record.get("transcript"),
        recording_url=record.get("recordingUrl"),
        payload=dict(record),
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_the_shipped_mapping_keeps_its_promises(mapping: CompiledMapping, case: Case) -> None:
    assert rehearse(case, mapping, as_call) == []


def test_every_type_and_every_outcome_has_a_test():
    types = {case.given.get("callType") for case in CASES}
    outcomes = {case.given.get("outcome") for case in CASES}
    assert types >= {"new_enquiry", "referral", "existing_client", "staff", "unknown"}
    assert outcomes >= {"lead_captured", "transferred", "callback_scheduled", "message_taken", "resolved"}
    assert len(CASES) >= 30


def test_every_call_is_connected(mapping):
    for case in CASES:
        view = mapping.view(as_call(case.given))
        dispositions = [wish.value for wish in mapping.call(view).wishes if wish.property == "hs_call_disposition"]
        assert dispositions == ["Connected"]
