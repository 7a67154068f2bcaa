"""Klen AI (https://docs.klen.ai, read in 2026): calls page by page, in an order that nobody promises.

A row of the list lacks the transcript and has a brief summary: it is partial, and `call` gives the rest.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from connector.errors import AccessError, ConnectorError, FatalError
from connector.http import Answer, Http
from connector.model import BadCall, Call, CallKey, OngoingCall, SourceProfile
from connector.ports import Clock
from connector.sources import platform
from connector.sources.access import Access, nothing_more
from connector.sources.klen_record import (
    DEFAULT_ACCOUNT,
    NAME,
    assistant_of,
    began_at,
    do_not_call,
    read_call,
    string_id,
)
from connector.sources.pages import Page, Pages, StuckError
from connector.sources.rate import Rate
from connector.sources.reading import read_id, read_text, unreadable_id

TITLE = "Klen AI"
BASE_URL = "https://api.klen.ai/api/v1"
PAGE_ROWS = 100
"""The most that the platform gives at once."""
REQUESTS_PER_MINUTE = 50
"""Of the 60 that a key has: other programs of the same key need some too."""
JOINED = "contact."
"""What a mapping reads of the contact itself; it takes one more request for each call."""

READ_CALLS, READ_CONTACTS, READ_AGENTS = "can_read_calls", "can_read_contacts", "can_read_agents"
_PERMISSION = re.compile(r"\bcan_[a-z_]{1,40}\b")
_WORD = re.compile(r"[a-z_]{1,40}")

log = logging.getLogger("connector.sources")


def klen_http(*, clock: Clock, transport: Any = None) -> Http:
    """The way to Klen AI. `transport` replaces the network."""
    return platform.platform_http(TITLE, clock=clock, transport=transport, explained=(401, 403))


class Klen:
    """The calls that one key may read. Implements `ports.Source` and `ports.Counted`."""

    name = NAME
    newest_first = True
    """By their start. The platform promises nothing: whatever order the list is in is put right."""

    def __init__(
        self,
        *,
        api_key: str,
        http: Http,
        clock: Clock,
        rate: Rate,
        base_url: str = BASE_URL,
        account: str | None = None,
        wants: Callable[[], Collection[str]] = nothing_more,
    ) -> None:
        key = platform.checked_key(api_key, TITLE)
        self._http = http
        self._clock = clock
        self._rate = rate
        self._base_url = base_url.rstrip("/")
        self._account = account or DEFAULT_ACCOUNT
        self._wants = wants
        self._headers = {"Authorization": f"Bearer {key}"}
        self._lines: dict[str, str] | None = None

    @classmethod
    def open(cls, access: Access) -> Klen:
        """The account that this key reads. Raises AccessError for what cannot be a key."""
        return cls(
            api_key=access.api_key,
            http=klen_http(clock=access.clock, transport=access.transport),
            clock=access.clock,
            rate=Rate(REQUESTS_PER_MINUTE, seconds=60, clock=access.clock, sent_before=access.sent_before),
            base_url=access.base_url or BASE_URL,
            account=access.account,
            wants=access.wants,
        )

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._http.requests

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall | OngoingCall]:
        """The whole list whatever `since` says, as far as it is consumed: the platform cannot filter by time."""
        pages = Pages(self.page, at=began_at, name=_name_of, now=self._clock.now())
        try:
            for row in pages.rows():
                call = self._listed(row)
                if call is not None:
                    yield call
        except StuckError as error:
            message = f"{TITLE} answered /calls as if it had one page: {error}"
            raise FatalError("E316", message, where=platform.ADDRESS_SETTING) from error

    def call(self, call_id: str) -> Call | BadCall | OngoingCall | None:
        """One call in full by its id, or by its number in the database; None when the platform does not know it."""
        if not call_id.strip(" ."):
            # An empty path segment or one of dots names another resource.
            return None
        answer = self._ask(f"/calls/{quote(call_id, safe='')}", READ_CALLS)
        if answer.status == 404:
            return None
        record = platform.read_object(answer, "/calls/{id}", TITLE)
        if call_id not in (string_id(record), read_id(record.get("id"))):
            key = CallKey(NAME, self._account, call_id)
            return BadCall(key=key, code="E320", message="the platform answered with something else than this call")
        return self._whole(record)

    def page(self, number: int, *, rows: int = PAGE_ROWS) -> Page:
        """One page of `/calls`, from 1."""
        found = platform.read_page(self._ask("/calls", READ_CALLS, page=number, limit=rows), "/calls", TITLE)
        items, count, pages = found.get("calls"), found.get("count"), found.get("pages")
        if not isinstance(items, list):
            raise platform.wrong_shape("/calls", TITLE, expected="an object with the list `calls`")
        count = count if type(count) is int else None
        if type(pages) is not int:
            pages = math.ceil(count / rows) if count is not None else number + bool(items)
        return Page(number=number, items=items, count=count, pages=max(pages, 1))

    def agents(self) -> list[dict[str, Any]]:
        """`/agents`: who makes and takes the calls, each with a line of its own. Needs `can_read_agents`."""
        found = platform.read_object(self._ask("/agents", READ_AGENTS), "/agents", TITLE)
        agents = found.get("agents")
        if not isinstance(agents, list):
            raise platform.wrong_shape("/agents", TITLE, expected="an object with the list `agents`")
        return [agent for agent in agents if isinstance(agent, dict)]

    def contact(self, contact_id: str) -> dict[str, Any] | None:
        """`/contacts/{id}`: numbers and what may be done with them; None when it is gone. Needs `can_read_contacts`."""
        answer = self._ask(f"/contacts/{quote(contact_id, safe='')}", READ_CONTACTS)
        return None if answer.status == 404 else platform.read_object(answer, "/contacts/{id}", TITLE)

    def profile(self) -> SourceProfile:
        """The platform does not say whose key it is; that it may read calls is proven by the smallest page."""
        self.page(1, rows=1)
        return SourceProfile(account=self._account)

    def call_count(self) -> int | None:
        """The `count` beside the smallest page."""
        return self.page(1, rows=1).count

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _listed(self, row: Any) -> Call | BadCall | OngoingCall | None:
        """A row of the list; None for one whose call went meanwhile."""
        if not isinstance(row, dict):
            key = CallKey(NAME, self._account, _name_of(row))
            return BadCall(key=key, code="E320", message="an element of the list is no object")
        number = row.get("id")
        if string_id(row) is None and type(number) is int:
            # The number of the database in place of the id: the details tell the id, and all the rest.
            return self.call(str(number))
        return read_call(row, account=self._account, now=self._clock.now(), is_partial=True)

    def _whole(self, record: dict[str, Any]) -> Call | BadCall | OngoingCall:
        now = self._clock.now()
        call = read_call(record, account=self._account, now=now)
        if not isinstance(call, Call):
            return call
        line = self._line(assistant_of(record))
        return read_call(self._joined(record), account=self._account, now=now, agent_number=line)

    def _joined(self, record: dict[str, Any]) -> dict[str, Any]:
        """The record with what its contact says of itself, where somebody will read it."""
        contact = record.get("contact")
        contact_id = read_id(contact.get("id")) if isinstance(contact, dict) else None
        if not contact or contact_id is None or not any(name.startswith(JOINED) for name in self._wants()):
            return record
        found = self.contact(contact_id) or {}
        blocked = do_not_call(found, record.get("phone_number"))
        return {**record, "contact": {**found, **contact, "do_not_call": blocked}}

    def _line(self, assistant_id: str | None) -> str | None:
        """The agent's own number, as far as this key may know it."""
        if self._lines is None:
            try:
                agents = self.agents()
            except AccessError as error:
                log.warning("source_agents_unread", extra={"code": error.code, "missing": READ_AGENTS})
                agents = []
            named = ((read_id(agent.get("assistant_id")), read_text(agent.get("phone_number"))) for agent in agents)
            self._lines = {name: number for name, number in named if name and number}
        return self._lines.get(assistant_id or "")

    def _ask(self, path: str, permission: str, **query: int) -> Answer:
        url = f"{self._base_url}{path}" + (f"?{urlencode(query)}" if query else "")
        answer = self._http.ask("GET", url, headers=self._headers, repeatable=True, before_send=self._rate.wait)
        if answer.status in (401, 403):
            raise _refused(answer, permission)
        return answer


