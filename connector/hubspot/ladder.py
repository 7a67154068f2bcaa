"""Where a portal keeps our key, and whether it refuses a second record by itself.

Per object type, from the best step down: a unique property; a plain one of the same name; for calls HubSpot's own
`hs_call_external_id`, where the portal takes no property at all. Below the first step a record is found by its key
through the search alone, which lags.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct, structs

from connector.hubspot.portal import PortalFacts
from connector.model import Portal, Property, key_property

EXTERNAL_ID = "hs_call_external_id"
"""HubSpot's own text for another system's id of a call; not unique (specification of 2026-08)."""


class Step(StrEnum):
    UNIQUE = "unique"
    PLAIN = "plain"
    EXTERNAL = "external"

    @property
    def is_guarded(self) -> bool:
        """Whether the portal itself refuses a second record with the same key."""
        return self is Step.UNIQUE


class KeyPlace(Struct, frozen=True, kw_only=True):
    """The property of one object type that holds our key."""

    step: Step
    name: str


class Ladder:
    """Tells the step of each object type from the portal's facts as they are remembered, and asks nothing more."""

    def __init__(self, facts: PortalFacts) -> None:
        self._facts = facts

    def place(self, object_type: str) -> KeyPlace:
        """Where the key of this type is. A portal that was never prepared is taken for one that gives the best."""
        there = self._facts.properties(object_type)
        step = step_of(object_type, there, keyless=self._facts.keyless()) or Step.UNIQUE
        return KeyPlace(step=step, name=EXTERNAL_ID if step is Step.EXTERNAL else key_property(object_type))

    def seen_on(self, portal: Portal) -> Portal:
        """The portal as others may write to it: a property of HubSpot's that holds our key is none of theirs."""
        calls = portal.properties.get("calls", {})
        held = calls.get(EXTERNAL_ID)
        if held is None or step_of("calls", calls, keyless=self._facts.keyless()) is not Step.EXTERNAL:
            return portal
        kept = {**calls, EXTERNAL_ID: structs.replace(held, read_only=True)}
        return structs.replace(portal, properties={**portal.properties, "calls": kept})


def step_of(object_type: str, there: Mapping[str, Property], *, keyless: Collection[str]) -> Step | None:
    """The step of a type whose properties are these; None where it has no key, or none yet.

    `keyless` are the types on which HubSpot refused even a plain property.
    """
    key = there.get(key_property(object_type))
    if key is not None:
        return Step.UNIQUE if key.unique else Step.PLAIN
    return Step.EXTERNAL if object_type == "calls" and object_type in keyless else None


def bounded_words(object_type: str, step: Step) -> str:
    """What a person is told of a type below the first step."""
    where = f"in {EXTERNAL_ID}, " if step is Step.EXTERNAL else ""
    return f"the key of {object_type} is kept {where}without HubSpot refusing a second one (step “{step}”)"
