"""What the portal says of properties by now, once HubSpot refused one that it was thought to take.

Facts are remembered for a day, and an admin may delete, lock or retype a property in between. HubSpot names the
property in most refusals, not in all. So the facts of that type of record are read anew: they explain the refusals that
name nothing, and whatever is written next is fitted to the portal as it is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

from connector.errors import InputError
from connector.hubspot.ladder import step_of
from connector.hubspot.portal import PortalFacts
from connector.hubspot.readiness import needed
from connector.mapping.misfit import misfit
from connector.model import Outcome, Property, Refused
from connector.ports import Clock

READ_AGAIN_SECONDS = 60.0
"""Facts read so recently are believed: many refusals at once cost one look, and one after the other one a minute."""
_OWNER = "hubspot_owner_id"
_ABOUT_VALUES = "E232"


class Doubts:
    """Reads a type's properties anew when refusals cast doubt on them. Safe to use from several threads."""

    def __init__(self, facts: PortalFacts, clock: Clock) -> None:
        self._facts = facts
        self._clock = clock
        self._lock = threading.Lock()
        self._read_at: dict[str, float] = {}
        self._known: dict[str, dict[str, Property]] = {}

    def explain(self, object_type: str, properties: Mapping[str, str]) -> tuple[str, ...]:
        """Those of these properties that the portal cannot take as it is now.

        Raises InputError E241 when one of the connector's own is gone: nothing can be promised without it.
        """
        known = self._anew(object_type)
        return tuple(name for name, value in properties.items() if misfit(known.get(name), value))

    def heed(self, object_type: str, outcomes: Iterable[Outcome]) -> None:
        """Read the facts anew where one of these outcomes is a refusal of a property. Raises as `explain`."""
        names = {
            name
            for outcome in outcomes
            if isinstance(outcome, Refused) and outcome.code == _ABOUT_VALUES
            for name in outcome.properties
        }
        # An address that HubSpot does not take says nothing of the property.
        if names - {"email"}:
            self._anew(object_type)
        if _OWNER in names and self._is_due(_OWNER):
            self._facts.owners(fresh=True)
            self._note(_OWNER)

    def _anew(self, object_type: str) -> dict[str, Property]:
        with self._lock:
            if self._is_due(object_type):
                known = self._facts.properties(object_type, fresh=True)
                step = step_of(object_type, known, keyless=self._facts.keyless())
                missing = [entry.name for entry in needed(object_type, step) if entry.name not in known]
                if missing:
                    place = f"{object_type}.{missing[0]}"
                    raise InputError("E241", f"the portal lacks the property {place} by now", where=place)
                self._known[object_type] = known
                self._note(object_type)
            return self._known[object_type]

    def _is_due(self, what: str) -> bool:
        return what not in self._read_at or self._clock.monotonic() - self._read_at[what] >= READ_AGAIN_SECONDS

    def _note(self, what: str) -> None:
        # Only once it was read whole: a look that failed would else be believed for a minute, and know nothing.
        self._read_at[what] = self._clock.monotonic()
