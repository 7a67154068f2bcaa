"""KaiCalls' read endpoints (https://www.kaicalls.com/docs/api and the vendor's SDK kaicalls-js, read in 2026).

There are no ids in paths: one thing is asked for as `?id=`. Every list answers `{name: […], has_more}`, newest first,
and goes on with `after`, the `created_at` of the last item of the page before, word for word: OLDER than that. The
same name means NEWER than that elsewhere on this platform, so every page is checked against its cursor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from connector.errors import AccessError, FatalError
from connector.http import Answer, Http
from connector.sources import platform
from connector.sources.access import Access
from connector.sources.rate import Rate
from connector.sources.reading import read_id
from connector.sources.trail import Trail

TITLE = "KaiCalls"
BASE_URL = "https://www.kaicalls.com/api/v1"
"""With `www`: the bare domain redirects there, and no key is sent after a redirect."""
PAGE_ITEMS = 100
"""The documented maximum is "typically 100"; the default is not published."""
REQUESTS_A_MINUTE = 120
"""The platform's limits are not published; a 429 and its `Retry-After` are honoured beside this."""

_SCOPES = {"/calls": "calls:read", "/transcripts": "calls:read", "/recordings": "calls:read"}
_SCOPES |= {"/leads": "leads:read", "/agents": "agents:read"}


class Page(Struct, frozen=True):
    """One page of a list. `has_more` is what the platform says, which is not always so."""

    items: list[Any]
    has_more: bool


