"""A mapping tried on real calls: what each of them would give, without a CRM, a ledger, or a write anywhere."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice

from msgspec.structs import replace

from connector.engine.fit import fit
from connector.engine.plan import Item, skip_reason
from connector.errors import RecordError
from connector.mapping import misfit
from connector.mapping.compile import CompiledMapping
from connector.mapping.load import Loaded, in_file_order
from connector.mapping.policy import Wish
from connector.mapping.view import View
from connector.mapping.walk import Location
from connector.model import BadCall, Call, OngoingCall, Property
from connector.ports import Source
from connector.proof.unheld import unheld_paths
from connector.reports import Finding, PortalSchema, SampledCall, SampledProperty, SampleReport

EXAMPLES_MAX = 3
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_UNREADABLE = "W443"
_BY_THE_PORTAL = ("W231", "W232")
"""Told of the property itself, once, when the mapping was checked against the portal."""


def newest_calls(source: Source, count: int) -> list[Call | BadCall]:
    """The newest finished calls of a platform; reading ends early where it gives them newest first."""

    def calls() -> Generator[Call | BadCall, None, None]:
        # A generator of our own, so that closing it closes the source's connection.
        for call in source.calls(since=_LONG_AGO):
            whole = source.call(call.key.id) if isinstance(call, Call) and call.is_callerless else call
            if whole is not None and not isinstance(whole, OngoingCall):
                yield whole

    def ended_at(call: Call | BadCall) -> datetime:
        return call.ended_at if isinstance(call, Call) else _LONG_AGO

    with closing(calls()) as found:
        return list(islice(found, count)) if source.newest_first else heapq.nlargest(count, found, key=ended_at)


def try_out(
    loaded: Loaded, mapping: CompiledMapping, calls: Sequence[Call | BadCall], schema: PortalSchema | None
) -> tuple[SampleReport, list[Finding]]:
    """What the calls give, per call and per property, and what that says of the mapping, in the file's order."""
    trial = _Trial(mapping, schema)
    told = [trial.told(call) for call in calls]
    read = [call for call in calls if isinstance(call, Call)]
    properties = trial.properties(loaded)
    findings = [
        *_failures(told),
        *_losses(loaded, properties, len(read)),
        *unheld_paths(loaded, mapping, read),
    ]
    return SampleReport(calls=tuple(told), properties=properties), in_file_order(findings)


class _Seen:
    """What became of one property over all calls."""

    def __init__(self) -> None:
        self.values = 0
        self.lost = Counter[str]()
        self.examples: dict[str, None] = {}


