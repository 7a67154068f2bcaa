"""One call as a mapping sees it: the names that paths, conditions and templates may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from connector.model import Call


class Caller(Struct, frozen=True, kw_only=True):
    """Who called. The three values that matching uses are None unless they are usable."""

    number: str | None = None
    """E.164."""
    email: str | None = None
    name: str | None = None
    masked: str = ""
    """What to call somebody without a name: `+44 77•• •••123`, `withheld number`, …"""
    notes: tuple[str, ...] = ()
    """What could not be read, without the values."""


class View(Struct, kw_only=True):
    """What one call looks like to the mapping. Made by `CompiledMapping.view`."""

    call: Call
    connection: Mapping[str, str]
    caller: Caller
    contact: Mapping[str, Any] = {}

    def with_contact(self, contact: Mapping[str, Any]) -> View:
        """The same call with `crm.contact.*`: `id`, `name`, `url`, `known` (a bool) and property values."""
        return View(call=self.call, connection=self.connection, caller=self.caller, contact=contact)
