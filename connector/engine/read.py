"""Reading a platform's calls into the spool: what is new or changed waits there, the rest is counted and let go."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from connector.engine.asking import Asking
from connector.engine.chunks import chunks
from connector.engine.credible import believed
from connector.engine.erased import is_wordless
from connector.engine.known import full_fingerprint, is_changed
from connector.engine.looks import ONGOING_EVERY, ONGOING_MAX, lacking, next_look, postponed
from connector.engine.reading import Reading
from connector.engine.walk import Walk, weight
from connector.engine.withheld import EMPTIED, withheld
from connector.errors import AccessError, ConnectorError, FatalError
from connector.mapping.compile import CompiledMapping
from connector.model import BadCall, Call, CallKey, Entry, Failure, OngoingCall, State
from connector.ports import Ledger, Source

FAULTS_OF_THE_MAPPING = ("E441", "E442")
"""A condition or template that failed: with another mapping the call may well be carried."""


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads one connection's calls. `until` (exclusive) and `remaps` are for backfills, `insisted` for plans."""

    connection: str
    run_id: str
    source: Source
    ledger: Ledger
    mapping: CompiledMapping
    now: datetime
    until: datetime | None = None
    remaps: bool = False
    insisted: Collection[str] = ()
    """Ids of calls that are carried even where the ledger has them as they are."""
    awaited: Collection[str] = ()
    """Ids of calls that are to be fetched where the list does not give them in full."""
    gave_less: bool = False
    """Whether the platform's list gave less of some call than asking for it by its id would."""
    asking: Asking = field(init=False)

    def __post_init__(self) -> None:
        self.asking = Asking(self.source, now=self.now, account=self._account)

    def walk(self, walk: Walk, reading: Reading, *, since: datetime) -> Iterator[None]:
        """Read newest first until the walk may stop, adding to `reading`. Yields after every chunk."""
        with closing(self._calls(since)) as calls:
            for chunk in chunks(calls):
                reading.met.update(call.key.id for call in chunk if self._is_met(call))
                self._take(chunk, walk, reading)
                yield
                if walk.may_stop:
                    return

    def _put(self, reading: Reading, calls: Iterable[Call], *, is_counted: bool = True) -> None:
        """Have calls wait, with what the mapping reads of them and no more: a transcript may be all their weight."""
        light = [replace(self.mapping.lightened(call), is_wordless=is_wordless(call)) for call in calls]
        reading.wait(light, is_counted=is_counted)

    def _calls(self, since: datetime) -> Generator[Call | BadCall | OngoingCall, None, None]:
        # A generator of our own, so that closing it closes the source's connection whatever kind of iterator it is.
        for call in self.source.calls(since=since):
            self.asking.has_shown = True
            yield believed(call, now=self.now)

    def _take(self, chunk: Iterable[Call | BadCall | OngoingCall], walk: Walk, reading: Reading) -> None:
        entries = self.ledger.entries(self.connection, {call.key.id for call in chunk})
        waiting: list[Call] = []
        for call in chunk:
            entry = entries.get(call.key.id)
            if isinstance(call, BadCall):
                self.set_aside(reading, call, entry)
                continue
            if isinstance(call, OngoingCall):
                if walk.is_wanted(call.started_at):
                    self.wait_for_its_end(reading, call, entry)
                continue
            self._pin(call.key, reading)
            self.gave_less = self.gave_less or call.is_partial
            known = entry if entry is not None and self._is_quiet(call, entry) else None
            walk.saw(call.ended_at, started_at=call.started_at, is_quiet=known is not None, text=weight(call))
            if not walk.is_wanted(call.ended_at) or (self.until is not None and call.ended_at >= self.until):
                continue
            reading.newest = max(reading.newest or call.ended_at, call.ended_at)
            if call.key.id in self.insisted:
                waiting += self._whole(call, entry, reading)
            elif known is not None and not self._is_held_and_due(known):
                self._count_quiet(reading, call, known)
            elif entry is not None and call.is_partial and not call.is_callerless and entry.state.settled:
                # The list gives less of it than what was written: it is asked for by its id, in full.
                reading.settled.append(
                    replace(entry, listed=full_fingerprint(self.mapping, call), look_again_at=self.now)
                )
            else:
                waiting += self._whole(call, entry, reading)
        # The same call twice in one walk is one call: the first, which a newest-first platform gave last.
        self._put(reading, waiting)

    def _is_met(self, call: Call | BadCall | OngoingCall) -> bool:
        # A list that says of an awaited call that it still goes on may only be slow.
        is_less = isinstance(call, OngoingCall) or (isinstance(call, Call) and call.is_partial)
        return call.key.id in self.awaited and not is_less

    def _whole(self, call: Call, entry: Entry | None, reading: Reading) -> list[Call]:
        """The call itself, or as asked for by its id where the list does not say who called; nothing if it is none."""
        if not call.is_callerless:
            return [call]
        if entry is not None and self._awaits_its_turn(entry) and call.key.id not in self.insisted:
            return []
        listed, was_asked = full_fingerprint(self.mapping, call), not self.asking.has_given_up
        try:
            found = self.asking.ask(call.key.id)
        except AccessError:
            raise
        except ConnectorError as error:
            self._postpone(replace(call, listed=listed), entry, error, reading, was_asked=was_asked)
            return []
        if call.key.id in self.awaited:
            reading.met.add(call.key.id)
        if isinstance(found, Call):
            return [replace(found, listed=listed)]
        if isinstance(found, OngoingCall):
            self.wait_for_its_end(reading, found, entry)
        else:
            message = "the platform lists this call and does not know it by its id"
            self.set_aside(reading, found or BadCall(key=call.key, code="E330", message=message), entry)
        return []

    def _postpone(
        self, call: Call, entry: Entry | None, error: ConnectorError, reading: Reading, *, was_asked: bool
    ) -> None:
        """Leave a listed call that could not be asked for to a later run, which fetches it by its id."""
        known = entry or Entry(
            call_id=call.key.id, account=call.key.account, state=State.FAILED, ended_at=call.ended_at
        )
        state = State.FAILED if known.state is State.ONGOING else known.state
        self.leave(replace(known, state=state, listed=call.listed), error, reading, was_asked=was_asked)

    def leave(self, entry: Entry, error: ConnectorError, reading: Reading, *, was_asked: bool = True) -> None:
        """Count a call that the platform did not give by its id; what was settled before stays as it is."""
        if entry.state.settled:
            reading.count(entry.call_id, "skipped" if entry.state is State.DEAD else "unchanged")
            if was_asked:
                reading.settled.append(postponed(entry, now=self.now))
            return
        if was_asked:
            left = withheld(entry, error, gives_others=self.asking.gives, run_id=self.run_id, now=self.now)
        else:
            left = replace(entry, code=error.code, message=error.message, run_id=self.run_id, updated_at=self.now)
        reading.settled.append(left)
        if left.state is State.ONGOING and left.code != EMPTIED:
            return
        if reading.count(entry.call_id, "failed"):
            key = str(CallKey(self.source.name, entry.account, entry.call_id))
            retryable = left.state is not State.DEAD
            reading.failures.append(Failure(call=key, code=left.code, message=left.message, retryable=retryable))

    def _is_quiet(self, call: Call, entry: Entry) -> bool:
        if entry.is_left_by_hand:
            return True
        if not entry.state.settled:
            return False
        if entry.mapping_version != self.mapping.version and self._is_for_another_mapping(entry):
            return False
        stored = entry.listed if call.is_partial else entry.fingerprint
        if entry.state is State.DEAD and not stored:
            # It could not be read then, and can be now.
            return False
        return not is_changed(stored, full_fingerprint(self.mapping, call))

    def _is_held_and_due(self, entry: Entry) -> bool:
        return entry.state is State.HELD and self.is_due(entry)

    def _awaits_its_turn(self, entry: Entry) -> bool:
        # Asked for in vain by an earlier run. What a platform will not give is asked for ever more rarely.
        return not entry.state.settled and entry.look_again_at is not None and not self.is_due(entry)

    def is_due(self, entry: Entry) -> bool:
        """Whether the time has come to ask for the call by its id."""
        return entry.look_again_at is not None and entry.look_again_at <= self.now

    def take_new(self, call: Call, reading: Reading) -> None:
        """A call fetched by its id, to be carried whatever the ledger says of it."""
        self._pin(call.key, reading)
        self._put(reading, [call])

    def take_again(self, call: Call, entry: Entry, reading: Reading) -> None:
        """A call fetched by its id: to be carried when it changed or is held, else counted as unchanged."""
        self._pin(call.key, reading)
        if self._is_quiet(call, entry) and not self._is_held_and_due(entry):
            self._count_quiet(reading, call, entry)
        else:
            self._put(reading, [call], is_counted=self.is_to_count(entry))

    def is_to_count(self, entry: Entry | None) -> bool:
        """Whether this run did not settle the call before, as its list gave it, and count it then."""
        return entry is None or not self.gave_less or entry.run_id != self.run_id

    def wait_for_its_end(self, reading: Reading, call: OngoingCall, entry: Entry | None) -> None:
        """Nothing is written of a call that is not over; it is looked at until it is, or has gone on for too long."""
        if entry is not None and entry.state.settled:
            return
        # A platform may not say since when; then it is since the call was first seen.
        since = min(call.started_at, entry.ended_at) if entry is not None else call.started_at
        if self.now - since > ONGOING_MAX:
            hours = ONGOING_MAX / timedelta(hours=1)
            message = f"the platform says that the call still goes on, more than {hours:.0f} hours after its start"
            self.set_aside(reading, BadCall(key=call.key, code="E331", message=message), entry)
        elif entry is None or self.is_due(entry):
            known = entry or Entry(
                call_id=call.key.id, account=call.key.account, state=State.ONGOING, ended_at=call.started_at
            )
            look_again_at = self.now + ONGOING_EVERY
            waits = replace(known, look_again_at=look_again_at, run_id=self.run_id, updated_at=self.now)
            reading.settled.append(replace(waits, attempts=0))

    def _is_for_another_mapping(self, entry: Entry) -> bool:
        """Whether a mapping other than the one that settled the call should have its say."""
        if entry.state is State.DEAD and entry.code in FAULTS_OF_THE_MAPPING:
            return True
        return self.remaps and entry.state is not State.GONE

    def _count_quiet(self, reading: Reading, call: Call, entry: Entry) -> None:
        is_left = entry.state is State.DEAD or entry.is_left_by_hand
        if self.is_to_count(entry):
            reading.count(entry.call_id, "skipped" if is_left else "unchanged")
        if is_left:
            return
        fingerprint = full_fingerprint(self.mapping, call)
        renewed = replace(entry, listed=fingerprint) if call.is_partial else replace(entry, fingerprint=fingerprint)
        if self.is_due(entry) and not call.is_partial:
            lacks = lacking(self.mapping, call, entry.state)
            renewed = replace(renewed, look_again_at=next_look(call, state=entry.state, lacks=lacks, now=self.now))
        if renewed != entry:
            # From now on the call is compared under today's mapping; what stands in the CRM is still the old one's.
            reading.settled.append(renewed)

    def set_aside(self, reading: Reading, call: BadCall, entry: Entry | None) -> None:
        """Count what cannot be read and keep it as a dead letter."""
        if entry is not None and (entry.state is State.DEAD or entry.is_left_by_hand):
            reading.count(call.key.id, "skipped")
            return
        if not reading.count(call.key.id, "failed"):
            return
        reading.failures.append(Failure(call=str(call.key), code=call.code, message=call.message, retryable=False))
        known = entry or Entry(call_id=call.key.id, account=call.key.account, state=State.DEAD, ended_at=self.now)
        # The ids of what stands in the CRM are kept: once it can be read again, the call goes on from there.
        reading.settled.append(
            replace(
                known,
                state=State.DEAD,
                fingerprint="",
                code=call.code,
                message=call.message,
                run_id=self.run_id,
                updated_at=self.now,
                look_again_at=None,
                listed="",
            )
        )

    def lost(self, entry: Entry, call: BadCall | None) -> BadCall:
        """What is to be said of a call that was known and is not there any more."""
        if call is not None:
            return call
        key = CallKey(self.source.name, entry.account, entry.call_id)
        return BadCall(key=key, code="E330", message="the platform no longer knows this call")

    def _account(self) -> str | None:
        return self.ledger.connection(self.connection, source=self.source.name).account

    def _pin(self, key: CallKey, reading: Reading) -> None:
        """Every call must belong to the account that the connection was first run with."""
        if reading.account is None:
            reading.account = self.ledger.pin(self.connection, account=key.account).account
        if key.account != reading.account:
            raise FatalError(
                "E120",
                "the platform's calls belong to another account than the one this connection was first run with",
                where="CONNECTOR_SOURCE_API_KEY, or CONNECTOR_SOURCE_ACCOUNT if it was set before",
            )
