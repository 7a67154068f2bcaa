"""What a mapping is checked against, read from a portal."""

from __future__ import annotations

import pytest

from connector.errors import AccessError
from connector.model import Option
from tests.stubs.portal import Stand, answering, said


def test_everything_that_mappings_are_checked_by():
    schema = Stand().crm.survey(["tasks", "tickets", "deals"])
    assert schema.portal.properties.keys() == {"contacts", "calls", "tasks", "tickets", "deals"}
    assert {(owner.email, owner.active) for owner in schema.portal.owners} == {
        ("priya.shah@example.com", True),
        ("tom.okafor@example.com", True),
        ("lena.fischer@example.com", False),
    }
    assert [pipeline.id for pipeline in schema.pipelines["tickets"]] == ["0"]
    assert schema.pipelines["tickets"][0].stages[0] == Option("1", "New")
    assert "tasks" not in schema.pipelines
    assert schema.links["tasks"] == ("companies", "contacts", "deals", "leads", "tickets")
    assert schema.unread == {}
    assert schema.saved_at is None


def test_it_is_asked_for_now():
    stand = Stand()
    stand.crm.survey(["tasks"])
    assert "GET /crm/v3/properties/tasks" in stand.requests()


def test_an_object_that_the_portal_does_not_know_is_no_error():
    schema = Stand().crm.survey(["p_visits", "tasks"])
    assert schema.portal.properties.keys() == {"contacts", "calls", "tasks"}
    unread = schema.unread["p_visits"]
    assert (unread.code, unread.message) == ("E431", "the portal has no object `p_visits`")


def test_an_object_that_the_token_may_not_see_is_no_error():
    stand = Stand()
    refusal = said(403, {"category": "MISSING_SCOPES", "message": "no"})
    stand.transport.interrupt = answering(refusal, only="/properties/deals")
    schema = stand.crm.survey(["deals", "tasks"])
    assert schema.unread["deals"].code == "E202"
    assert "tasks" in schema.portal.properties


@pytest.mark.parametrize("path", ["/properties/deals", "/properties/contacts", "/owners"])
def test_a_refused_token_is_an_error(path):
    stand = Stand()
    stand.transport.interrupt = answering(said(401, {}), only=path)
    with pytest.raises(AccessError):
        stand.crm.survey(["deals"])
