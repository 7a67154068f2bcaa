"""The verbs that look: one call through the mapping, what the ledger knows, and what runs did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connector.app.verbs import Verbs
from connector.engine.pages import page
from connector.errors import ConnectorError, InputError, TransientError
from connector.model import BadCall, Call, Entry, OngoingCall, RunSummary, State, id_of_key
from connector.parts import CONNECTION
from connector.ports import Detailed
from connector.reports import CallStory, Preview


class Looking(Verbs):
    """preview, calls, runs."""

    def preview(self, call_id: str) -> Preview:
        """One call through the mapping, fetched now. Raises InputError when the platform does not know it."""
        call = self._parts.source.call(call_id)
        if call is None:
            raise InputError("E109", "the platform does not know this call", where="CALL_ID")
        if isinstance(call, BadCall):
            raise InputError(call.code, call.message, where="CALL_ID")
        if isinstance(call, OngoingCall):
            raise InputError("E332", "the call is not over yet", where="CALL_ID")
        return self._preview(call)

    def calls_list(
        self, *, states: Sequence[State] = (), since: datetime | None = None, code: str = "", limit: int = 100
    ) -> list[Entry]:
        """The ledger's entries, newest first; with a code, those that failed with it or lost something by it."""
        return self._parts.overlay().list_entries(CONNECTION, states=states, since=since, code=code, limit=limit)

    def calls_show(self, call_id: str) -> CallStory:
        """Everything about one call, named by its id or its key: the ledger's entry, the platform's record now, pages.

        What the ledger knows is told when the platform cannot be reached, too.
        """
        entry = self._entry(call_id)
        call_id = entry.call_id if entry is not None else id_of_key(call_id) or call_id
        try:
            call = self._parts.source.call(call_id)
        except TransientError:
            if entry is None:
                raise
            call = None
        preview = self._preview(call) if isinstance(call, Call) else None
        key = str(call.key) if call is not None else call_id
        details = {} if call is None else self._details(call.key.id)
        return CallStory(key=key, entry=entry, preview=preview, urls=self._urls(entry), details=details)

    def runs_list(self, limit: int = 20) -> list[RunSummary]:
        """Runs, newest first."""
        return self._parts.overlay().runs(CONNECTION, limit=limit)

    def runs_show(self, run_id: str) -> RunSummary:
        """One run by its id or a unique beginning of it. Raises InputError when there is none."""
        summary = self._parts.overlay().run(run_id)
        if summary is None:
            raise InputError("E110", "no run has this id", where="RUN_ID")
        return summary

    def _details(self, call_id: str) -> dict[str, Any]:
        """What the platform tells beside the record; why it does not, where it fails: the rest of the story stands."""
        source = self._parts.source
        if not isinstance(source, Detailed):
            return {}
        try:
            return source.details(call_id)
        except ConnectorError as error:
            return {"not told": str(error)}

    def _preview(self, call: Call) -> Preview:
        from connector.proof.rehearse import plan_one

        crm = self._parts.draft_crm(self._parts.overlay())
        mapping = self._parts.mapping
        plan = plan_one(call, mapping, crm=crm, now=self._parts.clock.now())
        return Preview(plan=plan, payload=call.payload)

    def _urls(self, entry: Entry | None) -> dict[str, str]:
        if entry is None or self._parts.settings.hubspot_token is None:
            return {}
        portal = self._parts.reading_crm(self._parts.overlay()).portal()
        types = self._parts.mapping.record_types
        pages = {
            "contact": page(portal, "contacts", entry.contact_id),
            "call": page(portal, "calls", entry.engagement_id),
        }
        pages |= {name: page(portal, types.get(name, ""), record_id) for name, record_id in entry.records.items()}
        return {what: address for what, address in pages.items() if address}
