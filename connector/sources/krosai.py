"""KrosAI (https://docs.krosai.com, read in 2026): calls without anybody's name, in a list that two documents describe.

The list has the transcript, so that no call needs a request of its own: the smallest plan allows 1,000 a day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from connector.errors import AccessError, FatalError
from connector.http import Answer, Http
from connector.model import BadCall, Call, CallKey, OngoingCall, SourceProfile
from connector.ports import Clock
from connector.sources import platform
from connector.sources.access import Access, nothing_more
from connector.sources.decoding import MalformedJsonError, decode
from connector.sources.krosai_list import (
    PATH,
    STYLES,
    TITLE,
    Book,
    Document,
    Listed,
    Unreadable,
    created_from,
    name_of,
    parameters,
    read_list,
)
from connector.sources.krosai_record import DEFAULT_ACCOUNT, NAME, created, owner, read_call
from connector.sources.pages import Pages, StuckError
from connector.sources.rate import Rate
from connector.sources.reading import read_count, read_id, read_word

BASE_URL = "https://api.krosai.com/v1"
REQUESTS_PER_SECOND = 10
"""Of the smallest plan; the larger ones allow more, and nobody needs it."""
ORGANIZATION = "x-organization-id"
ACCOUNT_SETTING = "CONNECTOR_SOURCE_ACCOUNT"
TOTALS = ("total_calls", "totalCalls", "total")
"""What the number of calls may be called in the answer of `/calls/stats`."""
KEYLESS = "MISSING_API_KEY"
"""The platform's word for an answer to a request in which it found no key."""


def krosai_http(*, clock: Clock, transport: Any = None) -> Http:
    """The way to KrosAI. `transport` replaces the network."""
    return platform.platform_http(TITLE, clock=clock, transport=transport, explained=(400, 401, 403))


