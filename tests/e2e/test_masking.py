"""What the command line shows of a thousand calls says nothing of the people in them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from connector.cli import masking
from connector.reports import PlannedRecord
from tests.stubs.frozen import prepared

TOO_SHORT = 3
"""Words of a name that are words of the language, too."""


def test_a_plan_of_a_thousand_calls_names_nobody(tmp_path: Path) -> None:
    world = prepared(tmp_path, calls=1000)
    with world.app() as app:
        plan = app.plan()
    names = {
        word
        for call in plan.calls
        for name in (call.caller_name, call.contact_name)
        for word in name.split()
        if len(word) > TOO_SHORT
    }
    assert len(names) > 100
    shown = [
        change.after
        for call in masking.plan_report(plan).calls
        for record in (call.contact, call.engagement, *call.records)
        if isinstance(record, PlannedRecord)
        for change in record.changes
    ]
    words = {word.strip(",:;.") for text in shown for word in text.split()}
    assert names & words == set()
    masked = msgspec.json.encode(masking.plan_report(plan)).decode()
    assert "@example" in masked
    assert not [call.caller_number for call in plan.calls if call.caller_number and call.caller_number in masked]
    assert not [call.caller_email for call in plan.calls if call.caller_email and call.caller_email in masked]
