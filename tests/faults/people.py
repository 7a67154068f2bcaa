"""Somebody works in HubSpot while a run is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connector.sandbox.hubspot import Record
from tests.faults.stage import Stage
from tests.faults.terms import Fault

Strike = Callable[[Stage], object]
CREATE = "before POST /crm/v3/objects/{}/batch/create"
CHANGE = "before POST /crm/v3/objects/{}/batch/update"


def _of(stage: Stage, object_type: str, name: str, value: str) -> Record:
    """The one record with this value."""
    [found] = [each for each in stage.sandbox.hubspot.records(object_type) if each.properties.get(name) == value]
    return found


def _edit(stage: Stage, action: str, record: Record, **more: Any) -> None:
    stage.sandbox.hubspot.edit(action, object_type=record.object_type, record_id=record.id, **more)


def at(point: str, act: Callable[[Stage], object]) -> Strike:
    return lambda stage: stage.at(point, lambda: act(stage))


def _adds_ada(stage: Stage) -> None:
    stage.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "Fern", "email": "ada.fern@example.com"}])


def _adds_ada_second(stage: Stage) -> None:
    """The address is a second one of somebody else's."""
    hubspot = stage.sandbox.hubspot
    [kept, gone] = hubspot.seed_contacts([{"email": "fern@example.com"}, {"email": "ada.fern@example.com"}])
    hubspot.edit("merge", record_id=kept, other=gone)


def _merges_di(stage: Stage) -> None:
    [other] = stage.sandbox.hubspot.seed_contacts([{"firstname": "Di", "lastname": "Holm"}])
    stage.sandbox.hubspot.edit("merge", record_id=other, other=_di(stage).id)


def _di(stage: Stage) -> Record:
    return _of(stage, "contacts", "email", "di.holm@example.com")


def _deletes_di(stage: Stage) -> None:
    _edit(stage, "archive", _di(stage))


def _deletes_the_old_call(stage: Stage) -> None:
    [engagement] = [
        each
        for each in stage.sandbox.hubspot.records("calls")
        if (each.properties.get("call_connector_key") or "").endswith(":old")
    ]
    _edit(stage, "archive", engagement)


def _locks_the_outcome(stage: Stage) -> None:
    stage.sandbox.hubspot.edit("lock_property", object_type="calls", record_id="hs_call_disposition")


PEOPLE = (
    Fault(
        "somebody makes a contact with the caller's address",
        "before it is created",
        at(CREATE.format("contacts"), _adds_ada),
        is_by_hand=True,
    ),
    Fault(
        "the caller's address becomes a second one of somebody's",
        "before the contact is created",
        at(CREATE.format("contacts"), _adds_ada_second),
        is_by_hand=True,
    ),
    Fault(
        "the contact is merged into another",
        "before its call is created",
        at(CREATE.format("calls"), _merges_di),
        is_by_hand=True,
    ),
    Fault(
        "the contact is deleted", "before its call is created", at(CREATE.format("calls"), _deletes_di), is_by_hand=True
    ),
    Fault(
        "the engagement is deleted",
        "before it is changed",
        at(CHANGE.format("calls"), _deletes_the_old_call),
        is_by_hand=True,
    ),
    Fault(
        "an admin locks a property",
        "before calls are created",
        at(CREATE.format("calls"), _locks_the_outcome),
        is_by_hand=True,
    ),
)
