"""KaiCalls (https://www.kaicalls.com/docs/api, read in 2026): calls without their callers, who are leads apart.

The list says when a call began and how long it took, not who called: that is the lead behind its `lead_id`, which
the list may hold or not.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any, TypeVar

from msgspec.structs import replace

from connector.errors import AccessError, ConnectorError
from connector.http import Answer
from connector.model import BadCall, Call, CallKey, OngoingCall, SourceProfile
from connector.ports import Clock
from connector.sources import platform
from connector.sources.access import Access
from connector.sources.decoding import MalformedJsonError, decode
from connector.sources.kaicalls_api import PAGE_ITEMS, TITLE, KaiCallsApi
from connector.sources.kaicalls_guess import guess_lead
from connector.sources.kaicalls_record import DEFAULT_ACCOUNT, GUESSED_LEAD, NAME, is_over, read_payload
from connector.sources.kaicalls_transcripts import Transcripts
from connector.sources.reading import (
    DURATION_SECONDS_MAX,
    read_id,
    read_text,
    read_time,
    unreadable_id,
)

T = TypeVar("T")
log = logging.getLogger("connector.sources")

LISTED_MAX = 3 * PAGE_ITEMS
"""Records of the list that wait to be asked for by their id."""
LEADS_MAX = 5_000
"""Leads kept in memory: people who rang lately ring again."""
_LONGEST = timedelta(seconds=DURATION_SECONDS_MAX)


class KaiCalls:
    """One business's calls. Implements `ports.Source`.

    What the list gives is always partial. Where somebody reads who called, it is not even enough to decide on, and
    the caller's lead is fetched for each call that is asked for by its id. A lead is guessed only where a mapping
    reads `guessed_lead`. Transcripts and recordings are fetched only
    where somebody reads them; one that cannot be had does not keep the call.
    """

    name = NAME
    newest_first = True

    def __init__(self, api: KaiCallsApi, *, clock: Clock, access: Access) -> None:
        self._api = api
        self._account = access.account or None
        self._clock = clock
        self._ask_wants = access.wants
        self._business: str | None = None
        self._has_seen_list = False
        self._listed: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._leads: OrderedDict[str, dict[str, Any] | None] = OrderedDict()
        self._transcripts = Transcripts(api, clock)
        self._given_up: set[str] = set()

    @classmethod
    def open(cls, access: Access) -> KaiCalls:
        """The business that this key belongs to. Raises AccessError for what cannot be a key."""
        return cls(KaiCallsApi.open(access), clock=access.clock, access=access)

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._api.requests

    @property
    def api(self) -> KaiCallsApi:
        """Every read endpoint of the platform."""
        return self._api

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall | OngoingCall]:
        """Calls from the newest on, down to those that began more than a day, the longest call, before `since`.

        Raises TransientError (E316) for a list whose pages do not follow each other.
        """
        for items in self._api.calls():
            self._learn_business(items)
            for item in items:
                yield self._listed_call(item)
            times = [at for item in items if isinstance(item, dict) and (at := read_time(item.get("created_at")))]
            if times and max(times) + _LONGEST < since:
                return

    def call(self, call_id: str) -> Call | BadCall | OngoingCall | None:
        """One call with its lead, agent and what else is read of it; None when the platform does not know it.

        Right after the list gave it, it is not asked for anew unless the list did not name its lead.
        """
        if not call_id.strip():
            return None
        record = self._listed.pop(call_id, None)
        if record is None or read_id(record.get("lead_id")) is None:
            answer = self._api.call(call_id)
            if answer is None:
                return None
            detail = self._read_detail(answer, call_id)
            if isinstance(detail, BadCall):
                return detail
            record = {**(record or {}), **{name: value for name, value in detail.items() if value is not None}}
        self._learn_business_first()
        if not self._business:
            # The list does not say whose its calls are; that a call by its id does would give it a second key.
            record.pop("business_id", None)
        call = self._read(record)
        return call if isinstance(call, (BadCall, OngoingCall)) else self._read(self._joined(record, call))

    def profile(self) -> SourceProfile:
        """Who answers the calls: the name and number of the agent, where there is one."""
        agents = self._api.agents()
        only = agents[0] if len(agents) == 1 else {}
        businesses = {business for agent in agents if (business := read_id(agent.get("business_id")))}
        return SourceProfile(
            account=self._account or (businesses.pop() if len(businesses) == 1 and self._business else None),
            name=read_text(only.get("name")) or (f"{len(agents)} agents" if agents else None),
            phone_number=read_text(only.get("phone_number")),
        )

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    # --- reading -----------------------------------------------------------------------------------------------

    @cached_property
    def _wants(self) -> frozenset[str]:
        return frozenset(self._ask_wants())

    def _listed_call(self, item: Any) -> Call | BadCall | OngoingCall:
        if not isinstance(item, dict):
            stand_in = unreadable_id(repr(item).encode(errors="replace"))
            key = CallKey(NAME, self._fallback, stand_in)
            return BadCall(key=key, code="E320", message="an element of the list is no object")
        call = self._read(item)
        if not isinstance(call, Call):
            return call
        self._listed[call.key.id] = item
        if len(self._listed) > LISTED_MAX:
            self._listed.popitem(last=False)
        return replace(call, is_partial=True, is_callerless=not self._wants.isdisjoint(("person_id", GUESSED_LEAD)))

    def _read(self, record: dict[str, Any]) -> Call | BadCall | OngoingCall:
        call = read_payload(record, account=self._account, fallback=self._fallback)
        if isinstance(call, Call) and not is_over(record):
            return OngoingCall(key=call.key, started_at=call.started_at)
        return call

    def _read_detail(self, answer: Answer, call_id: str) -> dict[str, Any] | BadCall:
        """The one record that was asked for, bare as documented, or wrapped as other ways to the platform have it."""
        platform.expect_json(answer, "/calls", TITLE)
        if not answer.body.strip():
            raise platform.empty(answer.status, "/calls", TITLE)
        key = CallKey(NAME, self._account or self._fallback, call_id)
        try:
            found = decode(answer.body)
        except MalformedJsonError as error:
            return BadCall(key=key, code="E320", message=f"the record holds {error}")
        if isinstance(found, dict):
            found = found.get("call", found)
        if not isinstance(found, dict) or read_id(found.get("id")) != call_id:
            return BadCall(key=key, code="E320", message="the platform answered with something else than this call")
        return found

    def _learn_business_first(self) -> None:
        if self._account is None and not self._has_seen_list:
            self._learn_business(next(self._api.calls(), []))

    def _learn_business(self, items: list[Any]) -> None:
        """Whose the calls are, as the list says it: the same for every call, however it was asked for."""
        self._has_seen_list = True
        named = (read_id(item.get("business_id")) for item in items if isinstance(item, dict))
        self._business = self._business or next((business for business in named if business), None)

    @property
    def _fallback(self) -> str:
        return self._business or DEFAULT_ACCOUNT

    # --- joining -----------------------------------------------------------------------------------------------

    def _joined(self, record: dict[str, Any], call: Call) -> dict[str, Any]:
        """The record with its lead, and with what else is read of it as far as it can be had."""
        joined = {**record, "lead": self._lead(read_id(record.get("lead_id")))}
        if GUESSED_LEAD in self._wants and (guessed := guess_lead(self._api, call, now=self._clock.now())) is not None:
            joined[GUESSED_LEAD] = guessed
        agent = self._unless_given_up("agents", lambda: self._agents.get(str(record.get("agent_id"))))
        if agent is not None:
            joined["agent"] = agent
        if "transcript" in self._wants and call.transcript is None:
            find = partial(self._transcripts.find, call.key.id, call.started_at)
            joined["transcript"] = self._unless_given_up("transcripts", find)
        if "recording_url" in self._wants and call.recording_url is None:
            joined["recording_url"] = self._unless_given_up("recordings", lambda: self._api.recording(call.key.id))
        return joined

    def _lead(self, lead_id: str | None) -> dict[str, Any] | None:
        """The lead of this id; asked for once a run. A failure here fails the call: it would lose its caller."""
        if lead_id is None or "person_id" not in self._wants:
            return None
        if lead_id not in self._leads:
            self._leads[lead_id] = self._api.lead(lead_id)
            if len(self._leads) > LEADS_MAX:
                self._leads.popitem(last=False)
        self._leads.move_to_end(lead_id)
        return self._leads[lead_id]

    @cached_property
    def _agents(self) -> dict[str, dict[str, Any]]:
        return {agent_id: agent for agent in self._api.agents() if (agent_id := read_id(agent.get("id")))}

    def _unless_given_up(self, what: str, ask: Callable[[], T | None]) -> T | None:
        """What `ask` answers. Once it failed, nothing of its kind is asked for in this run: a later look may."""
        if what in self._given_up:
            return None
        try:
            return ask()
        except AccessError:
            raise
        except ConnectorError as error:
            log.warning("join_postponed", extra={"source": NAME, "what": what, "code": error.code})
            self._given_up.add(what)
            return None
