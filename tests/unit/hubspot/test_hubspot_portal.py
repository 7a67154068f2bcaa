from __future__ import annotations

import pytest

from connector.draft.ledger import DraftLedger
from connector.errors import InputError, TransientError
from connector.hubspot.answers import Definitions, decode
from connector.hubspot.portal import _property
from connector.hubspot.readiness import require_ready
from connector.hubspot.shape import object_types_of, wanted
from connector.model import CONTACT_KEY, KEY, Portal, Property
from tests.stubs.portal import STEPS, Stand, answering, said

DAY_SECONDS = 86_400.0


class TestFacts:
    def test_what_is_known(self):
        portal = Stand(time_zone="America/New_York").crm.portal(["tasks"])
        assert (portal.id, portal.time_zone) == ("48121107", "America/New_York")
        assert portal.properties.keys() == {"contacts", "calls", "tasks"}
        assert portal.properties["contacts"][CONTACT_KEY].unique
        assert not portal.properties["contacts"]["phone"].unique
        assert portal.properties["contacts"]["createdate"].read_only
        dispositions = portal.properties["calls"]["hs_call_disposition"].options
        assert "f240bbac-87c9-4f6e-bf70-924b57d47db7" in {option.value for option in dispositions}
        assert portal.owners
        assert all(owner.active for owner in portal.owners)

    def test_after_setup_nothing_is_asked(self):
        stand = Stand()
        stand.crm.portal(["tasks"])
        stand.crm.portal_id()
        stand.crm.require_ready(["tasks"])
        assert stand.requests() == []

    def test_another_process_remembers_for_a_day(self):
        stand = Stand()
        stand.clock.sleep(DAY_SECONDS - 60)
        stand.connector().portal()
        assert stand.requests() == []
        stand.clock.sleep(120)
        stand.connector().portal()
        assert [path.rpartition("/")[2] for path in stand.requests()] == ["details", "contacts", "calls", ""]

    def test_only_what_is_new_is_asked(self):
        stand = Stand()
        stand.crm.portal(["notes"])
        assert stand.requests() == ["GET /crm/v3/properties/notes"]

    def test_the_portals_id_alone_is_cheap(self):
        stand = Stand(prepared=False)
        assert stand.crm.portal_id() == "48121107"
        assert stand.requests() == ["GET /account-info/v3/details"]

    def test_another_key_is_another_portal(self):
        """Else a key for another portal would meet the first one's id for a day."""
        stand = Stand()
        stand.crm.portal_id()
        other = Stand(prepared=False, facts=stand.facts, portal_id=777)
        assert other.connector(base_url="http://other.example.com").portal_id() == "777"
        assert stand.connector().portal_id() == "48121107"

    def test_no_key_is_remembered(self):
        remembered: list[tuple[str, bytes]] = []

        class Watched(DraftLedger):
            def remember(self, name, value, *, now):
                remembered.append((name, value))
                super().remember(name, value, now=now)

        Stand(facts=Watched())
        assert remembered
        assert not [name for name, value in remembered if "pat-eu1" in name or b"pat-eu1" in value]

    def test_facts_of_another_version_are_asked_again(self):
        class Old(DraftLedger):
            def recall(self, name, *, now, age_seconds_max):
                return b'{"another": "shape"}'

        assert Stand(prepared=False, facts=Old()).crm.portal_id() == "48121107"

    def test_all_owners(self):
        stand = Stand(prepared=False)
        first = {"results": [{"id": "1", "email": "a@example.com"}], "paging": {"next": {"after": "1"}}}
        second = {"results": [{"id": "2", "firstName": "Ann", "lastName": "Lee", "type": "PERSON"}]}
        stand.transport.interrupt = answering(said(200, first), said(200, second), only="owners")
        owners = stand.crm.portal().owners
        assert [(owner.id, owner.email, owner.name) for owner in owners] == [
            ("1", "a@example.com", None),
            ("2", None, "Ann Lee"),
        ]
        assert [asked.query for asked in stand.transport.asked if "owners" in asked.path] == [
            "limit=100",
            "after=1&limit=100",
        ]

    def test_options_stand_in_the_portals_own_order(self):
        body = b"""{"results": [{"name": "stage", "type": "enumeration", "options": [
            {"value": "c", "label": "C", "displayOrder": -1}, {"value": "b", "label": "B", "displayOrder": 1},
            {"value": "d", "label": "D"}, {"value": "a", "label": "A", "displayOrder": 0}]}]}"""
        [entry] = decode(body, Definitions).results
        assert [option.value for option in _property(entry).options] == ["a", "b", "c", "d"]


PLAIN = Property(name=KEY, label="", type="string", unique=False)


