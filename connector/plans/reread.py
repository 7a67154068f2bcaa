"""The plan's calls as the platform has them now, and no others."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from datetime import datetime

from connector.engine.walk import Walk
from connector.model import BadCall, Call, CallKey, OngoingCall, SourceProfile
from connector.plans.document import NamedCall
from connector.ports import Source


class Reread:
    """Implements `ports.Source` with calls that were read once: proving a plan and carrying it out see the same ones.

    What came in since the plan is left out; the next `sync` reads it.
    """

    newest_first = True

    def __init__(self, source: Source, named: Mapping[str, NamedCall], *, account: str | None) -> None:
        self._source = source
        self._named = named
        self._account = account
        self._calls: list[Call | BadCall] = []
        self.name = source.name

    @property
    def requests(self) -> int:
        return self._source.requests

    def profile(self) -> SourceProfile:
        return self._source.profile()

    def close(self) -> None:
        self._source.close()

    def read(self) -> None:
        """Ask the platform: for its list, down to the oldest of the calls, and then for what was not on it, by id.

        What reading alone settles is not asked for by id: that is left to the next `sync`, too.
        """
        found = {call.key.id: call for call in self._listed()} if self._named else {}
        for call_id, named in self._named.items():
            is_needed = named.is_carried or not named.fingerprint
            if is_needed and call_id not in found and (call := self._by_id(named)) is not None:
                found[call_id] = call
        self._calls = sorted(found.values(), key=self._ended_at, reverse=True)

    def accounts(self) -> set[str]:
        """Whose calls these are."""
        return {call.key.account for call in self._calls}

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall]:
        yield from self._calls

    def call(self, call_id: str) -> Call | BadCall | None:
        return next((call for call in self._calls if call.key.id == call_id), None)

    def _listed(self) -> Iterator[Call | BadCall]:
        missing = set(self._named)
        since = min(named.ended_at for named in self._named.values())
        walk = Walk(look_back_to=since, wanted_from=since, claims_order=self._source.newest_first)
        # Left early, the platform's list is closed with the generator, so that no more of it is sent.
        with closing(_each(self._source.calls(since=since))) as calls:
            for call in calls:
                if call.key.id in missing and self._is_as_whole(call):
                    missing.remove(call.key.id)
                    yield call
                if isinstance(call, Call):
                    walk.saw(call.ended_at, started_at=call.started_at, is_quiet=False)
                if not missing or walk.may_stop:
                    return

    def _is_as_whole(self, call: Call | BadCall) -> bool:
        """Whether the list gives as much of the call as the plan was made with."""
        named = self._named[call.key.id]
        return not isinstance(call, Call) or not named.is_carried or call.is_partial == named.is_partial

    def _by_id(self, named: NamedCall) -> Call | BadCall | None:
        call = self._source.call(named.id)
        if isinstance(call, OngoingCall):
            return None
        if call is None and not named.fingerprint:
            # It was as unreadable when the plan was made.
            key = CallKey(self.name, self._account or "", named.id)
            return BadCall(key=key, code="E330", message="the platform no longer knows this call")
        return call

    def _ended_at(self, call: Call | BadCall) -> datetime:
        return call.ended_at if isinstance(call, Call) else self._named[call.key.id].ended_at


def _each(calls: Iterator[Call | BadCall | OngoingCall]) -> Generator[Call | BadCall, None, None]:
    for call in calls:
        if not isinstance(call, OngoingCall):
            yield call
