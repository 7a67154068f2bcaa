"""The task that asks a person, once a day, to look at the calls that wait without a contact."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from connector.engine.drafts import Draft
from connector.engine.engagement import TASK_AGE_MAX, Drafter
from connector.engine.fit import choose_owner
from connector.engine.plan import HELD, Item
from connector.mapping.compile import CompiledMapping
from connector.mapping.policy import Wish
from connector.mapping.text import as_hubspot
from connector.model import KEY, Done, Portal, Refused
from connector.ports import Crm, Facts

SUBJECT = "Review calls without a contact"
BODY = (
    "Calls came in whose caller could not be told for sure. They are logged without a contact. In HubSpot open CRM, "
    "Calls, and the saved view “Held calls” (“Call connector: state” is equal to “held”), and give each call its "
    "contact."
)

log = logging.getLogger("connector.engine")


class Reviewer:
    """Asks the mapping's default owner for a review of held calls; with nobody active to ask, it asks nobody."""

    def __init__(self, crm: Crm, facts: Facts, mapping: CompiledMapping, portal: Portal, *, connection: str) -> None:
        self._crm = crm
        self._facts = facts
        self._mapping = mapping
        self._portal = portal
        self._fact = f"review:{connection}"

    def ask(
        self, items: Sequence[Item], drafter: Drafter, *, now: datetime, perhaps_sent_at: datetime | None
    ) -> Draft | None:
        """Make the day's task before calls are written that it is about; None when it is there or not needed.

        To be called before the calls themselves are written: a run that dies in between asks again, and the task's
        key keeps it single.
        """
        about = [item for item in items if _is_new_and_held(item) and now - item.call.ended_at <= TASK_AGE_MAX]
        owner = choose_owner(None, self._mapping.default_owner, self._portal).owner_id
        if not about or owner is None:
            return None
        day = now.astimezone(ZoneInfo(self._mapping.timezone)).date().isoformat()
        if self._facts.recall(self._fact, now=now, age_seconds_max=None) == day.encode():
            return None
        key = about[0].call.key.of_account(f"review-{day}")
        draft = drafter.creation(
            Draft(name="review", object_type="tasks", key=key), self._wishes(owner, now), {KEY: key}, ()
        )
        if draft.create is not None:
            draft.create = replace(draft.create, perhaps_sent_at=perhaps_sent_at)
        is_made = self._make(draft)
        self._facts.remember(self._fact, day.encode(), now=now)
        return draft if is_made else None

    def _wishes(self, owner: str, now: datetime) -> list[Wish]:
        hours = self._mapping.hours
        values = {
            "hs_task_subject": SUBJECT,
            "hs_task_body": BODY,
            "hs_task_type": "TODO",
            "hs_task_priority": "MEDIUM",
            "hs_task_status": "NOT_STARTED",
            "hs_timestamp": as_hubspot(hours.same_day_else(now, hours.opens)),
            "hubspot_owner_id": owner,
        }
        return [
            Wish(property=name, value=value, write="on_create", origin="set by the connector")
            for name, value in values.items()
        ]

    def _make(self, draft: Draft) -> bool:
        outcomes = self._crm.create(draft.object_type, [draft.create] if draft.create else [])
        for outcome in outcomes:
            if isinstance(outcome, Refused):
                # The calls matter more than the reminder of them; `calls list --held` lists them too.
                log.warning("review_task_refused", extra={"code": outcome.code})
        return any(isinstance(outcome, Done) for outcome in outcomes)


def _is_new_and_held(item: Item) -> bool:
    return item.is_open and item.decision == HELD and item.engagement is None
