"""The platform's calls of a window, put on disk with no more of each than a comparison needs."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from connector.audit.compare import Listed
from connector.engine.credible import believed
from connector.engine.known import full_fingerprint
from connector.engine.plan import Item, skip_reason
from connector.engine.spool import Spool
from connector.engine.walk import Walk
from connector.errors import FatalError, RecordError
from connector.mapping.compile import CompiledMapping
from connector.model import BadCall, Call, OngoingCall
from connector.ports import Source

CHUNK = 50
_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Read:
    """How far the list was read."""

    listed: int = 0
    """Every call that the platform gave, those outside of the window among them."""
    is_whole: bool = False
    """Whether that was all of its history."""


@dataclass(slots=True, kw_only=True)
class ListReader:
    """Reads one platform's list of calls, as this connection's mapping sees them.

    `account` is that of the calls before, None when there were none.
    """

    connection: str
    source: Source
    mapping: CompiledMapping
    account: str | None
    now: datetime
    told: Callable[[int], None]
    """Hears how many calls were read so far."""

    def read(self, spool: Spool[Listed], *, since: datetime, until: datetime) -> Read:
        """Put every call of the window into the spool: those that ended at or after `since` and before `until`.

        What cannot be read is put there too, since nobody knows when it was. Raises FatalError (E120) for calls of
        another account, and as `Source` does.
        """
        read = Read()
        # As a sync does: a list that is newest first is asked for from its end, and left when that is behind us.
        stops_early = self.source.newest_first
        walk = Walk(look_back_to=since, wanted_from=since, claims_order=stops_early)
        with closing(self._calls(_ALWAYS if stops_early else since)) as calls:
            while chunk := list(islice(calls, CHUNK)):
                read.listed += len(chunk)
                taken = [self._take(call, walk) for call in chunk]
                spool.put([each for each in taken if since <= each.ended_at < until or not _has_time(each)])
                self.told(read.listed)
                if walk.may_stop:
                    return read
        read.is_whole = stops_early
        return read

    def _calls(self, since: datetime) -> Generator[Call | BadCall | OngoingCall, None, None]:
        for call in self.source.calls(since=since):
            yield believed(call, now=self.now)

    def _take(self, call: Call | BadCall | OngoingCall, walk: Walk) -> Listed:
        if self.account is not None and call.key.account != self.account:
            message = f"the ledger's calls are those of the account {self.account}, and the platform's are not"
            raise FatalError("E120", message, where="CONNECTOR_SOURCE_ACCOUNT")
        match call:
            case BadCall():
                return Listed(key=call.key, ended_at=self.now, code=call.code)
            case OngoingCall():
                return Listed(key=call.key, ended_at=call.started_at, is_ongoing=True)
            case Call():
                walk.saw(call.ended_at, started_at=call.started_at, is_quiet=True)
                return self._listed(call)

    def _listed(self, call: Call) -> Listed:
        fingerprint = full_fingerprint(self.mapping, call)
        item = Item(call=call, fingerprint=fingerprint)
        code = skip = ""
        if not call.is_callerless:
            try:
                item.see(self.mapping, connection=self.connection)
                skip = skip_reason(item, self.mapping)
            except RecordError as error:
                code = error.code
        return Listed(
            key=call.key,
            ended_at=call.ended_at,
            fingerprint=fingerprint,
            is_partial=call.is_partial,
            code=code,
            skip=skip,
            caller_name=item.caller.name or "",
            caller_number=item.caller.number or "",
        )


def _has_time(listed: Listed) -> bool:
    """An element that cannot be read says nothing of when its call was."""
    return bool(listed.fingerprint) or listed.is_ongoing