def a_portal(**changed: Property | None) -> Portal:
    """A portal that is ready for calls and contacts, but for what is changed."""
    properties = {}
    for object_type in object_types_of([]):
        there = {
            entry.name: Property(name=entry.name, label=entry.label, type=entry.type, unique=entry.unique)
            for entry in wanted(object_type)
        }
        for name, entry in changed.items():
            if name in there:
                del there[name]
                if entry is not None:
                    there[name] = entry
        properties[object_type] = there
    return Portal(id="1", properties=properties)


class TestReadiness:
    def test_ready(self):
        require_ready(a_portal(), [])

    def test_a_key_that_is_not_unique_will_do(self):
        require_ready(a_portal(call_connector_key=PLAIN), [])

    def test_calls_without_any_property_of_ours_will_do_where_hubspot_takes_none(self):
        calls = dict.fromkeys((entry.name for entry in wanted("calls")), None)
        require_ready(a_portal(**calls), [], keyless=["calls"])

    @pytest.mark.parametrize(
        ("portal", "keyless", "code", "where"),
        [
            pytest.param(a_portal(call_connector_key=None), [], "E241", f"calls.{KEY}", id="no key"),
            pytest.param(
                a_portal(call_connector_last_call_at=None),
                [],
                "E241",
                "contacts.call_connector_last_call_at",
                id="less",
            ),
            pytest.param(
                a_portal(call_connector_contact_key=None),
                ["contacts"],
                "E242",
                f"contacts.{CONTACT_KEY}",
                id="no key of contacts at all",
            ),
            pytest.param(
                a_portal(call_connector_key=Property(name=KEY, label="", type="number")),
                [],
                "E243",
                f"calls.{KEY}",
                id="another type of key",
            ),
            pytest.param(
                a_portal(call_connector_last_call_at=Property(name="x", label="", type="string")),
                [],
                "E243",
                "contacts.call_connector_last_call_at",
                id="another type",
            ),
        ],
    )
    def test_not_ready(self, portal, keyless, code, where):
        with pytest.raises(InputError) as raised:
            require_ready(portal, [], keyless=keyless)
        assert (raised.value.code, raised.value.where, raised.value.exit_code) == (code, where, 2)

    def test_record_types_count(self):
        with pytest.raises(InputError) as raised:
            require_ready(a_portal(), ["tasks"])
        assert raised.value.where == f"tasks.{KEY}"
        assert "and 2 more" in raised.value.message

    def test_before_setup(self):
        with pytest.raises(InputError) as raised:
            Stand(prepared=False).crm.require_ready()
        assert raised.value.code == "E241"
        assert "connector setup" in raised.value.fix

    def test_facts_that_say_no_are_asked_again(self):
        """Somebody ran `setup` from elsewhere a minute ago."""
        stand = Stand(prepared=False)
        with pytest.raises(InputError):
            stand.crm.require_ready(["tasks"])
        stand.connector(facts=DraftLedger()).setup(["tasks"], dry_run=False)
        assert stand.crm.require_ready(["tasks"]).properties["tasks"][KEY].unique

    def test_a_portal_that_takes_no_key_on_tasks(self):
        stand = Stand(custom={"tasks": False})
        with pytest.raises(InputError) as raised:
            stand.connector().require_ready(["tasks"])
        assert (raised.value.code, raised.value.where) == ("E242", f"tasks.{KEY}")

    def test_a_property_that_holds_our_key_is_not_for_mappings(self):
        """They would write over the one thing by which the call is found again."""
        held = {step: Stand(step=step).crm.require_ready().properties["calls"] for step in STEPS}
        assert {step: there["hs_call_external_id"].read_only for step, there in held.items()} == {
            "unique": False,
            "plain": False,
            "external": True,
        }


class TestASpentDay:
    def test_it_says_when_to_come_back(self):
        stand = Stand(time_zone="America/New_York")
        stand.transport.interrupt = answering(said(429, {"policyName": "DAILY", "message": "…"}))
        with pytest.raises(TransientError) as raised:
            stand.crm.holds_keys()
        # 12:00 UTC is 08:00 in New York.
        assert raised.value.retry_after == pytest.approx(16 * 3600, abs=60)
        assert "2026-04-23 00:00 America/New_York (2026-04-23 04:00 UTC)" in raised.value.message
        assert raised.value.exit_code == 4

    def test_without_knowing_where_the_portal_is(self):
        stand = Stand(prepared=False)
        stand.transport.interrupt = answering(said(429, {"policyName": "DAILY", "message": "…"}))
        with pytest.raises(TransientError) as raised:
            stand.crm.portal_id()
        assert raised.value.retry_after == 12 * 3600