class KaiCallsApi:
    """The read endpoints of one business. All raise TransientError, AccessError or FatalError.

    Nothing is asked faster than `REQUESTS_A_MINUTE`. `business_id` is sent along where the key sees several.
    """

    def __init__(
        self,
        *,
        api_key: str,
        http: Http,
        rate: Rate,
        base_url: str = BASE_URL,
        business_id: str | None = None,
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._business = {"business_id": business_id} if business_id else {}
        self._headers = {"Authorization": f"Bearer {platform.checked_key(api_key, TITLE)}"}
        self._rate = rate

    @classmethod
    def open(cls, access: Access) -> KaiCallsApi:
        """The business that this key belongs to. Raises AccessError for what cannot be a key."""
        http = platform.platform_http(TITLE, clock=access.clock, transport=access.transport, explained=(402, 403))
        return cls(
            api_key=access.api_key,
            http=http,
            rate=Rate(REQUESTS_A_MINUTE, seconds=60, clock=access.clock, sent_before=access.sent_before),
            base_url=access.base_url or BASE_URL,
            business_id=access.account or None,
        )

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._http.requests

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # --- the endpoints -----------------------------------------------------------------------------------------

    def calls(
        self, *, agent_id: str | None = None, status: str | None = None, after: str | None = None
    ) -> Iterator[list[Any]]:
        """`GET /calls`, page by page, from the newest on or from those that are older than `after`."""
        return self._pages("/calls", "calls", {"agent_id": agent_id, "status": status, "after": after})

    def call(self, call_id: str) -> Answer | None:
        """`GET /calls?id=`, unread: one record that cannot be read is no failure. None when nobody knows it."""
        return self._find("/calls", {"id": call_id})

    def leads(self, **filters: str | None) -> Iterator[list[Any]]:
        """`GET /leads`, page by page; `filters` are the platform's own: `status`, `updated_after`, `phone`, …"""
        return self._pages("/leads", "leads", filters)

    def lead(self, lead_id: str) -> dict[str, Any] | None:
        """`GET /leads?id=`, None when the platform does not know it, or answers with another one.

        Something else than leads is not taken for nobody: the call would lose its caller. Raises FatalError (E314).
        """
        answer = self._find("/leads", {"id": lead_id})
        if answer is None:
            return None
        found = platform.read_object(answer, "/leads", TITLE)
        listed = found.get("leads")
        candidates = listed if isinstance(listed, list) else [found.get("lead", found)]
        leads = [lead for lead in candidates if isinstance(lead, dict) and read_id(lead.get("id"))]
        if candidates not in ([], [None]) and not leads:
            raise platform.wrong_shape("/leads", TITLE, expected="a lead")
        return next((lead for lead in leads if read_id(lead.get("id")) == lead_id), None)

    def transcripts(self, *, days: int, after: str | None = None, agent_id: str | None = None) -> Page:
        """`GET /transcripts`: those of the last so many days, older than `after`. There is no way to ask for one."""
        query = {"days": str(days), "agent_id": agent_id, "after": after}
        return self._page("/transcripts", "transcripts", query)

    def recording(self, call_id: str) -> str | None:
        """`GET /recordings?call_id=`: the signed address of a call's recording, None where there is none.

        The names of its fields are not published: these are those of the vendor's other answers.
        """
        answer = self._find("/recordings", {"call_id": call_id})
        found: Any = platform.read_object(answer, "/recordings", TITLE) if answer is not None else {}
        for name in ("recordings", "recording"):
            found = found.get(name, found) if isinstance(found, dict) else found
        if isinstance(found, list):
            found = found[0] if found else None
        if isinstance(found, str):
            return _web_address(found)
        if not isinstance(found, dict):
            return None
        names = ("recording_url", "signed_url", "url")
        return next((url for name in names if (url := _web_address(found.get(name)))), None)

    def agents(self) -> list[dict[str, Any]]:
        """`GET /agents`: who answers, each with `id`, `name` and perhaps `phone_number`."""
        answer = self._ask("/agents", {"limit": str(PAGE_ITEMS)})
        agents = platform.read_object(answer, "/agents", TITLE).get("agents")
        if not isinstance(agents, list):
            raise platform.wrong_shape("/agents", TITLE, expected="a list of agents")
        return [agent for agent in agents if isinstance(agent, dict)]

    # --- lists -------------------------------------------------------------------------------------------------

    def _pages(self, path: str, name: str, filters: Mapping[str, str | None]) -> Iterator[list[Any]]:
        """The pages of a list from its newest item on, each with only what was on none before.

        A cursor that is a time cuts off what stands beyond the edge of a page at the very same moment, so before the
        next page its edge is asked for again, from the moment before it. Raises TransientError (E316) for pages that
        do not follow each other.
        """
        trail = Trail(path, TITLE, page_items=PAGE_ITEMS)
        page = self._page(path, name, filters)
        while True:
            yield trail.take(page.items, has_more=page.has_more)
            if not trail.goes_on:
                return
            if trail.before_edge is not None:
                edge = self._page(path, name, {**filters, "after": trail.before_edge})
                yield trail.take_edge(edge.items)
            page = self._page(path, name, {**filters, "after": trail.cursor})

    def _page(self, path: str, name: str, query: Mapping[str, str | None]) -> Page:
        found = platform.read_page(self._ask(path, {"limit": str(PAGE_ITEMS), **query}), path, TITLE)
        items = found.get(name)
        if not isinstance(items, list):
            raise platform.wrong_shape(path, TITLE, expected=f"a list of {name}")
        return Page(items, found.get("has_more") is True)

    # --- the wire ----------------------------------------------------------------------------------------------

    def _find(self, path: str, query: Mapping[str, str]) -> Answer | None:
        answer = self._ask(path, query)
        return None if answer.status == 404 else answer

    def _ask(self, path: str, query: Mapping[str, str | None]) -> Answer:
        answer = self._http.ask(
            "GET",
            self._base_url + path + _encoded({**query, **self._business}),
            headers=self._headers,
            repeatable=True,
            before_send=self._rate.wait,
        )
        if answer.status == 402:
            raise FatalError("E317", f"{TITLE} asks to be paid before it answers {path}", where=platform.KEY_SETTING)
        if answer.status == 403:
            scope = _SCOPES[path]
            raise AccessError(
                "E310",
                f"{TITLE} refused the key with 403 at {path}: it lacks the scope {scope}, or is of another business",
                where=platform.KEY_SETTING,
                fix=f"Give the key the scope {scope} on {TITLE}, or make a new one, and set {platform.KEY_SETTING}.",
            )
        return answer


def _encoded(query: Mapping[str, str | None]) -> str:
    return "?" + urlencode({name: value for name, value in query.items() if value is not None})


def _web_address(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None