class KrosAi:
    """One organization's calls. Implements `ports.Source`, `ports.Detailed` and `ports.Counted`.

    What is learned of the platform (which parameters it takes, where it looks for the key, which organization answers)
    is remembered as long as this object lives: for one run.
    """

    name = NAME
    newest_first = False
    """Neither document says; what the list turns out to be is used as far as it helps."""

    def __init__(
        self,
        *,
        api_key: str,
        http: Http,
        clock: Clock,
        base_url: str = BASE_URL,
        account: str | None = None,
        wants: Callable[[], Collection[str]] = nothing_more,
    ) -> None:
        self._key = platform.checked_key(api_key, TITLE)
        self._http = http
        self._clock = clock
        self._rate = Rate(REQUESTS_PER_SECOND, seconds=1, clock=clock)
        self._base_url = base_url.rstrip("/")
        self._account = account or None
        self._wants = wants
        self._answering: str | None = None
        """The organization that answered, where an answer named it."""
        self._is_bearer = False
        self._style = 0
        self._document: Document | None = None

    @classmethod
    def open(cls, access: Access) -> KrosAi:
        """The organization named, else the one that the platform takes. Raises AccessError for what cannot be a key."""
        return cls(
            api_key=access.api_key,
            http=krosai_http(clock=access.clock, transport=access.transport),
            clock=access.clock,
            base_url=access.base_url or BASE_URL,
            account=access.account,
            wants=access.wants,
        )

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._http.requests

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall | OngoingCall]:
        """The calls set up at most a day before `since`, or later: whether the platform filters or not.

        Where it does not, the list is read to its end unless it is in an order.
        """
        earliest = created_from(since)
        book = Book(lambda number, rows: self.page(number, rows=rows, earliest=earliest))
        pages = Pages(book.page, at=created, name=name_of, now=self._clock.now())
        try:
            for row in pages.rows():
                at = created(row)
                if earliest is None or at is None or at >= earliest:
                    yield self._listed(row)
                elif pages.order != "unsorted":
                    return
        except StuckError as error:
            raise platform.no_progress(PATH, TITLE, what=f"does not go on: {error}") from error

    def call(self, call_id: str) -> Call | BadCall | OngoingCall | None:
        """One call by its id, None when the platform does not know it."""
        record = self._record(call_id)
        if record is None:
            return None
        if isinstance(record, BadCall):
            return record
        return read_call(record, account=self._owner(record), wants=self._wants(), is_row=False)

    def page(self, number: int, *, rows: int, earliest: datetime | None = None) -> Listed:
        """One page of `/calls`, from 1, in the first style that the platform takes."""
        for style in range(self._style, len(STYLES)):
            answer = self._ask(PATH, **parameters(style, number=number, rows=rows, created_from=earliest))
            if answer.status != 400:
                self._style = style
                listed = read_list(answer)
                self._document = listed.document or self._document
                return listed
        raise _refused(PATH)

    def profile(self) -> SourceProfile:
        """There is no profile: the smallest page proves the key and its scope, and may name the organization."""
        listed = self.page(1, rows=1)
        named = next((owner(row) for row in listed.rows if isinstance(row, dict)), None)
        return SourceProfile(account=self._account or self._answering or named)

    def stats(self) -> dict[str, Any]:
        """Totals over all calls: `/calls/stats` of the guide, or `/calls?action=stats` of the reference."""
        ways = [(f"{PATH}/stats", {}), (PATH, {"action": "stats"})]
        (first, its_query), (second, other_query) = reversed(ways) if self._document == "reference" else ways
        answer = self._ask(first, **its_query)
        if answer.status in (400, 404):
            answer = _understood(self._ask(second, **other_query), second)
        found = platform.read_object(answer, f"{PATH}/stats", TITLE)
        if isinstance(found.get("data"), list) or isinstance(found.get("calls"), list):
            raise platform.wrong_shape(f"{PATH}/stats", TITLE, expected="totals")
        return found

    def call_count(self) -> int | None:
        """The total of `stats`, whose fields are not published; where it has none, that of the list, whose are."""
        try:
            found = self.stats()
        except FatalError:
            # Several endpoints of the guide are not in the reference, and may not be on the platform.
            found = {}
        told = (read_count(found.get(name)) for name in TOTALS)
        return next((count for count in told if count is not None), None) or self.page(1, rows=1).total

    def events(self, call_id: str) -> list[Any]:
        """The timeline of one call; nothing where the platform keeps none. What an event holds is not documented."""
        answer = self._ask_of(call_id, "/events")
        if answer.status == 404:
            return []
        try:
            found = decode(answer.body)
        except MalformedJsonError:
            found = platform.read_object(answer, f"{PATH}/:id/events", TITLE)
        if isinstance(found, dict):
            found = found.get("events", found.get("data"))
        if not isinstance(found, list):
            raise platform.wrong_shape(f"{PATH}/:id/events", TITLE, expected="a list of events")
        return found

    def recording(self, call_id: str) -> dict[str, Any] | None:
        """The recording's address and when it dies, an hour from now at most; None where there is none."""
        answer = self._ask_of(call_id, "/recording")
        return None if answer.status == 404 else platform.read_object(answer, f"{PATH}/:id/recording", TITLE)

    def details(self, call_id: str) -> dict[str, Any]:
        """Why the call ended, what happened in it, and a link to its recording for the next hour; three requests."""
        record = self._record(call_id)
        if record is None or isinstance(record, BadCall):
            return {}
        found = {
            "hangup_cause": read_word(record.get("hangup_cause")),
            "metadata": record.get("metadata"),
            "events": self.events(call_id) or record.get("events"),
            "recording": self.recording(call_id),
        }
        return {name: value for name, value in found.items() if value}

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _listed(self, row: Any) -> Call | BadCall | OngoingCall:
        if isinstance(row, dict):
            return read_call(row, account=self._owner(row), wants=self._wants(), is_row=True)
        message = f"the record holds {row.reason}" if isinstance(row, Unreadable) else "it is no object"
        return BadCall(key=CallKey(NAME, self._owner({}), name_of(row)), code="E320", message=message)

    def _record(self, call_id: str) -> dict[str, Any] | BadCall | None:
        """The details of one call as the platform tells them, whether wrapped or not."""
        if not call_id.strip(" ."):
            # An empty path segment or one of dots names another resource.
            return None
        answer = self._ask_of(call_id)
        if answer.status == 404:
            return None
        platform.expect_json(answer, f"{PATH}/:id", TITLE)
        if not answer.body.strip():
            raise platform.empty(answer.status, f"{PATH}/:id", TITLE)
        key = CallKey(NAME, self._owner({}), call_id)
        try:
            found = decode(answer.body)
        except MalformedJsonError as error:
            return BadCall(key=key, code="E320", message=f"the record holds {error}")
        for record in (found, *(found.get(name) for name in ("call", "data") if isinstance(found, dict))):
            if isinstance(record, dict) and read_id(record.get("id")) == call_id:
                return record
        return BadCall(key=key, code="E320", message="the platform answered with something else than this call")

    def _ask_of(self, call_id: str, part: str = "") -> Answer:
        answer = self._ask(f"{PATH}/{quote(call_id, safe='')}{part}")
        return _understood(answer, f"{PATH}/:id{part}")

    def _ask(self, path: str, **query: str) -> Answer:
        url = f"{self._base_url}{path}" + (f"?{urlencode(query)}" if query else "")
        answer = self._send(url)
        if answer.status == 401 and not self._is_bearer and _error_code(answer) == KEYLESS:
            # The reference sends the key as a bearer, and knows the guide's header only as an alternative.
            self._is_bearer = True
            answer = self._send(url)
        if answer.status in (401, 403):
            message = f"{TITLE} refused the key with {answer.status}; it needs the scope calls:read"
            raise AccessError("E310", message, where=platform.KEY_SETTING)
        self._meet(answer.headers.get(ORGANIZATION))
        return answer

    def _send(self, url: str) -> Answer:
        headers = {"Authorization": f"Bearer {self._key}"} if self._is_bearer else {"x-api-key": self._key}
        if self._account:
            headers[ORGANIZATION] = self._account
        self._rate.wait()
        return self._http.ask("GET", url, headers=headers, repeatable=True)

    def _owner(self, record: dict[str, Any]) -> str:
        """Whose a record is. Raises FatalError when it is of another organization than those before."""
        self._meet(owner(record))
        return self._account or self._answering or DEFAULT_ACCOUNT

    def _meet(self, organization: str | None) -> None:
        """Take note of the organization that answered, if an answer says so."""
        if not organization:
            return
        expected = self._account or self._answering
        if expected is not None and expected.casefold() != organization.casefold():
            message = f"{TITLE} answers for another organization than the one asked for"
            raise FatalError("E120", message, where=ACCOUNT_SETTING)
        self._answering = organization


def _understood(answer: Answer, path: str) -> Answer:
    if answer.status == 400:
        raise _refused(path)
    return answer


def _refused(path: str) -> FatalError:
    return FatalError("E312", f"{TITLE} answered {path} with 400", where=platform.ADDRESS_SETTING)


def _error_code(answer: Answer) -> str | None:
    try:
        found = decode(answer.body)
    except MalformedJsonError:
        return None
    return read_word(found.get("code")) if isinstance(found, dict) else None
