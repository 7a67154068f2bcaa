"""Wishes made to fit a portal: options by value or label, owners by address or id."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.fit import (
    Fitted,
    OwnerChoice,
    choose_owner,
    fit,
    is_warning,
    lacking,
    option_order,
    option_value,
    refused_value,
)
from connector.mapping.policy import Wish
from connector.model import Option, Owner, Portal, Property

CONNECTED = "f240bbac-87c9-4f6e-bf70-924b57d47db7"
DISPOSITIONS = (Option(CONNECTED, "Spoken to"), Option("own-1", "Voicemail, ours"))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(CONNECTED, CONNECTED, id="the internal id"),
        pytest.param("voicemail, OURS", "own-1", id="the label, whatever its case"),
        pytest.param("Connected", CONNECTED, id="a default label that the portal renamed"),
        pytest.param("Busy", None, id="a default that the portal removed"),
        pytest.param("Nonsense", None, id="nothing that the portal knows"),
    ],
)
def test_a_disposition_is_matched_by_id_then_label_then_default(wanted: str, expected: str | None) -> None:
    assert option_value("hs_call_disposition", wanted, DISPOSITIONS) == expected


def test_several_options_at_once_stay_as_they_are() -> None:
    assert option_value("interests", "a;b", (Option("a", "A"), Option("b", "B"))) == "a;b"


def test_what_does_not_fit_is_left_out_with_a_note() -> None:
    properties = {
        "title": Property(name="title", label="Title", type="string"),
        "computed": Property(name="computed", label="Computed", type="string", calculated=True),
        "locked": Property(name="locked", label="Locked", type="string", read_only=True),
    }
    wishes = [Wish(property=name, value="x", write="always", origin="value") for name in (*properties, "unknown")]
    fitted = fit(wishes, properties, of="call")
    assert [wish.property for wish in fitted.wishes] == ["title"]
    assert fitted.notes == (
        "W232 call computed: left out, the portal does not let it be written",
        "W232 call locked: left out, the portal does not let it be written",
        "W231 call unknown: left out, the portal has no such property",
    )


def test_the_portals_own_order_decides_what_is_forward() -> None:
    stages = Property(name="lifecyclestage", label="", type="enumeration", options=(Option("b", ""), Option("a", "")))
    assert option_order({"lifecyclestage": stages}, "lifecyclestage") == ("b", "a")
    assert option_order({"lifecyclestage": stages}, "other") == ()
    assert option_order({"other": stages}, "lifecyclestage") == ()
    assert option_order({}, "lifecyclestage")[:2] == ("subscriber", "lead")
    assert option_order({}, "other") == ()


def test_without_a_portal_everything_fits() -> None:
    wishes = [Wish(property="unknown", value="x", write="always", origin="value")]
    assert fit(wishes, {}, of="call") == Fitted(tuple(wishes), ())


def test_a_label_becomes_the_value_and_what_is_a_value_stays_the_same_wish() -> None:
    stage = Property(name="stage", label="", type="enumeration", options=(Option("b", "Best"),))
    text = Property(name="text", label="", type="string", options=(Option("b", "Best"),))
    label = Wish(property="stage", value="best", write="always", origin="value")
    wishes = [label, replace(label, value="b"), replace(label, property="text"), replace(label, value="worst")]
    fitted = fit(wishes, {"stage": stage, "text": text}, of="contact")
    assert fitted.wishes == (replace(label, value="b"), *wishes[1:3])
    assert fitted.notes == ("W233 contact stage: left out, the value is not one of the portal's options",)


class Names:
    """Those that a mapping names, by type."""

    contact_properties = frozenset({"email"})
    call_properties = frozenset({"title"})
    object_types = frozenset({"tasks", "notes"})
    record_properties = frozenset({"subject"})


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"contacts": ["email"], "calls": ["title"], "tasks": ["subject"]}, set()),
        ({"contacts": ["email"], "calls": ["title"], "notes": ["subject", "other"]}, set()),
        ({"contacts": [], "calls": ["title"], "tasks": ["subject"]}, {"contacts"}),
        ({"contacts": ["email"], "tasks": ["subject"]}, {"calls"}),
        ({"contacts": ["email"], "calls": ["title"], "tasks": ["other"]}, {"tasks", "notes"}),
        ({}, {"contacts", "calls", "tasks", "notes"}),
    ],
)
def test_what_the_portal_lacks_of_a_mapping(known: dict[str, list[str]], expected: set[str]) -> None:
    properties = {
        kind: {name: Property(name=name, label="", type="string") for name in names} for kind, names in known.items()
    }
    names: Any = Names()
    assert lacking(Portal(id="1", properties=properties), names) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [("W236 call x: left out", True), ("W341 the caller was guessed", False), ("W2360 x", False), ("x W236 y", False)],
)
def test_a_warning_tells_of_what_the_crm_could_not_take(note: str, expected: bool) -> None:
    assert is_warning(note) is expected


def test_a_refused_value_is_named_without_it() -> None:
    assert refused_value("call", "title") == "W236 call title: left out, HubSpot refused the value"
    assert refused_value("contact", "email") == "W237 contact email: left out, HubSpot does not take the address"


PORTAL = Portal(
    id="1",
    owners=(
        Owner(id="11", email="Ann@example.com"),
        Owner(id="12", email="bob@example.com", active=False),
    ),
)


@pytest.mark.parametrize(
    ("contact_owner", "mapped", "expected"),
    [
        pytest.param("11", "bob@example.com", OwnerChoice("11"), id="the contact's active owner comes first"),
        pytest.param("12", "ann@example.com", OwnerChoice("11"), id="else the mapping's, by address"),
        pytest.param(None, "11", OwnerChoice("11"), id="else the mapping's, by id"),
        pytest.param(
            None,
            "bob@example.com",
            OwnerChoice(None, "the mapping's owner is not an active user"),
            id="else nobody, with a note",
        ),
        pytest.param(
            "12",
            None,
            OwnerChoice(None, "the contact's owner is not an active user"),
            id="nobody when the contact's owner left",
        ),
        pytest.param(None, None, OwnerChoice(None), id="nobody asked for"),
    ],
)
def test_the_owner(contact_owner: str | None, mapped: str | None, expected: OwnerChoice) -> None:
    assert choose_owner(contact_owner, mapped, PORTAL) == expected
