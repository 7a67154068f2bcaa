"""What a mapping reads of a call: a hash of it, and the call with nothing else.

A new field that the mapping does not read leaves the fingerprint as it is; so does a link that is only signed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from msgspec import json, structs

from connector.mapping.paths import Path, read_payload
from connector.model import Call

_ALWAYS = ("started_at", "ended_at", "duration_seconds", "direction", "status", "agent_number", "agent_name")
_WHEN_READ = ("summary", "transcript", "recording_url")
_FROM_THE_CRM = ("crm", "connection", "caller")

_MAY_HOLD_ADDRESSES = frozenset((str, dict, list))

_encoder = json.Encoder(order="deterministic")


def fingerprinter(paths: Iterable[Path], tables: Iterable[str]) -> Callable[[Call], str]:
    """A function that hashes what these paths read of a call: 32 hex digits."""
    named = set(paths)
    of_call = attrgetter(*_ALWAYS, *(name for name in _WHEN_READ if Path("call", (name,)) in named))
    of_payload = _of_payload(named, tables)
    top_level = [keys[0] for keys in of_payload if len(keys) == 1]
    deeper = [keys for keys in of_payload if len(keys) != 1]

    def fingerprint(call: Call) -> str:
        read = call.payload.get
        values = [*of_call(call), *map(read, top_level), *(read_payload(call.payload, keys) for keys in deeper)]
        for at, value in enumerate(values):
            if type(value) in _MAY_HOLD_ADDRESSES:
                values[at] = _without_queries(value)
        return blake2b(_encoder.encode(values), digest_size=16).hexdigest()

    return fingerprint


def lightener(paths: Iterable[Path], tables: Iterable[str]) -> Callable[[Call], Call]:
    """A function that answers a call without the fields of its record, and the texts, that these paths do not read."""
    named = set(paths)
    unread = {name: None for name in _WHEN_READ if Path("call", (name,)) not in named}
    of_payload = _of_payload(named, tables)
    reads_all = () in of_payload
    fields = sorted({keys[0] for keys in of_payload if keys})

    def lightened(call: Call) -> Call:
        record = call.payload
        kept = record if reads_all else {field: record[field] for field in fields if field in record}
        return structs.replace(call, payload=kept, **unread)

    return lightened


def _of_payload(named: set[Path], tables: Iterable[str]) -> list[tuple[str, ...]]:
    """The keys that lead to what is read of a platform's record; no keys at all mean the whole of it."""
    not_payload = {*_FROM_THE_CRM, "call", *tables}
    return sorted(
        path.keys if path.root == "source" else (path.root, *path.keys)
        for path in named
        if path.root not in not_payload
    )


def version(document: Any) -> str:
    """16 hex digits of anything that JSON can hold, whatever the order of its keys."""
    return blake2b(_encoder.encode(document), digest_size=8).hexdigest()


def _without_queries(value: Any) -> Any:
    """The value with every web address cut before its query: signatures there change from reading to reading."""
    if isinstance(value, str):
        return value.partition("?")[0] if value.startswith(("https://", "http://")) else value
    if isinstance(value, dict):
        return {key: _without_queries(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_queries(inner) for inner in value]
    return value