def _name_of(row: Any) -> str:
    """What makes a row of the list this one, wherever it stands."""
    if isinstance(row, dict) and (name := string_id(row) or read_id(row.get("id"))):
        return name
    return unreadable_id(repr(row).encode(errors="replace"))


def _refused(answer: Answer, permission: str) -> ConnectorError:
    """Why the key was refused, in the platform's own word and with the permission that is missing."""
    try:
        said: Mapping[str, Any] = platform.read_object(Answer(200, answer.headers, answer.body), "", TITLE)
    except ConnectorError:
        said = {}
    word = read_text(said.get("error")) or ""
    shown = f" ({word})" if _WORD.fullmatch(word) else ""
    if answer.status == 401:
        message = f"{TITLE} refused the key with 401{shown}"
        fix = "Copy the key again from Klen's dashboard, or make a new one, and set CONNECTOR_SOURCE_API_KEY."
        return AccessError("E310", message, where=platform.KEY_SETTING, fix=fix)
    named = _PERMISSION.search(read_text(said.get("message")) or "")
    permission = named[0] if named else permission
    message = f"{TITLE} answered 403{shown}: the key lacks the permission {permission}"
    fix = f"Give the key {permission} in Klen's dashboard; if it has an allowlist of addresses, add this machine's."
    return AccessError("E310", message, where=platform.KEY_SETTING, fix=fix)
