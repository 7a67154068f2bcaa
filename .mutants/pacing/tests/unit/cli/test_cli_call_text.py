"""One call explained: what became of it in a sentence, whatever became of it."""

from __future__ import annotations

from typing import Any

import pytest

from connector.cli.call_text import entry_lines, fate
from connector.model import BY_HAND, State
from tests.unit.cli.samples import AT, an_entry


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"state": State.DONE, "decision": "created", "reason": "new caller"},
            "for a contact that the connector created",
            id="created",
        ),
        pytest.param({"state": State.DONE, "decision": "matched", "reason": "phone"}, "who has the number", id="phone"),
        pytest.param(
            {"state": State.DONE, "decision": "matched", "reason": "email"}, "whose e-mail address", id="email"
        ),
        pytest.param(
            {"state": State.DONE, "decision": "logged", "reason": "the contact was deleted"},
            "without a contact: the contact was deleted",
            id="logged",
        ),
        pytest.param(
            {"state": State.HELD, "reason": "2 contacts by phone", "look_again_at": AT},
            "without a contact (2 contacts by phone), for a person to settle. It is looked up again on 2026-11-20",
            id="held",
        ),
        pytest.param(
            {"state": State.SKIPPED, "reason": BY_HAND, "message": "a prank"},
            "a person skipped it (a prank). `connector calls retry c1`",
            id="skipped by a person",
        ),
        pytest.param({"state": State.SKIPPED, "reason": "staff"}, "the rule “staff” of the mapping", id="skipped"),
        pytest.param({"state": State.SKIPPED, "reason": "own_number"}, "one of our own numbers", id="our own"),
        pytest.param(
            {"state": State.FAILED, "code": "E233", "message": "HubSpot refused a link of the record"},
            "tried again by the next sync: E233 HubSpot refused a link of the record. Run again",
            id="failed",
        ),
        pytest.param(
            {"state": State.DEAD, "code": "E231", "message": "HubSpot refused the record"},
            "`connector calls retry c1` carries it.",
            id="dead",
        ),
        pytest.param({"state": State.GONE, "reason": "deleted in the CRM"}, "never made again", id="deleted"),
        pytest.param({"state": State.INTENT}, "the next sync goes on with it", id="interrupted"),
        pytest.param({"state": State.ONGOING}, "Not over", id="going on"),
    ],
)
def test_fate(fields: dict[str, Any], expected: str) -> None:
    told = fate(an_entry(**{"code": "", "message": "", **fields}))
    assert expected.replace("the number", "the caller's number") in told
    assert told.endswith(".")


def test_every_state_has_a_sentence() -> None:
    assert len({fate(an_entry(state=state)) for state in State}) == len(State)


def test_a_loss_says_once_what_to_do_about_it() -> None:
    notes = ("W231 call a: left out, …", "W231 call b: left out, …", "possible_duplicate", "W231 call a: left out, …")
    lines = [line.strip() for line in entry_lines(an_entry(notes=notes)) if "note" in line or "to mend" in line]
    assert [line.partition(" ")[0] for line in lines] == ["note", "to", "note", "note"]
    assert "Create it in HubSpot" in lines[1]
