"""KaiCalls: when a lead may be guessed by time, and when there is a doubt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connector.model import Call
from connector.sources.kaicalls_guess import GUESSED_AFTER, MARGIN, is_brought_by, is_due, only_lead
from connector.sources.kaicalls_record import read_payload
from tests.contract.platforms.kaicalls import AGENT, record
from tests.stubs.clock import START
from tests.unit.sources.test_sources_kaicalls import Line

DAYS_AGO = 3 * 24 * 60
BEGAN = START - timedelta(minutes=DAYS_AGO + 1)
WANTS = ("person_id", "guessed_lead")


def at(seconds: float) -> str:
    """So many seconds after the call began; it takes a minute."""
    return (BEGAN + timedelta(seconds=seconds)).isoformat()


def nobodys(call_id: str = "c1", **fields: Any) -> dict[str, Any]:
    return record(call_id, minutes_ago=DAYS_AGO, **{"lead_id": None, **fields})


def a_call(**fields: Any) -> Call:
    call = read_payload(nobodys(**fields), account=None)
    assert isinstance(call, Call)
    return call


def a_lead(seconds: float, lead_id: str = "l1", **fields: Any) -> dict[str, Any]:
    return {"id": lead_id, "phone": "+15550111", "created_at": at(seconds), **fields}


@pytest.mark.parametrize(
    ("leads", "found"),
    [
        pytest.param([], None, id="none"),
        pytest.param([a_lead(30)], "l1", id="made while the call went on"),
        pytest.param([a_lead(0)], "l1", id="at its very start"),
        pytest.param([a_lead(-1)], None, id="before it"),
        pytest.param([a_lead(60 + MARGIN.total_seconds())], "l1", id="five minutes after its end"),
        pytest.param([a_lead(61 + MARGIN.total_seconds())], None, id="later"),
        pytest.param([a_lead(30), a_lead(40, "l2")], None, id="two"),
        pytest.param([a_lead(30), a_lead(4000, "l2"), 17], "l1", id="two, of which one is from elsewhen"),
        pytest.param([a_lead(30, source="inbound_call")], "l1", id="rang in"),
        pytest.param([a_lead(30, source="web_form")], None, id="came over the web"),
        pytest.param([a_lead(30, agent_id=AGENT["id"])], "l1", id="of the agent who took the call"),
        pytest.param([a_lead(30, agent_id="agent_2")], None, id="of another agent"),
        pytest.param([a_lead(30, created_at="soon")], None, id="without a time"),
    ],
)
def test_exactly_one_lead_fits(leads: list[Any], found: str | None):
    lead = only_lead(leads, a_call())
    assert (lead and lead["id"]) == found


@pytest.mark.parametrize(
    ("other", "is_ours"),
    [
        pytest.param({"lead_id": None}, False, id="at the same time"),
        pytest.param({"lead_id": "l2"}, True, id="at the same time, with a lead of its own"),
        pytest.param(
            {"lead_id": "l1", "agent_id": "agent_2", "created_at": at(-9000)}, False, id="that names the lead"
        ),
        pytest.param({"lead_id": None, "agent_id": "agent_2"}, False, id="on another agent, the lead naming none"),
        pytest.param({"lead_id": None, "created_at": at(-3600)}, True, id="an hour before"),
        pytest.param({"lead_id": None, "created_at": at(-300)}, False, id="that ended within the five minutes"),
        pytest.param({"lead_id": None, "created_at": at(31)}, True, id="that began after the lead was made"),
        pytest.param({"lead_id": None, "created_at": at(-9000), "status": "in-progress"}, False, id="that goes on"),
        pytest.param({"lead_id": None, "created_at": None}, False, id="that cannot be read"),
    ],
)
def test_no_other_call_may_have_brought_it(other: dict[str, Any], is_ours: bool):
    around = [nobodys(), nobodys("c2", **other)]
    assert is_brought_by(a_call(), a_lead(30), around) is is_ours


def test_a_call_on_another_agent_has_not_brought_a_lead_that_names_its_own():
    around = [nobodys(), nobodys("c2", agent_id="agent_2")]
    assert is_brought_by(a_call(), a_lead(30, agent_id=AGENT["id"]), around)


def test_calls_around_that_do_not_hold_the_call_itself_prove_nothing():
    assert not is_brought_by(a_call(), a_lead(30), [nobodys("c2", created_at=at(-9000))])


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, True),
        ({"lead_id": "l1"}, False),
        ({"direction": "outbound"}, False),
        ({"caller_number": "+15550199"}, False),
    ],
)
def test_only_a_call_that_rang_in_and_says_nothing_of_its_caller_is_a_case(fields: dict[str, Any], due: bool):
    assert is_due(a_call(**fields), now=START) is due


def test_the_platform_has_a_day_to_say_who_it_was():
    call = a_call()
    assert not is_due(call, now=call.ended_at + GUESSED_AFTER - timedelta(seconds=1))
    assert is_due(call, now=call.ended_at + GUESSED_AFTER)


class TestAsked:
    def line(self, *others: Any, wants: tuple[str, ...] = WANTS, lead: Any = None) -> Line:
        line = Line(nobodys(), *others, wants=wants)
        line.stub.leads = [lead or a_lead(30)]
        return line

    def test_the_only_lead_is_joined_as_a_guess_and_not_as_the_lead(self):
        line = self.line()
        call = line.whole("c1")
        assert call.payload["guessed_lead"]["id"] == "l1"
        assert (call.payload["lead"], call.person_id, call.is_caller_guessed) == (None, None, True)

    def test_nobody_is_guessed_for_a_mapping_that_does_not_ask(self):
        line = self.line(wants=("person_id",))
        call = line.whole("c1")
        assert ("guessed_lead" in call.payload, call.is_caller_guessed) == (False, False)
        assert not any("/leads" in each for each in line.asked)

    def test_one_more_look_tells_whether_another_call_may_have_brought_it(self):
        line = self.line(nobodys("c2"))
        assert not line.whole("c1").is_caller_guessed

    def test_no_lead_costs_no_look_at_other_calls(self):
        line = self.line(lead=a_lead(99_999))
        assert not line.whole("c1").is_caller_guessed
        assert [each for each in line.asked if each.startswith("/calls?") and "after" in each] == []

    def test_a_line_so_busy_that_pages_of_calls_do_not_reach_back_has_no_guess(self):
        crowd = [nobodys(f"x{number}", lead_id="l9", created_at=at(-1 - number)) for number in range(400)]
        assert not self.line(*crowd).whole("c1").is_caller_guessed
        assert self.line(*crowd[:150]).whole("c1").is_caller_guessed

    def test_more_leads_than_pages_tell_are_no_guess(self):
        line = self.line()
        line.stub.leads = [
            a_lead(30),
            *(a_lead(29 - number / 100, f"x{number}", source="web") for number in range(400)),
        ]
        assert not line.whole("c1").is_caller_guessed

    def test_the_lists_are_asked_for_what_may_fit(self):
        line = self.line()
        line.whole("c1")
        leads = next(each for each in line.stub.asked if each.startswith("/leads?"))
        assert "source=inbound_call" in leads
        assert "created_after=" in leads
        assert "created_before=" in leads