class _Trial:
    """Takes one call after the other through a mapping and keeps count."""

    def __init__(self, mapping: CompiledMapping, schema: PortalSchema | None) -> None:
        self._mapping = mapping
        self._definitions = schema.portal.properties if schema else {}
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._wanted = Counter[str]()

    def told(self, call: Call | BadCall) -> SampledCall:
        if isinstance(call, BadCall):
            return SampledCall(call=str(call.key), code=call.code, message=call.message)
        try:
            return self._told(call)
        except RecordError as error:
            return SampledCall(
                call=str(call.key), ended_at=call.ended_at, code=error.code, message=error.message, where=error.where
            )

    def _told(self, call: Call) -> SampledCall:
        item = Item(call=call, fingerprint="")
        item.see(self._mapping, connection="default")
        view = item.view
        told = SampledCall(call=str(call.key), ended_at=call.ended_at, rule=item.rule, action="log")
        if reason := skip_reason(item, self._mapping):
            return replace(told, action="skip", reason=reason)
        contact = self._mapping.contact(view)
        seen = view.with_contact(_contact_view(view, contact.wishes))
        engagement, records = self._mapping.call(seen), self._mapping.records(seen)
        # Counted only now: of a call on which something fails, nothing would be written.
        notes = [*view.caller.notes, *self._count("contact", "contacts", contact.wishes, contact.notes)]
        notes += self._count("call", "calls", engagement.wishes, engagement.notes)
        for record in records:
            notes += self._count(f"records.{record.name}", record.object_type, record.wishes, record.notes)
        return replace(told, notes=tuple(notes))

    def _count(self, place: str, object_type: str, wishes: Iterable[Wish], notes: Sequence[str]) -> Iterator[str]:
        """Keep count of one record; yields what is lost of it."""
        self._wanted[place] += 1
        definitions = self._definitions.get(object_type, {})
        for wish in wishes:
            seen = self._seen.setdefault((place, wish.property), _Seen())
            code = _lost(wish, definitions, place)
            if code is None:
                seen.values += 1
                continue
            seen.lost[f"{code} {misfit.WHY[code]}"] += 1
            if len(seen.examples) < EXAMPLES_MAX:
                seen.examples[wish.value] = None
            yield f"{code} {place} {wish.property}: left out, {misfit.WHY[code]}"
        for note in notes:
            name, _, why = note.partition(": ")
            self._seen.setdefault((place, name), _Seen()).lost[f"{_UNREADABLE} {why}"] += 1
            yield f"{place} {note}"

    def properties(self, loaded: Loaded) -> tuple[SampledProperty, ...]:
        """Every property that the mapping names or that a call gave a value, in the order of the parts."""
        named = [(place, name) for place, names in _named(loaded) for name in names]
        found = []
        for place, name in dict.fromkeys([*named, *self._seen]):
            seen = self._seen.get((place, name), _Seen())
            lost = dict(seen.lost)
            found.append(
                SampledProperty(
                    place=place,
                    property=name,
                    of=self._wanted[place],
                    values=seen.values,
                    blank=max(0, self._wanted[place] - seen.values - sum(lost.values())),
                    left_out=lost,
                    examples=tuple(seen.examples),
                )
            )
        order = {place: at for at, (place, _) in enumerate(_named(loaded))}
        return tuple(sorted(found, key=lambda each: order.get(each.place, len(order))))


def _lost(wish: Wish, definitions: Mapping[str, Property], place: str) -> str | None:
    """The code of why the portal would not take this value, None when it would as far as anybody knows."""
    if wish.property.startswith("call_connector_"):
        return None
    notes = fit((wish,), definitions, of=place).notes
    return notes[0].partition(" ")[0] if notes else None


def _contact_view(view: View, wishes: Iterable[Wish]) -> dict[str, object]:
    """The contact as it would be created."""
    return {**{wish.property: wish.value for wish in wishes}, "name": view.caller.name, "known": False}


def _named(loaded: Loaded) -> list[tuple[str, list[str]]]:
    document = loaded.document
    return [
        ("contact", list(document.contact.properties)),
        ("call", list(document.call.properties)),
        *((f"records.{record.name}", list(record.properties)) for record in document.records),
    ]


def _failures(told: Iterable[SampledCall]) -> Iterator[Finding]:
    """One finding per expression that failed, whatever the number of calls."""
    failed: dict[tuple[str, str, str], list[str]] = {}
    for call in told:
        if call.where is not None:
            failed.setdefault((call.where, call.code, call.message), []).append(call.call)
    for (where, code, message), calls in failed.items():
        yield Finding(where=where, code=code, message=f"{message}: {_of(len(calls))}, first {calls[0]}")


def _losses(loaded: Loaded, properties: Iterable[SampledProperty], count: int) -> Iterator[Finding]:
    for seen in properties:
        for reason, times in seen.left_out.items():
            code, _, why = reason.partition(" ")
            if code not in _BY_THE_PORTAL:
                where = loaded.where(_location(loaded, seen), key=True)
                message = f"`{seen.property}` is left out of {times} of {count} calls: {why}"
                yield Finding(where=where, code=code, message=message)


def _location(loaded: Loaded, seen: SampledProperty) -> Location:
    """Where the mapping names the property; the part where it is set without being asked."""
    if not seen.place.startswith("records."):
        return (seen.place, "properties", seen.property)
    name = seen.place.removeprefix("records.")
    at = next((at for at, record in enumerate(loaded.document.records) if record.name == name), 0)
    return ("records", at, "properties", seen.property)


def _of(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"
